//! Reviews, their votes, and the rating that products keep of them.

use novashop_types::{ProductId, ReviewId, UserId, reviews::ReviewSort};
use sea_orm::{ConnectionTrait, FromQueryResult, prelude::Uuid};

use crate::{
    Error,
    entities::reviews::review,
    sql::{Sql, insert_all},
};

/// A review as it is inserted.
pub type NewReview = review::Model;

/// A review with its author's name and its product's status.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Review {
    /// The review's id.
    pub id: Uuid,
    /// The product.
    pub product_id: Uuid,
    /// Its status.
    pub product_status: String,
    /// Who wrote it; nobody where the account was deleted.
    pub user_id: Option<Uuid>,
    /// The author's username.
    pub author: Option<String>,
    /// 1 to 5.
    pub rating: i32,
    /// The headline.
    pub title: String,
    /// The review.
    pub body: String,
    /// Whether the author had received the product.
    pub verified_purchase: bool,
    /// How many people found it helpful.
    pub helpful_count: i64,
    /// Whether staff hid it.
    pub hidden: bool,
    /// The shop's answer.
    pub answer: Option<String>,
    /// When it was given.
    pub answered_at: Option<i64>,
    /// When it was written.
    pub created_at: i64,
    /// When its author last changed it.
    pub updated_at: i64,
}

const SELECT: &str = "select r.id, r.product_id, p.status as product_status, r.user_id, case when u.deleted_at is null then u.username end as author, \
     r.rating, r.title, r.body, r.verified_purchase, r.helpful_count, r.hidden, r.answer, r.answered_at, r.created_at, r.updated_at \
     from reviews r join products p on p.id = r.product_id left join users u on u.id = r.user_id";

/// Which reviews of a product.
#[derive(Debug, Clone, Copy)]
pub struct Filter {
    /// The product.
    pub product: ProductId,
    /// Those with this rating only.
    pub rating: Option<i32>,
    /// Hidden ones too.
    pub with_hidden: bool,
}

/// Where a page begins: what the sort compares, the time, the id.
pub type Position = (i64, i64, Uuid);

/// A product's reviews in an order, after a position. Every order follows an index.
///
/// # Errors
/// What the database says.
pub async fn list(conn: &impl ConnectionTrait, filter: &Filter, sort: ReviewSort, after: Option<Position>, limit: u32) -> Result<Vec<Review>, Error> {
    let mut sql = Sql::new(format!("{SELECT} where r.product_id = $1"), [filter.product.0.into()]);
    if !filter.with_hidden {
        sql.push(" and r.hidden = ").bind(false);
    }
    if let Some(rating) = filter.rating {
        sql.push(" and r.rating = ").bind(rating);
    }
    let (key, direction) = match sort {
        ReviewSort::Newest => (None, "desc"),
        ReviewSort::Highest => (Some("r.rating"), "desc"),
        ReviewSort::Lowest => (Some("r.rating"), "asc"),
        ReviewSort::Helpful => (Some("r.helpful_count"), "desc"),
    };
    if let Some((value, at, id)) = after {
        let comparison = if direction == "asc" { ">" } else { "<" };
        sql.push(" and (").push(&columns(key, "")).push(") ").push(comparison).push(" (");
        if key.is_some() {
            sql.bind(value).push(", ");
        }
        sql.bind(at).push(", ").bind(id).push(")");
    }
    sql.push(" order by ").push(&columns(key, direction)).limit(limit);
    sql.all(conn).await
}

/// Which of all reviews.
#[derive(Debug, Clone, Copy, Default)]
pub struct LatestFilter {
    /// Those with this rating only.
    pub rating: Option<i32>,
    /// Hidden ones only, or visible ones only.
    pub hidden: Option<bool>,
    /// Those that the shop answered only, or the others only.
    pub answered: Option<bool>,
}

impl LatestFilter {
    /// Hidden ones are few and have an index; it is found by these very words.
    fn narrow(&self, sql: &mut Sql) {
        match self.hidden {
            Some(true) => sql.push(" and r.hidden"),
            Some(false) => sql.push(" and not r.hidden"),
            None => sql,
        };
        match self.answered {
            Some(true) => sql.push(" and r.answer is not null"),
            Some(false) => sql.push(" and r.answer is null"),
            None => sql,
        };
        if let Some(rating) = self.rating {
            sql.push(" and r.rating = ").bind(rating);
        }
    }
}

/// Reviews of all products, newest first, after a position.
///
/// # Errors
/// What the database says.
pub async fn list_latest(conn: &impl ConnectionTrait, filter: &LatestFilter, after: Option<(i64, Uuid)>, limit: u32) -> Result<Vec<Review>, Error> {
    let mut sql = Sql::new(format!("{SELECT} where 1 = 1"), []);
    filter.narrow(&mut sql);
    if let Some((at, id)) = after {
        sql.push(" and (r.created_at, r.id) < (").bind(at).push(", ").bind(id).push(")");
    }
    sql.push(" order by r.created_at desc, r.id desc limit ").bind(i64::from(limit));
    sql.all(conn).await
}

/// How many reviews a filter leaves.
///
/// # Errors
/// What the database says.
pub async fn count_latest(conn: &impl ConnectionTrait, filter: &LatestFilter) -> Result<i64, Error> {
    let mut sql = Sql::new("select count(*) as value from reviews r where 1 = 1", []);
    filter.narrow(&mut sql);
    Ok(sql.number(conn).await?.unwrap_or(0))
}

/// The columns of a sort, each with its direction.
fn columns(key: Option<&str>, direction: &str) -> String {
    key.into_iter().chain(["r.created_at", "r.id"]).map(|column| format!("{column} {direction}")).collect::<Vec<_>>().join(", ")
}

/// How many reviews gave a rating.
#[derive(Debug, Clone, FromQueryResult)]
pub struct RatingCount {
    /// The rating.
    pub rating: i32,
    /// How many visible reviews gave it.
    pub visible: i64,
    /// How many did, hidden ones included.
    pub every: i64,
}

/// How many reviews of a product gave each rating; ratings that nobody gave are left out.
///
/// # Errors
/// What the database says.
pub async fn count_by_rating(conn: &impl ConnectionTrait, product: ProductId) -> Result<Vec<RatingCount>, Error> {
    let sql = "select rating, cast(sum(case when hidden then 0 else 1 end) as bigint) as visible, count(*) as every from reviews where product_id = $1 group by rating";
    Sql::new(sql, [product.0.into()]).all(conn).await
}

/// A review.
///
/// # Errors
/// What the database says.
pub async fn find(conn: &impl ConnectionTrait, id: ReviewId) -> Result<Option<Review>, Error> {
    Sql::new(format!("{SELECT} where r.id = $1"), [id.0.into()]).one(conn).await
}

/// What a person wrote about a product, hidden or not.
///
/// # Errors
/// What the database says.
pub async fn find_of(conn: &impl ConnectionTrait, product: ProductId, user: UserId) -> Result<Option<Review>, Error> {
    Sql::new(format!("{SELECT} where r.product_id = $1 and r.user_id = $2"), [product.0.into(), user.0.into()]).one(conn).await
}

#[derive(FromQueryResult)]
struct Vote {
    review_id: Uuid,
}

/// The reviews of a product that a person found helpful, the last ones first.
///
/// # Errors
/// What the database says.
pub async fn list_helpful(conn: &impl ConnectionTrait, product: ProductId, user: UserId, limit: u32) -> Result<Vec<ReviewId>, Error> {
    let sql = "select v.review_id from review_votes v join reviews r on r.id = v.review_id where v.user_id = $1 and r.product_id = $2 \
               order by v.created_at desc, v.review_id";
    let mut sql = Sql::new(sql, [user.0.into(), product.0.into()]);
    sql.limit(limit);
    Ok(sql.all::<Vote>(conn).await?.into_iter().map(|vote| ReviewId(vote.review_id)).collect())
}

/// What a person wrote, from newest to oldest.
///
/// # Errors
/// What the database says.
pub async fn list_by_user(conn: &impl ConnectionTrait, user: UserId) -> Result<Vec<Review>, Error> {
    Sql::new(format!("{SELECT} where r.user_id = $1 order by r.created_at desc, r.id desc"), [user.0.into()]).all(conn).await
}

/// Whether a person has received a product: an order with it was delivered, even if it was given back afterwards.
///
/// # Errors
/// What the database says.
pub async fn has_received(conn: &impl ConnectionTrait, user: UserId, product: ProductId) -> Result<bool, Error> {
    let sql = "select count(*) as value from (select 1 from orders o join order_items i on i.order_id = o.id \
               where o.user_id = $1 and i.product_id = $2 and o.status in ('delivered', 'refunded') limit 1) received";
    Ok(Sql::new(sql, [user.0.into(), product.0.into()]).number(conn).await? == Some(1))
}

/// Writes a new review.
///
/// # Errors
/// [`Error::Unique`] where the person has reviewed the product already, or what else the database says.
pub async fn insert(conn: &impl ConnectionTrait, review: NewReview) -> Result<(), Error> {
    insert_all::<review::Entity, _>(conn, vec![review]).await
}

/// Writes what its author and staff can change in a review.
///
/// # Errors
/// What the database says.
pub async fn update(conn: &impl ConnectionTrait, review: &Review) -> Result<(), Error> {
    let sql = "update reviews set rating = $1, title = $2, body = $3, hidden = $4, updated_at = $5 where id = $6";
    let Review { id, rating, title, body, hidden, updated_at, .. } = review;
    let values = [(*rating).into(), title.as_str().into(), body.as_str().into(), (*hidden).into(), (*updated_at).into(), (*id).into()];
    Sql::new(sql, values).execute(conn).await?;
    Ok(())
}

/// Writes the shop's answer, or takes it back.
///
/// # Errors
/// What the database says.
pub async fn update_answer(conn: &impl ConnectionTrait, id: ReviewId, answer: Option<&str>, answered_at: Option<i64>) -> Result<(), Error> {
    let sql = "update reviews set answer = $1, answered_at = $2 where id = $3";
    Sql::new(sql, [answer.into(), answered_at.into(), id.0.into()]).execute(conn).await?;
    Ok(())
}

/// Deletes a review and its votes.
///
/// # Errors
/// What the database says.
pub async fn delete(conn: &impl ConnectionTrait, id: ReviewId) -> Result<(), Error> {
    Sql::new("delete from reviews where id = $1", [id.0.into()]).execute(conn).await?;
    Ok(())
}

/// Adds to a product's rating and computes its score again, in one statement.
///
/// # Errors
/// What the database says.
pub async fn add_to_rating(conn: &impl ConnectionTrait, product: ProductId, sum: i64, count: i64) -> Result<(), Error> {
    // 100 * sum / count, rounded half up, in whole numbers.
    let sql = "update products set rating_sum = rating_sum + $1, rating_count = rating_count + $2, \
               rating_score = case when rating_count + $2 = 0 then 0 \
                   else (200 * (rating_sum + $1) + rating_count + $2) / (2 * (rating_count + $2)) end where id = $3";
    Sql::new(sql, [sum.into(), count.into(), product.0.into()]).execute(conn).await?;
    Ok(())
}

/// Notes that somebody found a review helpful; `false` where that was noted already.
///
/// # Errors
/// What the database says.
pub async fn insert_vote(conn: &impl ConnectionTrait, review: ReviewId, user: UserId, now: i64) -> Result<bool, Error> {
    let sql = "insert into review_votes (review_id, user_id, created_at) values ($1, $2, $3) on conflict (review_id, user_id) do nothing";
    Ok(Sql::new(sql, [review.0.into(), user.0.into(), now.into()]).execute(conn).await? == 1)
}

/// Takes a vote back; `false` where there was none.
///
/// # Errors
/// What the database says.
pub async fn delete_vote(conn: &impl ConnectionTrait, review: ReviewId, user: UserId) -> Result<bool, Error> {
    let sql = "delete from review_votes where review_id = $1 and user_id = $2";
    Ok(Sql::new(sql, [review.0.into(), user.0.into()]).execute(conn).await? == 1)
}

/// Adds to the number of people who found a review helpful.
///
/// # Errors
/// What the database says.
pub async fn add_to_helpful(conn: &impl ConnectionTrait, review: ReviewId, by: i64) -> Result<(), Error> {
    Sql::new("update reviews set helpful_count = helpful_count + $1 where id = $2", [by.into(), review.0.into()]).execute(conn).await?;
    Ok(())
}

/// Takes the words off a review.
///
/// # Errors
/// What the database says.
pub async fn blank(conn: &impl ConnectionTrait, id: ReviewId) -> Result<(), Error> {
    Sql::new("update reviews set title = '', body = '' where id = $1", [id.0.into()]).execute(conn).await?;
    Ok(())
}
