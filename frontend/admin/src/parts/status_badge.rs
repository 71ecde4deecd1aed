//! Where an order stands, at a glance.

use leptos::prelude::*;
use novashop_locales::common::order_status;
use novashop_types::orders::OrderStatus;

/// A badge with the status in words.
#[component]
pub fn StatusBadge(
    /// Where the order stands.
    status: OrderStatus,
) -> impl IntoView {
    view! { <span class=class(status)>{order_status(status)}</span> }
}

const fn class(status: OrderStatus) -> &'static str {
    match status {
        OrderStatus::PendingPayment => "badge badge--warning",
        // What waits for us stands out.
        OrderStatus::Paid => "badge badge--accent",
        OrderStatus::Delivered => "badge badge--positive",
        OrderStatus::Refunded => "badge badge--negative",
        OrderStatus::Fulfilled | OrderStatus::Cancelled => "badge",
    }
}
