//! The pictures of products.

use novashop_types::{ImageId, ProductId};
use sea_orm::{ConnectionTrait, DbBackend};

use crate::{
    Error,
    entities::catalogue::image,
    sql::{Sql, insert_all},
};

/// A picture of a product.
pub type Image = image::Model;

/// Takes a product's row for this transaction, so that what is kept beside it (pictures, ratings) is changed by one at a time;
/// its status, or nothing where there is no such product. On SQLite a transaction that writes has the whole database anyway.
///
/// # Errors
/// What the database says.
pub async fn lock_product(conn: &impl ConnectionTrait, product: ProductId) -> Result<Option<String>, Error> {
    #[derive(sea_orm::FromQueryResult)]
    struct Row {
        status: String,
    }
    let mut sql = Sql::new("select status from products where id = $1", [product.0.into()]);
    if conn.get_database_backend() == DbBackend::Postgres {
        sql.push(" for no key update");
    }
    Ok(sql.one::<Row>(conn).await?.map(|row| row.status))
}

/// A product's pictures in order.
///
/// # Errors
/// What the database says.
pub async fn list(conn: &impl ConnectionTrait, product: ProductId) -> Result<Vec<Image>, Error> {
    Sql::new("select * from images where product_id = $1 order by position, id", [product.0.into()]).all(conn).await
}

/// Pictures in the order of their ids, after one.
///
/// # Errors
/// What the database says.
pub async fn list_after(conn: &impl ConnectionTrait, after: Option<ImageId>, limit: u32) -> Result<Vec<Image>, Error> {
    let mut sql = Sql::new("select * from images", []);
    if let Some(after) = after {
        sql.push(" where id > ").bind(after.0);
    }
    sql.push(" order by id").limit(limit);
    sql.all(conn).await
}

/// A picture of a product.
///
/// # Errors
/// What the database says.
pub async fn find(conn: &impl ConnectionTrait, product: ProductId, id: ImageId) -> Result<Option<Image>, Error> {
    Sql::new("select * from images where id = $1 and product_id = $2", [id.0.into(), product.0.into()]).one(conn).await
}

/// Writes a picture's row.
///
/// # Errors
/// What the database says.
pub async fn insert(conn: &impl ConnectionTrait, image: Image) -> Result<(), Error> {
    insert_all::<image::Entity, _>(conn, vec![image]).await
}

/// Changes what a picture says.
///
/// # Errors
/// What the database says.
pub async fn update_alt(conn: &impl ConnectionTrait, id: ImageId, alt: &str) -> Result<(), Error> {
    Sql::new("update images set alt = $1 where id = $2", [alt.into(), id.0.into()]).execute(conn).await?;
    Ok(())
}

/// Gives the pictures the places 0, 1, 2, … in this order, in one statement.
///
/// # Errors
/// What the database says.
pub async fn update_order(conn: &impl ConnectionTrait, order: &[ImageId]) -> Result<(), Error> {
    if order.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new("update images set position = case id", []);
    for (place, id) in (0_i32..).zip(order) {
        sql.push(" when ").bind(id.0).push(" then cast(").bind(place).push(" as integer)");
    }
    sql.push(" else position end where id in ").bind_list(order.iter().map(|id| id.0));
    sql.execute(conn).await?;
    Ok(())
}

/// Forgets a picture.
///
/// # Errors
/// What the database says.
pub async fn delete(conn: &impl ConnectionTrait, id: ImageId) -> Result<(), Error> {
    Sql::new("delete from images where id = $1", [id.0.into()]).execute(conn).await?;
    Ok(())
}

/// Counts a change by staff: the version and the time that a product's ETag and answers show. The new version.
///
/// # Errors
/// What the database says.
pub async fn touch_product(conn: &impl ConnectionTrait, product: ProductId, now: i64) -> Result<Option<i64>, Error> {
    let sql = "update products set version = version + 1, updated_at = $1 where id = $2 returning version as value";
    Sql::new(sql, [now.into(), product.0.into()]).number(conn).await
}
