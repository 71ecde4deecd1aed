//! The table of every reason to say no. Its rows become the pages under `/problems/`, `docs/errors.md` and the OpenAPI document's answers.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

macro_rules! error_codes {
    ($($name:ident $code:literal $status:literal $title:literal, cause $cause:literal, help $help:literal, request $request:literal, detail $detail:literal;)+) => {
        /// The stable reason of a refusal. Clients match on it; the sentences beside it may change.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum ErrorCode { $(#[doc = $title] $name,)+ }

        impl ErrorCode {
            /// Every code there is, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The code as it stands in answers: `out_of_stock`.
            #[must_use]
            pub const fn code(self) -> &'static str { match self { $(Self::$name => $code),+ } }

            /// The HTTP status (RFC 9110) that goes with it.
            #[must_use]
            pub const fn status(self) -> u16 { match self { $(Self::$name => $status),+ } }

            /// A short sentence for people, the same for every occurrence.
            #[must_use]
            pub const fn title(self) -> &'static str { match self { $(Self::$name => $title),+ } }

            /// What leads to it.
            #[must_use]
            pub const fn cause(self) -> &'static str { match self { $(Self::$name => $cause),+ } }

            /// What somebody who meets it should do next.
            #[must_use]
            pub const fn help(self) -> &'static str { match self { $(Self::$name => $help),+ } }

            /// A request that meets it: method and address, then what matters of its headers and its body.
            #[must_use]
            pub const fn example_request(self) -> &'static str { match self { $(Self::$name => $request),+ } }

            /// What `detail` says to that request.
            #[must_use]
            pub const fn example_detail(self) -> &'static str { match self { $(Self::$name => $detail),+ } }
        }
    };
}

error_codes! {
    BadRequest "bad_request" 400 "The request is malformed",
        cause "The request broke off, or its parts do not fit together: a body that ends early, or multipart without its boundary.",
        help "Compare the request with the documentation of the operation; `detail` says what could not be read.",
        request "POST /api/v1/cart/items\nContent-Type: application/json\nContent-Length: 80\n\n{\"product_id\": ",
        detail "The body could not be read to its end.";
    MalformedJson "malformed_json" 400 "The body is not JSON",
        cause "The body breaks the grammar of JSON (RFC 8259), is not UTF-8, or is missing.",
        help "Check the body at the line and column that `detail` names.",
        request "POST /api/v1/cart/items\nContent-Type: application/json\n\n{\"quantity\": 1,}",
        detail "The body is not JSON at line 1, column 16: trailing comma.";
    UnknownParameter "unknown_parameter" 400 "The query has an unknown parameter",
        cause "A misspelt parameter would be ignored without a word, so the API refuses it by name.",
        help "Remove or correct the parameter that `detail` names.",
        request "GET /api/v1/categories?colour=blue",
        detail "There is no parameter `colour` here: this operation takes none.";
    InvalidParameter "invalid_parameter" 400 "A query parameter or header has a wrong value",
        cause "A value is out of its range, of another kind, given twice, or not percent-encoded UTF-8.",
        help "Correct the value that `detail` names.",
        request "GET /api/v1/products?limit=500",
        detail "`limit` must be from 1 to 100.";
    InvalidCursor "invalid_cursor" 400 "The cursor does not belong to this query",
        cause "The cursor was changed or cut short, or filters or sort differ from those of the page it came with.",
        help "Start again without `cursor`, and pass on `next_cursor` unchanged with the same filters and sort.",
        request "GET /api/v1/products?sort=name&cursor=from-another-query",
        detail "The cursor was changed, or it belongs to another query.";
    InvalidIdempotencyKey "invalid_idempotency_key" 400 "The Idempotency-Key is not usable",
        cause "The header is empty, longer than 255 characters, or has blanks or letters beyond ASCII.",
        help "Send 1 to 255 visible ASCII characters, for instance a UUID.",
        request "POST /api/v1/orders\nIdempotency-Key: my order",
        detail "`Idempotency-Key` must be 1 to 255 visible ASCII characters.";
    Unauthorized "unauthorized" 401 "You are not signed in",
        cause "The operation needs an account, and the request has no access token.",
        help "Sign in at POST /api/v1/auth/login and send the access token as `Authorization: Bearer <token>`.",
        request "GET /api/v1/users/me",
        detail "This needs an access token: sign in first.";
    InvalidToken "invalid_token" 401 "The access token is not valid",
        cause "The token was changed or made elsewhere, or its session has ended: by signing out, by a new password, or by an administrator.",
        help "Get a new pair at POST /api/v1/auth/refresh, or sign in again.",
        request "GET /api/v1/users/me\nAuthorization: Bearer not-a-token",
        detail "The access token was not made by this shop, or it was changed.";
    TokenExpired "token_expired" 401 "The access token has expired",
        cause "An access token is good for 15 minutes.",
        help "Get a new pair at POST /api/v1/auth/refresh.",
        request "GET /api/v1/orders\nAuthorization: Bearer <a token from an hour ago>",
        detail "The access token has expired. Get a new pair with the refresh token.";
    InvalidCredentials "invalid_credentials" 401 "The login or the password is wrong",
        cause "No active account has this login and this password. The answer does not tell which of both is wrong.",
        help "Check both, or ask for a new password at POST /api/v1/auth/password/forgot.",
        request "POST /api/v1/auth/login\nContent-Type: application/json\n\n{\"login\": \"maya\", \"password\": \"not the password\"}",
        detail "The login or the password is wrong.";
    InvalidRefreshToken "invalid_refresh_token" 401 "The refresh token is not valid",
        cause "The token was used before, its session has ended, or it is not one of this shop.",
        help "Sign in again. A refresh token works once; using it twice ends the session.",
        request "POST /api/v1/auth/refresh\nContent-Type: application/json\n\n{\"refresh_token\": \"used before\"}",
        detail "The refresh token is not valid.";
    Forbidden "forbidden" 403 "Your account may not do this",
        cause "You are signed in, but your account's role is not enough for the operation.",
        help "Ask an administrator of the shop for the role that this operation needs.",
        request "GET /api/v1/admin/orders\nAuthorization: Bearer <a customer's token>",
        detail "This needs the role staff; yours is customer.";
    NotFound "not_found" 404 "There is no such thing",
        cause "The address is not one of the API, nothing has this id or slug, or it belongs to somebody else.",
        help "Check the address and the id.",
        request "GET /api/v1/products/no-such-product",
        detail "There is no such product.";
    MethodNotAllowed "method_not_allowed" 405 "This address does not know the method",
        cause "The address exists and answers to other methods.",
        help "Use one of the methods in the `Allow` header.",
        request "POST /api/v1/wishlist",
        detail "This address answers to GET, HEAD.";
    RequestTimeout "request_timeout" 408 "The body did not come in time",
        cause "The request announced a body, and the whole of it did not come within the time that there is for it.",
        help "Send the whole body at once: JSON within 20 seconds, a picture within two minutes.",
        request "POST /api/v1/cart/items\nContent-Type: application/json\nContent-Length: 80\n\n{\"product_id\": ",
        detail "The whole body has to come within 20 seconds.";
    PayloadTooLarge "payload_too_large" 413 "The body is too large",
        cause "The body, or a file in it, is over the limit of the operation.",
        help "JSON bodies may have 1 MiB, images 10 MiB.",
        request "POST /api/v1/products\nContent-Type: application/json\nContent-Length: 2097152",
        detail "The body may have up to 1024 KiB.";
    UnsupportedMediaType "unsupported_media_type" 415 "The body's type is not supported",
        cause "The `Content-Type` is missing or another one, the body is compressed, or an upload is no picture by its content.",
        help "Send `Content-Type: application/json`, or multipart/form-data with a JPEG, PNG or WebP for images.",
        request "POST /api/v1/auth/login\nContent-Type: text/plain\n\nmaya",
        detail "Send `Content-Type: application/json`.";
    PreconditionFailed "precondition_failed" 412 "Somebody else changed it first",
        cause "The version in `If-Match` is not the present one: it was changed since you read it.",
        help "Read it again, look at what changed, and send your change with the new ETag in `If-Match`.",
        request "PATCH /api/v1/products/stoneware-mug\nIf-Match: \"v1-0f3a\"\nContent-Type: application/json\n\n{\"name\": \"Mug\"}",
        detail "Somebody else changed it first.";
    Invalid "invalid" 422 "Some of the fields are not valid",
        cause "The body is JSON, but fields are missing, unknown, of another kind, or break a rule.",
        help "Correct the fields that `errors` points at.",
        request "POST /api/v1/cart/items\nContent-Type: application/json\n\n{\"product_id\": \"0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5\", \"quantity\": 0}",
        detail "/quantity must be from 1 to 999.";
    EmptyCart "empty_cart" 422 "The cart is empty",
        cause "There is no cart to order, nothing is in it, or it became an order already.",
        help "Put something in the cart before you order.",
        request "POST /api/v1/orders\nX-Cart-Token: <of an empty cart>",
        detail "There is nothing in the cart.";
    IdempotencyKeyReused "idempotency_key_reused" 422 "The Idempotency-Key was used for another request",
        cause "A key stands for one request for 24 hours, and this request has another body.",
        help "Use a new key for a new request, and the same body when you repeat one.",
        request "POST /api/v1/orders\nIdempotency-Key: <of another order>",
        detail "This Idempotency-Key came with another request before.";
    InvalidLink "invalid_link" 422 "The link is not valid any more",
        cause "The token of the link was used, is too old, or was replaced by a newer one.",
        help "Links from e-mails work once and for a limited time. Ask for a new one.",
        request "POST /api/v1/auth/email/verify\nContent-Type: application/json\n\n{\"token\": \"used before\"}",
        detail "The link is not valid any more.";
    Conflict "conflict" 409 "The request conflicts with the present state",
        cause "The request is right in itself, but not with how things are now.",
        help "Read the present state and decide again.",
        request "POST /api/v1/orders/1001/payments\nContent-Type: application/json\n\n{\"provider\": \"manual\"}",
        detail "There is nothing to pay for this order.";
    UsernameTaken "username_taken" 409 "The username is taken",
        cause "Another account has this username; capitals make no difference.",
        help "Choose another username.",
        request "POST /api/v1/auth/register\nContent-Type: application/json\n\n{\"username\": \"maya\", \"email\": \"maya@example.com\", \"password\": \"…\"}",
        detail "The username is taken.";
    EmailTaken "email_taken" 409 "The e-mail address has an account already",
        cause "An account with this address exists; capitals make no difference.",
        help "Sign in, or ask for a new password.",
        request "POST /api/v1/auth/register\nContent-Type: application/json\n\n{\"username\": \"maya2\", \"email\": \"maya@example.com\", \"password\": \"…\"}",
        detail "The e-mail address has an account already.";
    SlugTaken "slug_taken" 409 "The slug is taken",
        cause "Another product or category has this slug: its address would be the same.",
        help "Choose another slug.",
        request "POST /api/v1/categories\nContent-Type: application/json\n\n{\"name\": \"Tableware\", \"slug\": \"tableware\"}",
        detail "The slug “tableware” is taken.";
    SkuTaken "sku_taken" 409 "The SKU is taken",
        cause "Another variant has this SKU; each names one thing on the shelf.",
        help "Choose another SKU.",
        request "POST /api/v1/products\nContent-Type: application/json\n\n{\"name\": \"Mug\", \"sku\": \"MUG-1\", …}",
        detail "The SKU “MUG-1” is taken.";
    OptionsTaken "options_taken" 409 "Another variant has the same options",
        cause "Two variants of one product may not have the same values of all options.",
        help "Give the variant options of its own.",
        request "POST /api/v1/products/linen-shirt/variants\nContent-Type: application/json\n\n{\"options\": {\"Size\": \"M\"}, …}",
        detail "Another variant has the same options.";
    AlreadyReviewed "already_reviewed" 409 "You have reviewed this product already",
        cause "A person writes one review for a product.",
        help "Change your review instead.",
        request "POST /api/v1/products/stoneware-mug/reviews\nContent-Type: application/json\n\n{\"rating\": 5}",
        detail "You have reviewed this product already.";
    CategoryNotEmpty "category_not_empty" 409 "The category still holds products or categories",
        cause "What is in the category would be lost with it.",
        help "Move them to another category first.",
        request "DELETE /api/v1/categories/tableware",
        detail "The category still holds products or categories.";
    LastVariant "last_variant" 409 "A product needs at least one variant",
        cause "The variant is the only one of its product.",
        help "Archive the product instead.",
        request "DELETE /api/v1/products/stoneware-mug/variants/0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5",
        detail "A product needs at least one variant.";
    OutOfStock "out_of_stock" 409 "There is not enough in stock",
        cause "More was asked for than there is: others were faster, or the quantity is too high.",
        help "Lower the quantity to what `available` says.",
        request "POST /api/v1/orders\nX-Cart-Token: <of a cart with three mugs>",
        detail "Only 1 of “Stoneware mug” can be had, 3 were asked for.";
    StockNotAvailable "stock_not_available" 409 "The stock cannot go below zero",
        cause "The change by hand takes away more than there is.",
        help "Read the present stock and send a smaller change.",
        request "POST /api/v1/variants/0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5/stock\nContent-Type: application/json\n\n{\"delta\": -5, \"reason\": \"broken\"}",
        detail "There are 3 in stock: the change by -5 would go below zero.";
    CartFull "cart_full" 409 "The cart has no room for another line",
        cause "A cart holds up to 100 different lines.",
        help "A cart holds 100 different lines. Remove one first.",
        request "POST /api/v1/cart/items\nX-Cart-Token: <of a cart with 100 lines>",
        detail "A cart holds up to 100 different lines.";
    VariantChoiceNeeded "variant_choice_needed" 409 "The product has several variants",
        cause "A product was named by its id, but it can be had in several sizes, colours or the like.",
        help "Send the `variant_id` of the one that is meant.",
        request "POST /api/v1/cart/items\nContent-Type: application/json\n\n{\"product_id\": \"0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5\", \"quantity\": 1}",
        detail "“Linen shirt” has several variants.";
    TransitionNotAllowed "transition_not_allowed" 409 "The order cannot go to that state from its present one",
        cause "Orders move along fixed ways: what is delivered cannot be cancelled, and what is not paid cannot be delivered.",
        help "`detail` names the moves that are possible now; all of them are listed at POST /api/v1/admin/orders/{id}/transitions.",
        request "POST /api/v1/orders/1001/cancel",
        detail "The order is delivered and cannot become cancelled; it stays as it is.";
    IdempotencyInProgress "idempotency_in_progress" 409 "The first request with this Idempotency-Key is still running",
        cause "The same request is being worked on, and did not end within five seconds.",
        help "Wait a moment and repeat the request with the same key.",
        request "POST /api/v1/orders\nIdempotency-Key: <of an order that is being placed>",
        detail "The first request with this Idempotency-Key is still running.";
    TooManyRequests "too_many_requests" 429 "Too many requests",
        cause "More requests of this kind came from you than the shop takes in a while; signing in has the strictest limit.",
        help "Wait as long as `Retry-After` says.",
        request "POST /api/v1/auth/login",
        detail "Too many requests.";
    Internal "internal" 500 "The shop made a mistake",
        cause "Something happened that we did not think of. It is in our log under the `request_id`.",
        help "Nothing you did is lost. Try again, and tell us the `request_id` if it stays.",
        request "GET /api/v1/products",
        detail "The shop made a mistake. Nothing you did is lost. Try again, and tell us the `request_id` if it stays.";
    Unavailable "unavailable" 503 "The shop cannot answer just now",
        cause "Something the shop needs, such as its database, does not answer or has too much to do.",
        help "Try again after the seconds in `Retry-After`.",
        request "GET /api/v1/products",
        detail "The shop cannot answer just now. Try again after the seconds in `Retry-After`.";
}

impl ErrorCode {
    /// The page that explains the code: `/problems/out-of-stock`.
    #[must_use]
    pub fn type_uri(self) -> String {
        format!("/problems/{}", self.slug())
    }

    /// The code with hyphens, as in the address of its page.
    #[must_use]
    pub fn slug(self) -> String {
        self.code().replace('_', "-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_in_the_table_is_the_code_on_the_wire() {
        for code in ErrorCode::ALL {
            assert_eq!(serde_json::to_value(code).unwrap(), code.code());
            assert!((400..=599).contains(&code.status()));
        }
    }

    #[test]
    fn every_code_is_explained_in_sentences() {
        for code in ErrorCode::ALL {
            for sentence in [code.cause(), code.help(), code.example_detail()] {
                assert!(sentence.ends_with('.'), "{}: {sentence:?} is no sentence", code.code());
            }
            assert!(!code.title().is_empty() && !code.title().ends_with('.'), "{}: a title has no full stop", code.code());
        }
    }
}
