//! What happened and what is to be done.

use std::time::Duration;

use leptos::prelude::*;
use novashop_client::{Resource, get_own};
use novashop_locales::{admin, admin_dashboard as words};
use novashop_types::stats::Stats;
use novashop_ui::{Kept, use_title};

use crate::parts::{
    days,
    live_feed::LiveFeed,
    query::use_query,
    stats_figures::{StatsDays, StatsNumbers},
    stats_lists::{BestSellers, LowStockList, ToHandle},
};

/// How many days can be shown.
const RANGES: [i64; 3] = [7, 30, 90];
const USUAL: i64 = 30;
/// News come in flocks: the figures are asked for once for all of them.
const FLOCK: Duration = Duration::from_secs(3);

/// The first page of the back office.
#[component]
pub fn Dashboard() -> impl IntoView {
    use_title(|| Some(admin::dashboard().into()));
    let query = use_query();
    let shown = Memo::new(move |_| query.value("days").parse().ok().filter(|days| RANGES.contains(days)).unwrap_or(USUAL));
    let again = RwSignal::new(0_u32);
    let stats = Resource::new(move || {
        again.track();
        get_own::<Stats>(format!("/api/v1/admin/stats?from={}", days::first_of(shown.get(), days::today())))
    });
    let range = Signal::derive(move || shown.get().to_string());
    let waiting = StoredValue::new(false);
    let on_news = UnsyncCallback::new(move |()| {
        if waiting.try_get_value() == Some(false) {
            waiting.set_value(true);
            set_timeout(
                move || {
                    // The page may be gone by then.
                    waiting.try_set_value(false);
                    again.try_update(|again| *again = again.wrapping_add(1));
                },
                FLOCK,
            );
        }
    });
    let choice = move |days: i64| {
        view! {
            <a class="chip" href=move || query.link(&[("days", &days.to_string())]) aria-current=move || (shown.get() == days).then_some("true")>
                {words::days(days)}
            </a>
        }
    };
    view! {
        <div class="stack stack--loose">
            <div class="row row--apart">
                <h1>{admin::dashboard()}</h1>
                <nav class="row" aria-label=words::range()>
                    {RANGES.map(choice).collect_view()}
                </nav>
            </div>
            <div class="dashboard">
                <div class="stack stack--loose">
                    <Kept from=stats of=range skeleton=skeleton let:stats>
                        {figures(stats)}
                    </Kept>
                </div>
                <LiveFeed on_news=on_news/>
            </div>
        </div>
    }
}

/// The figures, told anew by news: what does not differ is not drawn again, and a chart or a table that somebody reads stays open.
fn figures(stats: Signal<Stats>) -> AnyView {
    let to_handle = Memo::new(move |_| stats.with(|stats| stats.to_handle));
    let low_stock = Memo::new(move |_| stats.with(|stats| stats.low_stock.clone()));
    let best_sellers = Memo::new(move |_| stats.with(|stats| stats.best_sellers.clone()));
    view! {
        {move || view! { <StatsNumbers stats=stats.get()/> }}
        <div class="stack stack--tight">
            <StatsDays stats=stats/>
        </div>
        <div class="dashboard__lists">
            <div class="stack stack--loose">
                {move || view! { <ToHandle orders=to_handle.get()/> }}
                {move || view! { <LowStockList variants=low_stock.get()/> }}
            </div>
            {move || view! { <BestSellers products=best_sellers.get()/> }}
        </div>
    }
    .into_any()
}

fn skeleton() -> AnyView {
    view! {
        <div class="figures">{(0..6).map(|_| view! { <div class="skeleton skeleton--figure"></div> }).collect_view()}</div>
        <div class="charts">
            <div class="skeleton skeleton--chart"></div>
            <div class="skeleton skeleton--chart"></div>
        </div>
    }
    .into_any()
}
