//! What a list is narrowed to, each with a way to take it away.

use leptos::prelude::*;
use novashop_locales::{listing, money};
use novashop_types::{Currency, Money, pages::ListingQuery};
use novashop_ui::{Icon, Show, Sign};

use super::narrow::Narrow;

/// Each narrowing in words, and the query without it.
fn chips(query: &ListingQuery, currency: Currency) -> Vec<(String, ListingQuery)> {
    let mut chips = Vec::new();
    let mut add = |words: String, change: &dyn Fn(&mut ListingQuery)| {
        let mut without = ListingQuery { cursor: None, ..query.clone() };
        change(&mut without);
        chips.push((words, without));
    };
    if query.in_stock == Some(true) {
        add(listing::only_in_stock().to_owned(), &|query| query.in_stock = None);
    }
    if let Some(words) = price_words(query.min_price, query.max_price, currency) {
        add(words, &|query| (query.min_price, query.max_price) = (None, None));
    }
    if let Some(stars) = query.min_rating {
        add(listing::stars_and_up(stars), &|query| query.min_rating = None);
    }
    for (name, values) in &query.options {
        for value in values {
            add(format!("{name}: {value}"), &|query| query.remove_option(name, value));
        }
    }
    chips
}

/// A price range in words.
pub(super) fn price_words(min: Option<i64>, max: Option<i64>, currency: Currency) -> Option<String> {
    let written = |amount: i64| money(Money::new(amount, currency));
    match (min, max) {
        (None | Some(0), Some(max)) => Some(listing::price_under(&written(max))),
        (Some(min), Some(max)) => Some(listing::price_between(&written(min), &written(max))),
        (Some(min), None) => Some(listing::price_over(&written(min))),
        (None, None) => None,
    }
}

/// How many narrowings are set.
#[must_use]
pub fn how_many(query: &ListingQuery) -> usize {
    chips(query, Currency::EUR).len()
}

/// The chips; nothing where nothing is set.
#[component]
pub fn Chips(
    /// The list's query.
    narrow: Narrow,
    /// The shop's currency.
    #[prop(into)]
    currency: Signal<Currency>,
) -> impl IntoView {
    let chip = |(words, without): (String, ListingQuery)| {
        let name = listing::remove_filter(&words);
        view! {
            <li>
                <a class="chip chip--set" href=without.page_path() data-noscroll="" aria-label=name>
                    {words}
                    <Icon sign=Sign::Close/>
                </a>
            </li>
        }
    };
    let all = move || {
        let query = narrow.query.get();
        let plain = ListingQuery { q: query.q, category: query.category, sort: query.sort, ..ListingQuery::default() };
        plain.page_path()
    };
    view! {
        <Show when=move || how_many(&narrow.query.read()) != 0>
            <ul class="chips" aria-label=listing::filters_that_are_set()>
                {move || chips(&narrow.query.read(), currency.get()).into_iter().map(chip).collect_view().into_any()}
                <li>
                    <a class="chip chip--quiet" href=all data-noscroll="">
                        {listing::clear_all()}
                    </a>
                </li>
            </ul>
        </Show>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_chip_takes_away_just_its_own() {
        let query =
            ListingQuery::parse("q=mug&in_stock=true&min_price=1000&max_price=2000&min_rating=4&option.Size=L&option.Size=M&sort=price&cursor=x");
        let chips = chips(&query, Currency::EUR);
        let told: Vec<_> = chips.iter().map(|(words, without)| (words.as_str(), without.page_path())).collect();
        let rest = "/search?q=mug";
        assert_eq!(told[0], ("In stock only", format!("{rest}&min_price=1000&max_price=2000&min_rating=4&option.Size=L&option.Size=M&sort=price")));
        assert_eq!(told[1].0, "€10.00 to €20.00");
        assert_eq!(told[3], ("Size: L", format!("{rest}&min_price=1000&max_price=2000&in_stock=true&min_rating=4&option.Size=M&sort=price")));
        assert_eq!(how_many(&query), 5);
        assert_eq!(how_many(&ListingQuery::parse("q=mug&sort=price")), 0);
    }

    #[test]
    fn a_price_range_is_said_as_people_say_it() {
        assert_eq!(price_words(Some(0), Some(2499), Currency::EUR).as_deref(), Some("Up to €24.99"));
        assert_eq!(price_words(Some(2500), None, Currency::EUR).as_deref(), Some("€25.00 and more"));
        assert_eq!(price_words(None, None, Currency::EUR), None);
    }
}
