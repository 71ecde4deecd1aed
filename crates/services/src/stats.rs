//! How the shop does: six statements, however much was sold.

use std::collections::HashMap;

use novashop_db::{self as db, stats::Seller};
use novashop_types::{
    ErrorCode, ProductId, Timestamp, VariantId,
    catalogue::ProductSummary,
    orders::OrderStatus,
    stats::{BestSeller, DayStats, LowStock, OrdersToHandle, ProductRef, Stats},
};

use crate::{Context, Error, Result, products};

const DAY: i64 = 24 * 60 * 60 * 1000;
const MAX_DAYS: i64 = 366;
const DEFAULT_DAYS: i64 = 30;
const BEST_SELLERS: u32 = 10;
const LOW_STOCK: u32 = 20;
/// The year 10000, which no date of four figures says.
const END_OF_TIME: i64 = 253_402_300_800_000;

/// The figures from one instant until another; without them those of the last 30 days, today included.
///
/// # Errors
/// `invalid_parameter` where the time is empty or longer than 366 days, those of the database.
pub async fn read(ctx: &Context, from: Option<Timestamp>, to: Option<Timestamp>) -> Result<Stats> {
    let (from, to) = period(ctx.now(), from, to)?;
    let conn = ctx.db.reader();
    let days = db::stats::list_days(conn, from.0, to.0).await?;
    let sellers = db::stats::list_best_sellers(conn, from.0, to.0, BEST_SELLERS).await?;
    let ids: Vec<ProductId> = sellers.iter().map(|row| ProductId(row.product_id)).collect();
    let shown = products::summaries(ctx, conn, &ids, false).await?;
    let low = db::stats::list_low_stock(conn, LOW_STOCK).await?;
    let waiting = db::stats::count_waiting(conn).await?;
    let new_customers = db::stats::count_new_customers(conn, from.0, to.0).await?;

    let revenue = days.iter().fold(0_i64, |sum, day| sum.saturating_add(day.revenue));
    let orders = days.iter().map(|day| day.orders).sum();
    let waits = |status: OrderStatus| waiting.iter().find(|row| row.status == status.as_str()).map_or(0, |row| row.count);
    Ok(Stats {
        from,
        to,
        currency: ctx.shop.currency,
        revenue: ctx.money(revenue),
        orders,
        average_basket: ctx.money(revenue.checked_div(orders).unwrap_or(0)),
        items_sold: sellers.first().map_or(0, |row| row.quantity_of_all),
        new_customers,
        by_day: by_day(ctx, from, to, &days),
        best_sellers: best_sellers(ctx, &sellers, shown),
        low_stock: low.into_iter().map(low_stock).collect(),
        to_handle: OrdersToHandle { pending_payment: waits(OrderStatus::PendingPayment), paid: waits(OrderStatus::Paid) },
    })
}

fn period(now: Timestamp, from: Option<Timestamp>, to: Option<Timestamp>) -> Result<(Timestamp, Timestamp)> {
    let refused = |detail: String| Err(Error::refused(ErrorCode::InvalidParameter, detail));
    let tomorrow = Timestamp((now.0.div_euclid(DAY) + 1) * DAY);
    let to = to.unwrap_or(tomorrow);
    let from = from.unwrap_or(Timestamp(to.0.saturating_sub(DEFAULT_DAYS * DAY).max(0)));
    if from.0 < 0 || to.0 > END_OF_TIME {
        return refused("`from` and `to` must be from the year 1970 to the year 9999.".to_owned());
    }
    if from >= to {
        return refused("`from` must be before `to`.".to_owned());
    }
    if to.0 - from.0 > MAX_DAYS * DAY {
        return refused(format!("There may be up to {MAX_DAYS} days from `from` until `to`."));
    }
    Ok((from, to))
}

fn by_day(ctx: &Context, from: Timestamp, to: Timestamp, sold: &[db::stats::Day]) -> Vec<DayStats> {
    let mut sold = sold.iter().peekable();
    // `to` itself is no longer in it.
    let days = from.0.div_euclid(DAY)..=(to.0 - 1).div_euclid(DAY);
    days.map(|day| {
        let row = sold.next_if(|row| row.day == day);
        DayStats { date: date(day), revenue: ctx.money(row.map_or(0, |row| row.revenue)), orders: row.map_or(0, |row| row.orders) }
    })
    .collect()
}

/// `2026-01-31`.
fn date(day: i64) -> String {
    Timestamp(day.saturating_mul(DAY)).to_string().chars().take(10).collect()
}

fn best_sellers(ctx: &Context, sellers: &[Seller], mut shown: HashMap<ProductId, ProductSummary>) -> Vec<BestSeller> {
    let seller = |row: &Seller| {
        let product = shown.remove(&ProductId(row.product_id))?;
        Some(BestSeller { product: product_ref(product), quantity: row.quantity, revenue: ctx.money(row.revenue) })
    };
    sellers.iter().filter_map(seller).collect()
}

/// As much of a product as it takes to name it.
pub(crate) fn product_ref(product: ProductSummary) -> ProductRef {
    ProductRef { id: product.id, slug: product.slug, name: product.name, image: product.image }
}

fn low_stock(row: db::stats::Low) -> LowStock {
    LowStock {
        product_id: ProductId(row.product_id),
        variant_id: VariantId(row.id),
        name: row.name,
        sku: row.sku,
        options: row.options.as_object().cloned().unwrap_or_default(),
        stock: row.stock,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn without_dates_it_is_the_last_thirty_days_with_today() {
        let (from, to) = period(at("2026-03-02T15:00:00Z"), None, None).unwrap();
        assert_eq!((from, to), (at("2026-02-01"), at("2026-03-03")));
    }

    #[test]
    fn no_time_is_empty_and_none_is_longer_than_a_leap_year() {
        let of = |from: &str, to: &str| period(at("2026-03-02"), Some(at(from)), Some(at(to)));
        assert!(of("2024-01-01", "2025-01-01").is_ok());
        assert!(of("2024-01-01", "2025-01-02").is_err());
        assert!(of("2024-01-01", "2024-01-01").is_err());
        assert!(of("1969-12-31", "1970-01-02").is_err());
        assert!(of("9999-12-31", "9999-12-31T23:59:59-05:00").is_err());
        assert!(of("9999-12-30", "9999-12-31").is_ok());
    }

    #[test]
    fn a_day_is_written_as_people_write_it() {
        assert_eq!([date(0), date(20_000)], ["1970-01-01", "2024-10-04"]);
    }
}
