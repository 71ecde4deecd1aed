//! What the entries of the audit log are about: found by what it is called, and what it is called found by its id.

use sea_orm::{ConnectionTrait, FromQueryResult, prelude::Uuid};

use crate::{Error, sql::Sql, users::escape_like};

/// Something that was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// What kind of thing it is.
    pub kind: String,
    /// Which one, as the log writes it.
    pub id: String,
}

/// A thing and its id.
#[derive(FromQueryResult)]
struct Found {
    kind: String,
    id: Uuid,
}

/// So many categories at most: few shops have more.
const CATEGORIES: u32 = 50;

/// Who and what is called so: an order by its number, a person by username or address, a variant and its product by SKU, all as a whole; a category
/// by a part of its name.
///
/// # Errors
/// What the database says.
pub async fn find(conn: &impl ConnectionTrait, text: &str) -> Result<Vec<Subject>, Error> {
    let lower = text.to_lowercase();
    let number = text.trim_start_matches('#').parse::<i64>().ok();
    let mut sql = Sql::new("select 'order' as kind, id from orders where number = ", []);
    sql.bind(number).push(" union all select 'user', id from users where username_key = ").bind(lower.as_str());
    sql.push(" union all select 'user', id from users where email_key = ").bind(lower.as_str());
    sql.push(" union all select 'variant', id from variants where deleted_at is null and sku = ").bind(text);
    sql.push(" union all select 'product', product_id from variants where deleted_at is null and sku = ").bind(text);
    // SQLite's `lower` knows ASCII only: a name with other capitals is found as it is written.
    sql.push(" union all select 'category', id from (select id from categories where lower(name) like ").bind(format!("%{}%", escape_like(&lower)));
    sql.push(" escape '\\' or name like ").bind(format!("%{}%", escape_like(text))).push(" escape '\\'").limit(CATEGORIES);
    sql.push(") c");
    let found = sql.all::<Found>(conn).await?;
    Ok(found.into_iter().map(|Found { kind, id }| Subject { kind, id: id.to_string() }).collect())
}

/// A thing and what it is called.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Named {
    /// What kind of thing it is.
    pub kind: String,
    /// Its id.
    pub id: Uuid,
    /// What it is called now.
    pub name: String,
}

/// How the things of a kind are called, by their ids. A review goes by its product.
const NAMES: [(&str, &str); 7] = [
    ("product", "select 'product' as kind, id, name from products where id in "),
    ("category", "select 'category' as kind, id, name from categories where id in "),
    ("order", "select 'order' as kind, id, cast(number as text) as name from orders where id in "),
    ("user", "select 'user' as kind, id, username as name from users where deleted_at is null and id in "),
    ("variant", "select 'variant' as kind, id, sku as name from variants where id in "),
    ("review", "select 'review' as kind, r.id, p.name from reviews r join products p on p.id = r.product_id where r.id in "),
    ("mail", "select 'mail' as kind, id, recipient as name from mails where id in "),
];

/// What these things are called. What is gone, or has no name, is left out.
///
/// # Errors
/// What the database says.
pub async fn list_names(conn: &impl ConnectionTrait, things: &[(&str, Uuid)]) -> Result<Vec<Named>, Error> {
    let mut sql = Sql::default();
    for (n, (kind, select)) in NAMES.into_iter().enumerate() {
        let ids = things.iter().filter(|(other, _)| *other == kind).map(|(_, id)| *id);
        sql.push(if n == 0 { "" } else { " union all " }).push(select).bind_list(ids);
    }
    sql.all(conn).await
}
