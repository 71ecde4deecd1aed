//! How many there are of what: what runs low first, anything else by searching; every change with its reason.

use futures_util::future::join_all;
use leptos::prelude::*;
use novashop_client::{Outcome, Resource, get_own};
use novashop_locales::{admin, admin_catalogue as words, number};
use novashop_types::{
    Page, ProductId, VariantId,
    catalogue::{AdminProduct, Options, Product},
    pages::encoded,
    stats::{LowStock, Stats},
};
use novashop_ui::{Button, Load, use_title};

use crate::parts::{
    data_table::{Column, DataTable, Row},
    filters::Filters,
    query::use_query,
    stock_change::{StockChanging, StockOf},
    stock_ledger::Ledger,
};

/// A variant in the table.
#[derive(Debug, Clone, PartialEq)]
struct Line {
    product: ProductId,
    variant: VariantId,
    name: String,
    options: String,
    sku: String,
    stock: i64,
}

fn chosen(options: &Options) -> String {
    options.values().filter_map(|value| value.as_str()).collect::<Vec<_>>().join(" / ")
}

fn low(one: LowStock) -> Line {
    Line { product: one.product_id, variant: one.variant_id, options: chosen(&one.options), name: one.name, sku: one.sku, stock: one.stock }
}

fn lines(product: Product) -> Vec<Line> {
    let (id, name) = (product.summary.id, product.summary.name);
    let line = |variant: novashop_types::catalogue::Variant| Line {
        product: id,
        variant: variant.id,
        name: name.clone(),
        options: chosen(&variant.options),
        sku: variant.sku,
        stock: variant.stock,
    };
    product.variants.into_iter().map(line).collect()
}

/// The variants of the products that fit the words, fewest first; without words, what runs low.
async fn found(words: String) -> Outcome<Vec<Line>> {
    if words.trim().is_empty() {
        return get_own::<Stats>("/api/v1/admin/stats").await.map(|stats| stats.low_stock.into_iter().map(low).collect());
    }
    let products = get_own::<Page<AdminProduct>>(format!("/api/v1/admin/products?limit=10&q={}", encoded(words.trim()))).await?;
    let reads = products.items.iter().map(|product| get_own::<Product>(format!("/api/v1/products/{}", product.summary.id)));
    let mut list = Vec::new();
    for product in join_all(reads).await {
        list.extend(lines(product?));
    }
    list.sort_by_key(|line| line.stock);
    Ok(list)
}

/// The page of the stock.
#[component]
pub fn Stock() -> impl IntoView {
    use_title(|| Some(admin::stock().into()));
    let query = use_query();
    let asked = Memo::new(move |_| query.value("q"));
    let list = Resource::new(move || found(asked.get()));
    let (changing, ledger) = (RwSignal::new(None::<StockOf>), RwSignal::new(None::<StockOf>));
    let columns = || {
        vec![
            Column::text(words::product()),
            Column::text(words::variant()),
            Column::text(words::sku()),
            Column::number(words::stock()),
            Column::text(words::change()),
        ]
    };
    let row = move |line: Line| {
        let of = StockOf { variant: line.variant, sku: line.sku.clone(), stock: line.stock };
        let (change, show) = (of.clone(), of);
        let (change_name, show_name) = (line.sku.clone(), line.sku.clone());
        let cells = vec![
            view! { <a class="table__thing" href=format!("/admin/products/{}", line.product)>{line.name.clone()}</a> }.into_any(),
            line.options.into_any(),
            line.sku.clone().into_any(),
            view! { <strong class:negative=line.stock == 0>{number(line.stock)}</strong> }.into_any(),
            view! {
                <div class="row">
                    <Button kind="button--small" on_press=UnsyncCallback::new(move |()| changing.set(Some(change.clone())))>
                        {words::change()}
                        <span class="visually-hidden">" " {change_name}</span>
                    </Button>
                    <Button kind="button--small button--quiet" on_press=UnsyncCallback::new(move |()| ledger.set(Some(show.clone())))>
                        {words::ledger()}
                        <span class="visually-hidden">" " {show_name}</span>
                    </Button>
                </div>
            }
            .into_any(),
        ];
        Row { id: line.variant.to_string(), label: line.name, href: Some(format!("/admin/products/{}", line.product)), cells }
    };
    view! {
        <h1>{admin::stock()}</h1>
        <Filters table="stock" search=words::stock_search()/>
        <h2>{move || if asked.with(String::is_empty) { words::stock_low() } else { words::stock_found() }}</h2>
        <Load from=list skeleton=waiting let:list>
            {if list.is_empty() {
                let text = if asked.with_untracked(String::is_empty) { words::stock_fine() } else { admin::nothing_fits() };
                view! { <p class="empty">{text}</p> }.into_any()
            } else {
                view! { <DataTable caption=admin::stock() columns=columns() rows=list.into_iter().map(row).collect()/> }.into_any()
            }}
        </Load>
        <StockChanging of=changing on_done=UnsyncCallback::new(move |()| list.refetch())/>
        <Ledger of=ledger/>
    }
}

fn waiting() -> AnyView {
    view! { <div class="table__wait">{(0..6).map(|_| view! { <div class="skeleton"></div> }).collect_view()}</div> }.into_any()
}
