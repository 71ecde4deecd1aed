//! Categories: the tree, and its changes by staff.

use std::collections::HashMap;

use novashop_db::{
    self as db, ConnectionTrait,
    categories::{Counted, Key, Row},
    old_slugs::Named,
};
use novashop_domain::slugs;
use novashop_types::{
    CategoryId, ErrorCode,
    audit::AuditAction,
    catalogue::{Category, CategoryCreate, CategoryPatch, CategoryTree},
};
use serde_json::json;
use uuid::Uuid;

use crate::{Actor, Context, Error, Result, audit, outbox};

/// Nothing lies deeper: a ring in the table, which there never should be, ends here.
const MAX_DEPTH: usize = 64;

/// The whole tree with its counts. One statement.
///
/// # Errors
/// Those of the database.
pub async fn tree(ctx: &Context) -> Result<CategoryTree> {
    Ok(CategoryTree { items: grow(&db::categories::list_counted(ctx.db.reader()).await?, None) })
}

/// A category with all that lies below it, also by a slug that it had before. One statement, two more for an old slug.
///
/// # Errors
/// `not_found`.
pub async fn get(ctx: &Context, id_or_slug: &str) -> Result<Category> {
    let (conn, key) = (ctx.db.reader(), Key::parse(id_or_slug));
    match look(conn, &key).await? {
        Some(category) => Ok(category),
        None => read(conn, &by_old_slug(conn, &key).await?).await,
    }
}

async fn by_old_slug(conn: &impl ConnectionTrait, key: &Key) -> Result<Key> {
    let id = match key {
        Key::Slug(slug) => db::old_slugs::find(conn, Named::Category, slug).await?,
        Key::Id(_) => None,
    };
    id.map(Key::Id).ok_or_else(|| Error::not_found("category"))
}

/// The id of a category.
///
/// # Errors
/// `not_found`.
pub async fn find_category(ctx: &Context, id_or_slug: &str) -> Result<CategoryId> {
    let row = db::categories::find(ctx.db.reader(), &Key::parse(id_or_slug)).await?;
    row.map(|row| CategoryId(row.id)).ok_or_else(|| Error::not_found("category"))
}

/// Makes a category.
///
/// # Errors
/// `slug_taken`; a parent that is not there.
pub async fn create(ctx: &Context, actor: &Actor, create: CategoryCreate) -> Result<Category> {
    ctx.db.write(async |tx| create_in(ctx, tx, actor, &create).await).await
}

async fn create_in(ctx: &Context, tx: &impl ConnectionTrait, actor: &Actor, create: &CategoryCreate) -> Result<Category> {
    let parent_id = create.parent_id.map(|id| id.0);
    check_parent(tx, parent_id).await?;
    let slug = match &create.slug {
        Some(slug) => slug.clone(),
        None => {
            let wanted = slugs::from_name(&create.name, "category");
            db::categories::lock_name(tx, &wanted).await?;
            free_slug(&wanted, &db::categories::list_slugs(tx, &wanted).await?)
        }
    };
    let now = ctx.now().0;
    let row = Row {
        id: ctx.new_id(),
        parent_id,
        slug,
        name: create.name.trim().to_owned(),
        description: create.description.clone(),
        image_key: None,
        position: db::categories::next_position(tx, parent_id).await?,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    let id = row.id;
    db::categories::insert(tx, row).await.map_err(|error| match error {
        // The parent was there a moment ago.
        db::Error::ForeignKey(_) => unknown_parent(),
        error => slug_error(error, "categories", create.slug.as_deref()),
    })?;
    note(ctx, tx, actor, AuditAction::CategoryCreated, id, json!({})).await?;
    read(tx, &Key::Id(id)).await
}

/// Changes a category; with `version` only if it still has that one.
///
/// # Errors
/// `not_found`, `precondition_failed`, `slug_taken`; a parent that is not there or lies below the category.
pub async fn update(ctx: &Context, actor: &Actor, id: CategoryId, version: Option<i64>, patch: CategoryPatch) -> Result<Category> {
    ctx.db.write(async |tx| update_in(ctx, tx, actor, id.0, version, &patch).await).await
}

async fn update_in(
    ctx: &Context,
    tx: &impl ConnectionTrait,
    actor: &Actor,
    id: Uuid,
    version: Option<i64>,
    patch: &CategoryPatch,
) -> Result<Category> {
    if patch.parent_id.is_some() {
        db::categories::lock_tree(tx).await?;
    }
    let mut row = current(tx, id, version).await?;
    if let Some(parent_id) = patch.parent_id {
        let parent_id = parent_id.map(|id| id.0);
        check_parent(tx, parent_id).await?;
        if let Some(parent) = parent_id
            && db::categories::is_within(tx, parent, id).await?
        {
            return Err(Error::invalid_field("/parent_id", "circular", "must not be the category itself or one that lies in it"));
        }
        if row.parent_id != parent_id {
            row.position = db::categories::next_position(tx, parent_id).await?;
            row.parent_id = parent_id;
        }
    }
    let renamed = patch.name.as_ref().is_some_and(|name| name.trim() != row.name);
    if let Some(name) = &patch.name {
        row.name = name.trim().to_owned();
    }
    if let Some(slug) = &patch.slug {
        db::old_slugs::remember(tx, Named::Category, id, slug).await?;
        row.slug.clone_from(slug);
    }
    if let Some(description) = &patch.description {
        row.description.clone_from(description);
    }
    let written = db::categories::update(tx, &row, ctx.now().0).await;
    if !written.map_err(|error| slug_error(error, "categories", patch.slug.as_deref()))? {
        return Err(Error::code(ErrorCode::PreconditionFailed));
    }
    if renamed {
        // Its products are found by its name.
        db::products::refresh_search_of_category(tx, id).await?;
    }
    note(ctx, tx, actor, AuditAction::CategoryUpdated, id, given(patch)).await?;
    read(tx, &Key::Id(id)).await
}

/// Removes an empty category; with `version` only if it still has that one.
///
/// # Errors
/// `not_found`, `precondition_failed`, `category_not_empty`.
pub async fn delete(ctx: &Context, actor: &Actor, id: CategoryId, version: Option<i64>) -> Result<()> {
    let not_empty = || Error::code(ErrorCode::CategoryNotEmpty);
    ctx.db
        .write(async |tx| {
            let row = current(tx, id.0, version).await?;
            if db::categories::is_used(tx, id.0).await? {
                return Err(not_empty());
            }
            match db::categories::delete(tx, id.0, row.version).await {
                Ok(true) => note(ctx, tx, actor, AuditAction::CategoryDeleted, id.0, json!({"slug": row.slug, "name": row.name})).await,
                Ok(false) => Err(Error::code(ErrorCode::PreconditionFailed)),
                Err(db::Error::ForeignKey(_)) => Err(not_empty()),
                Err(error) => Err(error.into()),
            }
        })
        .await
}

/// The row of a category, held, if it still has the version that the caller saw.
async fn current(tx: &impl ConnectionTrait, id: Uuid, version: Option<i64>) -> Result<Row> {
    let row = db::categories::find_locked(tx, id).await?.ok_or_else(|| Error::not_found("category"))?;
    if version.is_some_and(|version| version != row.version) { Err(Error::code(ErrorCode::PreconditionFailed)) } else { Ok(row) }
}

async fn check_parent(tx: &impl ConnectionTrait, parent_id: Option<Uuid>) -> Result<()> {
    let Some(id) = parent_id else { return Ok(()) };
    db::categories::find(tx, &Key::Id(id)).await?.map(drop).ok_or_else(unknown_parent)
}

fn unknown_parent() -> Error {
    Error::invalid_field("/parent_id", "unknown", "must be the id of a category")
}

/// The first of `slug`, `slug-2`, `slug-3`, … that is not taken and does not look like an id.
pub(crate) fn free_slug(wanted: &str, taken: &[String]) -> String {
    let is_free = |slug: &String| !taken.contains(slug) && matches!(Key::parse(slug), Key::Slug(_));
    let wanted = wanted.to_owned();
    if is_free(&wanted) {
        return wanted;
    }
    (2_u32..).map(|n| format!("{wanted}-{n}")).find(is_free).unwrap_or(wanted)
}

/// A slug that somebody asked for is taken; one that we made was taken meanwhile, so the transaction is tried again.
pub(crate) fn slug_error(error: db::Error, table: &str, asked: Option<&str>) -> Error {
    match (error.is_unique(table, "slug"), asked) {
        (true, Some(slug)) => Error::refused(ErrorCode::SlugTaken, format!("The slug “{slug}” is taken.")),
        (true, None) => Error::Database(db::Error::Busy(error.into())),
        (false, _) => error.into(),
    }
}

/// The fields that a patch names, for the audit log.
pub(crate) fn given(patch: &impl serde::Serialize) -> serde_json::Value {
    serde_json::to_value(patch).unwrap_or_default()
}

async fn note(ctx: &Context, tx: &impl ConnectionTrait, actor: &Actor, action: AuditAction, id: Uuid, details: serde_json::Value) -> Result<()> {
    outbox::event(ctx, tx, "category.updated", json!({"category_id": id})).await?;
    audit::record(ctx, tx, Some(actor), action, ("category", id), details).await
}

async fn read(conn: &impl ConnectionTrait, key: &Key) -> Result<Category> {
    look(conn, key).await?.ok_or_else(|| Error::not_found("category"))
}

async fn look(conn: &impl ConnectionTrait, key: &Key) -> Result<Option<Category>> {
    let rows = db::categories::list_counted(conn).await?;
    let found = rows.iter().find(|row| match key {
        Key::Id(id) => row.id == *id,
        Key::Slug(slug) => row.slug == *slug,
    });
    Ok(found.map(|row| Below::new(&rows).wire(row, 0)))
}

fn grow(rows: &[Counted], parent_id: Option<Uuid>) -> Vec<Category> {
    Below::new(rows).children(parent_id, 0)
}

/// The rows by their parents.
struct Below<'a>(HashMap<Option<Uuid>, Vec<&'a Counted>>);

impl<'a> Below<'a> {
    fn new(rows: &'a [Counted]) -> Self {
        let mut below: HashMap<Option<Uuid>, Vec<&Counted>> = HashMap::new();
        for row in rows {
            below.entry(row.parent_id).or_default().push(row);
        }
        Self(below)
    }

    fn children(&self, parent_id: Option<Uuid>, depth: usize) -> Vec<Category> {
        if depth > MAX_DEPTH {
            return Vec::new();
        }
        self.0.get(&parent_id).into_iter().flatten().map(|row| self.wire(row, depth)).collect()
    }

    fn wire(&self, row: &Counted, depth: usize) -> Category {
        let children = self.children(Some(row.id), depth + 1);
        Category {
            id: CategoryId(row.id),
            slug: row.slug.clone(),
            name: row.name.clone(),
            description: row.description.clone(),
            image: row.image_key.as_ref().map(|key| format!("/media/{key}")),
            parent_id: row.parent_id.map(CategoryId),
            product_count: row.own_count + children.iter().map(|child| child.product_count).sum::<i64>(),
            version: row.version,
            children,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: u128, parent: Option<u128>, own_count: i64) -> Counted {
        Counted {
            id: Uuid::from_u128(id),
            parent_id: parent.map(Uuid::from_u128),
            slug: format!("c{id}"),
            name: String::new(),
            description: String::new(),
            image_key: None,
            version: 1,
            own_count,
        }
    }

    #[test]
    fn a_category_counts_what_lies_below_it() {
        let tree = grow(&[row(1, None, 1), row(2, Some(1), 2), row(3, Some(2), 4), row(4, None, 0)], None);
        assert_eq!(tree.iter().map(|c| c.product_count).collect::<Vec<_>>(), [7, 0]);
        assert_eq!(tree[0].children[0].children[0].slug, "c3");
    }

    #[test]
    fn the_first_free_slug_is_found() {
        let taken = ["mug".to_owned(), "mug-2".to_owned(), "mug-4".to_owned()];
        assert_eq!(free_slug("mug", &taken), "mug-3");
        assert_eq!(free_slug("cup", &taken), "cup");
    }
}
