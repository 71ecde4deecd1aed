//! Everything that narrows a list, in a column or a sheet.

use leptos::prelude::*;
use novashop_locales::listing;
use novashop_types::{Currency, catalogue::Facets};

use super::{narrow::Narrow, options::OptionFilters, price_range::PriceFilter};

/// The stars that a list can be narrowed to.
const STARS: [u8; 3] = [4, 3, 2];

/// The filters of a list.
#[component]
pub fn Filters(
    /// The list's query.
    narrow: Narrow,
    /// What it can be narrowed to.
    facets: Memo<Facets>,
    /// The shop's currency.
    #[prop(into)]
    currency: Signal<Currency>,
) -> impl IntoView {
    let in_stock = Memo::new(move |_| narrow.query.read().in_stock == Some(true));
    view! {
        <div class="filters">
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=in_stock
                    on:change:target=move |event| {
                        let wanted = event.target().checked();
                        narrow.to(|query| query.in_stock = wanted.then_some(true));
                    }
                />
                <span class="check__name">{listing::only_in_stock()}</span>
            </label>
            <PriceFilter narrow=narrow facets=facets currency=currency/>
            <OptionFilters narrow=narrow facets=facets/>
            <RatingFilter narrow=narrow facets=facets/>
        </div>
    }
}

#[component]
fn RatingFilter(narrow: Narrow, facets: Memo<Facets>) -> impl IntoView {
    let chosen = Memo::new(move |_| narrow.query.read().min_rating);
    let choice = move |stars: Option<u8>| {
        let words = stars.map_or_else(|| listing::rating_any().to_owned(), listing::stars_and_up);
        let count = move || {
            let stars = stars.map(i64::from)?;
            let facets = facets.read();
            facets.ratings.iter().find(|rating| facets.complete && rating.min == stars).map(|rating| rating.count)
        };
        view! {
            <li>
                <button
                    type="button"
                    class="band"
                    aria-pressed=move || if chosen.get() == stars { "true" } else { "false" }
                    on:click=move |_| narrow.to(|query| query.min_rating = stars)
                >
                    <span class="check__name">{words}</span>
                    <span class="muted small">{count}</span>
                </button>
            </li>
        }
    };
    view! {
        <details class="filter" open=true>
            <summary class="filter__name">{listing::rating()}</summary>
            <ul class="filter__values">
                {STARS.map(|stars| choice(Some(stars))).collect_view()} {choice(None)}
            </ul>
        </details>
    }
}
