//! The way of an order: what was, where it is, what is still to come.

use leptos::prelude::*;
use novashop_locales::{day, orders as words};
use novashop_types::{
    Timestamp,
    orders::{NOTE, Order, OrderStatus},
};
use novashop_ui::{Icon, Sign};

/// A step of the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What it is: the kind of the order's event.
    pub kind: &'static str,
    /// When it was reached; `None` while it is still to come.
    pub at: Option<Timestamp>,
    /// The parcel's number.
    pub tracking: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

const WAY: [&str; 4] = ["placed", "paid", "fulfilled", "delivered"];
const ENDS: [&str; 2] = ["cancelled", "refunded"];

/// The steps of an order. One that was called off goes no further.
#[must_use]
pub fn steps(order: &Order) -> Vec<Step> {
    let reached = |kind: &'static str| order.events.iter().rev().find(|event| event.kind != NOTE && event.kind == kind);
    let step = |kind: &'static str| {
        let event = reached(kind);
        Step {
            kind,
            at: event.map(|event| event.at).or((kind == "placed").then_some(order.placed_at)),
            tracking: event.and_then(|event| event.tracking.clone()),
            reason: event.and_then(|event| event.reason.clone()),
        }
    };
    let ended = matches!(order.status, OrderStatus::Cancelled | OrderStatus::Refunded);
    let way = WAY.into_iter().map(step).filter(|step| !ended || step.at.is_some());
    let ends = ENDS.into_iter().map(step).filter(|step| step.at.is_some());
    way.chain(ends).collect()
}

fn name(kind: &str) -> &'static str {
    match kind {
        "paid" => words::step_paid(),
        "fulfilled" => words::step_fulfilled(),
        "delivered" => words::step_delivered(),
        "cancelled" => words::step_cancelled(),
        "refunded" => words::step_refunded(),
        _ => words::step_placed(),
    }
}

fn sign(kind: &str) -> Sign {
    match kind {
        "paid" => Sign::Card,
        "fulfilled" => Sign::Van,
        "delivered" => Sign::House,
        "cancelled" => Sign::Close,
        "refunded" => Sign::Turn,
        _ => Sign::Bag,
    }
}

/// The way of an order, step by step.
#[component]
pub fn OrderTimeline(
    /// Its steps.
    steps: Vec<Step>,
) -> impl IntoView {
    let last = steps.iter().rposition(|step| step.at.is_some());
    let steps = steps.into_iter().enumerate().map(|(place, step)| {
        let done = step.at.is_some();
        let said = if done { words::done() } else { words::ahead() };
        view! {
            <li class="timeline__step" class:timeline__step--done=done aria-current=(Some(place) == last).then_some("step")>
                <span class="timeline__sign"><Icon sign=sign(step.kind)/></span>
                <span class="timeline__words">
                    <strong>{name(step.kind)}</strong>
                    <span class="visually-hidden">" (" {said} ")"</span>
                    {step.at.map(|at| view! { <time class="small muted" datetime=at.to_string()>{day(at)}</time> })}
                    {step.tracking.map(|number| view! { <span class="small">{words::tracking(&number)}</span> })}
                    {step.reason.map(|reason| view! { <span class="small muted">{words::reason(&reason)}</span> })}
                </span>
            </li>
        }
    });
    view! { <ol class="timeline">{steps.collect_view()}</ol> }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn order(status: &str, kinds: &[&str]) -> Order {
        let money = json!({"amount": 100, "currency": "EUR"});
        let address = json!({"name": "Maya", "line1": "Rua da Rosa 14", "city": "Lisbon", "country": "PT"});
        let events: Vec<_> = kinds.iter().map(|kind| json!({"at": "2026-01-31T09:00:00.000Z", "type": kind})).collect();
        serde_json::from_value(json!({
            "id": "0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5", "number": "1001", "status": status, "items": [], "subtotal": money, "discount": money,
            "shipping": money, "tax": money, "total": money, "email": "maya@example.com", "shipping_address": address, "billing_address": address,
            "shipping_method": "standard", "payment": {"provider": "manual", "status": "pending", "amount": money}, "events": events,
            "placed_at": "2026-01-31T09:00:00.000Z", "expires_at": null, "version": 1,
        }))
        .unwrap()
    }

    fn kinds(order: &Order) -> Vec<(&'static str, bool)> {
        steps(order).into_iter().map(|step| (step.kind, step.at.is_some())).collect()
    }

    #[test]
    fn an_order_on_its_way_shows_what_is_still_to_come() {
        let order = order("paid", &["placed", "note", "paid"]);
        assert_eq!(kinds(&order), [("placed", true), ("paid", true), ("fulfilled", false), ("delivered", false)]);
    }

    #[test]
    fn an_order_that_was_called_off_goes_no_further() {
        assert_eq!(kinds(&order("cancelled", &["placed", "cancelled"])), [("placed", true), ("cancelled", true)]);
        assert_eq!(kinds(&order("refunded", &["placed", "paid", "refunded"])), [("placed", true), ("paid", true), ("refunded", true)]);
    }

    #[test]
    fn an_order_without_events_was_placed_all_the_same() {
        assert_eq!(kinds(&order("pending_payment", &[])).first(), Some(&("placed", true)));
    }
}
