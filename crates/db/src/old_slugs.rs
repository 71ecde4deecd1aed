//! The slugs that products and categories had before, so that links to them still lead somewhere.

use sea_orm::{ConnectionTrait, FromQueryResult, prelude::Uuid};

use crate::{Error, sql::Sql};

/// What has a slug.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// A product.
    Product,
    /// A category.
    Category,
}

impl Named {
    /// Where they are, where their old slugs are, and the column that points from these to them.
    const fn tables(self) -> [&'static str; 3] {
        match self {
            Self::Product => ["products", "product_slugs", "product_id"],
            Self::Category => ["categories", "category_slugs", "category_id"],
        }
    }
}

/// Before a slug is written over: remembers it, and forgets the new one, which now means what bears it.
///
/// # Errors
/// What the database says.
pub async fn remember(conn: &impl ConnectionTrait, named: Named, id: Uuid, new: &str) -> Result<(), Error> {
    let [table, old, column] = named.tables();
    let remember = format!(
        "insert into {old} (slug, {column}) select slug, id from {table} where id = $1 and slug <> $2 \
         on conflict (slug) do update set {column} = excluded.{column}"
    );
    Sql::new(remember, [id.into(), new.into()]).execute(conn).await?;
    Sql::new(format!("delete from {old} where slug = $1"), [new.into()]).execute(conn).await?;
    Ok(())
}

/// What had a slug.
///
/// # Errors
/// What the database says.
pub async fn find(conn: &impl ConnectionTrait, named: Named, slug: &str) -> Result<Option<Uuid>, Error> {
    #[derive(FromQueryResult)]
    struct Id {
        id: Uuid,
    }
    let [_, old, column] = named.tables();
    let row = Sql::new(format!("select {column} as id from {old} where slug = $1"), [slug.into()]).one::<Id>(conn).await?;
    Ok(row.map(|row| row.id))
}
