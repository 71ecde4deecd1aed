//! Variants of products.

use sea_orm::{
    ConnectionTrait, DbBackend, FromQueryResult,
    prelude::{Json, Uuid},
};

use crate::{
    Error,
    entities::catalogue::{product_option, variant, variant_option},
    sql::{Sql, insert_all},
};

/// A variant as it is stored.
pub type Row = variant::Model;

/// The variants of a product that are on offer, in order.
///
/// # Errors
/// What the database says.
pub async fn list(conn: &impl ConnectionTrait, product_id: Uuid) -> Result<Vec<Row>, Error> {
    Sql::new("select * from variants where product_id = $1 and deleted_at is null order by position, id", [product_id.into()]).all(conn).await
}

/// The same, held until the end of the transaction: nobody sells, changes or removes one of them meanwhile. Locked in order of their ids.
///
/// # Errors
/// What the database says.
pub async fn list_locked(conn: &impl ConnectionTrait, product_id: Uuid) -> Result<Vec<Row>, Error> {
    let mut sql = Sql::new("select * from variants where product_id = $1 and deleted_at is null order by id", [product_id.into()]);
    if conn.get_database_backend() == DbBackend::Postgres {
        sql.push(" for update");
    }
    let mut rows: Vec<Row> = sql.all(conn).await?;
    rows.sort_by_key(|row| (row.position, row.id));
    Ok(rows)
}

/// Those of some SKUs that variants on offer have already.
///
/// # Errors
/// What the database says.
pub async fn list_taken_skus(conn: &impl ConnectionTrait, skus: &[&str]) -> Result<Vec<String>, Error> {
    #[derive(FromQueryResult)]
    struct Taken {
        sku: String,
    }
    if skus.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new("select sku from variants where deleted_at is null and sku in ", []);
    sql.bind_list(skus.iter().copied()).push(" order by sku");
    Ok(sql.all::<Taken>(conn).await?.into_iter().map(|row| row.sku).collect())
}

/// Writes what the variants of a product are told apart by, where there was nothing.
///
/// # Errors
/// What the database says.
pub async fn insert_options(conn: &impl ConnectionTrait, options: Vec<product_option::Model>) -> Result<(), Error> {
    insert_all::<product_option::Entity, _>(conn, options).await
}

/// Writes new variants and their values for filters.
///
/// # Errors
/// `Unique` on `variants.sku` or on `variants.product_id, options_key`.
pub async fn insert(conn: &impl ConnectionTrait, rows: Vec<Row>) -> Result<(), Error> {
    let values: Vec<variant_option::Model> = rows.iter().flat_map(filter_values).collect();
    insert_all::<variant::Entity, _>(conn, rows).await?;
    insert_all::<variant_option::Entity, _>(conn, values).await
}

/// Writes a variant's SKU, options and prices; never its stock, which only the ledger changes.
///
/// # Errors
/// `Unique` on `variants.sku` or on `variants.product_id, options_key`.
pub async fn update(conn: &impl ConnectionTrait, row: &Row, now: i64) -> Result<(), Error> {
    Sql::new(
        "update variants set sku = $1, options = $2, options_key = $3, price_amount = $4, compare_at_amount = $5, updated_at = $6 where id = $7",
        [
            row.sku.as_str().into(),
            row.options.clone().into(),
            row.options_key.as_str().into(),
            row.price_amount.into(),
            row.compare_at_amount.into(),
            now.into(),
            row.id.into(),
        ],
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes a variant's values for filters anew.
///
/// # Errors
/// What the database says.
pub async fn replace_filter_values(conn: &impl ConnectionTrait, row: &Row) -> Result<(), Error> {
    Sql::new("delete from variant_options where variant_id = $1", [row.id.into()]).execute(conn).await?;
    insert_all::<variant_option::Entity, _>(conn, filter_values(row).collect()).await
}

/// Takes a variant off sale: orders and the ledger still point at it, filters and carts no longer do.
///
/// # Errors
/// What the database says.
pub async fn retire(conn: &impl ConnectionTrait, id: Uuid, now: i64) -> Result<(), Error> {
    Sql::new("update variants set deleted_at = $1, updated_at = $1 where id = $2", [now.into(), id.into()]).execute(conn).await?;
    Sql::new("delete from variant_options where variant_id = $1", [id.into()]).execute(conn).await?;
    Sql::new("delete from cart_items where variant_id = $1", [id.into()]).execute(conn).await?;
    Ok(())
}

fn filter_values(row: &Row) -> impl Iterator<Item = variant_option::Model> {
    row.options.as_object().into_iter().flatten().map(|(name, value)| variant_option::Model {
        variant_id: row.id,
        product_id: row.product_id,
        name: name.clone(),
        value: value.as_str().map_or_else(|| Json::to_string(value), str::to_owned),
    })
}
