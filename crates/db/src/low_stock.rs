//! Of which variants staff was told that there are few.

use sea_orm::{ConnectionTrait, FromQueryResult, prelude::Uuid};

use crate::{
    Error,
    entities::{catalogue::variant, shop::low_stock_notice},
    sql::Sql,
};

/// So many or fewer are few: the number in the index `variants_low` and in what is asked by it.
const FEW: i64 = 5;

/// A variant of which there are few, as the notice says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct Few {
    /// The variant.
    pub variant_id: Uuid,
    /// Its product.
    pub product_id: Uuid,
    /// How many there are.
    pub stock: i64,
}

/// Forgets the notices of variants of which there are enough again, or that are no longer sold.
///
/// # Errors
/// What the database says.
pub async fn forget_notices(conn: &impl ConnectionTrait) -> Result<u64, Error> {
    let sql = "delete from low_stock_notices where not exists (select 1 from variants v join products p on p.id = v.product_id \
               where v.id = low_stock_notices.variant_id and v.stock <= 5 and v.deleted_at is null and p.status = 'published')";
    Sql::new(sql, []).execute(conn).await
}

/// Variants on sale of which there are five or fewer, as the index `variants_low` has it, and of which staff was not told; the fewest first.
///
/// # Errors
/// What the database says.
pub async fn list_unnoticed(conn: &impl ConnectionTrait, limit: u32) -> Result<Vec<Few>, Error> {
    // SQLite reads a cross join in the order in which it is written: the few variants first, and not every product.
    let mut sql = Sql::new(
        "select v.id as variant_id, v.product_id, v.stock from variants v cross join products p \
         where p.id = v.product_id and v.stock <= 5 and v.deleted_at is null and p.status = 'published' \
         and not exists (select 1 from low_stock_notices n where n.variant_id = v.id) order by v.stock, v.id",
        [],
    );
    sql.limit(limit);
    sql.all(conn).await
}

/// The notices of new variants of which there were few from the start: no news to whoever brought them.
pub fn notices_of_new(variants: &[variant::Model], now: i64) -> Vec<low_stock_notice::Model> {
    let few = variants.iter().filter(|variant| variant.stock <= FEW);
    few.map(|variant| low_stock_notice::Model { variant_id: variant.id, noticed_at: now }).collect()
}

/// Notes that staff is told of a variant; `false` where somebody else noted it.
///
/// # Errors
/// What the database says.
pub async fn insert_notice(conn: &impl ConnectionTrait, variant: Uuid, now: i64) -> Result<bool, Error> {
    let sql = "insert into low_stock_notices (variant_id, noticed_at) values ($1, $2) on conflict (variant_id) do nothing";
    Ok(Sql::new(sql, [variant.into(), now.into()]).execute(conn).await? > 0)
}
