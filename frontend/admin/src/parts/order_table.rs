//! Orders in rows. On a phone each row is a card.

use leptos::prelude::*;
use novashop_client::use_live;
use novashop_locales::{admin_orders as words, moment, money, number};
use novashop_types::orders::Order;

use crate::parts::{order_news, status_badge::StatusBadge};

/// The table. A row whose order is moved on changes by itself.
pub fn order_table(orders: RwSignal<Vec<Order>>) -> AnyView {
    if let Some(live) = use_live() {
        live.follow("admin:orders", move |event| {
            let Some(heard) = order_news::read(event) else { return };
            orders.try_update(|orders| {
                if let Some(order) = orders.iter_mut().find(|order| order.id == heard.order.id && order.version < heard.order.version) {
                    (order.status, order.version) = (heard.order.status, heard.order.version);
                }
            });
        });
    }
    view! {
        <table class="table table--cards">
            <thead>
                <tr>
                    <th scope="col">{words::number()}</th>
                    <th scope="col">{words::placed()}</th>
                    <th scope="col">{words::customer()}</th>
                    <th scope="col">{words::status()}</th>
                    <th scope="col" class="number">
                        {words::pieces()}
                    </th>
                    <th scope="col" class="number">
                        {words::total()}
                    </th>
                </tr>
            </thead>
            <tbody>
                <For each=move || orders.get() key=|order| (order.id, order.version) children=row/>
            </tbody>
        </table>
    }
    .into_any()
}

fn row(order: Order) -> AnyView {
    let pieces = order.items.iter().fold(0_i64, |sum, item| sum.saturating_add(item.quantity));
    view! {
        <tr>
            <th scope="row" data-label=words::number()>
                <a class="row-link" href=format!("/admin/orders/{}", order.number)>
                    "#"
                    {order.number.clone()}
                </a>
            </th>
            <td data-label=words::placed()>
                <time datetime=order.placed_at.to_string()>{moment(order.placed_at)}</time>
            </td>
            <td data-label=words::customer()>
                <span class="stack stack--tight cell-pair">
                    <span>{order.shipping_address.name}</span>
                    <span class="muted">{order.email}</span>
                </span>
            </td>
            <td data-label=words::status()>
                <StatusBadge status=order.status/>
            </td>
            <td class="number" data-label=words::pieces()>
                {number(pieces)}
            </td>
            <td class="number" data-label=words::total()>
                {money(order.total)}
            </td>
        </tr>
    }
    .into_any()
}
