//! Who changed what, when.

use novashop_db::{self as db, ConnectionTrait};
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
