//! A product's options as visible choices. As in the app there always is one variant that is looked at; here a press asks for its page.

use maud::{Markup, html};
use novashop_types::catalogue::{ProductOption, Variant};

use crate::texts::{Texts, filled};

/// The variant to begin with: the one that the address names, else the first that can be bought.
pub(crate) fn first<'a>(variants: &'a [Variant], sku: Option<&str>) -> Option<&'a Variant> {
    let named = variants.iter().find(|variant| Some(variant.sku.as_str()) == sku);
    named.or_else(|| variants.iter().find(|variant| variant.in_stock)).or_else(|| variants.first())
}

/// An option with all its values to see.
pub(crate) fn choice(option: &ProductOption, variants: &[Variant], chosen: Option<&Variant>, texts: &Texts) -> Markup {
    let now = chosen.map(|chosen| value_of(chosen, &option.name)).unwrap_or_default();
    html! {
        form method="get" {
            fieldset.choice {
                legend."choice__name" { (option.name) ": " span.muted { (now) } }
                div."choice__values" {
                    @for value in &option.values {
                        @let next = chosen.and_then(|chosen| nearest(variants, chosen, &option.name, value));
                        @let away = chosen.is_some_and(|chosen| !is_there(variants, chosen, &option.name, value));
                        button."choice__value"."choice__value--away"[away] type="submit" name="variant" value=[next.map(|next| &next.sku)]
                            aria-pressed=(if now == value { "true" } else { "false" }) aria-label=[away.then(|| filled(texts.not_available, &[value]))] { (value) }
                    }
                }
            }
        }
    }
}

fn value_of<'a>(variant: &'a Variant, option: &str) -> &'a str {
    variant.options.get(option).and_then(|value| value.as_str()).unwrap_or_default()
}

/// The variant with this value that has most in common with the chosen one; of equals one that can be bought.
fn nearest<'a>(variants: &'a [Variant], chosen: &Variant, option: &str, value: &str) -> Option<&'a Variant> {
    let in_common = |variant: &Variant| chosen.options.iter().filter(|(name, own)| variant.options.get(*name) == Some(*own)).count();
    let with_value = variants.iter().rev().filter(|variant| value_of(variant, option) == value);
    with_value.max_by_key(|variant| (in_common(variant), variant.in_stock))
}

/// Whether a value can be had now, together with the other values that are chosen.
fn is_there(variants: &[Variant], chosen: &Variant, option: &str, value: &str) -> bool {
    let same_else = |variant: &Variant| chosen.options.iter().all(|(name, own)| name == option || variant.options.get(name) == Some(own));
    variants.iter().any(|variant| variant.in_stock && value_of(variant, option) == value && same_else(variant))
}
