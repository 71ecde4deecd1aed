//! The products of a list, more of them at a press.

use leptos::{prelude::*, task::spawn_local};
use novashop_client::get;
use novashop_locales::{common, listing};
use novashop_types::{
    catalogue::{ProductPage, ProductSummary},
    pages::ListingQuery,
};
use novashop_ui::{Button, Show, use_toasts};

use crate::parts::{
    card::{ProductCard, SEEN_AT_ONCE},
    moving::catch_focus,
    nothing::{Nothing, Why},
};

/// What was shown of a list before: who comes back from a product finds it again.
#[derive(Clone, Default)]
struct Shown {
    query: ListingQuery,
    items: Vec<ProductSummary>,
    next: Option<String>,
    /// How far down one was, in pixels; 0 where nobody left it for a product.
    place: f64,
}

/// Keeps what was shown, for coming back.
#[derive(Clone, Copy)]
struct Kept {
    shown: StoredValue<Shown>,
    /// The address that the browser's Back or Forward led to last.
    back_at: StoredValue<String>,
}

/// Offers a memory of lists to the app.
pub fn provide_results() {
    let kept = Kept { shown: StoredValue::new(Shown::default()), back_at: StoredValue::new(String::new()) };
    provide_context(kept);
    let _as_long_as_the_app = window_event_listener(leptos::ev::popstate, move |_| kept.back_at.set_value(here()));
}

fn here() -> String {
    location().href().unwrap_or_default()
}

/// A list's products.
#[component]
pub fn Results(
    /// The first of them.
    page: ProductPage,
    /// What they were narrowed to.
    query: ListingQuery,
) -> impl IntoView {
    let total = page.page.total;
    let kept = use_context::<Kept>();
    let before = kept.map(|kept| kept.shown.get_value()).filter(|before| before.query == query && starts_with(&before.items, &page.page.items));
    // The browser itself found no place so far down: the list was not there yet.
    if let (Some(kept), Some(place)) = (kept, before.as_ref().map(|before| before.place).filter(|place| *place > 0.0))
        && kept.back_at.with_value(|back_at| *back_at == here())
    {
        // Once: who goes on from here leaves another place.
        kept.shown.update_value(|shown| shown.place = 0.0);
        request_animation_frame(move || window().scroll_to_with_x_and_y(0.0, place));
    }
    let (items, next) = before.map_or((page.page.items, page.page.next_cursor), |before| (before.items, before.next));
    if items.is_empty() {
        return view! { <Nothing why=Why::of(&query)/> }.into_any();
    }
    let (items, next, busy) = (RwSignal::new(items), RwSignal::new(next), RwSignal::new(false));
    let toasts = use_toasts();
    let query = StoredValue::new(query);
    let keep = move |place: f64| {
        if let Some(kept) = kept {
            kept.shown.set_value(Shown { query: query.get_value(), items: items.get_untracked(), next: next.get_untracked(), place });
        }
    };
    let more = move || {
        let Some(cursor) = next.get_untracked() else { return };
        let path = query.with_value(|query| query.more_path(&cursor));
        let asked = get::<ProductPage>(path);
        busy.set(true);
        spawn_local(async move {
            let outcome = asked.await;
            if items.is_disposed() {
                // The page was left, and the request ended with it.
                return;
            }
            busy.try_set(false);
            match outcome {
                Ok(page) => {
                    let first_new = items.with_untracked(Vec::len) + 1;
                    items.try_update(|items| items.extend(page.page.items));
                    next.try_set(page.page.next_cursor);
                    keep(0.0);
                    catch_focus(format!(".grid > li:nth-child({first_new}) a"));
                }
                Err(failure) => toasts.fail(&failure),
            }
        });
    };
    let card = |(place, product): (usize, ProductSummary)| {
        view! {
            <li>
                <ProductCard product=product first=place < SEEN_AT_ONCE/>
            </li>
        }
    };
    view! {
        <ul class="grid" role="list" on:click=move |_| keep(window().scroll_y().unwrap_or_default())>
            <For each=move || items.get().into_iter().enumerate() key=|(_, product)| product.id children=card/>
        </ul>
        <div class="more">
            <p class="muted small" role="status">
                {move || total.map(|total| listing::seen_of(items.read().len(), total))}
            </p>
            <Show when=move || next.read().is_some()>
                <Button busy=busy on_press=UnsyncCallback::new(move |()| more())>
                    {common::load_more()}
                </Button>
            </Show>
        </div>
    }
    .into_any()
}

/// Whether what was shown still begins as the list begins now.
fn starts_with(before: &[ProductSummary], now: &[ProductSummary]) -> bool {
    before.len() >= now.len() && before.iter().zip(now).all(|(before, now)| before == now)
}
