//! The states of an order and the moves between them.

use novashop_types::orders::OrderStatus::{self, Cancelled, Delivered, Fulfilled, Paid, PendingPayment};

/// Whether an order may go from one state to another by a transition.
///
/// Refunds are moves of their own, with amounts, and do not pass here.
#[must_use]
pub const fn may_move(from: OrderStatus, to: OrderStatus) -> bool {
    matches!((from, to), (PendingPayment, Paid) | (Paid, Fulfilled) | (Fulfilled, Delivered) | (PendingPayment | Paid, Cancelled))
}

/// What staff could move an order to from here, for the words of a refusal.
#[must_use]
pub fn next_states(from: OrderStatus) -> Vec<&'static str> {
    OrderStatus::ALL.into_iter().filter(|to| may_move(from, *to)).map(OrderStatus::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_listed_moves_are_allowed() {
        let allowed: Vec<(OrderStatus, OrderStatus)> = OrderStatus::ALL
            .into_iter()
            .flat_map(|from| OrderStatus::ALL.into_iter().map(move |to| (from, to)))
            .filter(|(from, to)| may_move(*from, *to))
            .collect();
        assert_eq!(allowed, [(PendingPayment, Paid), (PendingPayment, Cancelled), (Paid, Fulfilled), (Paid, Cancelled), (Fulfilled, Delivered)]);
    }
}
