//! reviews
use crate::{Context, Result};
/// Placeholder.
pub async fn list_for_user(_: &Context, _: novashop_types::UserId) -> Result<Vec<novashop_types::reviews::Review>> {
    Ok(vec![])
}
