//! Reviews: one a person and product, counted in the product's rating while they are visible.
//!
//! Whatever changes a rating takes the product's row first: two who review one product do so one after the other,
//! and nobody waits for somebody who waits for him.

use novashop_db::{
    self as db, ConnectionTrait,
    reviews::{Filter, Position, Review as Row},
};
use novashop_types::{
    ErrorCode, Page, ProductId, ReviewId, Timestamp, UserId,
    audit::AuditAction,
    catalogue::ProductStatus,
    reviews::{ListedReview, OwnReviews, Review, ReviewAnswer, ReviewAnswerPut, ReviewCreate, ReviewPage, ReviewPatch, ReviewSort},
};
use serde_json::{Value, json};
use uuid::Uuid;

/// Which of all reviews staff look for.
pub use novashop_db::reviews::LatestFilter;

use crate::{Actor, Context, Error, Result, audit, orders::Part, outbox, products, stats::product_ref};

/// Which reviews are asked for.
#[derive(Debug, Clone, Copy)]
pub struct Query<'a> {
    /// In which order.
    pub sort: ReviewSort,
    /// Those with this rating only.
    pub rating: Option<i32>,
    /// Hidden ones too; for staff.
    pub with_hidden: bool,
    /// How many.
    pub limit: u32,
    /// Where to go on.
    pub cursor: Option<&'a str>,
    /// Whether to count all of them.
    pub include_total: bool,
}

/// The reviews of a product. Two statements.
///
/// # Errors
/// `invalid_cursor`.
pub async fn list(ctx: &Context, product: ProductId, query: &Query<'_>) -> Result<ReviewPage> {
    let Query { sort, rating, with_hidden, limit, .. } = *query;
    let described = format!("reviews {product} sort={sort:?} rating={rating:?} hidden={with_hidden}");
    let after: Option<Position> = query.cursor.map(|cursor| ctx.cursors.open(&described, cursor)).transpose()?;
    let conn = ctx.db.reader();
    let rows = db::reviews::list(conn, &Filter { product, rating, with_hidden }, sort, after, limit.saturating_add(1)).await?;
    let mut histogram = [0; 5];
    let mut total = 0;
    for count in db::reviews::count_by_rating(conn, product).await? {
        if let Some(place) = usize::try_from(count.rating - 1).ok().and_then(|place| histogram.get_mut(place)) {
            *place = count.visible;
        }
        if rating.is_none_or(|rating| rating == count.rating) {
            total += if with_hidden { count.every } else { count.visible };
        }
    }
    let total = query.include_total.then(|| u64::try_from(total).unwrap_or_default());
    let page: Page<Row> = ctx.cursors.page(&described, rows, limit, total, |row| position(sort, row));
    Ok(ReviewPage { page: page.map(wire), histogram })
}

fn position(sort: ReviewSort, row: &Row) -> Position {
    let value = match sort {
        ReviewSort::Newest => 0,
        ReviewSort::Highest | ReviewSort::Lowest => i64::from(row.rating),
        ReviewSort::Helpful => row.helpful_count,
    };
    (value, row.created_at, row.id)
}

/// All reviews, newest first, each with its product: for staff. Two statements.
///
/// # Errors
/// `invalid_cursor`.
pub async fn list_latest(ctx: &Context, filter: &LatestFilter, part: Part<'_>) -> Result<Page<ListedReview>> {
    let query = format!("all reviews {filter:?}");
    let after: Option<(i64, Uuid)> = part.cursor.map(|cursor| ctx.cursors.open(&query, cursor)).transpose()?;
    let conn = ctx.db.reader();
    let rows = db::reviews::list_latest(conn, filter, after, part.limit.saturating_add(1)).await?;
    let total = if part.total { u64::try_from(db::reviews::count_latest(conn, filter).await?).ok() } else { None };
    let page = ctx.cursors.page(&query, rows, part.limit, total, |row| (row.created_at, row.id));
    let ids: Vec<ProductId> = page.items.iter().map(|row| ProductId(row.product_id)).collect();
    let products = products::summaries(ctx, conn, &ids, false).await?;
    let listed = |row: Row| {
        let product = products.get(&ProductId(row.product_id)).cloned().map(product_ref)?;
        Some(ListedReview { review: wire(row), product })
    };
    Ok(Page { items: page.items.into_iter().filter_map(listed).collect(), next_cursor: page.next_cursor, total: page.total })
}

/// So many votes of one person are told at most: nobody has pressed more on one page.
const HELPFUL: u32 = 1000;

/// What the reviews of a product have to do with a person. Two statements.
///
/// # Errors
/// Those of the database.
pub async fn own(ctx: &Context, actor: &Actor, product: ProductId) -> Result<OwnReviews> {
    let conn = ctx.db.reader();
    let review = db::reviews::find_of(conn, product, actor.user_id).await?.map(wire);
    Ok(OwnReviews { review, helpful: db::reviews::list_helpful(conn, product, actor.user_id, HELPFUL).await? })
}

/// What a person wrote, hidden reviews included.
///
/// # Errors
/// Those of the database.
pub async fn list_for_user(ctx: &Context, user: UserId) -> Result<Vec<Review>> {
    Ok(db::reviews::list_by_user(ctx.db.reader(), user).await?.into_iter().map(wire).collect())
}

/// The review that a person may see: a visible one of a published product, one's own, or for staff any.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Context, actor: &Actor, id: &str) -> Result<ReviewId> {
    let id: ReviewId = id.parse().map_err(|_| Error::not_found("review"))?;
    seen_by(ctx.db.reader(), actor, id).await.map(|row| ReviewId(row.id))
}

/// The review that a person may change: one's own, or for staff any. Somebody else's is not found.
///
/// # Errors
/// `not_found`.
pub async fn find_own(ctx: &Context, actor: &Actor, id: &str) -> Result<ReviewId> {
    let id: ReviewId = id.parse().map_err(|_| Error::not_found("review"))?;
    changeable_by(ctx.db.reader(), actor, id).await.map(|row| ReviewId(row.id))
}

async fn any(conn: &impl ConnectionTrait, id: ReviewId) -> Result<Row> {
    db::reviews::find(conn, id).await?.ok_or_else(|| Error::not_found("review"))
}

async fn seen_by(conn: &impl ConnectionTrait, actor: &Actor, id: ReviewId) -> Result<Row> {
    let row = any(conn, id).await?;
    let public = !row.hidden && row.product_status == ProductStatus::Published.as_str();
    if public || actor.is_staff() || is_author(actor, &row) { Ok(row) } else { Err(Error::not_found("review")) }
}

async fn changeable_by(conn: &impl ConnectionTrait, actor: &Actor, id: ReviewId) -> Result<Row> {
    let row = any(conn, id).await?;
    if actor.is_staff() || is_author(actor, &row) { Ok(row) } else { Err(Error::not_found("review")) }
}

fn is_author(actor: &Actor, row: &Row) -> bool {
    row.user_id == Some(actor.user_id.0)
}

/// Reviews a product.
///
/// # Errors
/// `already_reviewed`.
pub async fn create(ctx: &Context, actor: &Actor, product: ProductId, new: ReviewCreate) -> Result<Review> {
    let new = &new;
    ctx.db
        .write(async |tx| {
            let status = db::images::lock_product(tx, product).await?.ok_or_else(|| Error::not_found("product"))?;
            if status != ProductStatus::Published.as_str() && !actor.is_staff() {
                return Err(Error::not_found("product"));
            }
            let verified_purchase = db::reviews::has_received(tx, actor.user_id, product).await?;
            let now = ctx.now().0;
            let id = ReviewId(ctx.new_id());
            let row = db::reviews::NewReview {
                id: id.0,
                product_id: product.0,
                user_id: Some(actor.user_id.0),
                rating: new.rating,
                title: new.title.trim().to_owned(),
                body: new.text.trim().to_owned(),
                verified_purchase,
                helpful_count: 0,
                hidden: false,
                answer: None,
                answered_at: None,
                created_at: now,
                updated_at: now,
            };
            db::reviews::insert(tx, row).await.map_err(already_reviewed)?;
            count(ctx, tx, product, (0, 0), (i64::from(new.rating), 1)).await?;
            any(tx, id).await.map(wire)
        })
        .await
}

fn already_reviewed(error: db::Error) -> Error {
    if error.is_unique("reviews", "product_id") { Error::code(ErrorCode::AlreadyReviewed) } else { error.into() }
}

/// Changes a review: its author what it says, staff whether it is seen.
///
/// # Errors
/// `forbidden` where it is not for this person to change that.
pub async fn update(ctx: &Context, actor: &Actor, id: ReviewId, patch: ReviewPatch) -> Result<Review> {
    let patch = &patch;
    ctx.db
        .write(async |tx| {
            let mut row = lock(tx, actor, id).await?;
            let says = patch.rating.is_some() || patch.title.is_some() || patch.text.is_some();
            if says && !is_author(actor, &row) {
                return Err(Error::refused(ErrorCode::Forbidden, "Only its author can change what a review says; staff can hide it."));
            }
            if patch.hidden.is_some() && !actor.is_staff() {
                return Err(Error::refused(ErrorCode::Forbidden, "Only staff can hide a review or show it again."));
            }
            let before = counted(&row);
            let was_hidden = row.hidden;
            row.rating = patch.rating.unwrap_or(row.rating);
            row.title = patch.title.as_ref().map_or(row.title, |title| title.trim().to_owned());
            row.body = patch.text.as_ref().map_or(row.body, |text| text.trim().to_owned());
            row.hidden = patch.hidden.unwrap_or(row.hidden);
            if says {
                row.updated_at = ctx.now().0;
            }
            db::reviews::update(tx, &row).await?;
            count(ctx, tx, ProductId(row.product_id), before, counted(&row)).await?;
            if row.hidden != was_hidden {
                let action = if row.hidden { AuditAction::ReviewHidden } else { AuditAction::ReviewShown };
                note(ctx, tx, actor, action, &row, json!({})).await?;
            }
            Ok(wire(row))
        })
        .await
}

/// Deletes a review and its votes; for its author and for staff.
///
/// # Errors
/// `not_found`.
pub async fn delete(ctx: &Context, actor: &Actor, id: ReviewId) -> Result<()> {
    ctx.db
        .write(async |tx| {
            let row = lock(tx, actor, id).await?;
            if row.hidden && !actor.is_staff() {
                // Its words go, its place stays taken: who could delete what staff hid could write it again.
                return db::reviews::blank(tx, id).await.map_err(Error::from);
            }
            db::reviews::delete(tx, id).await?;
            count(ctx, tx, ProductId(row.product_id), counted(&row), (0, 0)).await?;
            if !is_author(actor, &row) {
                // Not its words: they are personal data, which somebody may ask to have erased.
                note(ctx, tx, actor, AuditAction::ReviewDeleted, &row, json!({"rating": row.rating})).await?;
            }
            Ok(())
        })
        .await
}

/// Finds a review helpful, or does not any more. Once a person: saying it again changes nothing.
///
/// # Errors
/// `not_found`, `conflict` where it is one's own.
pub async fn vote(ctx: &Context, actor: &Actor, id: ReviewId, helpful: bool) -> Result<()> {
    ctx.db
        .write(async |tx| {
            let row = seen_by(tx, actor, id).await?;
            if is_author(actor, &row) {
                return Err(Error::refused(ErrorCode::Conflict, "This is your own review: others say whether it is helpful."));
            }
            if !helpful {
                if db::reviews::delete_vote(tx, id, actor.user_id).await? {
                    db::reviews::add_to_helpful(tx, id, -1).await?;
                    changed(ctx, tx, row.product_id).await?;
                }
                return Ok(());
            }
            // The review may have been deleted since it was read.
            let gone = |error| if matches!(error, db::Error::ForeignKey(_)) { Error::not_found("review") } else { error.into() };
            if db::reviews::insert_vote(tx, id, actor.user_id, ctx.now().0).await.map_err(gone)? {
                db::reviews::add_to_helpful(tx, id, 1).await?;
                changed(ctx, tx, row.product_id).await?;
            }
            Ok(())
        })
        .await
}

/// Answers a review for the shop; an empty text takes the answer back.
///
/// # Errors
/// `not_found`.
pub async fn answer(ctx: &Context, actor: &Actor, id: ReviewId, answer: ReviewAnswerPut) -> Result<Review> {
    let text = answer.text.trim();
    let text = (!text.is_empty()).then_some(text);
    ctx.db
        .write(async |tx| {
            let mut row = any(tx, id).await?;
            row.answer = text.map(str::to_owned);
            row.answered_at = text.map(|_| ctx.now().0);
            db::reviews::update_answer(tx, id, text, row.answered_at).await?;
            changed(ctx, tx, row.product_id).await?;
            let action = if text.is_some() { AuditAction::ReviewAnswered } else { AuditAction::AnswerWithdrawn };
            note(ctx, tx, actor, action, &row, json!({})).await?;
            Ok(wire(row))
        })
        .await
}

/// A review that this person may change, once its product's row is ours: read again, because it may have changed while we waited.
async fn lock(tx: &impl ConnectionTrait, actor: &Actor, id: ReviewId) -> Result<Row> {
    let row = changeable_by(tx, actor, id).await?;
    db::images::lock_product(tx, ProductId(row.product_id)).await?;
    changeable_by(tx, actor, id).await
}

/// What a review adds to its product's rating: its sum and its count.
fn counted(row: &Row) -> (i64, i64) {
    if row.hidden { (0, 0) } else { (i64::from(row.rating), 1) }
}

/// Brings the product's rating up to date, and tells those who show it.
async fn count(ctx: &Context, tx: &impl ConnectionTrait, product: ProductId, before: (i64, i64), after: (i64, i64)) -> Result<()> {
    if before == after {
        return changed(ctx, tx, product.0).await;
    }
    db::reviews::add_to_rating(tx, product, after.0 - before.0, after.1 - before.1).await?;
    outbox::event(ctx, tx, "product.updated", json!({"product_id": product})).await
}

/// Tells those who show the reviews of a product, but not its rating, that they changed.
async fn changed(ctx: &Context, tx: &impl ConnectionTrait, product: Uuid) -> Result<()> {
    outbox::event(ctx, tx, "review.updated", json!({"product_id": product})).await
}

/// Tells those who show what somebody wrote that the author is called otherwise, or is gone.
pub(crate) async fn author_changed(ctx: &Context, tx: &impl ConnectionTrait, author: UserId) -> Result<()> {
    let written = db::reviews::list_by_user(tx, author).await?;
    let events = written.iter().map(|row| ("review.updated", json!({"product_id": row.product_id}))).collect();
    outbox::events(ctx, tx, events).await
}

async fn note(ctx: &Context, tx: &impl ConnectionTrait, actor: &Actor, action: AuditAction, row: &Row, mut details: Value) -> Result<()> {
    if let Some(details) = details.as_object_mut() {
        details.insert("product_id".into(), json!(row.product_id));
    }
    audit::record(ctx, tx, Some(actor), action, ("review", row.id), details).await
}

fn wire(row: Row) -> Review {
    Review {
        id: ReviewId(row.id),
        product_id: ProductId(row.product_id),
        author: row.author,
        rating: row.rating,
        title: row.title,
        text: row.body,
        verified_purchase: row.verified_purchase,
        helpful_count: row.helpful_count,
        answer: row.answer.zip(row.answered_at).map(|(text, at)| ReviewAnswer { text, answered_at: Timestamp(at) }),
        hidden: row.hidden,
        created_at: Timestamp(row.created_at),
        updated_at: Timestamp(row.updated_at),
    }
}
