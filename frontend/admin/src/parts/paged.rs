//! A list that comes in pages: the first with its filters, the others behind a button. Read again, it keeps what was loaded.

use leptos::{prelude::*, task::spawn_local};
use novashop_client::{Outcome, Request, Resource};
use novashop_locales::{admin, common};
use novashop_types::{Page, pages::encoded};
use novashop_ui::{Button, Kept, catch_focus, use_toasts};
use serde::de::DeserializeOwned;

/// What a list says when there is nothing in it.
#[derive(Debug, Clone, Copy)]
pub struct Empty {
    /// That there is nothing.
    pub title: &'static str,
    /// What to do then; may be empty.
    pub help: &'static str,
}

/// The list. What is shown gets the entries as a signal: it may change one in its place.
#[component]
pub fn Paged<T>(
    /// The first page.
    from: Resource<Outcome<Page<T>>>,
    /// The address that `from` asks: with a cursor it gives the next page.
    #[prop(into)]
    address: Signal<String>,
    /// What it says when there is nothing in it.
    empty: Empty,
    /// How the entries look.
    show: fn(RwSignal<Vec<T>>) -> AnyView,
) -> impl IntoView
where
    T: Clone + DeserializeOwned + Send + Sync + 'static,
{
    view! {
        <Kept from=from of=address skeleton=lines let:first>
            {pages(first, address, empty, show)}
        </Kept>
    }
}

/// Lines in the place of rows that are being fetched.
pub fn lines() -> AnyView {
    (0..6).map(|_| view! { <div class="skeleton skeleton--row"></div> }).collect_view().into_any()
}

fn nothing(empty: Empty) -> AnyView {
    view! {
        <div class="empty">
            <h2>{empty.title}</h2>
            {(!empty.help.is_empty()).then(|| view! { <p>{empty.help}</p> })}
        </div>
    }
    .into_any()
}

/// A page of a list, by the cursor of the one before it.
async fn after<T: DeserializeOwned>(address: &str, cursor: &str) -> Outcome<Page<T>> {
    let joint = if address.contains('?') { '&' } else { '?' };
    Request::get(format!("{address}{joint}cursor={}", encoded(cursor))).send().await
}

/// The list from its first page on, until there are as many as somebody had before them.
async fn as_many<T: DeserializeOwned>(first: Page<T>, address: &str, count: usize) -> Outcome<Page<T>> {
    let mut all = first;
    while all.items.len() < count
        && let Some(cursor) = &all.next_cursor
    {
        let page = after::<T>(address, cursor).await?;
        all.items.extend(page.items);
        all.next_cursor = page.next_cursor;
    }
    Ok(all)
}

fn pages<T>(first: Signal<Page<T>>, address: Signal<String>, empty: Empty, show: fn(RwSignal<Vec<T>>) -> AnyView) -> AnyView
where
    T: Clone + DeserializeOwned + Send + Sync + 'static,
{
    let toasts = use_toasts();
    let page = first.get_untracked();
    // The list that is shown: another may be asked for while this one still stands here, and no cursor fits both.
    let address = StoredValue::new(address.get_untracked());
    let (items, next, busy) = (RwSignal::new(page.items), RwSignal::new(page.next_cursor), RwSignal::new(false));
    // Whoever asked later answers alone. The page may be left meanwhile: then nobody waits for the answer.
    let (turn, went_on) = (StoredValue::new(0_u32), RwSignal::new(false));
    let my_turn = move || {
        turn.update_value(|turn| *turn = turn.wrapping_add(1));
        busy.set(true);
        turn.get_value()
    };
    let settle = move |own: u32, outcome: Outcome<Page<T>>, put: fn(&mut Vec<T>, Vec<T>)| {
        if turn.try_get_value() != Some(own) {
            return;
        }
        busy.set(false);
        match outcome {
            Ok(page) => {
                items.update(|items| put(items, page.items));
                next.set(page.next_cursor);
            }
            Err(failure) => toasts.fail(&failure),
        }
    };
    let more = move |()| {
        let Some(cursor) = next.get_untracked() else { return };
        let (address, own) = (address.get_value(), my_turn());
        went_on.set(true);
        spawn_local(async move {
            settle(own, after(&address, &cursor).await, |items, more| items.extend(more));
            // The button goes with the last page.
            catch_focus(".more--end");
        });
    };
    // Read again: the pages that somebody has before them stay as many.
    Effect::new(move |before: Option<()>| {
        let page = first.get();
        if before.is_some() {
            let (address, count, own) = (address.get_value(), items.with_untracked(Vec::len), my_turn());
            spawn_local(async move { settle(own, as_many(page, &address, count).await, |items, now| *items = now) });
        }
    });
    let none = Memo::new(move |_| items.with(Vec::is_empty));
    let count = move || i64::try_from(items.with(Vec::len)).unwrap_or(i64::MAX);
    view! {
        {move || if none.get() { nothing(empty) } else { show(items) }}
        <Show when=move || next.read().is_some()>
            <div class="more">
                <Button busy=busy on_press=more>
                    {common::load_more()}
                </Button>
            </div>
        </Show>
        <Show when=move || went_on.get() && next.read().is_none()>
            <p class="more more--end muted small" tabindex="-1">
                {move || admin::total(count())}
            </p>
        </Show>
    }
    .into_any()
}
