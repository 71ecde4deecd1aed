//! Carts of guests who did not come back.

use sea_orm::{ConnectionTrait, FromQueryResult, prelude::Uuid};

use crate::{Error, sql::Sql};

/// Open carts of guests that nobody touched since an instant.
///
/// # Errors
/// What the database says.
pub async fn list(conn: &impl ConnectionTrait, before: i64, limit: u32) -> Result<Vec<Uuid>, Error> {
    #[derive(FromQueryResult)]
    struct Abandoned {
        id: Uuid,
    }
    let mut sql = Sql::new("select id from carts where user_id is null and closed_at is null and updated_at < ", []);
    sql.bind(before).limit(limit);
    Ok(sql.all::<Abandoned>(conn).await?.into_iter().map(|row| row.id).collect())
}

/// Forgets those of them that are still open and untouched.
///
/// # Errors
/// What the database says.
pub async fn delete(conn: &impl ConnectionTrait, ids: &[Uuid], before: i64) -> Result<u64, Error> {
    let mut sql = Sql::new("delete from carts where user_id is null and closed_at is null and updated_at < ", []);
    sql.bind(before).push(" and id in ").bind_list(ids.iter().copied());
    sql.execute(conn).await
}
