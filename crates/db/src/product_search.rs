//! The words that a product is found by.

use std::collections::HashMap;

use sea_orm::{
    ConnectionTrait, DbBackend, FromQueryResult,
    prelude::{Json, Uuid},
};

use novashop_domain::slugs::without_accents;

use crate::{Error, sql::Sql};

/// More words than this narrow nothing down.
const MAX_WORDS: usize = 12;
/// PostgreSQL takes one megabyte of words; nobody searches for what stands behind a fifth of that.
const MAX_BODY: usize = 200_000;

#[derive(FromQueryResult)]
struct Words {
    id: Uuid,
    name: String,
    description: String,
    attributes: Json,
    category: Option<String>,
}

#[derive(FromQueryResult)]
struct VariantWords {
    product_id: Uuid,
    sku: String,
    options: Json,
}

/// Writes anew what a product is found by: call it after every change to its name, description, attributes, category or variants.
///
/// # Errors
/// What the database says.
pub async fn refresh_search(conn: &impl ConnectionTrait, product_id: Uuid) -> Result<(), Error> {
    refresh_search_of(conn, &[product_id]).await
}

/// The same for many products: three statements.
///
/// # Errors
/// What the database says.
pub async fn refresh_search_of(conn: &impl ConnectionTrait, ids: &[Uuid]) -> Result<(), Error> {
    if ids.is_empty() {
        return Ok(());
    }
    let mut products = Sql::new(
        "select p.id, p.name, p.description, p.attributes, c.name as category from products p \
         left join categories c on c.id = p.category_id where p.id in ",
        [],
    );
    products.bind_list(ids.iter().copied());
    let products: Vec<Words> = products.all(conn).await?;
    let mut variants = Sql::new("select product_id, sku, options from variants where deleted_at is null and product_id in ", []);
    variants.bind_list(ids.iter().copied()).push(" order by product_id, position, id");
    let mut by_product: HashMap<Uuid, Vec<VariantWords>> = HashMap::new();
    for variant in variants.all::<VariantWords>(conn).await? {
        by_product.entry(variant.product_id).or_default().push(variant);
    }
    let found = products.iter().map(|product| {
        let variants = by_product.get(&product.id).into_iter().flatten().map(|variant| (variant.sku.as_str(), &variant.options));
        let category = product.category.as_deref();
        Found::new(product.id, &product.name, &product.description, &product.attributes, category, variants)
    });
    write_search(conn, found.collect()).await
}

/// What a product is found by.
#[derive(Debug, Clone)]
pub struct Found {
    product_id: Uuid,
    title: String,
    body: String,
}

impl Found {
    /// Puts it together: of the category its name, of each variant its SKU and options.
    pub fn new<'a>(
        product_id: Uuid,
        name: &str,
        description: &str,
        attributes: &Json,
        category: Option<&str>,
        variants: impl Iterator<Item = (&'a str, &'a Json)>,
    ) -> Self {
        Self { product_id, title: name.to_owned(), body: body(name, description, attributes, category, variants) }
    }
}

/// Writes what products are found by, in one statement: at most ten thousand.
///
/// # Errors
/// What the database says.
pub async fn write_search(conn: &impl ConnectionTrait, rows: Vec<Found>) -> Result<(), Error> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut upsert = Sql::new("insert into product_search (product_id, title, body) values ", []);
    for (n, Found { product_id, title, body }) in rows.into_iter().enumerate() {
        upsert.push(if n == 0 { "(" } else { ", (" }).bind(product_id).push(", ").bind(title).push(", ").bind(body).push(")");
    }
    upsert.push(" on conflict (product_id) do update set title = excluded.title, body = excluded.body");
    upsert.execute(conn).await?;
    Ok(())
}

/// Writes anew what the products of a category are found by, after it got another name.
///
/// # Errors
/// What the database says.
pub async fn refresh_search_of_category(conn: &impl ConnectionTrait, category_id: Uuid) -> Result<(), Error> {
    #[derive(FromQueryResult)]
    struct Id {
        id: Uuid,
    }
    let ids: Vec<Id> = Sql::new("select id from products where category_id = $1 order by id", [category_id.into()]).all(conn).await?;
    let ids: Vec<Uuid> = ids.into_iter().map(|row| row.id).collect();
    for some in ids.chunks(500) {
        refresh_search_of(conn, some).await?;
    }
    Ok(())
}

/// Everything but the title, as plain words: PostgreSQL would read `MUG-350` as a word and a negative number.
/// The title is in it once more where it has such signs itself.
fn body<'a>(name: &str, description: &str, attributes: &Json, category: Option<&str>, variants: impl Iterator<Item = (&'a str, &'a Json)>) -> String {
    let mut parts: Vec<&str> = Vec::new();
    if name.chars().any(|c| !c.is_alphanumeric() && !c.is_whitespace()) {
        parts.push(name);
    }
    parts.extend(category);
    for (sku, options) in variants {
        parts.push(sku);
        parts.extend(options.as_object().into_iter().flat_map(|options| options.values()).filter_map(Json::as_str));
    }
    for value in attributes.as_object().into_iter().flat_map(|attributes| attributes.values()) {
        parts.extend(value.as_str());
        parts.extend(value.as_array().into_iter().flatten().filter_map(Json::as_str));
    }
    parts.push(description);
    // SQLite reads over accents by itself; PostgreSQL finds these words without theirs.
    let bare: Vec<String> = std::iter::once(name)
        .chain(parts.iter().copied())
        .flat_map(|part| part.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_ascii())
        .map(without_accents)
        .collect();
    parts.extend(bare.iter().map(String::as_str));
    let mut seen = std::collections::HashSet::new();
    parts.retain(|part| seen.insert(*part));
    let mut plain = String::new();
    for word in parts.iter().flat_map(|part| part.split(|c: char| !c.is_alphanumeric())).filter(|word| !word.is_empty()) {
        if !plain.is_empty() {
            plain.push(' ');
        }
        if plain.len() + word.len() > MAX_BODY {
            break;
        }
        plain.push_str(word);
    }
    plain
}

/// The words of what somebody typed; only letters and digits, so that no sign of a query language is left.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(MAX_WORDS).map(str::to_lowercase).collect()
}

/// The full-text query for products that have a word beginning with each of these.
#[must_use]
pub fn match_all(words: &[String], backend: DbBackend) -> String {
    let and = if backend == DbBackend::Postgres { " & " } else { " AND " };
    words.iter().map(|word| match_word(word, "", backend)).collect::<Vec<_>>().join(and)
}

/// The full-text query for products that have a word beginning with this one in their name.
#[must_use]
pub fn match_in_name(word: &str, backend: DbBackend) -> String {
    match backend {
        DbBackend::Postgres => match_word(word, "A", backend),
        _ => format!("title : {}", match_word(word, "", backend)),
    }
}

/// A word's beginning, or that of what it may be the plural of. PostgreSQL knows the name by the weight of its words.
fn match_word(word: &str, weight: &str, backend: DbBackend) -> String {
    let postgres = backend == DbBackend::Postgres;
    let term = |word: &str| if postgres { format!("{word}:*{weight}") } else { format!("\"{word}\"*") };
    match singulars(word) {
        forms if forms.is_empty() => term(word),
        forms => {
            let terms: Vec<String> = std::iter::once(word).chain(forms.iter().map(String::as_str)).map(term).collect();
            format!("({})", terms.join(if postgres { " | " } else { " OR " }))
        }
    }
}

/// What a plural may be the plural of, in English and Spanish: mugs, boxes, knives, berries, lámparas, cojines. Words are matched by
/// their beginning, so a singular finds its plural by itself; only the other way needs help.
fn singulars(word: &str) -> Vec<String> {
    let with =
        |ending: &str, instead: &str| word.strip_suffix(ending).filter(|stem| stem.chars().count() >= 3).map(|stem| format!("{stem}{instead}"));
    if word.ends_with("ss") {
        return Vec::new();
    }
    let short =
        |ending: &str, instead: &str| word.strip_suffix(ending).filter(|stem| stem.chars().count() >= 2).map(|stem| format!("{stem}{instead}"));
    [short("ies", "y"), short("ves", "f"), short("ves", "fe").filter(|_| word.ends_with("ives")), with("es", ""), with("s", "")]
        .into_iter()
        .flatten()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_letters_and_digits_reach_the_query() {
        let typed = words(r#"Blue "mug" -350 NEAR(x) * : & 'té"#);
        assert_eq!(match_all(&typed, DbBackend::Sqlite), r#""blue"* AND "mug"* AND "350"* AND "near"* AND "x"* AND "té"*"#);
        assert_eq!(match_all(&words("Cast-iron"), DbBackend::Postgres), "cast:* & iron:*");
        assert_eq!(match_all(&words("mugs"), DbBackend::Postgres), "(mugs:* | mug:*)");
        assert_eq!(match_in_name("mugs", DbBackend::Postgres), "(mugs:*A | mug:*A)");
        assert_eq!(match_in_name("mugs", DbBackend::Sqlite), r#"title : ("mugs"* OR "mug"*)"#);
        assert_eq!(singulars("knives"), ["knif", "knife", "kniv", "knive"]);
        assert_eq!(singulars("boxes"), ["box", "boxe"]);
        assert_eq!(singulars("berries"), ["berry", "berri", "berrie"]);
        assert!(singulars("glass").is_empty() && singulars("bus").is_empty());
        assert!(words("-*\"'&|!():").is_empty());
    }
}
