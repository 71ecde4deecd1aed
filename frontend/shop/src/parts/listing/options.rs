//! Narrowing to values of options, such as colours and sizes.

use leptos::prelude::*;
use novashop_locales::listing;
use novashop_types::{
    catalogue::{Facets, OptionFacet},
    pages::ListingQuery,
};
use novashop_ui::Show;

use super::narrow::Narrow;

/// So many options are offered: those that most products have.
const GROUPS: usize = 4;
/// So many values of each are seen at once.
const VALUES: usize = 8;

/// The names of the options to offer: those with most products first, and whatever is set.
fn groups(facets: &Facets, query: &ListingQuery) -> Vec<String> {
    let total = |option: &OptionFacet| option.values.iter().map(|value| value.count).sum::<i64>();
    let mut sorted: Vec<(i64, &str)> = facets.options.iter().map(|option| (total(option), option.name.as_str())).collect();
    sorted.sort_by_key(|(total, name)| (std::cmp::Reverse(*total), *name));
    let mut names: Vec<String> = sorted.into_iter().take(GROUPS).map(|(_, name)| name.to_owned()).collect();
    names.extend(query.options.keys().filter(|name| !names.contains(name)).cloned().collect::<Vec<_>>());
    names
}

/// The values of an option with how many products each would leave, where all were counted; those that are set stay, even where they leave none.
fn values(facets: &Facets, query: &ListingQuery, name: &str) -> Vec<(String, Option<i64>)> {
    let facet = facets.options.iter().find(|option| option.name == name);
    let of_all = |count: i64| facets.complete.then_some(count);
    let mut values: Vec<(String, Option<i64>)> =
        facet.map(|facet| facet.values.iter().map(|value| (value.value.clone(), of_all(value.count))).collect()).unwrap_or_default();
    let set = query.options.get(name).map(Vec::as_slice).unwrap_or_default();
    for value in set {
        if !values.iter().any(|(known, _)| known == value) {
            values.push((value.clone(), of_all(0)));
        }
    }
    values
}

/// The options of a list.
#[component]
pub fn OptionFilters(
    /// The list's query.
    narrow: Narrow,
    /// What it can be narrowed to.
    facets: Memo<Facets>,
) -> impl IntoView {
    let names = Memo::new(move |_| groups(&facets.read(), &narrow.query.read()));
    view! {
        <For each=move || names.get() key=Clone::clone let:name>
            <OptionFilter narrow=narrow facets=facets name=name/>
        </For>
    }
}

#[component]
fn OptionFilter(narrow: Narrow, facets: Memo<Facets>, name: String) -> impl IntoView {
    let own = StoredValue::new(name.clone());
    let all = Memo::new(move |_| own.with_value(|name| values(&facets.read(), &narrow.query.read(), name)));
    let names = move || all.get().into_iter().map(|(value, _)| value);
    let value = move |value: String| view! { <OptionValue narrow=narrow all=all option=own value=value/> };
    view! {
        <details class="filter" open=true>
            <summary class="filter__name">{name}</summary>
            <ul class="filter__values">
                <For each=move || names().take(VALUES) key=Clone::clone children=value/>
            </ul>
            <Show when=move || { all.read().len() > VALUES }>
                <details class="filter__more">
                    <summary>{move || listing::more_values(all.read().len().saturating_sub(VALUES))}</summary>
                    <ul class="filter__values">
                        <For each=move || names().skip(VALUES) key=Clone::clone children=value/>
                    </ul>
                </details>
            </Show>
        </details>
    }
}

#[component]
fn OptionValue(narrow: Narrow, all: Memo<Vec<(String, Option<i64>)>>, option: StoredValue<String>, value: String) -> impl IntoView {
    let own = StoredValue::new(value.clone());
    let set = Memo::new(move |_| {
        let query = narrow.query.read();
        option.with_value(|option| query.options.get(option)).is_some_and(|values| own.with_value(|own| values.contains(own)))
    });
    let count = Memo::new(move |_| own.with_value(|own| all.read().iter().find(|(value, _)| value == own).and_then(|(_, count)| *count)));
    let toggle = move |wanted: bool| {
        narrow.to(|query| {
            option.with_value(|option| own.with_value(|own| if wanted { query.add_option(option, own) } else { query.remove_option(option, own) }));
        });
    };
    view! {
        <li>
            <label class="check">
                <input type="checkbox" prop:checked=set on:change:target=move |event| toggle(event.target().checked())/>
                <span class="check__name">{value}</span>
                <span class="muted small">{count}</span>
            </label>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use novashop_types::catalogue::OptionValueFacet;

    use super::*;

    fn facets() -> Facets {
        let option = |name: &str, counts: &[i64]| OptionFacet {
            name: name.into(),
            values: counts.iter().enumerate().map(|(place, count)| OptionValueFacet { value: format!("{name} {place}"), count: *count }).collect(),
        };
        let options = vec![option("Back", &[1]), option("Blade", &[2]), option("Colour", &[4, 3]), option("Nib", &[1, 1, 1]), option("Size", &[9])];
        Facets { complete: true, options, ..Facets::default() }
    }

    #[test]
    fn options_that_many_products_have_come_first_and_what_is_set_is_never_missing() {
        assert_eq!(groups(&facets(), &ListingQuery::default()), ["Size", "Colour", "Nib", "Blade"]);
        assert_eq!(groups(&facets(), &ListingQuery::parse("option.Back=Red")), ["Size", "Colour", "Nib", "Blade", "Back"]);
    }

    #[test]
    fn no_number_is_told_where_not_all_were_counted() {
        let facets = Facets { complete: false, ..facets() };
        let values = values(&facets, &ListingQuery::parse("option.Size=XL"), "Size");
        assert_eq!(values, [("Size 0".to_owned(), None), ("XL".to_owned(), None)]);
    }

    #[test]
    fn a_value_that_is_set_can_always_be_taken_away() {
        let values = values(&facets(), &ListingQuery::parse("option.Size=XL"), "Size");
        assert_eq!(values, [("Size 0".to_owned(), Some(9)), ("XL".to_owned(), Some(0))]);
    }
}
