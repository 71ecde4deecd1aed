//! orders
use crate::{Context, Result};
/// Placeholder.
pub async fn list_for_export(_: &Context, _: novashop_types::UserId) -> Result<Vec<novashop_types::orders::Order>> {
    Ok(vec![])
}
