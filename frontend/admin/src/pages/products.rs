//! All products: found, ordered, and changed many at a time.

use std::collections::BTreeSet;

use leptos::prelude::*;
use novashop_client::{Resource, get_own};
use novashop_locales::{Language, admin, admin_products as words, day, language, money, number};
use novashop_types::{
    Page,
    catalogue::{AdminProduct, CategoryTree, ProductStatus},
    pages,
};
use novashop_ui::{Choice, Icon, Load, Picture, Sign, catch_focus, use_title};

use crate::parts::{
    bulk_products::BulkProducts,
    category_choices::choices,
    data_table::{Column, DataTable, Pager, Row},
    filters::{Filter, Filters},
    query::use_query,
};

/// Rows on a page of the table.
const LIMIT: &str = "50";

/// The list of products.
#[component]
pub fn Products() -> impl IntoView {
    use_title(|| Some(admin::products().into()));
    let query = use_query();
    let ask = Memo::new(move |_| {
        let names = ["q", "status", "category", "in_stock", "sort", "cursor"];
        query.ask("/api/v1/admin/products", &names, &[("limit", LIMIT), ("include_total", "true")])
    });
    let products = Resource::new(move || get_own::<Page<AdminProduct>>(ask.get()));
    let categories = Resource::new(|| get_own::<CategoryTree>(pages::CATEGORIES));
    let selection = RwSignal::new(BTreeSet::new());
    // Another page of the table: what was chosen is out of sight and no longer meant.
    Effect::new(move || {
        ask.track();
        selection.set(BTreeSet::new());
    });
    // What was changed or narrowed is drawn anew, and with it what was pressed: work goes on in the table.
    Effect::new(move |before: Option<bool>| {
        let there = products.get().is_some();
        if before == Some(true) {
            catch_focus(".table__row[tabindex='0']");
        }
        there
    });
    let filters = Signal::derive(move || {
        let categories = categories.get().and_then(Result::ok).map(|tree| choices(&tree.items)).unwrap_or_default();
        let statuses = [ProductStatus::Published, ProductStatus::Draft, ProductStatus::Archived];
        vec![
            Filter::choice("status", words::status(), statuses.map(|status| Choice::new(status.as_str(), words::status_word(status))).to_vec()),
            Filter::choice("category", words::category(), categories),
            Filter::choice("in_stock", words::availability(), vec![Choice::new("true", words::in_stock()), Choice::new("false", words::sold_out())]),
        ]
    });
    let columns = || {
        vec![
            Column::text(words::name()).sorted("name", ""),
            Column::text(words::status()),
            Column::text(words::category()),
            Column::number(words::price()).sorted("price", "-price"),
            Column::number(words::stock()),
            Column::number(words::variants()),
            Column::number(words::rating()).sorted("", "rating"),
            Column::text(words::updated()),
        ]
    };
    view! {
        <div class="page-head">
            <h1>{admin::products()}</h1>
            <a class="button button--primary" href="/admin/products/new">
                <Icon sign=Sign::Plus/>
                {admin::new_product()}
            </a>
        </div>
        <Filters table="products" search=words::search() filters=filters/>
        <Load from=products skeleton=waiting let:page>
            {if page.items.is_empty() {
                view! { <Nothing/> }.into_any()
            } else {
                let all = StoredValue::new(page.items.clone());
                view! {
                    <DataTable caption=admin::products() columns=columns() rows=page.items.into_iter().map(row).collect() selection=selection/>
                    <BulkProducts selection=selection products=all on_done=move || products.refetch()/>
                    <Pager next=page.next_cursor total=page.total/>
                }
                .into_any()
            }}
        </Load>
    }
}

fn waiting() -> AnyView {
    view! { <div class="table__wait">{(0..8).map(|_| view! { <div class="skeleton"></div> }).collect_view()}</div> }.into_any()
}

/// Where there is none: because of the filters, or because the shop is new.
#[component]
fn Nothing() -> impl IntoView {
    let query = use_query();
    let narrowed = move || !query.text().is_empty();
    view! {
        <div class="empty">
            <h2>{move || if narrowed() { admin::nothing_fits() } else { admin::nothing_here() }}</h2>
            <Show when=move || !narrowed()>
                <p>{words::first_product()}</p>
                <a class="button" href="/admin/imports">
                    {admin::imports()}
                </a>
            </Show>
        </div>
    }
}

/// The sign of a product's status.
pub fn status_badge(status: ProductStatus) -> AnyView {
    let kind = match status {
        ProductStatus::Published => "badge badge--positive",
        ProductStatus::Draft => "badge badge--warning",
        ProductStatus::Archived => "badge",
    };
    view! { <span class=kind>{words::status_word(status)}</span> }.into_any()
}

fn row(product: AdminProduct) -> Row {
    let AdminProduct { summary, status, stock, variant_count, updated_at, .. } = product;
    let href = format!("/admin/products/{}", summary.id);
    let picture = summary.image.map(|image| view! { <Picture image=image sizes="36px" decorative=true class="table__picture"/> });
    let empty = picture.is_none().then(|| view! { <span class="table__picture"></span> });
    let price = money(summary.price);
    let average = format!("{:.1}", summary.rating.average);
    let average = if language() == Language::Es { average.replace('.', ",") } else { average };
    let rating = if summary.rating.count > 0 { format!("{average} ({})", summary.rating.count) } else { "–".to_owned() };
    let cells = vec![
        view! {
            <a class="table__thing" href=href.clone() tabindex="-1">
                {picture}
                {empty}
                {summary.name.clone()}
            </a>
        }
        .into_any(),
        status_badge(status),
        summary.category.map_or("–".to_owned(), |category| category.name).into_any(),
        view! { <span class="price">{if variant_count > 1 { words::from_price(&price) } else { price }}</span> }.into_any(),
        view! { <span class:negative=stock == 0>{number(stock)}</span> }.into_any(),
        number(variant_count).into_any(),
        rating.into_any(),
        day(updated_at).into_any(),
    ];
    Row { id: summary.id.to_string(), label: summary.name, href: Some(href), cells }
}
