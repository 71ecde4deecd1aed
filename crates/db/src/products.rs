//! Products: what lists show of them, all of one, and their changes.

use sea_orm::{
    ConnectionTrait, DbBackend, FromQueryResult, Value,
    prelude::{Json, Uuid},
};

use crate::{
    Error,
    categories::SlugRow,
    entities::catalogue::{product, product_option},
    product_summaries::{SUMMARY_COLUMNS, summary_joins},
    sql::{Sql, insert_all},
};
pub use crate::{
    categories::Key,
    product_search::{refresh_search, refresh_search_of, refresh_search_of_category},
    product_summaries::{Picture, Summary},
};

/// A product as it is stored.
pub type Row = product::Model;
/// An option of a product as it is stored.
pub type OptionRow = product_option::Model;

/// What only the page of a product shows; comes with its [`Summary`].
#[derive(Debug, Clone, FromQueryResult)]
#[expect(missing_docs, reason = "the columns are explained in migrations/src/sql, once")]
pub struct Detail {
    #[sea_orm(nested)]
    pub summary: Summary,
    pub description: String,
    pub status: String,
    pub attributes: Json,
    pub version: i64,
    pub updated_at: i64,
    /// `[{"name": …, "choices": […]}]`, in order.
    pub options: Json,
    /// [`Picture`]s, in order.
    pub images: Json,
}

/// The summaries of products, in no order; those that are not published can be left out.
///
/// # Errors
/// What the database says.
pub async fn list_summaries(conn: &impl ConnectionTrait, ids: &[Uuid], published_only: bool) -> Result<Vec<Summary>, Error> {
    let mut sql = Sql::new(format!("select {SUMMARY_COLUMNS} from products p{} where p.id in ", summary_joins(conn.get_database_backend())), []);
    sql.bind_list(ids.iter().copied());
    if published_only {
        sql.push(" and p.status = 'published'");
    }
    sql.all(conn).await
}

/// The id of a product; one that is not published only where `hidden_too`.
///
/// # Errors
/// What the database says.
pub async fn find_id(conn: &impl ConnectionTrait, key: &Key, hidden_too: bool) -> Result<Option<Uuid>, Error> {
    #[derive(FromQueryResult)]
    struct Id {
        id: Uuid,
    }
    let mut sql = Sql::new("select id from products where ", []);
    sql.push(key.column()).push(" = ").bind(key);
    if !hidden_too {
        sql.push(" and status = 'published'");
    }
    Ok(sql.one::<Id>(conn).await?.map(|row| row.id))
}

/// The row of a product.
///
/// # Errors
/// What the database says.
pub async fn find(conn: &impl ConnectionTrait, id: Uuid) -> Result<Option<Row>, Error> {
    Sql::new("select * from products where id = $1", [id.into()]).one(conn).await
}

/// A product with what its page shows; one that is not published only where `hidden_too`.
///
/// # Errors
/// What the database says.
pub async fn find_detail(conn: &impl ConnectionTrait, key: &Key, hidden_too: bool) -> Result<Option<Detail>, Error> {
    let (options, images) = match conn.get_database_backend() {
        DbBackend::Postgres => (
            "jsonb_agg(jsonb_build_object('name', o.name, 'choices', o.choices) order by o.position)",
            "jsonb_agg(jsonb_build_object('id', f.id, 'folder', f.folder, 'alt', f.alt, 'width', f.width, 'height', f.height, 'widths', f.widths) \
             order by f.position, f.id)",
        ),
        _ => (
            "json_group_array(json_object('name', o.name, 'choices', json(o.choices)) order by o.position)",
            "json_group_array(json_object('id', hex(f.id), 'folder', f.folder, 'alt', f.alt, 'width', f.width, 'height', f.height, \
             'widths', json(f.widths)) order by f.position, f.id)",
        ),
    };
    let mut sql = Sql::new(format!("select {SUMMARY_COLUMNS}, p.description, p.status, p.attributes, p.version, p.updated_at"), []);
    sql.push(", coalesce((select ").push(options).push(" from product_options o where o.product_id = p.id), '[]') as options");
    sql.push(", coalesce((select ").push(images).push(" from images f where f.product_id = p.id), '[]') as images from products p");
    sql.push(summary_joins(conn.get_database_backend())).push(" where p.").push(key.column()).push(" = ").bind(key);
    if !hidden_too {
        sql.push(" and p.status = 'published'");
    }
    sql.one(conn).await
}

/// The options of a product in order.
///
/// # Errors
/// What the database says.
pub async fn list_options(conn: &impl ConnectionTrait, product_id: Uuid) -> Result<Vec<OptionRow>, Error> {
    Sql::new("select * from product_options where product_id = $1 order by position", [product_id.into()]).all(conn).await
}

/// The slugs in use that are `slug` or begin with it and a hyphen. `slug` must be one, so that it has no wildcard in it.
///
/// # Errors
/// What the database says.
pub async fn list_slugs(conn: &impl ConnectionTrait, slug: &str) -> Result<Vec<String>, Error> {
    let rows = Sql::new("select slug from products where slug = $1 or slug like $2", [slug.into(), format!("{slug}-%").into()]);
    Ok(rows.all::<SlugRow>(conn).await?.into_iter().map(|row| row.slug).collect())
}

/// Writes a new product and its options; its variants come after it.
///
/// # Errors
/// `Unique` on `products.slug`.
pub async fn insert(conn: &impl ConnectionTrait, row: Row, options: Vec<OptionRow>) -> Result<(), Error> {
    insert_all::<product::Entity, _>(conn, vec![row]).await?;
    insert_all::<product_option::Entity, _>(conn, options).await
}

/// What to write into a product; what is `None` stays.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "the columns are explained in migrations/src/sql, once")]
pub struct Changes {
    pub slug: Option<String>,
    pub name: Option<String>,
    pub description: Option<String>,
    pub category_id: Option<Option<Uuid>>,
    pub status: Option<&'static str>,
    pub attributes: Option<Json>,
}

/// Writes changes and counts the version up; where `version` is given only if it is still that. `None` where it is not, else the new version.
///
/// # Errors
/// `Unique` on `products.slug`.
pub async fn update(conn: &impl ConnectionTrait, id: Uuid, version: Option<i64>, changes: Changes, now: i64) -> Result<Option<i64>, Error> {
    #[derive(FromQueryResult)]
    struct Version {
        version: i64,
    }
    let Changes { slug, name, description, category_id, status, attributes } = changes;
    let mut sql = Sql::new("update products set version = version + 1, updated_at = $1", [now.into()]);
    if let Some(name) = &name {
        sql.push(", name_key = ").bind(name.to_lowercase());
    }
    let columns: [(&str, Option<Value>); 6] = [
        ("slug", slug.map(Value::from)),
        ("name", name.map(Value::from)),
        ("description", description.map(Value::from)),
        ("category_id", category_id.map(Value::from)),
        ("status", status.map(Value::from)),
        ("attributes", attributes.map(Value::from)),
    ];
    for (column, value) in columns {
        if let Some(value) = value {
            sql.push(", ").push(column).push(" = ").bind(value);
        }
    }
    sql.push(" where id = ").bind(id);
    if let Some(version) = version {
        sql.push(" and version = ").bind(version);
    }
    sql.push(" returning version");
    Ok(sql.one::<Version>(conn).await?.map(|row| row.version))
}

/// Writes the choices of a product's options.
///
/// # Errors
/// What the database says.
pub async fn update_choices(conn: &impl ConnectionTrait, product_id: Uuid, position: i32, choices: Json) -> Result<(), Error> {
    let sql = "update product_options set choices = $1 where product_id = $2 and position = $3";
    Sql::new(sql, [choices.into(), product_id.into(), position.into()]).execute(conn).await?;
    Ok(())
}

/// Brings what a product's row keeps of its variants up to date: the price of the cheapest one, and how many can be bought.
///
/// # Errors
/// What the database says.
pub async fn refresh_prices(conn: &impl ConnectionTrait, product_id: Uuid) -> Result<(), Error> {
    refresh_prices_of(conn, &[product_id]).await
}

/// The same for several products. Their rows must be locked, or be one.
///
/// # Errors
/// What the database says.
pub async fn refresh_prices_of(conn: &impl ConnectionTrait, products: &[Uuid]) -> Result<(), Error> {
    let mut sql = Sql::new(
        "update products set \
         price_amount = coalesce((select v.price_amount from variants v where v.product_id = products.id and v.deleted_at is null \
         order by v.price_amount, v.position, v.id limit 1), price_amount), \
         compare_at_amount = (select v.compare_at_amount from variants v where v.product_id = products.id and v.deleted_at is null \
         order by v.price_amount, v.position, v.id limit 1), \
         sellable_variants = (select cast(count(*) as integer) from variants v \
         where v.product_id = products.id and v.deleted_at is null and v.stock > 0) where id in ",
        [],
    );
    sql.bind_list(products.iter().copied());
    sql.execute(conn).await?;
    Ok(())
}
