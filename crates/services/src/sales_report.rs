//! What was sold in a day, for staff to read in the morning.

use novashop_db as db;
use novashop_types::Timestamp;
use serde_json::json;
use uuid::Uuid;

use crate::{Context, Result, stats};

const DAY_SECONDS: i64 = 24 * 3600;
/// So many of the products that sold best are named.
const NAMED: usize = 5;

/// Writes the report of the day that ended at `until`. A day without an order has none.
///
/// `id` is that of the job, and becomes that of the mail's row: whoever runs the job a second time finds the mail there.
///
/// # Errors
/// Those of the database.
pub async fn write(ctx: &Context, id: Uuid, until: Timestamp) -> Result<()> {
    let from = until.plus_seconds(-DAY_SECONDS);
    let sold = stats::read(ctx, Some(from), Some(until)).await?;
    if sold.orders == 0 {
        return Ok(());
    }
    let best: Vec<_> = sold
        .best_sellers
        .iter()
        .take(NAMED)
        .map(|seller| json!({"name": seller.product.name, "quantity": seller.quantity, "revenue": seller.revenue}))
        .collect();
    let payload = json!({
        "day": from.to_string().chars().take(10).collect::<String>(),
        "orders": sold.orders,
        "items_sold": sold.items_sold,
        "revenue": sold.revenue,
        "average_basket": sold.average_basket,
        "new_customers": sold.new_customers,
        "best_sellers": best,
        "to_handle": sold.to_handle,
    });
    db::outbox::insert_once(ctx.db.writer(), id, "mail.sales_report", payload, ctx.now().0).await?;
    Ok(())
}
