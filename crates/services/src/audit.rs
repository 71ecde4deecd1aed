//! Who changed what, when.

use std::collections::HashMap;

use novashop_db::{
    self as db, ConnectionTrait,
    audit::Entry,
    audit_subjects::Subject,
    product_filters::{self, Order},
};
use novashop_types::{
    Page, Timestamp,
    audit::{AuditAction, AuditActor, AuditEntry},
};
use serde_json::Value;
use uuid::Uuid;

use crate::{Actor, Context, Result, orders::Part};

/// What can be changed and has an id of its own.
const KINDS: [&str; 9] = ["product", "variant", "category", "order", "review", "user", "mail", "import", "job"];

/// So many products are looked for by the words of their names: those that fit best.
const PRODUCTS: u32 = 100;

/// Writes an entry in the transaction of the change. Details never hold passwords, tokens or links.
///
/// # Errors
/// Those of the database.
pub async fn record(
    ctx: &Context,
    tx: &impl ConnectionTrait,
    actor: Option<&Actor>,
    action: AuditAction,
    subject: (&str, impl ToString),
    details: Value,
) -> Result<()> {
    let (kind, id) = subject;
    let actor = actor.map(|actor| actor.user_id.0);
    db::audit::insert(tx, ctx.new_id(), actor, action.as_str(), kind, &id.to_string(), details, ctx.now().0).await?;
    Ok(())
}

/// Which entries are asked for.
#[derive(Debug, Clone, Copy)]
pub struct Query<'a> {
    /// What was done to what is called so, or has this id.
    pub q: Option<&'a str>,
    /// Where this was done.
    pub action: Option<AuditAction>,
    /// What this account did: its id, its username or its address.
    pub actor: Option<&'a str>,
}

/// Who changed what, newest first. Two statements; one more for the actor, two for the words.
///
/// # Errors
/// `invalid_cursor`.
pub async fn list(ctx: &Context, query: &Query<'_>, part: Part<'_>) -> Result<Page<AuditEntry>> {
    let described = format!("audit {query:?}");
    let after = part.cursor.map(|cursor| ctx.cursors.open(&described, cursor)).transpose()?;
    let conn = ctx.db.reader();
    let actor = match query.actor {
        None => None,
        Some(name) => match account(conn, name).await? {
            // Nobody of that name has changed anything.
            None => return Ok(Page { items: Vec::new(), next_cursor: None, total: part.total.then_some(0) }),
            found => found,
        },
    };
    let subjects = match query.q.map(str::trim).filter(|q| !q.is_empty()) {
        Some(q) => Some(called(conn, q).await?),
        None => None,
    };
    let filter = db::audit::Filter { actor, action: query.action.map(AuditAction::as_str), subjects };
    let rows = db::audit::list(conn, &filter, after, part.limit.saturating_add(1)).await?;
    let total = if part.total { Some(db::audit::count(conn, &filter).await?) } else { None };
    let page = ctx.cursors.page(&described, rows, part.limit, total, |row| (row.created_at, row.id));
    let names = names(conn, &page.items).await?;
    Ok(page.map(|row| wire(row, &names)))
}

async fn account(conn: &impl ConnectionTrait, name: &str) -> Result<Option<Uuid>> {
    match Uuid::parse_str(name) {
        Ok(id) => Ok(Some(id)),
        Err(_) => Ok(db::users::find_by_login(conn, &name.trim().to_lowercase()).await?.map(|user| user.id)),
    }
}

/// What somebody may mean by these words.
async fn called(conn: &impl ConnectionTrait, q: &str) -> Result<Vec<Subject>> {
    let mut subjects = db::audit_subjects::find(conn, q).await?;
    let products = product_filters::Filter { words: Some(db::product_search::words(q)), ..product_filters::Filter::default() };
    let products = product_filters::list(conn, &products, Order::Relevance, None, PRODUCTS).await?;
    subjects.extend(products.into_iter().map(|listed| Subject { kind: "product".to_owned(), id: listed.summary.id.to_string() }));
    // Nothing but its name tells a file, and an id may be that of anything.
    subjects.push(Subject { kind: "file".to_owned(), id: q.to_owned() });
    if let Ok(id) = Uuid::parse_str(q) {
        subjects.extend(KINDS.map(|kind| Subject { kind: kind.to_owned(), id: id.to_string() }));
    }
    Ok(subjects)
}

type Names = HashMap<(String, Uuid), String>;

async fn names(conn: &impl ConnectionTrait, rows: &[Entry]) -> Result<Names> {
    let things: Vec<(&str, Uuid)> = rows.iter().filter_map(|row| Some((row.subject_kind.as_str(), Uuid::parse_str(&row.subject_id).ok()?))).collect();
    let names = db::audit_subjects::list_names(conn, &things).await?;
    Ok(names.into_iter().map(|named| ((named.kind, named.id), named.name)).collect())
}

/// What is gone is called as it was when it was made or went, where the entry says so.
fn name_of(row: &Entry, names: &Names) -> Option<String> {
    if row.subject_kind == "file" {
        return Some(row.subject_id.clone());
    }
    let now = Uuid::parse_str(&row.subject_id).ok().and_then(|id| names.get(&(row.subject_kind.clone(), id)).cloned());
    now.or_else(|| ["name", "file_name"].iter().find_map(|key| row.details.get(key)?.as_str().map(str::to_owned)))
}

fn wire(row: Entry, names: &Names) -> AuditEntry {
    AuditEntry {
        id: row.id.into(),
        subject_name: name_of(&row, names),
        actor: row.actor_id.map(|id| AuditActor { id: id.into(), username: row.actor_name }),
        action: row.action,
        subject_kind: row.subject_kind,
        subject_id: row.subject_id,
        details: row.details,
        at: Timestamp(row.created_at),
    }
}
