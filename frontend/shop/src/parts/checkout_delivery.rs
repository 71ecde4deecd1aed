//! How it is sent, and what that costs: the shop decides, the app shows and counts it.

use leptos::prelude::*;
use novashop_client::{Resource, get};
use novashop_locales::{cart as cart_words, checkout as words, money};
use novashop_types::{
    Money,
    pages::encoded,
    shipping::{ShippingMethod, ShippingMethods},
};
use novashop_ui::{Icon, Load, Sign};

use crate::parts::checkout_form::CheckoutForm;

/// What sending costs, in words.
#[must_use]
pub fn delivery_price(price: Money) -> String {
    if price.amount == 0 { cart_words::free().to_owned() } else { money(price) }
}

/// A method's name in this language; the shop's own word for one that the app does not know.
fn name(method: &ShippingMethod) -> String {
    if method.code == "standard" { words::delivery_standard().to_owned() } else { method.name.clone() }
}

/// The way to the address that stands in the form: the shop's usual one.
#[component]
pub fn Delivery(
    /// The form; it is told which way that is.
    form: CheckoutForm,
) -> impl IntoView {
    let methods = Resource::new(move || {
        let country = form.shipping.country();
        let query = if country.is_empty() { String::new() } else { format!("?country={}", encoded(&country)) };
        get::<ShippingMethods>(format!("/api/v1/shipping-methods{query}"))
    });
    Effect::new(move || form.delivery.set(methods.get().and_then(Result::ok).and_then(|methods| methods.items.into_iter().next())));
    let card = move || {
        form.delivery.get().map(|method| {
            view! {
                <div class="choice-card">
                    <Icon sign=Sign::Van/>
                    <div class="choice-card__words">
                        <strong>{name(&method)}</strong>
                        <p class="small muted">{words::delivery_days(method.min_days, method.max_days)}</p>
                    </div>
                    <span class="price">{delivery_price(method.price)}</span>
                </div>
            }
        })
    };
    view! {
        <Load from=methods skeleton=|| view! { <div class="skeleton skeleton--entry"></div> }.into_any() let:_methods>
            {card}
        </Load>
    }
}
