//! Placing the order: once, and only for what the shopper has seen.

use gloo_timers::future::TimeoutFuture;
use novashop_client::{Failure, Outcome, Request, fresh_key};
use novashop_types::{
    ErrorCode,
    orders::{Order, OrderCreate},
};

use crate::parts::{
    attempt::{Attempt, Attempts},
    cart_changes::{changes, fingerprint},
    cart_state::CartState,
    order_access::keep_token,
};

/// How often the shop is asked while it still works on the same order, and how long between.
const PATIENCE: (u32, u32) = (8, 1_000);
/// How often it is looked whether the cart's changes have arrived, in milliseconds.
const SOON: u32 = 50;

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Placed {
    /// It is ordered.
    Order(Box<Order>),
    /// Nothing was sent: the cart is not the one that was seen.
    Changed(Vec<String>),
    /// The shop said no.
    Refused(Failure),
    /// Nobody knows: trying again is safe.
    Unknown,
}

/// Orders what is in the cart, if it still is what the page shows.
pub async fn place(cart: CartState, order: &OrderCreate) -> Placed {
    let seen = cart.seen();
    // What was pressed before the order belongs to it.
    while cart.is_sending() {
        TimeoutFuture::new(SOON).await;
    }
    let now = match cart.read().await {
        Ok(now) => now,
        Err(failure) => return Placed::Refused(failure),
    };
    let (Some(seen), Some(now)) = (seen, now.filter(|cart| !cart.items.is_empty())) else {
        // Empty: an attempt whose answer was lost may have ordered it.
        return recover(cart).await.unwrap_or(Placed::Changed(Vec::new()));
    };
    let changed = changes(&seen, &now);
    if !changed.is_empty() {
        return Placed::Changed(changed);
    }
    let mut attempts = Attempts::read(cart.who());
    let attempt = attempts.for_order(order, &fingerprint(&now), fresh_key);
    attempts.keep(cart.who());
    match conclude(cart, &attempt).await {
        Placed::Refused(failure) if failure.code() == Some(ErrorCode::EmptyCart) => recover(cart).await.unwrap_or(Placed::Refused(failure)),
        placed => placed,
    }
}

/// Asks what became of the attempts whose answers were lost; `None` where there is none or none became an order.
pub async fn recover(cart: CartState) -> Option<Placed> {
    while let Some(attempt) = Attempts::read(cart.who()).last().cloned() {
        match conclude(cart, &attempt).await {
            Placed::Refused(_) | Placed::Changed(_) => {}
            placed => return Some(placed),
        }
    }
    None
}

/// Sends an attempt until its answer is known, or nobody answers.
async fn conclude(cart: CartState, attempt: &Attempt) -> Placed {
    let mut outcome = send(attempt).await;
    for _ in 0..PATIENCE.0 {
        if !matches!(&outcome, Err(failure) if failure.code() == Some(ErrorCode::IdempotencyInProgress)) {
            break;
        }
        TimeoutFuture::new(PATIENCE.1).await;
        outcome = send(attempt).await;
    }
    let placed = match outcome {
        Ok(order) => {
            if let Some(token) = &order.access_token {
                keep_token(&order.number, token);
            }
            cart.ordered();
            Placed::Order(Box::new(order))
        }
        // This says nothing about an earlier try under the same key, whose answer may have been lost.
        Err(failure) if matches!(failure.status(), Some(401 | 408 | 429)) => return Placed::Refused(failure),
        Err(failure) if is_final(&failure) => Placed::Refused(failure),
        Err(_) => return Placed::Unknown,
    };
    let mut attempts = Attempts::read(cart.who());
    attempts.answered(&attempt.key);
    attempts.keep(cart.who());
    placed
}

async fn send(attempt: &Attempt) -> Outcome<Order> {
    Request::post("/api/v1/orders").idempotent(&attempt.key).json(&attempt.order).send().await
}

/// Whether the shop has certainly not ordered anything.
fn is_final(failure: &Failure) -> bool {
    failure.status().is_some_and(|status| status < 500) && failure.code() != Some(ErrorCode::IdempotencyInProgress)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(code: ErrorCode) -> Failure {
        Failure::Refused(Box::new(code.example()))
    }

    #[test]
    fn only_a_refusal_of_the_shop_says_that_nothing_was_ordered() {
        for code in [ErrorCode::OutOfStock, ErrorCode::Invalid, ErrorCode::EmptyCart, ErrorCode::TooManyRequests] {
            assert!(is_final(&refused(code)), "{code:?}");
        }
        for failure in [
            Failure::Unreachable,
            Failure::Unreadable,
            refused(ErrorCode::Internal),
            refused(ErrorCode::Unavailable),
            refused(ErrorCode::IdempotencyInProgress),
        ] {
            assert!(!is_final(&failure), "{failure:?}");
        }
    }
}
