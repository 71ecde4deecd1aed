//! Categories: a tree of rows.

use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Value, prelude::Uuid};

use crate::{
    Error,
    entities::catalogue::category,
    sql::{Sql, insert_all},
};

/// A category as it is stored.
pub type Row = category::Model;

/// What a product or a category is found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// Its id.
    Id(Uuid),
    /// Its name in addresses; a slug never looks like an id.
    Slug(String),
}

impl Key {
    /// Reads what stands in an address.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text.parse::<novashop_types::CategoryId>() {
            Ok(id) => Self::Id(id.0),
            // PostgreSQL refuses a text with a NUL in it; no slug has one, and none is empty.
            Err(_) if text.contains('\0') => Self::Slug(String::new()),
            Err(_) => Self::Slug(text.to_owned()),
        }
    }

    /// The column that holds it.
    #[must_use]
    pub const fn column(&self) -> &'static str {
        match self {
            Self::Id(_) => "id",
            Self::Slug(_) => "slug",
        }
    }
}

impl From<&Key> for Value {
    fn from(key: &Key) -> Self {
        match key {
            Key::Id(id) => (*id).into(),
            Key::Slug(slug) => slug.as_str().into(),
        }
    }
}

/// A category and the published products that lie directly in it.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Counted {
    /// Its id.
    pub id: Uuid,
    /// What it lies in.
    pub parent_id: Option<Uuid>,
    /// Its name in addresses.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// One or two sentences.
    pub description: String,
    /// Where its picture is kept.
    pub image_key: Option<String>,
    /// Grows with every change.
    pub version: i64,
    /// Published products directly in it.
    pub own_count: i64,
}

/// Every category with its count, parents and children mixed, in the order they are shown.
///
/// # Errors
/// What the database says.
pub async fn list_counted(conn: &impl ConnectionTrait) -> Result<Vec<Counted>, Error> {
    Sql::new(
        "select c.id, c.parent_id, c.slug, c.name, c.description, c.image_key, c.version, coalesce(n.own_count, 0) as own_count from categories c \
         left join (select category_id, count(*) as own_count from products where category_id is not null and status = 'published' group by category_id) n \
         on n.category_id = c.id order by c.position, c.name, c.id",
        [],
    )
    .all(conn)
    .await
}

/// The category of an id or a slug.
///
/// # Errors
/// What the database says.
pub async fn find(conn: &impl ConnectionTrait, key: &Key) -> Result<Option<Row>, Error> {
    let mut sql = Sql::new("select * from categories where ", []);
    sql.push(key.column()).push(" = ").bind(key);
    sql.one(conn).await
}

/// The category of an id, held until the end of the transaction.
///
/// # Errors
/// What the database says.
pub async fn find_locked(conn: &impl ConnectionTrait, id: Uuid) -> Result<Option<Row>, Error> {
    let mut sql = Sql::new("select * from categories where id = $1", [id.into()]);
    if conn.get_database_backend() == DbBackend::Postgres {
        sql.push(" for update");
    }
    sql.one(conn).await
}

/// The slugs in use that are `slug` or begin with it and a hyphen. `slug` must be one, so that it has no wildcard in it.
///
/// # Errors
/// What the database says.
pub async fn list_slugs(conn: &impl ConnectionTrait, slug: &str) -> Result<Vec<String>, Error> {
    let rows = Sql::new("select slug from categories where slug = $1 or slug like $2", [slug.into(), format!("{slug}-%").into()]);
    Ok(rows.all::<SlugRow>(conn).await?.into_iter().map(|row| row.slug).collect())
}

/// Lets nobody else make a slug of the same name until the end of the transaction. SQLite has one writer anyway.
///
/// # Errors
/// What the database says.
pub async fn lock_name(conn: &impl ConnectionTrait, slug: &str) -> Result<(), Error> {
    if conn.get_database_backend() == DbBackend::Postgres {
        Sql::new("select pg_advisory_xact_lock(hashtext($1))", [slug.into()]).execute(conn).await?;
    }
    Ok(())
}

/// The slug column alone.
#[derive(Debug, FromQueryResult)]
pub(crate) struct SlugRow {
    pub(crate) slug: String,
}

/// The place behind the last category of a parent.
///
/// # Errors
/// What the database says.
pub async fn next_position(conn: &impl ConnectionTrait, parent_id: Option<Uuid>) -> Result<i32, Error> {
    let mut sql = Sql::new("select cast(coalesce(max(position) + 1, 0) as bigint) as value from categories where parent_id ", []);
    match parent_id {
        Some(id) => sql.push("= ").bind(id),
        None => sql.push("is null"),
    };
    Ok(i32::try_from(sql.number(conn).await?.unwrap_or(0)).unwrap_or(i32::MAX))
}

/// Writes a new category.
///
/// # Errors
/// `Unique` on `categories.slug`, `ForeignKey` where its parent was removed meanwhile.
pub async fn insert(conn: &impl ConnectionTrait, row: Row) -> Result<(), Error> {
    insert_all::<category::Entity, _>(conn, vec![row]).await
}

/// Holds the whole tree until the end of the transaction, so that two moves cannot make a ring together. SQLite has one writer anyway.
///
/// # Errors
/// What the database says.
pub async fn lock_tree(conn: &impl ConnectionTrait) -> Result<(), Error> {
    if conn.get_database_backend() == DbBackend::Postgres {
        Sql::new("select id from categories order by id for update", []).execute(conn).await?;
    }
    Ok(())
}

/// Whether a category is another one or lies somewhere below it.
///
/// # Errors
/// What the database says.
pub async fn is_within(conn: &impl ConnectionTrait, id: Uuid, ancestor: Uuid) -> Result<bool, Error> {
    let sql = Sql::new(
        "with recursive line (id, parent_id) as (select id, parent_id from categories where id = $1 \
         union select c.id, c.parent_id from categories c join line l on c.id = l.parent_id) \
         select count(*) as value from line where id = $2",
        [id.into(), ancestor.into()],
    );
    Ok(sql.number(conn).await?.unwrap_or(0) > 0)
}

/// Writes a category whose version is still `row.version`, and counts its version up; `false` where somebody was first.
///
/// # Errors
/// `Unique` on `categories.slug`.
pub async fn update(conn: &impl ConnectionTrait, row: &Row, now: i64) -> Result<bool, Error> {
    let sql = Sql::new(
        "update categories set parent_id = $1, slug = $2, name = $3, description = $4, image_key = $5, position = $6, \
         version = version + 1, updated_at = $7 where id = $8 and version = $9",
        [
            row.parent_id.into(),
            row.slug.as_str().into(),
            row.name.as_str().into(),
            row.description.as_str().into(),
            row.image_key.clone().into(),
            row.position.into(),
            now.into(),
            row.id.into(),
            row.version.into(),
        ],
    );
    Ok(sql.execute(conn).await? == 1)
}

/// Whether products (in any state) or other categories lie in it.
///
/// # Errors
/// What the database says.
pub async fn is_used(conn: &impl ConnectionTrait, id: Uuid) -> Result<bool, Error> {
    let sql = Sql::new(
        "select cast(case when exists (select 1 from products where category_id = $1) \
         or exists (select 1 from categories where parent_id = $1) then 1 else 0 end as bigint) as value",
        [id.into()],
    );
    Ok(sql.number(conn).await? == Some(1))
}

/// Removes a category whose version is still `version`; `false` where somebody was first.
///
/// # Errors
/// `ForeignKey` where something was put into it meanwhile.
pub async fn delete(conn: &impl ConnectionTrait, id: Uuid, version: i64) -> Result<bool, Error> {
    Ok(Sql::new("delete from categories where id = $1 and version = $2", [id.into(), version.into()]).execute(conn).await? == 1)
}
