//! Filters of a list: they stand in the address, so that a list can be kept, sent and gone back to.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::query_signal_with_options};
use novashop_types::pages::encoded;
use novashop_ui::Choice;

/// A filter by its name in the address: what it is, and how it is set.
pub fn use_filter(name: &'static str) -> (Memo<Option<String>>, SignalSetter<Option<String>>) {
    // Not resolved: the present address holds `/admin` already. Replaced: "back" leaves the list instead of undoing every letter.
    query_signal_with_options(name, NavigateOptions { resolve: false, replace: true, scroll: false, ..NavigateOptions::default() })
}

/// An address of the API with those of the filters that are set.
pub fn address(path: &str, filters: &[(&str, Option<String>)]) -> String {
    let set = filters.iter().filter_map(|(name, value)| value.as_deref().filter(|value| !value.is_empty()).map(|value| (name, value)));
    let query: Vec<String> = set.map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

/// A filter to be typed: words or a day. It holds when the field is left or Enter is pressed.
#[component]
pub fn TextFilter(
    /// Its name in the address.
    name: &'static str,
    /// What it is.
    label: &'static str,
    /// `search` or `date`.
    #[prop(default = "search")]
    kind: &'static str,
) -> impl IntoView {
    let (value, set) = use_filter(name);
    view! {
        <label class=format!("filter filter--{kind}")>
            <span class="filter__label">{label}</span>
            <input
                class="field__control"
                type=kind
                maxlength="100"
                prop:value=move || value.get().unwrap_or_default()
                on:change:target=move |event| set.set(Some(event.target().value().trim().to_owned()).filter(|text| !text.is_empty()))
            />
        </label>
    }
}

/// A filter to be chosen; the choice of nothing is every entry.
#[component]
pub fn SelectFilter(
    /// Its name in the address.
    name: &'static str,
    /// What it is.
    label: &'static str,
    /// What there is to choose from, the choice of everything (an empty value) first.
    choices: Vec<Choice>,
) -> impl IntoView {
    let (value, set) = use_filter(name);
    let option = move |choice: Choice| {
        let own = choice.value.clone();
        view! { <option value=choice.value selected=move || value.get().unwrap_or_default() == own>{choice.label}</option> }
    };
    view! {
        <label class="filter">
            <span class="filter__label">{label}</span>
            <select class="field__control" on:change:target=move |event| set.set(Some(event.target().value()).filter(|value| !value.is_empty()))>
                {choices.into_iter().map(option).collect_view()}
            </select>
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_what_is_set_and_nothing_breaks_out_of_its_value() {
        assert_eq!(address("/a", &[("q", None), ("status", Some(String::new()))]), "/a");
        assert_eq!(address("/a", &[("q", Some("a&b=c d".into())), ("status", Some("paid".into()))]), "/a?q=a%26b%3Dc%20d&status=paid");
    }
}
