//! A list that comes in pages: the first with its filters, the others behind a button.

use leptos::{prelude::*, task::spawn_local};
use novashop_client::{Outcome, Request, Resource};
use novashop_locales::common;
use novashop_types::{Page, pages::encoded};
use novashop_ui::{Button, Load, use_toasts};
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
        <Load from=from skeleton=lines let:page>
            {if page.items.is_empty() { nothing(empty) } else { pages(page, address, show) }}
        </Load>
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

fn pages<T>(first: Page<T>, address: Signal<String>, show: fn(RwSignal<Vec<T>>) -> AnyView) -> AnyView
where
    T: Clone + DeserializeOwned + Send + Sync + 'static,
{
    let toasts = use_toasts();
    let (items, next, busy) = (RwSignal::new(first.items), RwSignal::new(first.next_cursor), RwSignal::new(false));
    let more = move |()| {
        let Some(cursor) = next.get_untracked() else { return };
        let address = address.get_untracked();
        let joint = if address.contains('?') { '&' } else { '?' };
        busy.set(true);
        spawn_local(async move {
            // The page may be left meanwhile: then nobody waits for the answer.
            match Request::get(format!("{address}{joint}cursor={}", encoded(&cursor))).send::<Page<T>>().await {
                Ok(page) => {
                    items.try_update(|items| items.extend(page.items));
                    next.try_set(page.next_cursor);
                }
                Err(failure) => toasts.fail(&failure),
            }
            busy.try_set(false);
        });
    };
    view! {
        {show(items)}
        <Show when=move || next.read().is_some()>
            <div class="more">
                <Button busy=busy on_press=more>
                    {common::load_more()}
                </Button>
            </div>
        </Show>
    }
    .into_any()
}
