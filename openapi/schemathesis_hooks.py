"""What a run of Schemathesis needs beside the document (see scripts/fuzz).

Random ids are never found and random carts are empty: then nothing is tested but the 404. So what the shop answers is
remembered, and valid requests are given ids, tokens and cursors that are real. And nobody saws off the branch he sits on.
"""

import itertools
import json
import os
import random
import urllib.error
import urllib.request
from collections import defaultdict, deque

import schemathesis
from schemathesis.core.failures import AcceptedNegativeData

API = os.environ["FUZZ_URL"] + "/api/v1"
PASSWORD = os.environ["FUZZ_PASSWORD"]
# The accounts that run the tests, by id.
OWN = os.environ["FUZZ_ACCOUNTS"].split()

dice = random.Random(int(os.environ["FUZZ_SEED"]))
numbers = itertools.count()
# The last things of each kind that the shop told of.
known = defaultdict(lambda: deque(maxlen=40))


def ask(path, body=None, headers=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(API + path, data, {"Content-Type": "application/json", **(headers or {})})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def spare_account():
    """A new account's id and access token."""
    name = f"spare-{os.getpid()}-{next(numbers)}"
    user = ask("/auth/register", {"username": name, "email": f"{name}@example.com", "password": PASSWORD})
    return user["id"], ask("/auth/login", {"login": name, "password": PASSWORD})["access_token"]


def learn(value):
    """Remembers the ids in an answer, by what they are ids of."""
    if isinstance(value, list):
        for one in value:
            learn(one)
    elif isinstance(value, dict):
        if "variants" in value:
            known["product"].append(value["id"])
            known["product and variant"].extend((value["id"], variant["id"]) for variant in value["variants"])
            known["variant"].extend(variant["id"] for variant in value["variants"] if variant["in_stock"])
        if "line_total" in value and "id" in value:
            known["line"].append(value["id"])
        if "placed_at" in value:
            known["order"].extend((value["id"], value["number"]))
        if "helpful_count" in value or "verified_purchase" in value:
            known["review"].append(value["id"])
        if "sources" in value:
            known["media"].extend(source["url"].removeprefix("/media/") for source in value["sources"])
        for one in value.values():
            learn(one)


def look_around():
    for product in ask("/products?limit=40&in_stock=true")["items"]:
        learn(ask(f"/products/{product['id']}"))
        learn(ask(f"/products/{product['id']}/reviews"))


KINDS = {
    "/api/v1/products/{id}": "product",
    "/api/v1/variants/{id}": "variant",
    "/api/v1/cart/items/{id}": "line",
    "/api/v1/orders/{id}": "order",
    "/api/v1/admin/orders/{id}": "order",
    "/api/v1/reviews/{id}": "review",
    "/media/{path}": "media",
}


def usually():
    return dice.random() < 0.8


def one_of(kind):
    """Preferably a new one: the old ones are sold, cancelled or deleted by now."""
    return dice.choice(list(known[kind])[-10:])


def give_real_ids(path, parameters):
    if path.startswith("/api/v1/products/{id}/variants/{variant_id}"):
        parameters["id"], parameters["variant_id"] = one_of("product and variant")
        return
    kind = next((kind for start, kind in KINDS.items() if path.startswith(start)), None)
    if kind and known[kind]:
        parameters["path" if kind == "media" else "id"] = one_of(kind)


def give_real_words(body):
    """What validation knows and a pattern cannot say: the shop's currency, countries, ids; and what must be new."""
    if isinstance(body, list):
        for one in body:
            give_real_words(one)
    if not isinstance(body, dict):
        return
    for name, value in body.items():
        if not isinstance(value, str):
            give_real_words(value)
        elif name == "currency":
            body[name] = "EUR"
        elif name == "country":
            body[name] = dice.choice(["AT", "DE", "ES", "PT", "US"])
        elif name == "variant_id":
            body[name] = one_of("variant")
        elif name == "product_id":
            body[name] = one_of("product")
        elif name in ("sku", "slug", "username"):
            body[name] = f"new-{next(numbers)}"
        elif name == "email":
            body[name] = f"new-{next(numbers)}@example.com"


def fill_cart(case):
    """Puts something in the caller's cart, so that there is something to order or to change."""
    headers = {name: str(value) for name, value in case.headers.items() if name in ("Authorization", "X-Cart-Token")}
    try:
        learn(ask("/cart/items", {"variant_id": one_of("variant"), "quantity": 1}, headers))
    except urllib.error.HTTPError:
        pass  # sold out, or the token is a made-up one: then the cart stays as it is


@schemathesis.hook
def before_call(context, case, kwargs):
    path = case.operation.path
    signed_in = str(case.headers.get("Authorization", "")).startswith("Bearer ey")
    # Deleting or renaming the account that runs the tests would end the run; a spare one has the same rights over itself.
    if signed_in and path == "/api/v1/users/me" and case.method in ("DELETE", "PATCH"):
        case.headers["Authorization"] = "Bearer " + spare_account()[1]
    # So would taking an account's role away.
    if case.path_parameters.get("id") in OWN and case.method == "PATCH":
        case.path_parameters["id"] = spare_account()[0]
    # What is wrong on purpose stays as it is, and so does what follows from an earlier answer.
    phase = case.meta.phase.name.value if case.meta else None
    if phase not in ("coverage", "fuzzing") or not case.meta.generation.mode.is_positive:
        return
    if not known["variant"]:
        look_around()
    # A guest is known by the tokens that the shop gave.
    for name in ("X-Cart-Token", "X-Order-Token"):
        if known[name] and "Authorization" not in case.headers and usually():
            case.headers[name] = known[name][-1]
    # These are refused before anything else is looked at: a made-up cursor, the version of something else, a key of before.
    if usually():
        case.query.pop("cursor", None)
        case.headers.pop("If-Match", None)
        if "Idempotency-Key" in case.headers:
            case.headers["Idempotency-Key"] = f"key-{next(numbers)}"
    if path == "/api/v1/orders" or path == "/api/v1/cart/items/{id}":
        fill_cart(case)
    if usually():
        give_real_ids(path, case.path_parameters)
    if usually():
        give_real_words(case.body)


@schemathesis.hook
def after_call(context, case, response):
    for token in response.headers.get("x-cart-token", []):
        known["X-Cart-Token"].append(token)
    if 200 <= response.status_code < 300 and response.headers.get("content-type", [""])[0] == "application/json":
        answer = response.json()
        learn(answer)
        if isinstance(answer, dict) and "access_token" in answer and "placed_at" in answer:
            known["X-Order-Token"].append(answer["access_token"])


@schemathesis.hook
def filter_failure(context, failure, case, response):
    # A part of multipart/form-data is text: an object sent for `alt` arrives as the text that it was written as, and `alt` takes any.
    only_text = case.media_type == "multipart/form-data" and isinstance(case.body, dict) and not isinstance(case.body.get("alt", ""), str)
    return not (only_text and isinstance(failure, AcceptedNegativeData))
