//! What happens to orders while one looks.

use leptos::prelude::*;
use novashop_client::use_live;
use novashop_locales::{admin_dashboard as words, common::order_status, money};

use crate::parts::order_news::{self, Heard};

/// As many as can be taken in.
const SHOWN: usize = 8;

/// The feed.
#[component]
pub fn LiveFeed(
    /// Told of news.
    on_news: UnsyncCallback<()>,
) -> impl IntoView {
    let news = RwSignal::new(Vec::<Heard>::new());
    if let Some(live) = use_live() {
        live.follow("admin:orders", move |event| {
            if let Some(heard) = order_news::read(event)
                && news.try_update(|news| order_news::remember(news, heard, SHOWN)) == Some(true)
            {
                on_news.run(());
            }
        });
    }
    let line = |heard: Heard| {
        let order = heard.order;
        let text = if heard.placed { words::placed(&order.number) } else { words::moved(&order.number, order_status(order.status)) };
        view! {
            <li class="line line--new">
                <a class="line__name" href=format!("/admin/orders/{}", order.number)>
                    {text}
                </a>
                <span class="number">{money(order.total)}</span>
            </li>
        }
    };
    view! {
        <section class="panel stack">
            <h2>
                <span class="live-dot" aria-hidden="true"></span>
                {words::live()}
            </h2>
            <ul class="lines" aria-live="polite">
                {move || news.get().into_iter().map(line).collect_view()}
            </ul>
            <Show when=move || news.read().is_empty()>
                <p class="muted">{words::live_empty()}</p>
            </Show>
        </section>
    }
}
