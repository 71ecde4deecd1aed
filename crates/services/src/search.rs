//! Suggestions while somebody types: typing errors are forgiven, the same way on both databases.

use std::collections::HashSet;

use novashop_db as db;
use novashop_domain::similarity::Query;
use novashop_types::{
    CategoryId, ProductId,
    catalogue::{CategoryRef, Suggestions},
};

use crate::{Context, Result, products};

/// So many products are compared with what was typed; the indexes give the likeliest.
const CANDIDATES: u32 = 200;
const PRODUCTS: usize = 8;
const CATEGORIES: usize = 4;

/// Products and categories that may be meant. Four statements.
///
/// # Errors
/// Those of the database.
pub async fn suggest(ctx: &Context, typed: &str) -> Result<Suggestions> {
    let query = Query::new(typed);
    if query.is_empty() {
        return Ok(Suggestions { products: Vec::new(), categories: Vec::new() });
    }
    let conn = ctx.db.reader();
    let mut candidates = db::suggestions::list_beginning(conn, &query.beginnings(), CANDIDATES).await?;
    candidates.extend(db::suggestions::list_sharing(conn, &query.trigrams(), CANDIDATES).await?);
    let mut seen = HashSet::new();
    candidates.retain(|candidate| seen.insert(candidate.product_id));
    let nearest = query.rank(candidates, |candidate| &candidate.title);
    let ids: Vec<ProductId> = nearest.iter().take(PRODUCTS).map(|candidate| ProductId(candidate.product_id)).collect();
    let mut found = products::summaries(ctx, conn, &ids, true).await?;
    let categories = query.rank(db::suggestions::list_categories(conn).await?, |category| &category.name);
    Ok(Suggestions {
        products: ids.iter().filter_map(|id| found.remove(id)).collect(),
        categories: categories
            .into_iter()
            .take(CATEGORIES)
            .map(|category| CategoryRef { id: CategoryId(category.id), slug: category.slug, name: category.name })
            .collect(),
    })
}
