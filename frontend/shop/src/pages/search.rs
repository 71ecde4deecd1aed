//! The search: its results, or what to search for.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use novashop_locales::{frame, listing};
use novashop_types::pages::ListingQuery;
use novashop_ui::{Show, use_title};

use crate::{
    pages::listing::Listing,
    parts::{bottom_bar::CategoryTree, nothing::EmptyShelf},
};

/// What was searched for; without words, where to begin.
#[component]
pub fn Search() -> impl IntoView {
    let search = use_location().search;
    let asked = Memo::new(move |_| ListingQuery::parse(&search.read()).q.is_some());
    view! {
        <Show when=move || asked.get() fallback=Begin>
            <Listing/>
        </Show>
    }
}

#[component]
fn Begin() -> impl IntoView {
    use_title(|| Some(listing::search_everything().to_owned()));
    view! {
        <div class="empty">
            <EmptyShelf/>
            <h1>{listing::search_everything()}</h1>
            <h2>{frame::shop_by_category()}</h2>
            <CategoryTree/>
        </div>
    }
}
