//! The catalogue and the orders as CSV files, a page at a time: a file is never held whole.
//!
//! Each page is read in one state of the shop. What changes while a long file is written may be in it or not; no product is in it twice.
//! The products' file has the columns of Shopify's, and a few more where the shop knows more: importing it into an empty shop gives the same
//! catalogue. Pictures and reviews are not in it.

use std::collections::HashMap;

use novashop_db::{self as db, DatabaseTransaction, exports::Product, product_variants::Row as VariantRow};
use novashop_types::{catalogue::ProductStatus, orders::Order};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    Context, Error, Result,
    orders::{self, Part, Search},
    spreadsheets::{decimal, harmless, harmless_throughout},
};

/// The column of the category's address: its name alone need not lead to it.
pub const CATEGORY_HANDLE: &str = "Category Handle";
/// The column of the product's facts, as a JSON object.
pub const ATTRIBUTES: &str = "Attributes";

/// Products of a page: with 250 variants each, so many still fit a few megabytes.
const PRODUCTS: u32 = 100;
/// Orders of a page.
const ORDERS: u32 = 100;
/// Options of a product at most.
const OPTIONS: usize = 5;

/// A piece of a file, and where the next one begins; `None` where it was the last.
#[derive(Debug, Clone)]
pub struct Piece<At> {
    /// Lines of CSV.
    pub csv: Vec<u8>,
    /// Where to go on.
    pub next: Option<At>,
}

/// The products from one on, with the header where it is the beginning.
///
/// # Errors
/// Those of the database.
pub async fn products(ctx: &Context, after: Option<Uuid>) -> Result<Piece<Uuid>> {
    ctx.db.snapshot(async |tx| products_in(tx, after).await).await
}

async fn products_in(tx: &DatabaseTransaction, after: Option<Uuid>) -> Result<Piece<Uuid>> {
    let products = db::exports::list_products(tx, after, PRODUCTS).await?;
    let ids: Vec<Uuid> = products.iter().map(|product| product.id).collect();
    let mut variants: HashMap<Uuid, Vec<VariantRow>> = HashMap::new();
    for row in db::exports::list_variants(tx, &ids).await? {
        variants.entry(row.product_id).or_default().push(row);
    }
    let mut options: HashMap<Uuid, Vec<String>> = HashMap::new();
    for row in db::imports::list_options(tx, &ids).await? {
        options.entry(row.product_id).or_default().push(row.name);
    }
    let mut csv = csv::Writer::from_writer(Vec::new());
    if after.is_none() {
        write(&mut csv, product_header())?;
    }
    for product in &products {
        let names = options.remove(&product.id).unwrap_or_default();
        for (n, variant) in variants.remove(&product.id).unwrap_or_default().iter().enumerate() {
            write(&mut csv, product_row(product, &names, variant, n == 0))?;
        }
    }
    let full = u32::try_from(products.len()).is_ok_and(|count| count == PRODUCTS);
    Ok(Piece { csv: finished(csv)?, next: ids.last().copied().filter(|_| full) })
}

fn product_header() -> Vec<String> {
    let mut header: Vec<String> = ["Handle", "Title", "Body (HTML)", "Type", CATEGORY_HANDLE, ATTRIBUTES, "Status"].map(str::to_owned).into();
    header.extend((1..=OPTIONS).flat_map(|n| [format!("Option{n} Name"), format!("Option{n} Value")]));
    header.extend(["Variant SKU", "Variant Inventory Qty", "Variant Price", "Variant Compare At Price"].map(str::to_owned));
    header
}

/// What belongs to the product stands in the row of its first variant alone, as Shopify writes it.
fn product_row(product: &Product, options: &[String], variant: &VariantRow, first: bool) -> Vec<String> {
    let of_first = |cell: String| if first { harmless(&cell) } else { String::new() };
    let attributes = product.attributes.as_object().filter(|facts| !facts.is_empty()).map(|_| product.attributes.to_string());
    let mut row = vec![
        product.slug.clone(),
        of_first(product.name.clone()),
        of_first(html(&product.description)),
        of_first(product.category_name.clone().unwrap_or_default()),
        of_first(product.category_slug.clone().unwrap_or_default()),
        of_first(attributes.unwrap_or_default()),
        of_first(status(&product.status).to_owned()),
    ];
    for n in 0..OPTIONS {
        let name = options.get(n).map_or("", String::as_str);
        let value = variant.options.get(name).and_then(Value::as_str).unwrap_or_default();
        row.extend([of_first(name.to_owned()), harmless(value)]);
    }
    let before = variant.compare_at_amount.map(decimal).unwrap_or_default();
    row.extend([harmless(&variant.sku), variant.stock.to_string(), decimal(variant.price_amount), before]);
    row
}

/// Shopify's word for a status.
fn status(word: &str) -> &'static str {
    match ProductStatus::parse(word) {
        Some(ProductStatus::Published) => "active",
        Some(ProductStatus::Archived) => "archived",
        Some(ProductStatus::Draft) | None => "draft",
    }
}

/// A plain text as HTML: its paragraphs and lines.
fn html(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let paragraphs: Vec<String> = escaped.split("\n\n").map(|paragraph| format!("<p>{}</p>", paragraph.replace('\n', "<br>"))).collect();
    paragraphs.join("")
}

/// The orders from the newest down, below a number, a row for each line; with the header where it is the beginning.
///
/// # Errors
/// Those of the database.
pub async fn orders(ctx: &Context, search: &Search, after: Option<String>) -> Result<Piece<String>> {
    let page = orders::search(ctx, search, Part { limit: ORDERS, cursor: after.as_deref(), total: false }).await?;
    let mut csv = csv::Writer::from_writer(Vec::new());
    if after.is_none() {
        write(&mut csv, ORDER_HEADER.map(str::to_owned))?;
    }
    for order in &page.items {
        for row in order_rows(order) {
            write(&mut csv, row)?;
        }
    }
    Ok(Piece { csv: finished(csv)?, next: page.next_cursor })
}

const ORDER_HEADER: [&str; 20] = [
    "Number",
    "Status",
    "Placed At",
    "Email",
    "Name",
    "City",
    "Postal Code",
    "Country",
    "Currency",
    "Subtotal",
    "Discount",
    "Shipping",
    "Tax",
    "Total",
    "Payment Status",
    "Line SKU",
    "Line Name",
    "Line Options",
    "Line Quantity",
    "Line Price",
];

fn order_rows(order: &Order) -> impl Iterator<Item = [String; 20]> {
    order.items.iter().map(|item| {
        let to = &order.shipping_address;
        let options: Vec<String> = item.options.iter().map(|(name, value)| format!("{name}: {}", value.as_str().unwrap_or_default())).collect();
        [
            order.number.clone(),
            order.status.as_str().to_owned(),
            order.placed_at.to_string(),
            harmless_throughout(&order.email),
            harmless_throughout(&to.name),
            harmless_throughout(&to.city),
            harmless_throughout(&to.postal_code),
            to.country.clone(),
            order.total.currency.to_string(),
            order.subtotal.decimal(),
            order.discount.decimal(),
            order.shipping.decimal(),
            order.tax.decimal(),
            order.total.decimal(),
            order.payment.status.as_str().to_owned(),
            harmless_throughout(&item.sku),
            harmless_throughout(&item.name),
            harmless_throughout(&options.join(", ")),
            item.quantity.to_string(),
            item.unit_price.decimal(),
        ]
    })
}

fn write(csv: &mut csv::Writer<Vec<u8>>, row: impl IntoIterator<Item = String>) -> Result<()> {
    csv.write_record(row.into_iter().map(String::into_bytes)).map_err(|error| Error::internal("a row of CSV", error))
}

fn finished(csv: csv::Writer<Vec<u8>>) -> Result<Vec<u8>> {
    csv.into_inner().map_err(|error| Error::internal("a page of CSV", error.into_error()))
}

#[cfg(test)]
mod tests {
    use super::html;
    use crate::import_html::plain_text;

    #[test]
    fn a_text_comes_back_from_its_html() {
        for text in ["", "One line", "Two\nlines", "Para one.\n\nPara <two> & more", "5 > 3 &amp; 2 < 3", "a\n\nb\nc\n\nd"] {
            assert_eq!(plain_text(&html(text)), text);
        }
    }
}
