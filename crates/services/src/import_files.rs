//! Files of products that staff hand in: kept with their row, brought in by a worker, as often as it takes.
//!
//! A worker takes a file up for a while and says again and again that it lives. One that dies stops saying so, and another one begins anew:
//! bringing a file in twice changes nothing, what was written before is found unchanged.

use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::Duration,
};

use bytes::Bytes;
use novashop_db::{
    self as db,
    import_files::{Claimed, End, Row},
};
use novashop_types::{
    ImportId, Page, Timestamp,
    audit::AuditAction,
    imports::{Import, ImportError, ImportStatus, MAX_IMPORT_ERRORS},
};
use serde_json::json;

use crate::{
    Actor, Context, Error, Result, audit,
    imports::{self, Format, NoFiles, Outcome, Parsed, RowError},
    jobs::{self, Job, Run},
};

/// After so long without a sign of life a worker counts as dead.
const CLAIM_SECONDS: i64 = 30;
/// How often it gives one.
const SIGN: Duration = Duration::from_secs(1);
/// A file over which the worker died so often is not tried again.
const MAX_ATTEMPTS: i64 = 5;
/// The longest name of a file that is kept.
const MAX_NAME: usize = 200;

/// So many imports without a job are looked for at once.
const ADOPTED: u32 = 100;

/// Keeps a file for the worker, and the job to bring it in.
///
/// # Errors
/// Those of the database.
pub async fn hand_in(ctx: &Context, actor: &Actor, file_name: &str, content: &Bytes) -> Result<Import> {
    let id = ctx.new_id();
    let name: String = file_name.chars().filter(|c| !c.is_control()).take(MAX_NAME).collect();
    let name = if name.trim().is_empty() { "products".to_owned() } else { name };
    let size = i64::try_from(content.len()).unwrap_or(i64::MAX);
    ctx.db
        .write(async |tx| {
            let row = Row {
                id,
                actor_id: Some(actor.user_id.0),
                status: ImportStatus::Queued.as_str().to_owned(),
                file_name: name.clone(),
                size,
                content: Some(content.to_vec()),
                format: None,
                rows_total: 0,
                rows_done: 0,
                products_created: 0,
                products_updated: 0,
                products_unchanged: 0,
                error_count: 0,
                errors: json!([]),
                failure: None,
                attempts: 0,
                claimed_until: 0,
                created_at: ctx.now().0,
                finished_at: None,
            };
            db::import_files::insert(tx, row).await?;
            enqueue(ctx, tx, ImportId(id)).await?;
            audit::record(ctx, tx, Some(actor), AuditAction::ImportHandedIn, ("import", id), json!({"file_name": name, "size": size})).await?;
            db::import_files::find(tx, id).await?.map(wire).ok_or_else(no_import)
        })
        .await
}

async fn enqueue(ctx: &Context, tx: &impl db::ConnectionTrait, import_id: ImportId) -> Result<bool> {
    jobs::enqueue_once(ctx, tx, Job::Import { import_id }, &format!("import:{import_id}")).await
}

/// Writes jobs for files that wait without one: they were handed in to an older version of the program, or came out of its backup.
///
/// # Errors
/// Those of the database.
pub async fn adopt(ctx: &Context) -> Result<()> {
    for id in db::import_files::list_due(ctx.db.reader(), ctx.now().0, ADOPTED).await? {
        enqueue(ctx, ctx.db.writer(), ImportId(id)).await?;
    }
    Ok(())
}

/// An import, with its bad rows.
///
/// # Errors
/// `not_found`.
pub async fn get(ctx: &Context, id: &str) -> Result<Import> {
    let id: ImportId = id.parse().map_err(|_| no_import())?;
    db::import_files::find(ctx.db.reader(), id.0).await?.map(wire).ok_or_else(no_import)
}

/// Imports, newest first.
///
/// # Errors
/// `invalid_cursor`.
pub async fn list(ctx: &Context, cursor: Option<&str>, limit: u32, include_total: bool) -> Result<Page<Import>> {
    let after = cursor.map(|cursor| ctx.cursors.open("imports", cursor)).transpose()?;
    let rows = db::import_files::list(ctx.db.reader(), after, limit + 1).await?;
    let total = if include_total { Some(db::import_files::count(ctx.db.reader()).await?) } else { None };
    Ok(ctx.cursors.page("imports", rows, limit, total, |row| (row.created_at, row.id)).map(wire))
}

/// Brings a file in; later, where some worker has it in hand.
///
/// # Errors
/// Those of the database. The file is tried again then.
pub async fn run(ctx: &Context, id: ImportId) -> Result<Run> {
    let Some(claimed) = db::import_files::claim(ctx.db.writer(), id.0, ctx.now().0, until(ctx)).await? else {
        // Whoever has it may die over it.
        let until = db::import_files::claimed_until(ctx.db.reader(), id.0).await?;
        return Ok(until.map_or(Run::Done, |until| Run::Later(Timestamp(until))));
    };
    let done = Done::default();
    let end = tokio::select! {
        end = bring_in(ctx, &claimed, &done) => end?,
        lost = signs_of_life(ctx, &claimed, &done) => return lost.map(|()| Run::Later(Timestamp(until(ctx)))),
        () = ctx.stopping.wait() => {
            db::import_files::release(ctx.db.writer(), &claimed).await?;
            return Ok(Run::Later(ctx.now()));
        }
    };
    db::import_files::finish(ctx.db.writer(), &claimed, end, ctx.now().0).await?;
    Ok(Run::Done)
}

fn until(ctx: &Context) -> i64 {
    ctx.now().plus_seconds(CLAIM_SECONDS).0
}

/// How far a worker is.
#[derive(Debug, Default)]
struct Done {
    rows: AtomicI64,
    of: AtomicI64,
}

/// Says how far it is until somebody else has taken the file up.
async fn signs_of_life(ctx: &Context, claimed: &Claimed, done: &Done) -> Result<()> {
    loop {
        tokio::time::sleep(SIGN).await;
        let (rows, of) = (done.rows.load(Ordering::Relaxed), done.of.load(Ordering::Relaxed));
        if !db::import_files::update_progress(ctx.db.writer(), claimed, rows, of, until(ctx)).await? {
            tracing::warn!(import.id = %claimed.id, "another worker has taken the import up");
            return Ok(());
        }
    }
}

async fn bring_in(ctx: &Context, claimed: &Claimed, done: &Done) -> Result<End> {
    if claimed.attempts > MAX_ATTEMPTS {
        return Ok(failed(format!("The import broke off {MAX_ATTEMPTS} times and is not tried again; what was brought in by then stays.")));
    }
    let (content, currency) = (claimed.content.clone().unwrap_or_default(), ctx.shop.currency);
    // Reading ten megabytes takes a while: it must not hold up what else the worker does.
    let parsed = tokio::task::spawn_blocking(move || imports::parse(&content, currency)).await;
    let parsed = match parsed.map_err(|error| Error::internal("reading an import", error))? {
        Ok(parsed) => parsed,
        Err(unreadable) => return Ok(failed(unreadable.to_string())),
    };
    let (format, refused, good) = (parsed.format, count(parsed.refused.len()), count(parsed.products.len()));
    // Bad rows of the reading are dealt with already.
    done.of.store(good + refused, Ordering::Relaxed);
    done.rows.store(refused, Ordering::Relaxed);
    let progress = |what: &str, products: usize, _of: usize| {
        if what == "products" {
            done.rows.store(refused + count(products), Ordering::Relaxed);
        }
    };
    let outcome = apply(ctx, claimed, parsed, &progress).await?;
    Ok(end(format, good + refused, &outcome))
}

async fn apply(ctx: &Context, claimed: &Claimed, parsed: Parsed, progress: &imports::Progress<'_>) -> Result<Outcome> {
    imports::apply(ctx, &claimed.file_name, parsed, &NoFiles, progress).await
}

fn end(format: Format, rows_total: i64, outcome: &Outcome) -> End {
    let error = |row: &RowError| ImportError { line: row.line, reason: row.reason.clone() };
    let kept: Vec<ImportError> = outcome.refused.iter().take(MAX_IMPORT_ERRORS).map(error).collect();
    End {
        status: ImportStatus::Done.as_str(),
        format: Some(word(format).to_owned()),
        rows_total,
        products_created: count(outcome.created),
        products_updated: count(outcome.updated),
        products_unchanged: count(outcome.unchanged),
        error_count: count(outcome.refused.len()),
        errors: json!(kept),
        failure: None,
    }
}

fn failed(why: String) -> End {
    End { status: ImportStatus::Failed.as_str(), errors: json!([]), failure: Some(why), ..End::default() }
}

const fn word(format: Format) -> &'static str {
    match format {
        Format::Novashop => "novashop",
        Format::DummyJson => "dummyjson",
        Format::Shopify => "shopify",
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn wire(row: db::import_files::Import) -> Import {
    let number = |number: i64| u64::try_from(number).unwrap_or_default();
    Import {
        id: ImportId(row.id),
        status: ImportStatus::parse(&row.status).unwrap_or(ImportStatus::Queued),
        file_name: row.file_name,
        size: number(row.size),
        format: row.format,
        rows_total: number(row.rows_total),
        rows_done: number(row.rows_done),
        products_created: number(row.products_created),
        products_updated: number(row.products_updated),
        products_unchanged: number(row.products_unchanged),
        error_count: number(row.error_count),
        errors: serde_json::from_value(row.errors).unwrap_or_default(),
        failure: row.failure,
        created_at: Timestamp(row.created_at),
        finished_at: row.finished_at.map(Timestamp),
    }
}

fn no_import() -> Error {
    Error::not_found("import")
}
