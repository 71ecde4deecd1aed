//! The slip that goes into an order's parcel: what is in it and where it goes, without prices.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use novashop_client::{Resource, get_own};
use novashop_locales::{admin_orders as words, day, number};
use novashop_types::{
    orders::{Order, OrderItem},
    pages::encoded,
};
use novashop_ui::{Icon, Load, PostalAddress, Sign, use_title};

use crate::parts::{paged::lines, variant_options::options_line};

/// The slip. Printed, only the paper is left of the page.
#[component]
pub fn Slip() -> impl IntoView {
    let params = use_params_map();
    let of = Memo::new(move |_| params.read().get("number").unwrap_or_default());
    use_title(move || Some(format!("{} {}", words::packing_slip(), of.read())));
    let order = Resource::new(move || get_own::<Order>(format!("/api/v1/admin/orders/{}", encoded(&of.read()))));
    let print = move |_| {
        let _printed = window().print();
    };
    view! {
        <div class="stack">
            <div class="row row--apart no-print">
                <a class="row small" href=move || format!("/admin/orders/{}", of.read())>
                    <Icon sign=Sign::Back/>
                    {move || words::order(&of.read())}
                </a>
                <button type="button" class="button button--primary" on:click=print>
                    <Icon sign=Sign::Printer/>
                    {words::print()}
                </button>
            </div>
            <Load from=order skeleton=lines let:order>
                {paper(order)}
            </Load>
        </div>
    }
}

fn paper(order: Order) -> AnyView {
    let row = |item: OrderItem| {
        view! {
            <tr>
                <td class="slip__box">
                    <span class="slip__tick" aria-label=words::packed() role="img"></span>
                </td>
                <td class="number">{number(item.quantity)} " ×"</td>
                <th scope="row">
                    {item.name} " "
                    <span class="muted">{options_line(&item.options)}</span>
                </th>
                <td class="number">{item.sku}</td>
            </tr>
        }
    };
    view! {
        <article class="slip">
            <header class="slip__head">
                <strong class="slip__mark">"NovaShop"</strong>
                <div>
                    <h1>{words::packing_slip()}</h1>
                    <p>{words::order(&order.number)} " · " {day(order.placed_at)}</p>
                </div>
            </header>
            <section class="stack stack--tight">
                <h2>{words::ship_to()}</h2>
                <PostalAddress address=order.shipping_address/>
            </section>
            <table class="table slip__items">
                <thead>
                    <tr>
                        <th scope="col">
                            <span class="visually-hidden">{words::packed()}</span>
                        </th>
                        <th scope="col" class="number">
                            {words::quantity()}
                        </th>
                        <th scope="col">{words::items()}</th>
                        <th scope="col" class="number">
                            "SKU"
                        </th>
                    </tr>
                </thead>
                <tbody>{order.items.into_iter().map(row).collect_view()}</tbody>
            </table>
            <p>{words::slip_thanks()}</p>
        </article>
    }
    .into_any()
}
