//! carts

use novashop_db::ConnectionTrait;
use novashop_types::{UserId, cart::Cart};

use crate::{Context, Error, Result};

/// Whose cart it is (placeholder until the orders branch is merged).
pub enum Owner {
    /// A person.
    User(UserId),
}
/// Placeholder.
pub async fn merge(_: &Context, _: &impl ConnectionTrait, _: UserId, _: &str) -> Result<()> {
    Ok(())
}
/// Placeholder.
pub async fn read(_: &Context, _: &Owner) -> Result<Cart> {
    Err(Error::not_found("cart"))
}
