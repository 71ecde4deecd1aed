//! What was ordered, what it comes to, where it goes.

use leptos::prelude::*;
use novashop_locales::{language, money, orders as words};
use novashop_types::{
    Money, Timestamp,
    orders::{Order, OrderStatus},
};

use crate::parts::options::options_text;

/// The lines of an order with what they come to.
#[component]
pub fn OrderLines(
    /// The order.
    order: Order,
) -> impl IntoView {
    let lines = order.items.into_iter().map(|line| {
        let options = options_text(&line.options);
        view! {
            <li class="order-line">
                <span>
                    <strong>{line.name}</strong>
                    {(!options.is_empty()).then(|| view! { <span class="small muted">{options}</span> })}
                    <span class="small muted">{words::pieces(line.quantity, &money(line.unit_price))}</span>
                </span>
                <span class="price">{money(line.line_total)}</span>
            </li>
        }
    });
    let row = |label: &'static str, text: String| view! { <div class="row row--apart"><dt>{label}</dt><dd class="price">{text}</dd></div> };
    let shown = |label: &'static str, amount: Money| (amount.amount != 0).then(|| row(label, money(amount)));
    view! {
        <ul class="order-lines">{lines.collect_view()}</ul>
        <dl class="order-sums">
            {row(words::subtotal(), money(order.subtotal))}
            {(order.discount.amount != 0).then(|| row(words::discount(), format!("−{}", money(order.discount))))}
            {row(words::delivery(), if order.shipping.amount == 0 { words::free().to_owned() } else { money(order.shipping) })}
            {shown(words::tax(), order.tax)}
            <div class="row row--apart order-sums__total"><dt>{words::total()}</dt><dd class="price">{money(order.total)}</dd></div>
        </dl>
    }
}

/// A day with its time where the shopper is: money that comes an hour late is too late.
fn moment(at: Timestamp) -> String {
    let options = js_sys::Object::new();
    for (name, style) in [("dateStyle", "long"), ("timeStyle", "short")] {
        let _set = js_sys::Reflect::set(&options, &name.into(), &style.into());
    }
    let date = js_sys::Date::new(&at.to_string().into());
    date.to_locale_string(language().code(), &options).into()
}

/// How to pay an order that waits for its money.
#[component]
pub fn HowToPay(
    /// The order.
    order: Order,
) -> impl IntoView {
    (order.status == OrderStatus::PendingPayment).then(|| {
        view! {
            <section class="panel stack stack--tight pay">
                <h2>{words::how_to_pay()}</h2>
                <p>{words::pay_by(&money(order.total), &order.number)}</p>
                {order.payment.instructions.map(|instructions| view! { <p class="pay__instructions">{instructions}</p> })}
                {order.expires_at.map(|until| view! { <p class="small muted">{words::pay_until(&moment(until))}</p> })}
            </section>
        }
    })
}
