//! All orders.

use leptos::prelude::*;
use novashop_client::{get_own, use_live};
use novashop_locales::{admin_orders as words, common};
use novashop_types::{
    Page,
    orders::{Order, OrderStatus},
};
use novashop_ui::{Icon, Sign, use_title};

use crate::parts::{
    days::day_after,
    filter::{TextFilter, address, use_filter},
    order_news,
    order_table::order_table,
    paged::{Empty, Paged},
};

/// The list, its filters in the address.
#[component]
pub fn Orders() -> impl IntoView {
    use_title(|| Some(words::title().into()));
    let ((status, _), (q, _), (from, _), (until, _)) = (use_filter("status"), use_filter("q"), use_filter("from"), use_filter("until"));
    let api = Memo::new(move |_| {
        let before = until.get().and_then(|day| day_after(&day));
        address("/api/v1/admin/orders", &[("status", status.get()), ("q", q.get()), ("from", from.get()), ("to", before)])
    });
    let again = RwSignal::new(0_u32);
    let orders = LocalResource::new(move || {
        again.track();
        get_own::<Page<Order>>(api.get())
    });

    // New ones are told of, not put under the hand that is about to press something.
    let placed = RwSignal::new(0_i64);
    if let Some(live) = use_live() {
        live.follow("admin:orders", move |event| {
            if order_news::read(event).is_some_and(|heard| heard.placed) {
                placed.try_update(|placed| *placed = placed.saturating_add(1));
            }
        });
    }
    let show_new = move |_| {
        placed.set(0);
        again.update(|again| *again = again.wrapping_add(1));
    };
    let filtered = move || [status, q, from, until].iter().any(|filter| filter.read().is_some());
    let empty = Empty { title: words::none(), help: words::none_help() };
    view! {
        <div class="stack">
            <div class="row row--apart">
                <h1>{words::title()}</h1>
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
            <div class="filters" role="search">
                <TextFilter name="q" label=words::search()/>
                <TextFilter name="from" label=words::from() kind="date"/>
                <TextFilter name="until" label=words::until() kind="date"/>
                <Show when=filtered>
                    <a class="button button--quiet" href="/admin/orders">
                        <Icon sign=Sign::Close/>
                        {words::clear()}
                    </a>
                </Show>
            </div>
            <Paged from=orders address=api empty=empty show=order_table/>
        </div>
    }
}

/// Every status as a link: the other filters stay.
#[component]
fn StatusTabs() -> impl IntoView {
    let ((status, _), (q, _), (from, _), (until, _)) = (use_filter("status"), use_filter("q"), use_filter("from"), use_filter("until"));
    let tab = move |word: Option<&'static str>, label: &'static str| {
        let href = move || address("/admin/orders", &[("status", word.map(Into::into)), ("q", q.get()), ("from", from.get()), ("until", until.get())]);
        let chosen = move || status.read().as_deref() == word;
        view! {
            <a class="chip" class:chip--set=chosen href=href aria-current=move || chosen().then_some("true")>
                {label}
            </a>
        }
    };
    view! {
        <nav class="tabs" aria-label=words::status()>
            {tab(None, words::all())}
            {OrderStatus::ALL.map(|status| tab(Some(status.as_str()), common::order_status(status))).collect_view()}
        </nav>
    }
}
