//! What a list is narrowed to, each with a way to take it away.

use leptos::prelude::*;
use novashop_locales::{listing, money};
use novashop_types::{Currency, Money, narrowing::Narrowing, pages::ListingQuery};
use novashop_ui::{Icon, Show, Sign};

use super::narrow::Narrow;

/// A narrowing in words.
fn words(narrowing: Narrowing, currency: Currency) -> String {
    match narrowing {
        Narrowing::InStock => listing::only_in_stock().to_owned(),
        Narrowing::Price { min, max } => price_words(min, max, currency).unwrap_or_default(),
        Narrowing::Rating(stars) => listing::stars_and_up(stars),
        Narrowing::Option { name, value } => format!("{name}: {value}"),
    }
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
    query.narrowings().len()
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
    let chip = move |(narrowing, without): (Narrowing, ListingQuery)| {
        let words = words(narrowing, currency.get());
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
    let all = move || narrow.query.read().unnarrowed().page_path();
    view! {
        <Show when=move || how_many(&narrow.query.read()) != 0>
            <ul class="chips" aria-label=listing::filters_that_are_set()>
                {move || narrow.query.read().narrowings().into_iter().map(chip).collect_view().into_any()}
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
    fn each_chip_says_what_it_takes_away() {
        let query = ListingQuery::parse("q=mug&in_stock=true&min_price=1000&max_price=2000&min_rating=4&option.Size=L");
        let told: Vec<_> = query.narrowings().into_iter().map(|(narrowing, _)| words(narrowing, Currency::EUR)).collect();
        assert_eq!(told, ["In stock only", "€10.00 to €20.00", "4 stars and up", "Size: L"]);
        assert_eq!(how_many(&query), 4);
    }

    #[test]
    fn a_price_range_is_said_as_people_say_it() {
        assert_eq!(price_words(Some(0), Some(2499), Currency::EUR).as_deref(), Some("Up to €24.99"));
        assert_eq!(price_words(Some(2500), None, Currency::EUR).as_deref(), Some("€25.00 and more"));
        assert_eq!(price_words(None, None, Currency::EUR), None);
    }
}
