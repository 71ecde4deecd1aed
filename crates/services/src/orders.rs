//! orders
use crate::{Context, Result};
/// Placeholder.
/// Placeholder.
pub async fn cancel_expired(_: &Context, _: u64) -> Result<u64> {
    Ok(0)
}
pub async fn list_for_export(_: &Context, _: novashop_types::UserId) -> Result<Vec<novashop_types::orders::Order>> {
    Ok(vec![])
}
