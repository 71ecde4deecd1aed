//! Stock: only what the catalogue needs of it; the orders' branch has the whole.

use novashop_db::{ConnectionTrait, entities::catalogue::stock_movement, sql::insert_all};
use novashop_types::{VariantId, catalogue::StockMovementKind};

use crate::{Actor, Context, Result};

/// Writes the stock that variants begin with into the ledger.
///
/// # Errors
/// Those of the database.
pub async fn record_initial(
    ctx: &Context,
    tx: &impl ConnectionTrait,
    actor: Option<&Actor>,
    variants: &[(VariantId, i64)],
    kind: StockMovementKind,
) -> Result<()> {
    let row = |(id, stock): &(VariantId, i64)| stock_movement::Model {
        id: ctx.new_id(),
        variant_id: id.0,
        delta: *stock,
        stock_after: *stock,
        kind: kind.as_str().to_owned(),
        reason: String::new(),
        order_id: None,
        actor_id: actor.map(|actor| actor.user_id.0),
        created_at: ctx.now().0,
    };
    Ok(insert_all::<stock_movement::Entity, _>(tx, variants.iter().map(row).collect()).await?)
}
