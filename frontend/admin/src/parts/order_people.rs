//! Whose an order is, where it goes and how it is paid.

use leptos::prelude::*;
use novashop_locales::{admin_orders as words, moment};
use novashop_types::{orders::Order, pages::encoded};
use novashop_ui::{Icon, PostalAddress, Sign};

use crate::parts::gate::is_admin;

/// The column beside an order.
#[component]
pub fn OrderPeople(
    /// The order.
    order: Order,
) -> impl IntoView {
    let search = format!("/admin/customers?q={}", encoded(&order.email));
    // Staff has no list of accounts to look into.
    let look_up = move || {
        is_admin().then(|| {
            view! {
                <a class="row small" href=search.clone()>
                    <Icon sign=Sign::Person/>
                    {words::look_up_customer()}
                </a>
            }
        })
    };
    let others = (order.billing_address != order.shipping_address).then(|| {
        view! {
            <h3>{words::bill_to()}</h3>
            <PostalAddress address=order.billing_address.clone()/>
        }
    });
    let provider = if order.payment.provider == "manual" { words::bank_or_cash().to_owned() } else { order.payment.provider };
    view! {
        <aside class="panel stack" aria-label=words::customer()>
            <h2>{words::customer()}</h2>
            <p>
                <a href=format!("mailto:{}", order.email) aria-label=words::write_to(&order.email)>
                    {order.email.clone()}
                </a>
            </p>
            {look_up}
            <h3>{words::ship_to()}</h3>
            <PostalAddress address=order.shipping_address/>
            {others}
            <h3>{words::payment()}</h3>
            <p>{provider} ": " {words::payment_status(order.payment.status)}</p>
            {order.expires_at.map(|at| view! { <p class="muted small">{words::expires(&moment(at))}</p> })}
        </aside>
    }
}
