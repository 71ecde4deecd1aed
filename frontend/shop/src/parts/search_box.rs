//! The search, with what somebody who types might mean: a combobox (ARIA 1.2) whose list the arrows go through.

use std::time::Duration;

use leptos::{ev::KeyboardEvent, leptos_dom::helpers::debounce, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use novashop_client::{Resource, get};
use novashop_locales::{common, frame, money};
use novashop_types::{
    catalogue::Suggestions,
    pages::{self, ListingQuery},
};
use novashop_ui::{Icon, Picture, Sign};

/// Who types fast is not asked for at every letter.
const PAUSE: Duration = Duration::from_millis(160);
/// The API refuses longer beginnings.
const MAX_TYPED: usize = 100;

/// What an entry of the list leads to, and how it looks.
#[derive(Clone, PartialEq)]
struct Entry {
    page: String,
    name: String,
    kind: Kind,
}

#[derive(Clone, PartialEq)]
enum Kind {
    Category,
    Product(Box<novashop_types::catalogue::ProductSummary>),
    Everything,
}

/// What to offer for what was typed, in order: categories, products, and at last the whole search.
fn entries(typed: &str, found: Suggestions) -> Vec<Entry> {
    let categories =
        found.categories.into_iter().map(|category| Entry { page: pages::category_page(&category.slug), name: category.name, kind: Kind::Category });
    let products = found.products.into_iter().map(|product| Entry {
        page: pages::product_page(&product.slug),
        name: product.name.clone(),
        kind: Kind::Product(Box::new(product)),
    });
    let all = Entry { page: search_page(typed), name: frame::see_all_results(typed), kind: Kind::Everything };
    categories.chain(products.take(6)).chain([all]).collect()
}

fn search_page(typed: &str) -> String {
    let q = Some(typed.trim().to_owned()).filter(|q| !q.is_empty());
    if q.is_some() { ListingQuery { q, ..ListingQuery::default() }.page_path() } else { "/search".to_owned() }
}

/// The entry that an arrow leads to; before the first and after the last is the field itself.
fn moved(at: Option<usize>, count: usize, down: bool) -> Option<usize> {
    match (at, down) {
        _ if count == 0 => None,
        (None, true) => Some(0),
        (None, false) => count.checked_sub(1),
        (Some(at), true) => Some(at.saturating_add(1)).filter(|at| *at < count),
        (Some(at), false) => at.checked_sub(1),
    }
}

/// The field and its list.
#[component]
pub fn SearchBox() -> impl IntoView {
    let location = use_location();
    let searched = move || ListingQuery::parse(&location.search.read()).q.filter(|_| location.pathname.read().as_str() == "/search");
    let typed = RwSignal::new(untrack(searched).unwrap_or_default());
    let (asked, open, at) = (RwSignal::new(String::new()), RwSignal::new(false), RwSignal::new(None::<usize>));
    Effect::new(move |before: Option<()>| {
        let searched = searched();
        if before.is_some() || searched.is_some() {
            typed.set(searched.unwrap_or_default());
        }
        open.set(false);
    });
    let found = Resource::new(move || {
        let asked: String = asked.get().trim().chars().take(MAX_TYPED).collect();
        async move {
            if asked.is_empty() {
                return Vec::new();
            }
            let found = get::<Suggestions>(format!("/api/v1/search/suggest?q={}", pages::encoded(&asked))).await;
            found.map(|found| entries(&asked, found)).unwrap_or_default()
        }
    });
    let list = Memo::new(move |_| found.get().unwrap_or_default());
    let shown = Signal::derive(move || open.get() && !asked.read().trim().is_empty() && !list.read().is_empty());
    let ask = StoredValue::new_local(std::cell::RefCell::new(debounce(PAUSE, move |text: String| {
        asked.set(text);
        at.set(None);
    })));
    let navigate = use_navigate();
    let go = move |page: &str| {
        open.set(false);
        navigate(page, NavigateOptions::default());
    };
    let go_on_key = go.clone();
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        key @ ("ArrowDown" | "ArrowUp") => {
            event.prevent_default();
            open.set(true);
            at.update(|at| *at = moved(*at, list.read_untracked().len(), key == "ArrowDown"));
            request_animation_frame(|| {
                let chosen = document().query_selector(".search__entry[aria-selected=true]").ok().flatten();
                let near = web_sys::ScrollIntoViewOptions::new();
                near.set_block(web_sys::ScrollLogicalPosition::Nearest);
                if let Some(chosen) = chosen {
                    chosen.scroll_into_view_with_scroll_into_view_options(&near);
                }
            });
        }
        "Enter" => {
            let chosen =
                at.get_untracked().filter(|_| shown.get_untracked()).and_then(|at| list.read_untracked().get(at).map(|entry| entry.page.clone()));
            if let Some(page) = chosen {
                event.prevent_default();
                go_on_key(&page);
            }
        }
        "Escape" if shown.get_untracked() => {
            event.prevent_default();
            open.set(false);
        }
        _ => {}
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        go(&search_page(&typed.read_untracked()));
    };
    view! {
        <form class="search site-header__search" role="search" action="/search" method="get" on:submit=submit>
            <Icon sign=Sign::Search/>
            <input
                class="search__field"
                type="search"
                name="q"
                autocomplete="off"
                enterkeyhint="search"
                maxlength="200"
                role="combobox"
                aria-autocomplete="list"
                aria-label=frame::search_products()
                aria-expanded=move || if shown.get() { "true" } else { "false" }
                aria-controls="suggestions"
                aria-activedescendant=move || at.get().filter(|_| shown.get()).map(|at| format!("suggestion-{at}"))
                placeholder=common::search()
                prop:value=typed
                on:input:target=move |event| {
                    let text = event.target().value();
                    typed.set(text.clone());
                    open.set(true);
                    ask.with_value(|ask| (ask.borrow_mut())(text));
                }
                on:keydown=on_key
                on:blur=move |_| open.set(false)
            />
            <button type="submit" class="visually-hidden" tabindex="-1">
                {common::search()}
            </button>
            <ul class="search__list" id="suggestions" role="listbox" aria-label=frame::suggestions() hidden=move || !shown.get()>
                {move || list.get().into_iter().enumerate().map(|(place, entry)| view! { <Suggestion entry=entry place=place at=at/> }).collect_view().into_any()}
            </ul>
            <div class="visually-hidden" role="status">
                {move || shown.get().then(|| frame::suggestions_found(list.read().len().saturating_sub(1)))}
            </div>
        </form>
    }
}

#[component]
fn Suggestion(entry: Entry, place: usize, at: RwSignal<Option<usize>>) -> impl IntoView {
    let Entry { page, name, kind } = entry;
    let body = match kind {
        Kind::Category => view! {
            <span class="search__sign"><Icon sign=Sign::Grid/></span>
            <span class="search__name">{name}</span>
            <span class="muted small">{frame::in_category()}</span>
        }
        .into_any(),
        Kind::Product(product) => view! {
            {product.image.map(|image| view! { <Picture image=image sizes="40px" decorative=true class="search__picture"/> })}
            <span class="search__name">{name}</span>
            <span class="price small">{money(product.price)}</span>
        }
        .into_any(),
        Kind::Everything => view! {
            <span class="search__sign"><Icon sign=Sign::Search/></span>
            <span class="search__name">{name}</span>
        }
        .into_any(),
    };
    // The list is left by the press itself: a field that loses its focus would close it first.
    view! {
        <li
            class="search__entry"
            id=format!("suggestion-{place}")
            role="option"
            aria-selected=move || if at.get() == Some(place) { "true" } else { "false" }
            on:mousedown=|event| event.prevent_default()
        >
            <a href=page tabindex="-1">
                {body}
            </a>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_go_round_through_the_field() {
        assert_eq!(moved(None, 3, true), Some(0));
        assert_eq!(moved(Some(0), 3, true), Some(1));
        assert_eq!(moved(Some(2), 3, true), None);
        assert_eq!(moved(None, 3, false), Some(2));
        assert_eq!(moved(Some(0), 3, false), None);
        assert_eq!(moved(None, 0, true), None);
    }

    #[test]
    fn the_whole_search_is_always_offered_last() {
        let list = entries("mug & cup", Suggestions { products: vec![], categories: vec![] });
        assert_eq!(list.last().map(|entry| entry.page.as_str()), Some("/search?q=mug%20%26%20cup"));
        assert_eq!(search_page("  "), "/search");
    }
}
