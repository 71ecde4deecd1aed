//! One order: what was bought, by whom, what happened and what comes next.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use novashop_client::{Answer, Request, Resource, use_live};
use novashop_locales::{admin, admin_orders as words, moment};
use novashop_types::{orders::Order, pages::encoded};
use novashop_ui::{Icon, Load, Sign, use_title};

use crate::parts::{
    order_history::OrderHistory, order_items::OrderItems, order_moves::OrderMoves, order_news, order_note::NoteForm, order_people::OrderPeople,
    status_badge::StatusBadge,
};

/// The page of an order.
#[component]
pub fn OrderPage() -> impl IntoView {
    let params = use_params_map();
    let number = Memo::new(move |_| params.read().get("number").unwrap_or_default());
    use_title(move || Some(words::order(&number.read())));
    let (again, note) = (RwSignal::new(0_u32), RwSignal::new(String::new()));
    let order = Resource::new(move || {
        again.track();
        // With its head: the version that a move is of.
        let request = Request::get(format!("/api/v1/admin/orders/{}", encoded(&number.read())));
        async move { request.answer::<Order>().await }
    });
    view! {
        <div class="stack stack--loose">
            <a class="row small no-print" href="/admin/orders">
                <Icon sign=Sign::Back/>
                {admin::orders()}
            </a>
            <Load from=order skeleton=skeleton let:answer>
                {whole(answer, again, note)}
            </Load>
        </div>
    }
}

fn whole(answer: Answer<Order>, again: RwSignal<u32>, note: RwSignal<String>) -> AnyView {
    let Answer { body: order, etag, .. } = answer;
    if let Some(live) = use_live() {
        let (id, version) = (order.id, order.version);
        live.follow("admin:orders", move |event| {
            let moved = order_news::read(event).is_some_and(|heard| heard.order.id == id && heard.order.version > version);
            if event.missed || moved {
                again.try_update(|again| *again = again.wrapping_add(1));
            }
        });
    }
    view! {
        <div class="row row--apart">
            <div class="stack stack--tight">
                <h1 class="row">{words::order(&order.number)} " " <StatusBadge status=order.status/></h1>
                <p class="muted">
                    <time datetime=order.placed_at.to_string()>{moment(order.placed_at)}</time>
                    " UTC"
                </p>
            </div>
            <a class="button" href=format!("/admin/orders/{}/slip", order.number)>
                <Icon sign=Sign::Printer/>
                {words::packing_slip()}
            </a>
        </div>
        <div class="order">
            <div class="stack stack--loose">
                <OrderMoves order=order.clone() etag=etag again=again/>
                <OrderItems order=order.clone()/>
                <section class="panel stack">
                    <h2>{words::history()}</h2>
                    <OrderHistory events=order.events.clone()/>
                    <NoteForm order=order.id text=note again=again/>
                </section>
            </div>
            <OrderPeople order=order/>
        </div>
    }
    .into_any()
}

fn skeleton() -> AnyView {
    view! {
        <div class="skeleton skeleton--title"></div>
        <div class="order">
            <div class="skeleton skeleton--chart"></div>
            <div class="skeleton skeleton--chart"></div>
        </div>
    }
    .into_any()
}
