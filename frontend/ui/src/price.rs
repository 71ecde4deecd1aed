//! A price, and what it was before.

use leptos::prelude::*;
use novashop_locales::{common, money};
use novashop_types::Money;

/// A price as people of this language write it.
#[component]
pub fn Price(
    /// What it costs.
    price: Money,
    /// What it cost before.
    #[prop(optional_no_strip, into)]
    was: Option<Money>,
) -> impl IntoView {
    let was = was.filter(|was| was.amount > price.amount);
    match was {
        None => view! { <span class="price">{money(price)}</span> }.into_any(),
        Some(was) => view! {
            <span class="price price--now">
                <span class="visually-hidden">{common::now_price("")}</span>
                {money(price)}
            </span>
            <s class="price price--was">
                <span class="visually-hidden">{common::was_price("")}</span>
                {money(was)}
            </s>
        }
        .into_any(),
    }
}
