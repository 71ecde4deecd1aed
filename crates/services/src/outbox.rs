//! What must happen because of a change: written in the change's own transaction, handed on by the relay in `jobs`.

use novashop_db::{self as db, ConnectionTrait};
use serde_json::{Value, json};

use crate::{Context, Result};

/// Writes an event such as `order.placed`, `product.updated`, `product.stock`.
///
/// # Errors
/// Those of the database.
pub async fn event(ctx: &Context, tx: &impl ConnectionTrait, kind: &str, data: Value) -> Result<()> {
    let now = ctx.now();
    db::outbox::insert(tx, ctx.new_id(), &format!("event.{kind}"), json!({"type": kind, "at": now, "data": data}), now.0).await?;
    Ok(())
}

/// Writes several events in one statement: kind and data.
///
/// # Errors
/// Those of the database.
pub async fn events(ctx: &Context, tx: &impl ConnectionTrait, events: Vec<(&str, Value)>) -> Result<()> {
    let now = ctx.now();
    let row = |(kind, data): (&str, Value)| (ctx.new_id(), format!("event.{kind}"), json!({"type": kind, "at": now, "data": data}));
    db::outbox::insert_many(tx, events.into_iter().map(row).collect(), now.0).await?;
    Ok(())
}
