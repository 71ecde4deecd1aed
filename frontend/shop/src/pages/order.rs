//! One order: where it is, what happens next, what is in it.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate, use_params_map},
};
use novashop_client::{Outcome, Request, Resource, Who, use_live, use_session};
use novashop_domain::orders::may_move;
use novashop_locales::orders as words;
use novashop_types::{
    OrderId,
    orders::{Order, OrderStatus},
    pages::encoded,
};
use novashop_ui::{Icon, Load, Notice, NoticeKind, PostalAddress, Sign, use_title};

use crate::parts::{
    order_access::{keep_token, token_of, with_token},
    order_cancel::OrderCancelDialog,
    order_details::{HowToPay, OrderLines},
    order_timeline::{OrderTimeline, steps},
    private_order::PrivateOrder,
};

/// The page of an order.
#[component]
pub fn OrderPage() -> impl IntoView {
    let (params, query, session) = (use_params_map(), use_location().query, use_session());
    let number = Memo::new(move |_| params.read().get("number").unwrap_or_default());
    use_title(move || Some(words::order(&number.read())));
    // A token in the address is kept and taken out of it: addresses are shown, shared and logged.
    let navigate = use_navigate();
    if let Some(token) = query.read_untracked().get("token").filter(|token| !token.is_empty()) {
        keep_token(&number.get_untracked(), &token);
        Effect::new(move || {
            let clean = format!("/orders/{}", encoded(&number.get_untracked()));
            navigate(&clean, NavigateOptions { replace: true, ..Default::default() });
        });
    }
    let signed_in = Memo::new(move |_| session.signed_in());
    let allowed = Memo::new(move |_| if token_of(&number.read()).is_some() { Some(true) } else { signed_in.get() });
    let is_new = Memo::new(move |_| query.read().get("new").is_some());
    move || match allowed.get() {
        None => view! { <OrderSkeleton/> }.into_any(),
        Some(false) => view! { <PrivateOrder number=number.get()/> }.into_any(),
        Some(true) => view! { <OrderOf number=number.get() is_new=is_new.get_untracked()/> }.into_any(),
    }
}

/// Reads the order, and again whenever it moves.
#[component]
fn OrderOf(number: String, is_new: bool) -> impl IntoView {
    let session = use_session();
    let asked = number.clone();
    let order = Resource::new(move || read(asked.clone()));
    let id = Memo::new(move |_| order.get().and_then(Result::ok).map(|order| order.id));
    let token = token_of(&number);
    Effect::new(move || {
        if let Some(id) = id.get() {
            follow(id, token.as_deref(), untrack(|| session.who()) != Who::Guest, order);
        }
    });
    let cancelling = RwSignal::new(false);
    view! {
        <div class="page stack stack--loose order-page">
            <Load from=order skeleton=|| view! { <OrderSkeleton/> }.into_any() let:order>
                <OrderView order=order is_new=is_new cancelling=cancelling/>
            </Load>
            <OrderCancelDialog open=cancelling number=number done=Callback::new(move |()| order.refetch())/>
        </div>
    }
}

async fn read(number: String) -> Outcome<Order> {
    let token = token_of(&number);
    with_token(Request::get(format!("/api/v1/orders/{}", encoded(&number))), token.as_deref()).send().await
}

/// Asks again when the shop says that the order moved, and after the connection came back: what was said meanwhile is not repeated.
fn follow(id: OrderId, token: Option<&str>, person: bool, order: Resource<Outcome<Order>>) {
    let Some(live) = use_live() else { return };
    let own = id.to_string();
    let heard = move |event: &novashop_client::Event| {
        let about = event.data.get("id").and_then(|id| id.as_str());
        if event.missed || (event.kind == "order.updated" && about == Some(own.as_str())) {
            order.refetch();
        }
    };
    match token {
        Some(token) => live.follow_order(&id.to_string(), token, heard),
        None if person => live.follow("orders", heard),
        None => {}
    }
}

#[component]
fn OrderView(order: Order, is_new: bool, cancelling: RwSignal<bool>) -> impl IntoView {
    let print = |_| {
        let _asked = window().print();
    };
    let billing = (order.billing_address != order.shipping_address).then(|| order.billing_address.clone());
    let thanks = (is_new && order.status == OrderStatus::PendingPayment).then(|| words::thanks_mail(&order.email));
    view! {
        {thanks
            .map(|mail| {
                view! {
                    <Notice kind=NoticeKind::Positive>
                        <strong>{words::thanks()}</strong>
                        " "
                        {mail}
                    </Notice>
                }
            })}
        <header class="row row--apart">
            <h1>{words::order(&order.number)}</h1>
            <button type="button" class="button button--quiet no-print" on:click=print>
                <Icon sign=Sign::Printer/>
                {words::print()}
            </button>
        </header>
        <div class="order-page__columns">
            <div class="stack stack--loose">
                <section class="stack" aria-live="polite">
                    <OrderTimeline steps=steps(&order)/>
                    <div class="next">
                        <h2>{words::next()}</h2>
                        <p>{words::what_next(order.status)}</p>
                    </div>
                </section>
                <HowToPay order=order.clone()/>
                <section class="stack">
                    <h2>{words::items()}</h2>
                    <OrderLines order=order.clone()/>
                </section>
            </div>
            <aside class="stack stack--loose">
                <section class="stack stack--tight">
                    <h2>{words::address()}</h2>
                    <PostalAddress address=order.shipping_address/>
                </section>
                {billing
                    .map(|address| {
                        view! {
                            <section class="stack stack--tight">
                                <h2>{words::billing()}</h2>
                                <PostalAddress address=address/>
                            </section>
                        }
                    })}
                <section class="stack stack--tight no-print">
                    <h2>{words::help()}</h2>
                    <p class="small muted">{words::help_text(&order.number)}</p>
                    {may_move(order.status, OrderStatus::Cancelled)
                        .then(|| {
                            view! {
                                <button type="button" class="button button--danger" on:click=move |_| cancelling.set(true)>{words::cancel()}</button>
                            }
                        })}
                </section>
            </aside>
        </div>
    }
}

#[component]
fn OrderSkeleton() -> impl IntoView {
    view! {
        <div class="page stack stack--loose" aria-busy="true">
            <h1 class="visually-hidden">{words::loading()}</h1>
            <div class="skeleton skeleton--title"></div>
            <div class="skeleton skeleton--block"></div>
            <div class="skeleton skeleton--entry"></div>
            <div class="skeleton skeleton--entry"></div>
        </div>
    }
}
