"""Shoppers by the dozen, who look around and sometimes buy: what src/main.rs does with goose, for those who know Locust.

    pip install locust
    locust --headless --users 32 --spawn-rate 32 --run-time 20s --host https://localhost:2002

They need a shop with a catalogue, the products load-test-1 to load-test-10 with plenty in stock, and RATE_LIMITS=off.
"""

import random

from locust import FastHttpUser, constant, task

WORDS = ["lamp", "mug", "wool", "oak", "linen", "lapm"]
SORTS = ["newest", "price", "-price", "rating"]
ORDER = {
    "email": "guest@example.com",
    "shipping_address": {
        "name": "Maya Lindqvist",
        "line1": "Rua da Rosa 14",
        "city": "Lisbon",
        "postal_code": "1200-387",
        "country": "PT",
    },
    "shipping_method": "standard",
    "payment": {"provider": "manual"},
}


class Shopper(FastHttpUser):
    # Nobody thinks: what is measured is the shop.
    wait_time = constant(0)
    # The certificate of deploy/nginx/self-signed.
    insecure = True

    def on_start(self):
        """Finds out what there is."""
        listed = self.client.get("/api/v1/products?limit=100&in_stock=true", name="arriving").json()
        self.slugs = [item["slug"] for item in listed["items"]]
        bought = (self.client.get(f"/api/v1/products/load-test-{number}", name="arriving") for number in range(1, 11))
        self.variants = [product.json()["variants"][0]["id"] for product in bought]

    @task(10)
    def home(self):
        self.client.get("/api/v1/categories", name="home")
        self.client.get("/api/v1/products?sort=newest&limit=8", name="home")

    @task(20)
    def list(self):
        self.client.get(f"/api/v1/products?sort={random.choice(SORTS)}&limit=20", name="list")

    @task(20)
    def detail(self):
        self.client.get(f"/api/v1/products/{random.choice(self.slugs)}", name="detail")

    @task(6)
    def search(self):
        word = random.choice(WORDS)
        self.client.get(f"/api/v1/search/suggest?q={word}", name="search")
        self.client.get(f"/api/v1/products?q={word}", name="search")

    def fill(self):
        """Puts something in a new cart; its token."""
        line = {"variant_id": random.choice(self.variants), "quantity": 1}
        return self.client.post("/api/v1/cart/items", json=line, name="cart").headers["x-cart-token"]

    @task(3)
    def cart(self):
        self.client.get("/api/v1/cart", headers={"x-cart-token": self.fill()}, name="cart")

    @task(1)
    def order(self):
        # A key belongs to whoever has the cart, and each cart is ordered once.
        headers = {"x-cart-token": self.fill(), "idempotency-key": "the-only-one"}
        self.client.post("/api/v1/orders", json=ORDER, headers=headers, name="order")
