//! One order: what was bought, by whom, what happened and what comes next.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use novashop_client::{Answer, Request, Resource, use_live};
use novashop_locales::{admin, admin_orders as words, moment};
use novashop_types::{orders::Order, pages::encoded};
use novashop_ui::{Icon, Kept, Sign, use_title};

use crate::parts::{
    order_history::OrderHistory, order_items::OrderItems, order_moves::OrderMoves, order_news, order_note::NoteForm, order_people::OrderPeople,
    status_badge::StatusBadge,
};

/// The page of an order.
#[component]
pub fn OrderPage() -> impl IntoView {
    let params = use_params_map();
    let number = Memo::new(move |_| params.read().get("number").unwrap_or_default());
    let again = RwSignal::new(0_u32);
    let order = Resource::new(move || {
        again.track();
        // With its head: the version that a move is of.
        let request = Request::get(format!("/api/v1/admin/orders/{}", encoded(&number.read())));
        async move { request.answer::<Order>().await }
    });
    use_title(move || order.get().and_then(Result::ok).map(|answer| words::order(&answer.body.number)));
    view! {
        <div class="stack stack--loose">
            <a class="row small no-print" href="/admin/orders">
                <Icon sign=Sign::Back/>
                {admin::orders()}
            </a>
            <Kept from=order of=number skeleton=skeleton let:answer>
                {whole(answer, again)}
            </Kept>
        </div>
    }
}

/// The order as it is read, again and again: only what changed is drawn anew.
fn whole(answer: Signal<Answer<Order>>, again: RwSignal<u32>) -> AnyView {
    let order = Memo::new(move |_| answer.with(|answer| answer.body.clone()));
    let etag = Signal::derive(move || answer.with(|answer| answer.etag.clone()));
    let status = Memo::new(move |_| order.with(|order| order.status));
    if let Some(live) = use_live() {
        live.follow("admin:orders", move |event| {
            let news = |order: &Order| order_news::read(event).is_some_and(|heard| heard.order.id == order.id && heard.order.version > order.version);
            if event.missed || order.try_with_untracked(news) == Some(true) {
                again.try_update(|again| *again = again.wrapping_add(1));
            }
        });
    }
    let (id, number, placed_at) = order.with_untracked(|order| (order.id, order.number.clone(), order.placed_at));
    view! {
        <div class="row row--apart">
            <div class="stack stack--tight">
                <h1 class="row">{words::order(&number)} " " {move || view! { <StatusBadge status=status.get()/> }}</h1>
                <p class="muted">
                    <time datetime=placed_at.to_string()>{moment(placed_at)}</time>
                    " UTC"
                </p>
            </div>
            <a class="button" href=format!("/admin/orders/{number}/slip")>
                <Icon sign=Sign::Printer/>
                {words::packing_slip()}
            </a>
        </div>
        <div class="order">
            <div class="stack stack--loose">
                <OrderMoves order=id status=status etag=etag again=again/>
                {move || view! { <OrderItems order=order.get()/> }}
                <section class="panel stack">
                    <h2>{words::history()}</h2>
                    {move || view! { <OrderHistory events=order.with(|order| order.events.clone())/> }}
                    <NoteForm order=id again=again/>
                </section>
            </div>
            {move || view! { <OrderPeople order=order.get()/> }}
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
