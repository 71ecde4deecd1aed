//! What bringing in files reads and writes: many products at a time.

use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Value, prelude::Uuid};

use crate::{
    Error,
    entities::{
        accounts::user,
        catalogue::{category, product, product_option, variant},
    },
    sql::Sql,
};

/// Values that surely fit one statement on both databases.
const MANY: usize = 10_000;

/// A picture that a product has.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Picture {
    /// The product.
    pub product_id: Uuid,
    /// Its place.
    pub position: i32,
    /// The name it was imported by.
    pub source: Option<String>,
}

/// Whose SKU it is.
#[derive(Debug, Clone, FromQueryResult)]
pub struct SkuOwner {
    /// The SKU.
    pub sku: String,
    /// The variant's product.
    pub product_id: Uuid,
    /// The product's slug.
    pub slug: String,
}

/// Locks rows that will be written: on SQLite the transaction has the whole database already.
fn lock(conn: &impl ConnectionTrait, table: &str) -> String {
    if conn.get_database_backend() == DbBackend::Postgres { format!(" for update of {table}") } else { String::new() }
}

/// The live variants of products by slug, in id order, locked.
///
/// # Errors
/// What the database says.
pub async fn list_variants(conn: &impl ConnectionTrait, slugs: &[&str]) -> Result<Vec<variant::Model>, Error> {
    let mut sql = Sql::new("select v.* from variants v join products p on p.id = v.product_id where v.deleted_at is null and p.slug in ", []);
    sql.bind_list(slugs.iter().copied()).push(" order by v.id").push(&lock(conn, "v"));
    sql.all(conn).await
}

/// Products by slug, in id order, locked.
///
/// # Errors
/// What the database says.
pub async fn list_products(conn: &impl ConnectionTrait, slugs: &[&str]) -> Result<Vec<product::Model>, Error> {
    let mut sql = Sql::new("select p.* from products p where p.slug in ", []);
    sql.bind_list(slugs.iter().copied()).push(" order by p.id").push(&lock(conn, "p"));
    sql.all(conn).await
}

/// The options of products, in order.
///
/// # Errors
/// What the database says.
pub async fn list_options(conn: &impl ConnectionTrait, products: &[Uuid]) -> Result<Vec<product_option::Model>, Error> {
    let mut sql = Sql::new("select * from product_options where product_id in ", []);
    sql.bind_list(products.iter().copied()).push(" order by product_id, position");
    sql.all(conn).await
}

/// The pictures of products.
///
/// # Errors
/// What the database says.
pub async fn list_pictures(conn: &impl ConnectionTrait, products: &[Uuid]) -> Result<Vec<Picture>, Error> {
    let mut sql = Sql::new("select product_id, position, source from images where product_id in ", []);
    sql.bind_list(products.iter().copied());
    sql.all(conn).await
}

/// Who has these SKUs now.
///
/// # Errors
/// What the database says.
pub async fn list_sku_owners(conn: &impl ConnectionTrait, skus: &[String]) -> Result<Vec<SkuOwner>, Error> {
    let mut owners = Vec::new();
    for some in skus.chunks(MANY) {
        let mut sql = Sql::new(
            "select v.sku, v.product_id, p.slug from variants v join products p on p.id = v.product_id where v.deleted_at is null and v.sku in ",
            [],
        );
        sql.bind_list(some.iter().map(String::as_str));
        owners.extend(sql.all::<SkuOwner>(conn).await?);
    }
    Ok(owners)
}

/// The accounts with these usernames or addresses, both in lower case.
///
/// # Errors
/// What the database says.
pub async fn list_users(conn: &impl ConnectionTrait, usernames: &[String], emails: &[String]) -> Result<Vec<user::Model>, Error> {
    let mut users: Vec<user::Model> = Vec::new();
    for (column, keys) in [("username_key", usernames), ("email_key", emails)] {
        for some in keys.chunks(MANY) {
            let mut sql = Sql::new(format!("select * from users where {column} in "), []);
            sql.bind_list(some.iter().map(String::as_str));
            users.extend(sql.all::<user::Model>(conn).await?);
        }
    }
    Ok(users)
}

/// Every category.
///
/// # Errors
/// What the database says.
pub async fn list_categories(conn: &impl ConnectionTrait) -> Result<Vec<category::Model>, Error> {
    Sql::new("select * from categories order by position, id", []).all(conn).await
}

/// How many products there are, whatever their status.
///
/// # Errors
/// What the database says.
pub async fn count_products(conn: &impl ConnectionTrait) -> Result<i64, Error> {
    Ok(Sql::new("select count(*) as value from products", []).number(conn).await?.unwrap_or_default())
}

/// Whether there is a product, without counting them.
///
/// # Errors
/// What the database says.
pub async fn has_products(conn: &impl ConnectionTrait) -> Result<bool, Error> {
    Ok(Sql::new("select count(*) as value from (select id from products limit 1) p", []).number(conn).await? == Some(1))
}

/// Writes a category's name, text, place and picture.
///
/// # Errors
/// What the database says.
pub async fn update_category(conn: &impl ConnectionTrait, row: &category::Model) -> Result<(), Error> {
    let mut sql = Sql::new("update categories set name = ", []);
    sql.bind(row.name.as_str()).push(", description = ").bind(row.description.as_str()).push(", parent_id = ").bind(row.parent_id);
    sql.push(", image_key = ").bind(row.image_key.clone()).push(", version = ").bind(row.version);
    sql.push(", updated_at = ").bind(row.updated_at).push(" where id = ").bind(row.id);
    sql.execute(conn).await?;
    Ok(())
}

/// Writes everything of a product that an import can change.
///
/// # Errors
/// What the database says.
pub async fn update_product(conn: &impl ConnectionTrait, row: &product::Model) -> Result<(), Error> {
    let mut sql = Sql::new("update products set category_id = ", []);
    sql.bind(row.category_id).push(", name = ").bind(row.name.as_str()).push(", name_key = ").bind(row.name_key.as_str());
    sql.push(", description = ").bind(row.description.as_str()).push(", status = ").bind(row.status.as_str());
    sql.push(", attributes = ").bind(Value::from(row.attributes.clone())).push(", price_amount = ").bind(row.price_amount);
    sql.push(", compare_at_amount = ").bind(row.compare_at_amount).push(", sellable_variants = ").bind(row.sellable_variants);
    sql.push(", version = ").bind(row.version).push(", updated_at = ").bind(row.updated_at).push(" where id = ").bind(row.id);
    sql.execute(conn).await?;
    Ok(())
}

/// Writes everything of a variant that an import can change.
///
/// # Errors
/// What the database says; a SKU or options that another variant has by then.
pub async fn update_variant(conn: &impl ConnectionTrait, row: &variant::Model) -> Result<(), Error> {
    let mut sql = Sql::new("update variants set sku = ", []);
    sql.bind(row.sku.as_str()).push(", options = ").bind(Value::from(row.options.clone())).push(", options_key = ").bind(row.options_key.as_str());
    sql.push(", position = ").bind(row.position).push(", price_amount = ").bind(row.price_amount);
    sql.push(", compare_at_amount = ").bind(row.compare_at_amount).push(", stock = ").bind(row.stock);
    sql.push(", updated_at = ").bind(row.updated_at).push(" where id = ").bind(row.id);
    sql.execute(conn).await?;
    Ok(())
}

/// Gives variants keys that nothing else has, so that they can swap their options one after the other.
///
/// # Errors
/// What the database says.
pub async fn free_option_keys(conn: &impl ConnectionTrait, variants: &[Uuid]) -> Result<(), Error> {
    for id in variants {
        let mut sql = Sql::new("update variants set options_key = ", []);
        sql.bind(format!("moving {id}")).push(" where id = ").bind(*id);
        sql.execute(conn).await?;
    }
    Ok(())
}

/// Takes away the options of a product, to be written anew.
///
/// # Errors
/// What the database says.
pub async fn delete_options(conn: &impl ConnectionTrait, product: Uuid) -> Result<(), Error> {
    let mut sql = Sql::new("delete from product_options where product_id = ", []);
    sql.bind(product);
    sql.execute(conn).await?;
    Ok(())
}

/// Takes away the filter values of variants, to be written anew.
///
/// # Errors
/// What the database says.
pub async fn delete_variant_options(conn: &impl ConnectionTrait, variants: &[Uuid]) -> Result<(), Error> {
    let mut sql = Sql::new("delete from variant_options where variant_id in ", []);
    sql.bind_list(variants.iter().copied());
    sql.execute(conn).await?;
    Ok(())
}

/// Takes `count` numbers of a counter; the last one of them.
///
/// # Errors
/// What the database says.
pub async fn take_numbers(conn: &impl ConnectionTrait, counter: &str, count: i64) -> Result<i64, Error> {
    let mut sql = Sql::new("update counters set value = value + ", []);
    sql.bind(count).push(" where name = ").bind(counter).push(" returning value");
    Ok(sql.number(conn).await?.unwrap_or_default())
}

/// How many variants have a SKU like this pattern.
///
/// # Errors
/// What the database says.
pub async fn count_skus(conn: &impl ConnectionTrait, like: &str) -> Result<i64, Error> {
    let mut sql = Sql::new("select count(*) as value from variants where sku like ", []);
    sql.bind(like);
    Ok(sql.number(conn).await?.unwrap_or_default())
}
