//! What somebody who types might mean: the products whose names come near. The nearness itself is judged in `domain::similarity`,
//! the same for both databases; here are only the candidates, found through an index.

use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, prelude::Uuid};

use crate::{Error, sql::Sql};

/// A product that may be meant.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Candidate {
    /// The product.
    pub product_id: Uuid,
    /// Its name.
    pub title: String,
}

/// A category that may be meant.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Category {
    /// The category.
    pub id: Uuid,
    /// Its name in addresses.
    pub slug: String,
    /// Its name for people.
    pub name: String,
}

/// Published products with a word in their name that begins so. `beginnings` are lower-case letters and digits only.
///
/// # Errors
/// What the database says.
pub async fn list_beginning(conn: &impl ConnectionTrait, beginnings: &[String], limit: u32) -> Result<Vec<Candidate>, Error> {
    if beginnings.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::default();
    // The inner limit keeps a single letter from reading the whole catalogue.
    if conn.get_database_backend() == DbBackend::Postgres {
        let terms: Vec<String> = beginnings.iter().map(|word| format!("'{word}':*A")).collect();
        sql.push("select s.product_id, s.title from (select product_id, title from product_search where words @@ to_tsquery('simple', ");
        // The products are looked up one by one: for so few rows that is right however many products there are.
        sql.bind(terms.join(" | ")).push(
            ") limit 2000) s cross join lateral (select p.id, p.rating_count, p.status from products p where p.id = s.product_id limit 1) p where ",
        );
    } else {
        let terms: Vec<String> = beginnings.iter().map(|word| format!("\"{word}\"*")).collect();
        sql.push("select s.product_id, s.title from (select rowid as doc from product_fts where product_fts match ");
        // SQLite keeps to the order of a cross join; on its own it would begin with every product that is published.
        sql.bind(format!("title : ({})", terms.join(" OR ")))
            .push(" limit 2000) f cross join product_search s cross join products p where s.doc = f.doc and p.id = s.product_id and ");
    }
    sql.push("p.status = 'published' order by p.rating_count desc, p.id");
    sql.limit(limit);
    sql.all(conn).await
}

/// Published products whose names share most of these runs of three letters or digits.
///
/// # Errors
/// What the database says.
pub async fn list_sharing(conn: &impl ConnectionTrait, trigrams: &[String], limit: u32) -> Result<Vec<Candidate>, Error> {
    if trigrams.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::default();
    if conn.get_database_backend() == DbBackend::Postgres {
        sql.push("select s.product_id, s.title from product_search s join products p on p.id = s.product_id where p.status = 'published' and (");
        for (i, trigram) in trigrams.iter().enumerate() {
            sql.push(if i == 0 { "s.title ilike " } else { " or s.title ilike " }).bind(format!("%{trigram}%"));
        }
        sql.push(") order by 0");
        for trigram in trigrams {
            sql.push(" + case when s.title ilike ").bind(format!("%{trigram}%")).push(" then 1 else 0 end");
        }
        sql.push(" desc, s.product_id");
    } else {
        // Each run has its own list of rows in the index; counting them is much cheaper than ranking by bm25.
        sql.push("select s.product_id, s.title from (select doc, count(*) as shared from (");
        for (i, trigram) in trigrams.iter().enumerate() {
            sql.push(if i == 0 { "" } else { " union all " });
            sql.push("select rowid as doc from product_trigrams where product_trigrams match ").bind(format!("\"{trigram}\""));
        }
        sql.push(") hits group by doc) f cross join product_search s cross join products p where s.doc = f.doc and p.id = s.product_id");
        sql.push(" and p.status = 'published' order by f.shared desc, s.product_id");
    }
    sql.limit(limit);
    sql.all(conn).await
}

/// Every category in short; there are few.
///
/// # Errors
/// What the database says.
pub async fn list_categories(conn: &impl ConnectionTrait) -> Result<Vec<Category>, Error> {
    Sql::new("select id, slug, name from categories order by name, id", []).all(conn).await
}
