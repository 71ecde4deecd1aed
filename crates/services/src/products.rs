//! products
use std::collections::HashMap;

use novashop_db::ConnectionTrait;
use novashop_types::{ProductId, catalogue::ProductSummary};

use crate::{Context, Result};

/// Stub.
///
/// # Errors
/// none
pub async fn summaries(
    _ctx: &Context,
    _conn: &impl ConnectionTrait,
    _ids: &[ProductId],
    _published_only: bool,
) -> Result<HashMap<ProductId, ProductSummary>> {
    Ok(HashMap::new())
}
