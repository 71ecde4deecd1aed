//! Which of a product's variants is looked at. There always is one: a choice that does not exist leads to the nearest that does.

use leptos::prelude::*;
use novashop_locales::product as words;
use novashop_types::{
    VariantId,
    catalogue::{ProductOption, Variant},
};

/// Whether a value can be had together with the other values that are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Availability {
    /// Now.
    There,
    /// Not now.
    SoldOut,
    /// Never: another value would have to give way.
    NotMade,
}

fn value_of<'a>(variant: &'a Variant, option: &str) -> &'a str {
    variant.options.get(option).and_then(|value| value.as_str()).unwrap_or_default()
}

/// The variant to begin with: the one that the address names, else the first that can be bought.
#[must_use]
pub fn first(variants: &[Variant], sku: Option<&str>) -> Option<VariantId> {
    let named = variants.iter().find(|variant| Some(variant.sku.as_str()) == sku);
    named.or_else(|| variants.iter().find(|variant| variant.in_stock)).or_else(|| variants.first()).map(|variant| variant.id)
}

/// The variant with this value that has most in common with the chosen one; of equals one that can be bought.
fn nearest(variants: &[Variant], chosen: &Variant, option: &str, value: &str) -> Option<VariantId> {
    let in_common = |variant: &Variant| chosen.options.iter().filter(|(name, own)| variant.options.get(*name) == Some(*own)).count();
    let with_value = variants.iter().rev().filter(|variant| value_of(variant, option) == value);
    with_value.max_by_key(|variant| (in_common(variant), variant.in_stock)).map(|variant| variant.id)
}

fn availability(variants: &[Variant], chosen: &Variant, option: &str, value: &str) -> Availability {
    let same_else = |variant: &&Variant| chosen.options.iter().all(|(name, own)| name == option || variant.options.get(name) == Some(own));
    let fitting: Vec<&Variant> = variants.iter().filter(|variant| value_of(variant, option) == value).filter(same_else).collect();
    if fitting.is_empty() {
        Availability::NotMade
    } else if fitting.iter().any(|variant| variant.in_stock) {
        Availability::There
    } else {
        Availability::SoldOut
    }
}

/// An option with all its values to see.
#[component]
pub fn OptionChoice(
    /// The option.
    option: ProductOption,
    /// The product's variants as they stand now.
    variants: Signal<Vec<Variant>>,
    /// The one that is looked at.
    chosen: Signal<Option<Variant>>,
    /// Looks at another.
    #[prop(into)]
    on_choose: Callback<VariantId>,
) -> impl IntoView {
    let name = StoredValue::new(option.name.clone());
    let now = move || name.with_value(|name| chosen.read().as_ref().map(|chosen| value_of(chosen, name).to_owned())).unwrap_or_default();
    let button = move |value: String| {
        let own = StoredValue::new(value.clone());
        let state = Memo::new(move |_| {
            let chosen = chosen.read();
            let chosen = chosen.as_ref()?;
            Some(name.with_value(|name| own.with_value(|own| availability(&variants.read(), chosen, name, own))))
        });
        let pressed = Memo::new(move |_| own.with_value(|own| now() == *own));
        let away = move || state.get().is_some_and(|state| state != Availability::There);
        let press = move |_| {
            let chosen = chosen.get_untracked();
            let next =
                chosen.and_then(|chosen| name.with_value(|name| own.with_value(|own| nearest(&variants.read_untracked(), &chosen, name, own))));
            if let Some(next) = next {
                on_choose.run(next);
            }
        };
        view! {
            <button
                type="button"
                class="choice__value"
                class:choice__value--away=away
                aria-pressed=move || if pressed.get() { "true" } else { "false" }
                aria-label=move || away().then(|| own.with_value(|own| words::not_available(own)))
                on:click=press
            >
                {value}
            </button>
        }
    };
    view! {
        <fieldset class="choice">
            <legend class="choice__name">
                {option.name} ": " <span class="muted">{now}</span>
            </legend>
            <div class="choice__values">{option.values.into_iter().map(button).collect_view()}</div>
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use novashop_types::{Currency, Money};

    use super::*;

    fn variant(number: u128, size: &str, colour: &str, stock: i64) -> Variant {
        let options = [("Size", size), ("Colour", colour)].map(|(name, value)| (name.to_owned(), value.into()));
        Variant {
            id: uuid::Uuid::from_u128(number).into(),
            sku: format!("SKU-{number}"),
            options: options.into_iter().collect(),
            price: Money::new(1000, Currency::EUR),
            compare_at_price: None,
            stock,
            in_stock: stock > 0,
        }
    }

    fn shirts() -> Vec<Variant> {
        vec![variant(1, "S", "Red", 0), variant(2, "M", "Red", 3), variant(3, "M", "Blue", 0), variant(4, "L", "Blue", 5)]
    }

    #[test]
    fn one_begins_with_what_the_address_names_or_with_what_can_be_bought() {
        let shirts = shirts();
        assert_eq!(first(&shirts, None), Some(shirts[1].id));
        assert_eq!(first(&shirts, Some("SKU-3")), Some(shirts[2].id));
        assert_eq!(first(&shirts, Some("gone")), Some(shirts[1].id));
        assert_eq!(first(&shirts[..1], None), Some(shirts[0].id));
        assert_eq!(first(&[], None), None);
    }

    #[test]
    fn each_value_says_whether_it_can_be_had_with_the_others() {
        let shirts = shirts();
        let of = |option: &str, value: &str| availability(&shirts, &shirts[1], option, value);
        assert_eq!(of("Size", "M"), Availability::There);
        assert_eq!(of("Size", "S"), Availability::SoldOut);
        assert_eq!(of("Size", "L"), Availability::NotMade);
        assert_eq!(of("Colour", "Blue"), Availability::SoldOut);
    }

    #[test]
    fn a_choice_that_is_not_made_leads_to_the_nearest_that_is() {
        let shirts = shirts();
        assert_eq!(nearest(&shirts, &shirts[1], "Size", "L"), Some(shirts[3].id));
        assert_eq!(nearest(&shirts, &shirts[1], "Colour", "Blue"), Some(shirts[2].id));
        assert_eq!(nearest(&shirts, &shirts[1], "Size", "XL"), None);
    }
}
