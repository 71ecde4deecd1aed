//! What was bought, and what it comes to.

use leptos::prelude::*;
use novashop_locales::{admin_orders as words, money, number};
use novashop_types::{
    Money,
    orders::{Order, OrderItem},
};

use crate::parts::variant_options::options_line;

/// The lines and the sums.
#[component]
pub fn OrderItems(
    /// The order.
    order: Order,
) -> impl IntoView {
    let sum = |name: &'static str, amount: Money, strong: bool| {
        view! {
            <div class="sum" class:sum--total=strong>
                <dt>{name}</dt>
                <dd class="number">{money(amount)}</dd>
            </div>
        }
    };
    // Nothing is said of what is nought, but for sending: that it is free is news.
    let taken_off = (order.discount.amount != 0)
        .then(|| sum(words::discount(), Money::new(order.discount.amount.saturating_neg(), order.discount.currency), false));
    let tax = (order.tax.amount != 0).then(|| sum(words::tax(), order.tax, false));
    view! {
        <section class="panel stack">
            <h2>{words::items()}</h2>
            <table class="table table--cards">
                <thead>
                    <tr>
                        <th scope="col">{words::items()}</th>
                        <th scope="col" class="number">
                            {words::unit_price()}
                        </th>
                        <th scope="col" class="number">
                            {words::quantity()}
                        </th>
                        <th scope="col" class="number">
                            {words::line_total()}
                        </th>
                    </tr>
                </thead>
                <tbody>{order.items.into_iter().map(row).collect_view()}</tbody>
            </table>
            <dl class="sums">
                {sum(words::subtotal(), order.subtotal, false)} {taken_off} {sum(words::shipping(), order.shipping, false)} {tax}
                {sum(words::total(), order.total, true)}
            </dl>
        </section>
    }
}

fn row(item: OrderItem) -> impl IntoView {
    let particulars = [options_line(&item.options), item.sku].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    view! {
        <tr>
            <th scope="row">
                <span class="stack stack--tight cell-pair">
                    <a href=format!("/admin/products/{}", item.product_id)>{item.name}</a>
                    <span class="muted">{particulars}</span>
                </span>
            </th>
            <td class="number" data-label=words::unit_price()>
                {money(item.unit_price)}
            </td>
            <td class="number" data-label=words::quantity()>
                {number(item.quantity)}
            </td>
            <td class="number" data-label=words::line_total()>
                {money(item.line_total)}
            </td>
        </tr>
    }
}
