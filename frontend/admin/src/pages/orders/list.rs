//! All orders.

use leptos::prelude::*;
use novashop_client::{Resource, get_own, use_live};
use novashop_locales::{admin, admin_orders as words, common};
use novashop_types::{
    Page,
    orders::{Order, OrderStatus},
};
use novashop_ui::{Icon, Sign, use_title};

use crate::parts::{
    days::day_after,
    filters::{Filter, Filters},
    order_news,
    order_table::order_table,
    paged::{Empty, Paged},
    query::use_query,
};

/// The list, its filters in the address.
#[component]
pub fn Orders() -> impl IntoView {
    use_title(|| Some(admin::orders().into()));
    let query = use_query();
    let api = Memo::new(move |_| {
        let before = day_after(&query.value("until")).unwrap_or_default();
        query.ask("/api/v1/admin/orders", &["status", "q", "from"], &[("to", &before)])
    });
    let again = RwSignal::new(0_u32);
    let orders = Resource::new(move || {
        again.track();
        get_own::<Page<Order>>(api.get())
    });

    // New ones are told of, not put under the hand that is about to press something.
    let placed = RwSignal::new(0_i64);
    if let Some(live) = use_live() {
        live.follow("admin:orders", move |event| {
            if event.missed {
                again.try_update(|again| *again = again.wrapping_add(1));
            }
            if order_news::read(event).is_some_and(|heard| heard.placed) {
                placed.try_update(|placed| *placed = placed.saturating_add(1));
            }
        });
    }
    let show_new = move |_| {
        placed.set(0);
        again.update(|again| *again = again.wrapping_add(1));
    };
    let days = vec![Filter::day("from", words::from()), Filter::day("until", words::until())];
    let empty = Empty { title: words::none(), help: words::none_help() };
    view! {
        <div class="stack">
            <div class="row row--apart">
                <h1>{admin::orders()}</h1>
                <div aria-live="polite">
                    <Show when=move || { placed.get() > 0 }>
                        <button type="button" class="button button--primary button--small" on:click=show_new>
                            <Icon sign=Sign::Turn/>
                            {move || words::new_orders(placed.get())}
                        </button>
                    </Show>
                </div>
            </div>
            <StatusTabs/>
            <Filters table="orders" search=words::search() filters=days/>
            <Paged from=orders address=api empty=empty show=order_table/>
        </div>
    }
}

/// Every status as a link: the other filters stay.
#[component]
fn StatusTabs() -> impl IntoView {
    let query = use_query();
    let tab = move |word: &'static str, label: &'static str| {
        let chosen = move || (query.value("status") == word).then_some("true");
        view! {
            <a class="chip" href=move || query.link(&[("status", word)]) aria-current=chosen>
                {label}
            </a>
        }
    };
    view! {
        <nav class="tabs" aria-label=words::status()>
            {tab("", words::all())}
            {OrderStatus::ALL.map(|status| tab(status.as_str(), common::order_status(status))).collect_view()}
        </nav>
    }
}
