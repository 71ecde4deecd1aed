//! Narrowing to a price range: bands to choose from, and two fields for any other.

use leptos::{ev::SubmitEvent, prelude::*};
use novashop_locales::listing;
use novashop_types::{
    Currency, Money,
    catalogue::{Facets, PriceFacet},
};

use super::{chips::price_words, narrow::Narrow};

/// An amount as somebody types it, in minor units: `20`, `19.90`, `19,9`.
fn minor_units(text: &str, decimals: u32) -> Option<i64> {
    let text = text.trim().replace(',', ".");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
    let width = usize::try_from(decimals).ok()?;
    if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > width {
        return None;
    }
    format!("{whole}{part:0<width$}").parse().ok()
}

fn field(name: &'static str, value: RwSignal<String>) -> impl IntoView {
    view! {
        <label class="field">
            <span class="field__label">{name}</span>
            <input class="field__control" inputmode="decimal" autocomplete="off" prop:value=value on:input:target=move |event| value.set(event.target().value())/>
        </label>
    }
}

/// Bands and fields.
#[component]
pub fn PriceFilter(
    /// The list's query.
    narrow: Narrow,
    /// What it can be narrowed to.
    facets: Memo<Facets>,
    /// The shop's currency.
    #[prop(into)]
    currency: Signal<Currency>,
) -> impl IntoView {
    let typed = move |amount: Option<i64>| amount.map(|amount| Money::new(amount, currency.get_untracked()).decimal()).unwrap_or_default();
    let (from, to) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    Effect::new(move || {
        let query = narrow.query.read();
        from.set(typed(query.min_price));
        to.set(typed(query.max_price));
    });
    let apply = move |event: SubmitEvent| {
        event.prevent_default();
        let decimals = currency.get_untracked().decimals();
        let read = |text: RwSignal<String>| minor_units(&text.read_untracked(), decimals);
        let (min, max) = match (read(from), read(to)) {
            (Some(min), Some(max)) if min > max => (Some(max), Some(min)),
            both => both,
        };
        narrow.to(|query| (query.min_price, query.max_price) = (min, max));
    };
    // With how many products each would leave, where all were counted.
    let bands = Memo::new(move |_| facets.with(|facets| facets.prices.iter().cloned().map(|band| (band, facets.complete)).collect::<Vec<_>>()));
    let band = move |(band, complete): (PriceFacet, bool)| {
        let words = price_words(Some(band.min), band.max, currency.get_untracked()).unwrap_or_default();
        let set = Memo::new(move |_| narrow.query.with(|query| query.min_price == Some(band.min) && query.max_price == band.max));
        let choose = move |_| {
            let (min, max) = if set.get_untracked() { (None, None) } else { (Some(band.min), band.max) };
            narrow.to(|query| (query.min_price, query.max_price) = (min, max));
        };
        view! {
            <li>
                <button type="button" class="band" aria-pressed=move || if set.get() { "true" } else { "false" } on:click=choose>
                    <span class="check__name">{words}</span>
                    <span class="muted small">{complete.then_some(band.count)}</span>
                </button>
            </li>
        }
    };
    view! {
        <details class="filter" open=true>
            <summary class="filter__name">{move || format!("{} ({})", listing::price(), currency.get().symbol().unwrap_or(currency.get().code()))}</summary>
            <ul class="filter__values">
                <For each=move || bands.get() key=|(band, complete)| (band.min, band.max, band.count, *complete) children=band/>
            </ul>
            <form class="price-range" on:submit=apply>
                {field(listing::price_from(), from)} {field(listing::price_to(), to)}
                <button type="submit" class="button button--small">
                    {listing::price_apply()}
                </button>
            </form>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_read_as_people_of_both_languages_type_it() {
        for (text, decimals, amount) in [
            ("20", 2, Some(2000)),
            (" 19.9 ", 2, Some(1990)),
            ("19,90", 2, Some(1990)),
            ("0", 2, Some(0)),
            ("1500", 0, Some(1500)),
            ("", 2, None),
            ("19.999", 2, None),
            ("-5", 2, None),
            ("1.5", 0, None),
            ("twenty", 2, None),
            ("99999999999999999999", 2, None),
        ] {
            assert_eq!(minor_units(text, decimals), amount, "{text}");
        }
    }
}
