//! What must happen because of a change: written in the change's own transaction, handed on by the relay in `jobs`.

use novashop_db::{self as db, ConnectionTrait};
use novashop_types::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{Context, Result};

/// Writes an event such as `order.placed`, `product.updated`, `product.stock`.
///
/// # Errors
/// Those of the database.
pub async fn event(ctx: &Context, tx: &impl ConnectionTrait, kind: &str, data: Value) -> Result<()> {
    let (id, now) = (ctx.new_id(), ctx.now());
    db::outbox::insert(tx, id, &format!("event.{kind}"), payload(id, kind, now, &data), now.0).await?;
    Ok(())
}

/// Writes several events in one statement: kind and data.
///
/// # Errors
/// Those of the database.
pub async fn events(ctx: &Context, tx: &impl ConnectionTrait, events: Vec<(&str, Value)>) -> Result<()> {
    events_and_mail(ctx, tx, events, None).await
}

/// Writes several events, and that a mail is to be written, in one statement. The kind of a mail is that of its row: `mail.order_paid`.
///
/// # Errors
/// Those of the database.
pub async fn events_and_mail(ctx: &Context, tx: &impl ConnectionTrait, events: Vec<(&str, Value)>, mail: Option<(&str, Value)>) -> Result<()> {
    let now = ctx.now();
    let row = |(kind, data): (&str, Value)| {
        let id = ctx.new_id();
        (id, format!("event.{kind}"), payload(id, kind, now, &data))
    };
    let mail = mail.map(|(kind, data)| (ctx.new_id(), kind.to_owned(), data));
    db::outbox::insert_many(tx, events.into_iter().map(row).chain(mail).collect(), now.0).await?;
    Ok(())
}

/// What those who listen are told. The id is the row's: an event that is handed on twice bears it both times.
fn payload(id: Uuid, kind: &str, at: Timestamp, data: &Value) -> Value {
    json!({"id": id, "type": kind, "at": at, "data": data})
}
