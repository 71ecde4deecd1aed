//! Mails to the people who run the shop: each to everyone with the role staff or admin, in their own language.

use novashop_db::{self as db, outbox::Waiting, users::User};
use novashop_types::{Language, Money, ProductId, Timestamp, VariantId, stats::OrdersToHandle};
use serde::{Deserialize, Serialize};

use super::{
    accounts::language,
    letter::{Figure, Letter, Line, Part},
    words,
    writing::{self, Envelope},
};
use crate::{Context, Error, Result};

/// What the outbox row `mail.low_stock` says: there are few of a variant now.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct LowStock {
    /// The variant.
    pub variant_id: VariantId,
    /// Its product.
    pub product_id: ProductId,
    /// How many pieces there are.
    pub stock: i64,
}

/// What the outbox row `mail.sales_report` says: how a day went.
#[derive(Debug, Clone, Deserialize)]
struct SalesReport {
    /// Such as `2026-01-31`, in UTC.
    day: String,
    orders: i64,
    items_sold: i64,
    revenue: Money,
    average_basket: Money,
    new_customers: i64,
    best_sellers: Vec<SoldProduct>,
    to_handle: OrdersToHandle,
}

/// A product that sold well on a day.
#[derive(Debug, Clone, Deserialize)]
struct SoldProduct {
    name: String,
    quantity: i64,
    revenue: Money,
}

/// Tells everybody who runs the shop that a variant runs out. One that is gone by now is not worth a mail.
///
/// # Errors
/// Those of the database.
pub(super) async fn write_low_stock(ctx: &Context, row: &Waiting) -> Result<()> {
    let low: LowStock = writing::payload(row)?;
    let found = db::stats::find_low(ctx.db.reader(), low.variant_id.0).await?;
    write(ctx, row, "low_stock", |language| found.as_ref().map(|found| low_stock(ctx, language, low, found))).await
}

/// Sends everybody who runs the shop the figures of a day.
///
/// # Errors
/// Those of the database.
pub(super) async fn write_report(ctx: &Context, row: &Waiting) -> Result<()> {
    let report: SalesReport = writing::payload(row)?;
    let day: Timestamp = format!("{}T00:00:00Z", report.day).parse().map_err(|_| Error::internal("a sales report", "its day is no day"))?;
    write(ctx, row, "sales_report", |language| Some(sales(ctx, language, day, &report))).await
}

/// Writes a letter to everyone; where there is none to write, the row is done all the same.
async fn write(ctx: &Context, row: &Waiting, kind: &str, letter: impl Fn(Language) -> Option<Letter>) -> Result<()> {
    let staff = db::users::list_staff(ctx.db.reader()).await?;
    let mail = |user: &User| {
        let envelope = Envelope { kind, to: &user.email, user_id: Some(user.id), order_id: None, secret_link: None };
        letter(language(user)).map(|letter| writing::mail(ctx, envelope, &letter))
    };
    let mails = staff.iter().filter_map(mail).collect::<Result<Vec<_>>>()?;
    ctx.db
        .write(async |tx| {
            if db::outbox::finish(tx, row.id, ctx.now().0).await? && !mails.is_empty() {
                db::mails::insert_many(tx, mails.clone()).await?;
            }
            Ok(())
        })
        .await
}

fn low_stock(ctx: &Context, language: Language, low: LowStock, found: &db::stats::Low) -> Letter {
    let subject = if low.stock == 0 { words::sold_out_subject(language, &found.name) } else { words::low_subject(language, &found.name) };
    let options: Vec<&str> = found.options.as_object().into_iter().flat_map(|options| options.values()).filter_map(|value| value.as_str()).collect();
    let mut figures = vec![Figure::new(words::product(language), &found.name), Figure::new(words::sku(language), &found.sku)];
    if !options.is_empty() {
        figures.push(Figure::new(words::options(language), options.join(" · ")));
    }
    figures.push(Figure::new(words::left(language), low.stock.to_string()).strong());
    let address = format!("{}/admin/products/{}", ctx.shop.public_url, low.product_id);
    Letter {
        language,
        heading: subject.clone(),
        subject,
        parts: vec![
            Part::Paragraph(words::low_text(language)),
            Part::Figures(figures),
            Part::Button { label: words::see_product(language), address, secret: false },
        ],
    }
}

fn sales(ctx: &Context, language: Language, day: Timestamp, report: &SalesReport) -> Letter {
    let (day, revenue) = (day.day(language), report.revenue.localized(language));
    let number = |count: i64| language.number(u64::try_from(count).unwrap_or(0));
    let figures = vec![
        Figure::new(words::revenue(language), revenue.clone()).strong(),
        Figure::new(words::orders(language), number(report.orders)),
        Figure::new(words::average_basket(language), report.average_basket.localized(language)),
        Figure::new(words::items_sold(language), number(report.items_sold)),
        Figure::new(words::new_customers(language), number(report.new_customers)),
        Figure::new(words::to_pay(language), number(report.to_handle.pending_payment)),
        Figure::new(words::to_send(language), number(report.to_handle.paid)),
    ];
    let mut parts = vec![Part::Paragraph(words::report_text(language)), Part::Figures(figures)];
    if !report.best_sellers.is_empty() {
        let line = |seller: &SoldProduct| Line {
            name: seller.name.clone(),
            details: words::sold(language, &number(seller.quantity)),
            amount: seller.revenue.localized(language),
        };
        parts.push(Part::Lines(report.best_sellers.iter().map(line).collect()));
    }
    parts.push(Part::Button { label: words::see_figures(language), address: format!("{}/admin", ctx.shop.public_url), secret: false });
    Letter { language, subject: words::report_subject(language, &day, &revenue), heading: words::report_heading(language, &day), parts }
}
