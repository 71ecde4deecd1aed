//! Whether the shop's data are what they must be: every check over one snapshot, and then the files, while the shop goes on.

use futures_util::{StreamExt, stream};
use novashop_db::{
    self as db, DatabaseTransaction,
    checks::{Found, Level, NAMED, Row},
};
use novashop_types::{ImageId, ProductId};
use object_store::ObjectStoreExt;
use serde::Serialize;

use crate::{Context, Result, images};

/// Pictures that are read from the database at a time.
const PICTURES: u32 = 500;
/// Files that are asked for at a time: a store far away answers many as fast as one.
const FILES_AT_ONCE: usize = 16;

/// A row for which a check does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Broken {
    /// Its id; none where the table has none.
    pub id: Option<String>,
    /// What people call it: an order's number, a SKU, a slug.
    pub label: String,
    /// What it says.
    pub actual: String,
    /// What it should say.
    pub expected: String,
}

/// A check and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// A short name that stays.
    pub name: String,
    /// What must be true, as a sentence.
    pub rule: String,
    /// The table whose rows were looked at.
    pub table: String,
    /// Whether it only warns: the data are right, but something did not happen that should have.
    pub warning: bool,
    /// How many rows were looked at.
    pub looked_at: i64,
    /// How many are broken.
    pub broken: i64,
    /// The first hundred of them.
    pub rows: Vec<Broken>,
}

/// What all checks found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Whether nothing is broken; warnings do not count.
    pub ok: bool,
    /// Every check, in the order it ran.
    pub checks: Vec<Check>,
}

impl Report {
    fn new(checks: Vec<Check>) -> Self {
        Self { ok: checks.iter().all(|check| check.warning || check.broken == 0), checks }
    }
}

/// Runs every check over one state of the database, and then looks for the files of the pictures. Reads only, and keeps nobody waiting.
///
/// # Errors
/// Those of the database. A store of pictures that is away is a warning.
pub async fn run(ctx: &Context) -> Result<Report> {
    let mut checks = ctx.db.snapshot(async |tx| run_in(ctx, tx).await).await?.checks;
    // Afterwards: a store far away takes its time, and as long as a snapshot stands the database keeps everything that it might still show.
    let found = missing_files(ctx).await?;
    checks.push(outcome("picture_has_its_files", "Every picture's files are in the store", "images", Level::Warning, found));
    Ok(Report::new(checks))
}

/// What is true of the database alone, inside a transaction of the caller's.
///
/// # Errors
/// Those of the database.
pub async fn run_in(ctx: &Context, tx: &DatabaseTransaction) -> Result<Report> {
    let mut done: Vec<Check> = Vec::new();
    for check in db::checks::all(ctx.db.backend(), ctx.now().0) {
        let found = check.run(tx).await?;
        done.push(outcome(check.name, check.rule, check.table, check.level, found));
    }
    for reference in db::checks::references(tx).await? {
        let found = db::checks::orphans(tx, &reference).await?;
        let name = format!("{}.{}_points_at_a_row", reference.child, reference.child_column);
        let rule = format!("{} of {} points at a row of {}", reference.child_column, reference.child, reference.parent);
        done.push(outcome(name, rule, reference.child, Level::Broken, found));
    }
    Ok(Report::new(done))
}

fn outcome(name: impl Into<String>, rule: impl Into<String>, table: impl Into<String>, level: Level, found: Found) -> Check {
    let row = |row: Row| Broken { id: row.id.map(|id| id.to_string()), label: row.label, actual: row.actual, expected: row.expected };
    Check {
        name: name.into(),
        rule: rule.into(),
        table: table.into(),
        warning: level == Level::Warning,
        looked_at: found.looked_at,
        broken: found.broken,
        rows: found.rows.into_iter().map(row).collect(),
    }
}

/// The pictures whose files are not in the store. One that was deleted meanwhile is none of them: its files go after its row, and come before it.
async fn missing_files(ctx: &Context) -> Result<Found> {
    let mut found = Found { looked_at: 0, broken: 0, rows: Vec::new() };
    let mut after = None;
    loop {
        let pictures = db::images::list_after(ctx.db.reader(), after, PICTURES).await?;
        let Some(last) = pictures.last() else { return Ok(found) };
        after = Some(ImageId(last.id));
        let mut states = stream::iter(&pictures).map(|picture| missing_of(ctx, picture)).buffered(FILES_AT_ONCE);
        let mut suspects = pictures.iter();
        while let (Some(missing), Some(picture)) = (states.next().await, suspects.next()) {
            let missing = match missing {
                Ok(missing) => missing,
                // Whoever is away for this one is away for all.
                Err(away) => {
                    let (label, actual) = (format!("{} and all after it", picture.folder), format!("not to be looked at: {away}"));
                    found.broken += 1;
                    found.rows.push(Row { id: None, label, actual, expected: "in the store".into() });
                    return Ok(found);
                }
            };
            found.looked_at += 1;
            if missing.is_empty() || db::images::find(ctx.db.reader(), ProductId(picture.product_id), ImageId(picture.id)).await?.is_none() {
                continue;
            }
            found.broken += 1;
            if u64::try_from(found.rows.len()).is_ok_and(|named| named < NAMED) {
                let actual = format!("without {}", missing.join(", "));
                found.rows.push(Row { id: Some(picture.id), label: picture.folder.clone(), actual, expected: "all of its files".into() });
            }
        }
    }
}

/// The files of a picture that are not there.
async fn missing_of(ctx: &Context, picture: &db::images::Image) -> std::result::Result<Vec<String>, object_store::Error> {
    let mut missing = Vec::new();
    for width in images::numbers(&picture.widths) {
        match ctx.media.store.head(&images::path(&picture.folder, width)).await {
            Ok(_) => {}
            Err(object_store::Error::NotFound { .. }) => missing.push(format!("{width}.webp")),
            Err(error) => return Err(error),
        }
    }
    Ok(missing)
}
