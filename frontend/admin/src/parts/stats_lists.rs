//! What sold best, of what there is little left, and which orders wait.

use leptos::prelude::*;
use novashop_locales::{admin_dashboard as words, money, number};
use novashop_types::stats::{BestSeller, LowStock, OrdersToHandle};
use novashop_ui::{Icon, Picture, Sign};

use crate::parts::variant_options::options_line;

/// What sold best.
#[component]
pub fn BestSellers(
    /// The products, the best first.
    products: Vec<BestSeller>,
) -> impl IntoView {
    let row = |best: BestSeller| {
        view! {
            <li class="line">
                {match best.product.image {
                    Some(image) => view! { <Picture image=image sizes="40px" class="line__picture" decorative=true/> }.into_any(),
                    None => view! { <span class="line__picture"></span> }.into_any(),
                }}
                <a class="line__name" href=format!("/admin/products/{}", best.product.id)>
                    {best.product.name}
                </a>
                <span class="muted small">{number(best.quantity)} "×"</span>
                <span class="number">{money(best.revenue)}</span>
            </li>
        }
    };
    view! {
        <section class="panel stack">
            <h2>{words::best_sellers()}</h2>
            {if products.is_empty() {
                view! { <p class="muted">{words::no_sales()}</p> }.into_any()
            } else {
                view! { <ol class="lines">{products.into_iter().map(row).collect_view()}</ol> }.into_any()
            }}
        </section>
    }
}

/// Of what there is little left.
#[component]
pub fn LowStockList(
    /// The variants, the fewest first.
    variants: Vec<LowStock>,
) -> impl IntoView {
    let row = |low: LowStock| {
        let kind = if low.stock == 0 { "badge badge--negative" } else { "badge badge--warning" };
        let options = options_line(&low.options);
        view! {
            <li class="line">
                <a class="line__name" href=format!("/admin/products/{}", low.product_id)>
                    {low.name}
                </a>
                <span class="muted small">{if options.is_empty() { low.sku } else { options }}</span>
                <span class=kind>{words::left(low.stock)}</span>
            </li>
        }
    };
    view! {
        <section class="panel stack">
            <h2>{words::low_stock()}</h2>
            {if variants.is_empty() {
                view! { <p class="muted">{words::enough_stock()}</p> }.into_any()
            } else {
                view! { <ul class="lines">{variants.into_iter().map(row).collect_view()}</ul> }.into_any()
            }}
        </section>
    }
}

/// Which orders wait for somebody.
#[component]
pub fn ToHandle(
    /// How many.
    orders: OrdersToHandle,
) -> impl IntoView {
    let line = |count: i64, status: &'static str, text: String, sign: Sign| {
        (count > 0).then(|| {
            view! {
                <li>
                    <a class="task" href=format!("/admin/orders?status={status}")>
                        <Icon sign=sign/>
                        <span>{text}</span>
                        <Icon sign=Sign::Next/>
                    </a>
                </li>
            }
        })
    };
    let nothing = orders.paid == 0 && orders.pending_payment == 0;
    view! {
        <section class="panel stack">
            <h2>{words::to_handle()}</h2>
            <ul class="tasks">
                {line(orders.paid, "paid", words::to_send(orders.paid), Sign::Parcel)}
                {line(orders.pending_payment, "pending_payment", words::to_be_paid(orders.pending_payment), Sign::Clock)}
            </ul>
            {nothing.then(|| view! { <p class="muted">{words::nothing_to_handle()}</p> })}
        </section>
    }
}
