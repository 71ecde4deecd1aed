//! What happened to an order, the newest first.

use leptos::prelude::*;
use novashop_locales::{admin_orders as words, moment};
use novashop_types::orders::{NOTE, OrderEvent};
use novashop_ui::{Icon, Sign};

/// The history.
#[component]
pub fn OrderHistory(
    /// What happened, oldest first.
    events: Vec<OrderEvent>,
) -> impl IntoView {
    view! { <ol class="history">{events.into_iter().rev().map(entry).collect_view()}</ol> }
}

fn entry(event: OrderEvent) -> impl IntoView {
    let note = event.kind == NOTE;
    view! {
        <li class="history__entry" class:history__entry--note=note>
            <span class="history__sign">
                <Icon sign=sign(&event.kind)/>
            </span>
            <div class="stack stack--tight">
                <p class="row row--apart">
                    <strong>{words::event(&event.kind)}</strong>
                    <time class="muted small" datetime=event.at.to_string()>
                        {moment(event.at)}
                    </time>
                </p>
                {event.tracking.map(|tracking| view! { <p>{words::tracking()} ": " <span class="number">{tracking}</span></p> })}
                {event.reason.map(|reason| view! { <p class="muted">{reason}</p> })}
                {event.text.map(|text| view! { <p class="history__text">{text}</p> })}
            </div>
        </li>
    }
}

fn sign(kind: &str) -> Sign {
    match kind {
        "placed" => Sign::Bag,
        "paid" => Sign::Card,
        "fulfilled" => Sign::Van,
        "delivered" => Sign::Tick,
        "cancelled" => Sign::Close,
        NOTE => Sign::Bubble,
        _ => Sign::Turn,
    }
}
