//! What narrows a table: words, choices and days in the address, and the filters that somebody kept in this browser.

use leptos::prelude::*;
use novashop_client::{storage, wire};
use novashop_locales::{admin, common};
use novashop_ui::{Button, Choice, Icon, Sign, TextField, catch_focus};
use serde::{Deserialize, Serialize};

use crate::parts::query::{use_change_query, use_query};

/// So long nobody has typed before the table changes.
const PAUSE: std::time::Duration = std::time::Duration::from_millis(250);
/// So many filters are kept for a table.
const KEPT: usize = 12;

/// One of the things that narrow a table.
#[derive(Debug, Clone)]
pub struct Filter {
    /// Its name in the address and in the API.
    pub key: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// What there is to choose from; nothing where it is a day. A list that is empty is on its way.
    pub choices: Option<Vec<Choice>>,
}

impl Filter {
    /// One of several values; none of them means all.
    #[must_use]
    pub fn choice(key: &'static str, label: &'static str, choices: Vec<Choice>) -> Self {
        Self { key, label, choices: Some(choices) }
    }

    /// A day.
    #[must_use]
    pub fn day(key: &'static str, label: &'static str) -> Self {
        Self { key, label, choices: None }
    }
}

/// A filter that somebody kept: its name and the address's query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    name: String,
    query: String,
}

/// The kept filters with one more; the same name again replaces, the oldest make room.
fn with_kept(mut list: Vec<Kept>, new: Kept) -> Vec<Kept> {
    list.retain(|kept| kept.name != new.name);
    list.push(new);
    let over = list.len().saturating_sub(KEPT);
    list.drain(..over);
    list
}

/// The query without where a page begins: a kept filter shows the first one.
fn without_cursor(query: &str) -> String {
    query.split('&').filter(|pair| !pair.starts_with("cursor=")).collect::<Vec<_>>().join("&")
}

/// The filters above a table.
#[component]
pub fn Filters(
    /// The table's name, under which its filters are kept.
    table: &'static str,
    /// What the search field looks for; without it there is none.
    #[prop(optional, into)]
    search: Option<String>,
    /// The other filters. A choice may come later, with its data.
    #[prop(optional, into)]
    filters: Signal<Vec<Filter>>,
) -> impl IntoView {
    let query = use_query();
    let narrowed = move || {
        let keys = filters.with(|filters| filters.iter().map(|filter| filter.key).collect::<Vec<_>>());
        keys.into_iter().chain(["q"]).any(|key| !query.value(key).is_empty())
    };
    let nothing = move || {
        let keys = filters.with(|filters| filters.iter().map(|filter| filter.key).collect::<Vec<_>>());
        let changes: Vec<(&str, &str)> = keys.into_iter().chain(["q"]).map(|key| (key, "")).collect();
        query.link(&changes)
    };
    view! {
        <search class="filters" aria-label=admin::filters()>
            {search.map(|label| view! { <SearchField label=label/> })}
            {move || filters.get().into_iter().map(|filter| view! { <FilterField filter=filter/> }).collect_view()}
            <Show when=narrowed>
                <a class="button button--quiet filters__clear" href=nothing data-noscroll="">
                    {admin::clear_filters()}
                </a>
            </Show>
        </search>
        <SavedFilters table=table narrowed=Signal::derive(narrowed)/>
    }
}

#[component]
fn SearchField(label: String) -> impl IntoView {
    let (query, change) = (use_query(), use_change_query());
    let typed = StoredValue::new(String::new());
    let typing = move |text: String| {
        typed.set_value(text.clone());
        let change = change.clone();
        set_timeout(
            move || {
                if typed.try_get_value().as_ref() == Some(&text) {
                    change(&[("q", text.trim())]);
                }
            },
            PAUSE,
        );
    };
    view! {
        <label class="filters__search">
            <span class="visually-hidden">{label.clone()}</span>
            <Icon sign=Sign::Search/>
            <input
                class="field__control"
                type="search"
                placeholder=label
                value=untrack(|| query.value("q"))
                prop:value=move || {
                    // What is being typed is not overwritten by what arrives for an earlier letter.
                    let there = query.value("q");
                    let now = typed.get_value();
                    if now.trim() == there { now } else { there }
                }
                on:input:target=move |event| typing(event.target().value())
            />
        </label>
    }
}

#[component]
fn FilterField(filter: Filter) -> impl IntoView {
    let (query, change) = (use_query(), use_change_query());
    let key = filter.key;
    let set = move |value: String| change(&[(key, value.as_str())]);
    let control = if let Some(choices) = filter.choices {
        let option = move |choice: Choice| {
            let own = choice.value.clone();
            view! { <option value=choice.value prop:selected=move || query.value(key) == own>{choice.label}</option> }
        };
        let none = Choice::new("", admin::all());
        view! {
            <select class="field__control" on:change:target=move |event| set(event.target().value())>
                {std::iter::once(none).chain(choices).map(option).collect_view()}
            </select>
        }
        .into_any()
    } else {
        view! { <input class="field__control" type="date" prop:value=move || query.value(key) on:change:target=move |event| set(event.target().value())/> }.into_any()
    };
    view! {
        <label class="filters__field">
            <span class="filters__label">{filter.label}</span>
            {control}
        </label>
    }
}

#[component]
fn SavedFilters(table: &'static str, narrowed: Signal<bool>) -> impl IntoView {
    let place = format!("nova.admin.filters.{table}");
    let read = storage::read(&place).and_then(|text| wire::read::<Vec<Kept>>(&text)).unwrap_or_default();
    let (list, naming, name) = (RwSignal::new(read), RwSignal::new(false), RwSignal::new(String::new()));
    let query = use_query();
    let keep = StoredValue::new(move |kept: Vec<Kept>| {
        if let Ok(text) = serde_json::to_string(&kept) {
            storage::write(&place, &text);
        }
        list.set(kept);
    });
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let new = Kept { name: name.get_untracked().trim().to_owned(), query: untrack(|| without_cursor(&query.text())) };
        if !new.name.is_empty() {
            keep.with_value(|keep| keep(with_kept(list.get_untracked(), new)));
            name.set(String::new());
            naming.set(false);
            catch_focus(".saved:last-child a");
        }
    };
    let chip = move |kept: Kept| {
        let own = kept.query.clone();
        let here = move || (without_cursor(&query.text()) == own).then_some("true");
        let forgotten = kept.name.clone();
        let forget = move |_| {
            let rest = list.get_untracked().into_iter().filter(|kept| kept.name != forgotten).collect();
            keep.with_value(|keep| keep(rest));
            catch_focus(".saved a");
            catch_focus(".filters .field__control");
        };
        view! {
            <li class="row saved">
                <a class="chip" aria-current=here href=format!("?{}", kept.query)>
                    {kept.name.clone()}
                </a>
                <button type="button" class="button button--quiet button--small" aria-label=admin::forget_filter(&kept.name) on:click=forget>
                    <Icon sign=Sign::Close/>
                </button>
            </li>
        }
    };
    view! {
        <Show when=move || narrowed.get() || !list.read().is_empty()>
            <div class="row filters__saved">
                <ul class="row saved__list" aria-label=admin::saved_filters()>
                    {move || list.get().into_iter().map(chip).collect_view()}
                </ul>
                <Show when=move || narrowed.get() && !naming.get()>
                    <button type="button" class="link small" on:click=move |_| naming.set(true)>
                        {admin::save_filter()}
                    </button>
                </Show>
                <Show when=move || naming.get()>
                    <form class="row filters__name" on:submit=save>
                        <TextField label=admin::filter_name() value=name/>
                        <Button submit=true>{common::save()}</Button>
                        <Button kind="button--quiet" on_press=UnsyncCallback::new(move |()| naming.set(false))>
                            {common::cancel()}
                        </Button>
                    </form>
                </Show>
            </div>
        </Show>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_kept_once_and_the_oldest_make_room() {
        let kept = |number: usize| Kept { name: format!("f{number}"), query: format!("q={number}") };
        let list = (0..20).map(kept).fold(Vec::new(), with_kept);
        assert_eq!(list.len(), KEPT);
        let list = with_kept(list, Kept { name: "f19".into(), query: "q=new".into() });
        assert_eq!((list.len(), list.last().unwrap().query.as_str()), (KEPT, "q=new"));
        assert_eq!(without_cursor("q=a&cursor=b&sort=name"), "q=a&sort=name");
    }
}
