//! What buyers think.

use novashop_services::{orders::Part, products, reviews};
use novashop_types::{
    ErrorCode, Page, Problem,
    reviews::{ListedReview, OwnReviews, Review, ReviewAnswerPut, ReviewCreate, ReviewPage, ReviewPatch, ReviewSort},
};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    Answer, Ctx, Failure,
    cache::{self, Fresh, Tag},
    extract::{Caller, Customer, Input, Staff},
    respond,
    routes::Route,
};

/// The addresses of this file.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![
        route!("/products/{id}/reviews", get => list_reviews, post => create_review),
        route!("/products/{id}/reviews/own", get => get_own_reviews),
        route!("/reviews/{id}", patch => update_review, delete => delete_review),
        route!("/reviews/{id}/helpful", put => vote_helpful, delete => unvote_helpful),
        route!("/reviews/{id}/answer", put => answer_review),
        route!("/admin/reviews", get => list_all_reviews),
    ]
}

/// What a list of reviews can be asked.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReviewsQuery {
    /// The order: with `lowest` the oldest of equal ratings come first, else the newest.
    #[serde(default)]
    #[param(inline, default = "newest")]
    sort: ReviewSort,
    /// Only those with this rating.
    #[param(minimum = 1, maximum = 5)]
    rating: Option<i32>,
    /// Hidden ones too; for staff.
    #[param(default = false)]
    hidden: Option<bool>,
    /// Entries on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u32>,
    /// Where to go on.
    cursor: Option<String>,
    /// Whether to count all of them.
    include_total: Option<bool>,
}

/// The reviews of a product
#[utoipa::path(get, path = "/api/v1/products/{id}/reviews", tag = "reviews", operation_id = "list_reviews",
    params(("id" = String, Path, description = "The product's id or slug"), ReviewsQuery),
    responses((status = 200, description = "A page, and how many gave which rating", body = ReviewPage), (status = 304, description = "You have it already"),
        (status = 403, description = "`forbidden`: `hidden` is for staff", body = Problem, content_type = "application/problem+json")))]
pub async fn list_reviews(ctx: Ctx, caller: Caller, input: Input) -> Answer {
    let product = products::find(&ctx, input.path("id"), caller.is_staff()).await?;
    let query: ReviewsQuery = input.query()?;
    let with_hidden = query.hidden.unwrap_or(false);
    if with_hidden && caller.0.is_none() {
        return Err(Failure::new(ErrorCode::Unauthorized, "Only staff see hidden reviews: sign in first."));
    }
    if with_hidden && !caller.is_staff() {
        return Err(Failure::new(ErrorCode::Forbidden, "Only staff see hidden reviews."));
    }
    if query.rating.is_some_and(|rating| !(1..=5).contains(&rating)) {
        return Err(Failure::new(ErrorCode::InvalidParameter, "`rating` must be from 1 to 5."));
    }
    let (limit, cursor, include_total) = (input.limit(query.limit)?, query.cursor.as_deref(), query.include_total.unwrap_or(false));
    let asked = reviews::Query { sort: query.sort, rating: query.rating, with_hidden, limit, cursor, include_total };
    if caller.is_staff() {
        // What staff see may be a draft's, or hidden: no cache may keep it for others.
        let found = reviews::list(&ctx, product, &asked).await?;
        return Ok(respond::page_of(&input, &found, found.page.next_cursor.as_deref()));
    }
    let load = async || {
        let found = reviews::list(&ctx, product, &asked).await?;
        Ok(Fresh::new(&found, [Tag::Reviews(product.0)])?.next(found.page.next_cursor.as_deref()))
    };
    Ok(cache::read(&input, false, format!("reviews {product} {asked:?}"), load).await?.answer(&input).await)
}

/// My part in the reviews of a product
///
/// The own review, also one that staff hid, and which reviews one found helpful. It is true now: no cache keeps it.
#[utoipa::path(get, path = "/api/v1/products/{id}/reviews/own", tag = "reviews", operation_id = "get_own_reviews",
    params(("id" = String, Path, description = "The product's id or slug")),
    responses((status = 200, description = "The review, where there is one, and the votes", body = OwnReviews)), security(("bearer" = [])))]
pub async fn get_own_reviews(ctx: Ctx, Customer(actor): Customer, input: Input) -> Answer {
    input.no_query()?;
    let product = products::find(&ctx, input.path("id"), actor.is_staff()).await?;
    Ok(respond::json(&reviews::own(&ctx, &actor, product).await?))
}

/// Review a product
///
/// Once a person and product. `verified_purchase` says whether the product was delivered to the reviewer.
#[utoipa::path(post, path = "/api/v1/products/{id}/reviews", tag = "reviews", operation_id = "create_review",
    params(("id" = String, Path, description = "The product's id or slug")), request_body = ReviewCreate,
    responses((status = 201, description = "The review", body = Review, headers(("Location" = String, description = "The review's address"))),
        (status = 409, description = "`already_reviewed`", body = Problem, content_type = "application/problem+json")),
    security(("bearer" = [])))]
pub async fn create_review(ctx: Ctx, Customer(actor): Customer, input: Input) -> Answer {
    let product = products::find(&ctx, input.path("id"), actor.is_staff()).await?;
    let review = reviews::create(&ctx, &actor, product, input.json()?).await?;
    Ok(respond::created(format!("/api/v1/products/{product}/reviews"), &review))
}

/// Change a review
///
/// Its author changes what it says, staff whether it is seen (`hidden`).
#[utoipa::path(patch, path = "/api/v1/reviews/{id}", tag = "reviews", operation_id = "update_review",
    params(("id" = novashop_types::ReviewId, Path, description = "The review's id")), request_body = ReviewPatch,
    responses((status = 200, description = "The review as it is now", body = Review),
        (status = 403, description = "`forbidden`: `hidden` is for staff, the rest for the author", body = Problem, content_type = "application/problem+json")),
    security(("bearer" = [])))]
pub async fn update_review(ctx: Ctx, Customer(actor): Customer, input: Input) -> Answer {
    let id = reviews::find_own(&ctx, &actor, input.path("id")).await?;
    let patch: ReviewPatch = input.json()?;
    Ok(respond::json(&reviews::update(&ctx, &actor, id, patch).await?))
}

/// Delete a review
///
/// For its author and for staff.
#[utoipa::path(delete, path = "/api/v1/reviews/{id}", tag = "reviews", operation_id = "delete_review",
    params(("id" = novashop_types::ReviewId, Path, description = "The review's id")), responses((status = 204, description = "Deleted")), security(("bearer" = [])))]
pub async fn delete_review(ctx: Ctx, Customer(actor): Customer, input: Input) -> Answer {
    let id = reviews::find_own(&ctx, &actor, input.path("id")).await?;
    input.no_query()?;
    reviews::delete(&ctx, &actor, id).await?;
    Ok(respond::no_content())
}

/// Find a review helpful
///
/// One vote a person: doing it again changes nothing.
#[utoipa::path(put, path = "/api/v1/reviews/{id}/helpful", tag = "reviews", operation_id = "vote_helpful",
    params(("id" = novashop_types::ReviewId, Path, description = "The review's id")),
    responses((status = 204, description = "Counted"), (status = 409, description = "`conflict`: it is your own", body = Problem, content_type = "application/problem+json")),
    security(("bearer" = [])))]
pub async fn vote_helpful(ctx: Ctx, Customer(actor): Customer, input: Input) -> Answer {
    let id = reviews::find(&ctx, &actor, input.path("id")).await?;
    input.no_query()?;
    reviews::vote(&ctx, &actor, id, true).await?;
    Ok(respond::no_content())
}

/// Take back that a review is helpful
///
/// Doing it again changes nothing.
#[utoipa::path(delete, path = "/api/v1/reviews/{id}/helpful", tag = "reviews", operation_id = "unvote_helpful",
    params(("id" = novashop_types::ReviewId, Path, description = "The review's id")),
    responses((status = 204, description = "Not counted any more"), (status = 409, description = "`conflict`: it is your own", body = Problem, content_type = "application/problem+json")),
    security(("bearer" = [])))]
pub async fn unvote_helpful(ctx: Ctx, Customer(actor): Customer, input: Input) -> Answer {
    let id = reviews::find(&ctx, &actor, input.path("id")).await?;
    input.no_query()?;
    reviews::vote(&ctx, &actor, id, false).await?;
    Ok(respond::no_content())
}

/// Answer a review
///
/// For the shop; an empty text takes the answer back.
#[utoipa::path(put, path = "/api/v1/reviews/{id}/answer", tag = "reviews", operation_id = "answer_review",
    params(("id" = novashop_types::ReviewId, Path, description = "The review's id")), request_body = ReviewAnswerPut,
    responses((status = 200, description = "The review with the answer", body = Review)), security(("bearer" = ["staff"])))]
pub async fn answer_review(ctx: Ctx, Staff(actor): Staff, input: Input) -> Answer {
    let id = reviews::find(&ctx, &actor, input.path("id")).await?;
    Ok(respond::json(&reviews::answer(&ctx, &actor, id, input.json()?).await?))
}

/// What the list of all reviews can be asked.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AllReviewsQuery {
    /// Only those with this rating.
    #[param(minimum = 1, maximum = 5)]
    rating: Option<i32>,
    /// Only hidden ones, or only visible ones.
    hidden: Option<bool>,
    /// Only those that the shop answered, or only the others.
    answered: Option<bool>,
    /// Entries on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u32>,
    /// Where to go on.
    cursor: Option<String>,
    /// Whether to count all of them.
    include_total: Option<bool>,
}

/// All reviews
#[utoipa::path(get, path = "/api/v1/admin/reviews", tag = "administration", operation_id = "list_all_reviews", params(AllReviewsQuery),
    responses((status = 200, description = "A page, newest first", body = Page<ListedReview>)), security(("bearer" = ["staff"])))]
pub async fn list_all_reviews(ctx: Ctx, _: Staff, input: Input) -> Answer {
    let query: AllReviewsQuery = input.query()?;
    if query.rating.is_some_and(|rating| !(1..=5).contains(&rating)) {
        return Err(Failure::new(ErrorCode::InvalidParameter, "`rating` must be from 1 to 5."));
    }
    let filter = reviews::LatestFilter { rating: query.rating, hidden: query.hidden, answered: query.answered };
    let part = Part { limit: input.limit(query.limit)?, cursor: query.cursor.as_deref(), total: query.include_total.unwrap_or(false) };
    Ok(respond::page(&input, &reviews::list_latest(&ctx, &filter, part).await?))
}
