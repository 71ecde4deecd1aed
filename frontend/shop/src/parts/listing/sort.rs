//! The order of a list.

use leptos::prelude::*;
use novashop_locales::listing;
use novashop_types::{catalogue::ProductSort, pages::ListingQuery};

use super::narrow::Narrow;

/// The order that a list has where its address names none.
fn usual(query: &ListingQuery) -> ProductSort {
    if query.q.is_some() { ProductSort::Relevance } else { ProductSort::Newest }
}

/// Chooses the order.
#[component]
pub fn SortChoice(
    /// The list's query.
    narrow: Narrow,
) -> impl IntoView {
    let query = narrow.query;
    let searched = Memo::new(move |_| query.read().q.is_some());
    let chosen = Memo::new(move |_| query.with(|query| query.sort.unwrap_or_else(|| usual(query))));
    let options = move || {
        let searched = searched.get();
        let option = |sort: ProductSort| {
            view! {
                <option value=sort.as_str() prop:selected=move || chosen.get() == sort>
                    {listing::sort_name_of(sort)}
                </option>
            }
        };
        ProductSort::ALL.into_iter().filter(move |sort| searched || *sort != ProductSort::Relevance).map(option).collect_view()
    };
    view! {
        <label class="sort">
            <span class="sort__label">{listing::sort()}</span>
            <select
                class="sort__control"
                on:change:target=move |event| {
                    let sort = ProductSort::parse(&event.target().value());
                    narrow.to(|query| query.sort = sort.filter(|sort| *sort != usual(query)));
                }
            >
                {move || options().into_any()}
            </select>
        </label>
    }
}
