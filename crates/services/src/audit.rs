//! Who changed what, when.

use novashop_db::{self as db, ConnectionTrait};
use novashop_types::{Page, Timestamp, admin::AuditEntry};
use serde_json::Value;

use crate::{Actor, Context, Result};

/// Writes an entry in the transaction of the change. Details never hold passwords, tokens or links.
///
/// # Errors
/// Those of the database.
pub async fn record(
    ctx: &Context,
    tx: &impl ConnectionTrait,
    actor: Option<&Actor>,
    action: &str,
    subject: (&str, impl ToString),
    details: Value,
) -> Result<()> {
    let (kind, id) = subject;
    db::audit::insert(tx, ctx.new_id(), actor.map(|actor| actor.user_id.0), action, kind, &id.to_string(), details, ctx.now().0).await?;
    Ok(())
}

/// Who changed what, newest first.
///
/// # Errors
/// `invalid_cursor`.
pub async fn list(ctx: &Context, cursor: Option<&str>, limit: u32, include_total: bool) -> Result<Page<AuditEntry>> {
    let after = cursor.map(|cursor| ctx.cursors.open("audit", cursor)).transpose()?;
    let rows = db::audit::list(ctx.db.reader(), after, limit + 1).await?;
    let total = if include_total { Some(db::audit::count(ctx.db.reader()).await?) } else { None };
    Ok(ctx.cursors.page("audit", rows, limit, total, |row| (row.created_at, row.id)).map(|row| AuditEntry {
        id: row.id.into(),
        actor_id: row.actor_id.map(Into::into),
        action: row.action,
        subject_kind: row.subject_kind,
        subject_id: row.subject_id,
        details: row.details,
        at: Timestamp(row.created_at),
    }))
}
