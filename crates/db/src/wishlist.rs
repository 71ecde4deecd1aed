//! Wishlists: what people want to remember. Only published products are shown; the others come back when they are published again.

use novashop_types::{ProductId, UserId};
use sea_orm::{ConnectionTrait, FromQueryResult, prelude::Uuid};

use crate::{Error, sql::Sql};

/// A product on a wishlist.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Item {
    /// The product.
    pub product_id: Uuid,
    /// When it was put there.
    pub created_at: i64,
}

/// A wishlist from newest to oldest, after a position.
///
/// # Errors
/// What the database says.
pub async fn list(conn: &impl ConnectionTrait, user: UserId, after: Option<(i64, Uuid)>, limit: u32) -> Result<Vec<Item>, Error> {
    let mut sql = Sql::new(
        "select w.product_id, w.created_at from wishlist_items w join products p on p.id = w.product_id \
         where w.user_id = $1 and p.status = 'published'",
        [user.0.into()],
    );
    if let Some((at, id)) = after {
        sql.push(" and (w.created_at, w.product_id) < (").bind(at).push(", ").bind(id).push(")");
    }
    sql.push(" order by w.created_at desc, w.product_id desc").limit(limit);
    sql.all(conn).await
}

/// Every product on a wishlist, published or not, from newest to oldest.
///
/// # Errors
/// What the database says.
pub async fn list_all(conn: &impl ConnectionTrait, user: UserId) -> Result<Vec<Item>, Error> {
    let sql = "select product_id, created_at from wishlist_items where user_id = $1 order by created_at desc, product_id desc";
    Sql::new(sql, [user.0.into()]).all(conn).await
}

/// How many published products are on a wishlist.
///
/// # Errors
/// What the database says.
pub async fn count(conn: &impl ConnectionTrait, user: UserId) -> Result<i64, Error> {
    let sql = "select count(*) as value from wishlist_items w join products p on p.id = w.product_id \
               where w.user_id = $1 and p.status = 'published'";
    Ok(Sql::new(sql, [user.0.into()]).number(conn).await?.unwrap_or(0))
}

/// Puts a product on a wishlist; nothing changes where it is there already.
///
/// # Errors
/// What the database says.
pub async fn insert(conn: &impl ConnectionTrait, user: UserId, product: ProductId, now: i64) -> Result<(), Error> {
    let sql = "insert into wishlist_items (user_id, product_id, created_at) values ($1, $2, $3) on conflict (user_id, product_id) do nothing";
    Sql::new(sql, [user.0.into(), product.0.into(), now.into()]).execute(conn).await?;
    Ok(())
}

/// Takes a product from a wishlist, by its id or by its slug.
///
/// # Errors
/// What the database says.
pub async fn delete(conn: &impl ConnectionTrait, user: UserId, id_or_slug: &str) -> Result<(), Error> {
    let mut sql = Sql::new("delete from wishlist_items where user_id = $1 and product_id = ", [user.0.into()]);
    match id_or_slug.parse::<ProductId>() {
        Ok(id) => sql.bind(id.0),
        Err(_) => sql.push("(select id from products where slug = ").bind(id_or_slug).push(")"),
    };
    sql.execute(conn).await?;
    Ok(())
}
