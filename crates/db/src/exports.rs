//! What exported files hold.

use sea_orm::{
    ConnectionTrait, FromQueryResult,
    prelude::{Json, Uuid},
};

use crate::{Error, entities::catalogue::variant, sql::Sql};

/// A product with the category that it lies in.
#[derive(Debug, Clone, FromQueryResult)]
#[expect(missing_docs, reason = "the columns are explained in migrations/src/sql, once")]
pub struct Product {
    pub id: Uuid,
    pub slug: String,
    pub name: String,
    pub description: String,
    pub status: String,
    pub attributes: Json,
    pub category_slug: Option<String>,
    pub category_name: Option<String>,
}

/// Products in the order of their ids, after one.
///
/// # Errors
/// What the database says.
pub async fn list_products(conn: &impl ConnectionTrait, after: Option<Uuid>, limit: u32) -> Result<Vec<Product>, Error> {
    let mut sql = Sql::new(
        "select p.id, p.slug, p.name, p.description, p.status, p.attributes, c.slug as category_slug, c.name as category_name \
         from products p left join categories c on c.id = p.category_id",
        [],
    );
    if let Some(after) = after {
        sql.push(" where p.id > ").bind(after);
    }
    sql.push(" order by p.id limit ").bind(i64::from(limit));
    sql.all(conn).await
}

/// The variants of products, each product's in their order.
///
/// # Errors
/// What the database says.
pub async fn list_variants(conn: &impl ConnectionTrait, products: &[Uuid]) -> Result<Vec<variant::Model>, Error> {
    let mut sql = Sql::new("select * from variants where deleted_at is null and product_id in ", []);
    sql.bind_list(products.iter().copied()).push(" order by product_id, position, id");
    sql.all(conn).await
}
