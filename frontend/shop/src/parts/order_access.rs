//! How a guest comes back to an order: its token is kept in this browser, and never stays in the address.

use novashop_client::{Request, storage};

fn name(number: &str) -> String {
    format!("nova.order.{number}")
}

/// Keeps the token of an order.
pub fn keep_token(number: &str, token: &str) {
    storage::write(&name(number), token);
}

/// The token of an order, where this browser has it.
#[must_use]
pub fn token_of(number: &str) -> Option<String> {
    storage::read(&name(number))
}

/// Shows the token of an order with a request, where there is one.
pub fn with_token(request: Request, token: Option<&str>) -> Request {
    match token {
        Some(token) => request.header("X-Order-Token", token),
        None => request,
    }
}
