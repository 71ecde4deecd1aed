//! One's own orders, the newest first; where each stands moves by itself.

use leptos::{prelude::*, task::spawn_local};
use novashop_client::{Event, Outcome, Request, Resource, get_own, use_live};
use novashop_locales::{account as account_words, common, day, money, orders as words};
use novashop_types::{
    Page,
    orders::{Order, OrderStatus},
    pages::encoded,
};
use novashop_ui::{Button, Load, Show, use_toasts};

use crate::parts::{account_frame::AccountFrame, moving::catch_focus};

const FIRST: &str = "/api/v1/orders?limit=20";

/// The page of the orders.
#[component]
pub fn AccountOrdersPage() -> impl IntoView {
    view! {
        <AccountFrame title=account_words::orders()>
            <Orders/>
        </AccountFrame>
    }
}

#[component]
fn Orders() -> impl IntoView {
    let first = Resource::new(|| get_own::<Page<Order>>(FIRST));
    view! {
        <Load from=first skeleton=|| view! { <OrdersSkeleton/> }.into_any() let:page>
            <OrderList first=page again=move || first.refetch()/>
        </Load>
    }
}

/// The new state of an order, where an event tells one.
fn moved(event: &Event) -> Option<(String, OrderStatus)> {
    let text = |name: &str| event.data.get(name).and_then(|value| value.as_str());
    (event.kind == "order.updated").then_some(())?;
    Some((text("id")?.to_owned(), OrderStatus::parse(text("status")?)?))
}

#[component]
fn OrderList(first: Page<Order>, again: impl Fn() + 'static) -> impl IntoView {
    let toasts = use_toasts();
    let (orders, next, busy) = (RwSignal::new(first.items), RwSignal::new(first.next_cursor), RwSignal::new(false));
    if let Some(live) = use_live() {
        live.follow("orders", move |event| {
            if event.missed {
                again();
            }
            if let Some((id, status)) = moved(event) {
                orders.update(|orders| orders.iter_mut().filter(|order| order.id.to_string() == id).for_each(|order| order.status = status));
            }
        });
    }
    let more = move |()| {
        let Some(cursor) = next.get_untracked() else { return };
        busy.set(true);
        spawn_local(async move {
            let page: Outcome<Page<Order>> = Request::get(format!("{FIRST}&cursor={}", encoded(&cursor))).send().await;
            match page {
                Ok(page) => {
                    // The page may be left meanwhile.
                    let Some(before) = orders.try_with_untracked(Vec::len) else { return };
                    let first_new = before + 1;
                    orders.update(|orders| orders.extend(page.items));
                    next.set(page.next_cursor);
                    catch_focus(format!(".orders > li:nth-child({first_new}) a"));
                }
                Err(failure) => toasts.fail(&failure),
            }
            busy.set(false);
        });
    };
    let none = move || orders.read().is_empty();
    view! {
        <Show when=none>
            <div class="empty">
                <h2>{words::none()}</h2>
                <p>{words::none_hint()}</p>
                <a class="button button--primary" href="/products">{account_words::to_shop()}</a>
            </div>
        </Show>
        <ul class="orders">
            <For each=move || orders.get() key=|order| (order.id, order.status) let:order>
                <li><OrderCard order=order/></li>
            </For>
        </ul>
        <Show when=move || next.read().is_some()>
            <Button busy=busy on_press=UnsyncCallback::new(more)>{common::load_more()}</Button>
        </Show>
    }
}

/// How urgent a state looks.
const fn badge(status: OrderStatus) -> &'static str {
    match status {
        OrderStatus::PendingPayment => "badge badge--warning",
        OrderStatus::Paid | OrderStatus::Fulfilled => "badge badge--accent",
        OrderStatus::Delivered => "badge badge--positive",
        OrderStatus::Cancelled | OrderStatus::Refunded => "badge",
    }
}

#[component]
fn OrderCard(order: Order) -> impl IntoView {
    let names: Vec<&str> = order.items.iter().map(|item| item.name.as_str()).collect();
    view! {
        <a class="order-card" href=format!("/orders/{}", order.number)>
            <span class="row row--apart">
                <strong>{words::order(&order.number)}</strong>
                <span class=badge(order.status)>{common::order_status(order.status)}</span>
            </span>
            <span>{names.join(", ")}</span>
            <span class="row row--apart small muted">
                <time datetime=order.placed_at.to_string()>{words::placed_on(&day(order.placed_at))}</time>
                <span class="price">{money(order.total)}</span>
            </span>
        </a>
    }
}

#[component]
fn OrdersSkeleton() -> impl IntoView {
    view! {
        <div class="stack" aria-busy="true">
            <div class="skeleton skeleton--entry"></div>
            <div class="skeleton skeleton--entry"></div>
            <div class="skeleton skeleton--entry"></div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_event_tells_where_an_order_stands_now() {
        let event =
            |kind: &str, status: &str| -> Event { serde_json::from_value(json!({"type": kind, "data": {"id": "a", "status": status}})).unwrap() };
        assert_eq!(moved(&event("order.updated", "paid")), Some(("a".into(), OrderStatus::Paid)));
        assert_eq!(moved(&event("order.updated", "eaten")), None);
        assert_eq!(moved(&event("subscribed", "paid")), None);
    }
}
