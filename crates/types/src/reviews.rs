//! Reviews.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::{Page, ProductId, ReviewId, Timestamp, flat::read_flat, patch::present, stats::ProductRef};

/// What a buyer thinks of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Review {
    /// The review's id.
    pub id: ReviewId,
    /// The product.
    pub product_id: ProductId,
    /// The reviewer's username, or `null` where the account was deleted.
    #[schema(required = true, example = "maya")]
    pub author: Option<String>,
    /// 1 to 5.
    #[schema(example = 5)]
    pub rating: i32,
    /// A headline; may be empty.
    #[schema(example = "Keeps the tea warm")]
    pub title: String,
    /// The review; may be empty.
    pub text: String,
    /// Whether the reviewer bought it here and received it.
    pub verified_purchase: bool,
    /// How many people found it helpful.
    #[schema(example = 3)]
    pub helpful_count: i64,
    /// The shop's answer, or `null`.
    #[schema(required = true)]
    pub answer: Option<ReviewAnswer>,
    /// Whether staff hid it; only staff and its author ever see `true`.
    pub hidden: bool,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// The shop's answer to a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReviewAnswer {
    /// The answer.
    #[schema(example = "Thank you, Maya.")]
    pub text: String,
    /// When it was given.
    pub answered_at: Timestamp,
}

/// A new review.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewCreate {
    /// 1 to 5.
    #[validate(range(min = 1, max = 5, message = "must be from 1 to 5"))]
    #[schema(example = 5, minimum = 1, maximum = 5)]
    pub rating: i32,
    /// A headline.
    #[serde(default)]
    #[validate(length(max = 120, message = "may have up to 120 characters"))]
    #[schema(example = "Keeps the tea warm", max_length = 120)]
    pub title: String,
    /// The review.
    #[serde(default)]
    #[validate(length(max = 5000, message = "may have up to 5000 characters"))]
    #[schema(example = "Heavy, well balanced, and the glaze has not chipped in half a year.", max_length = 5000)]
    pub text: String,
}

/// Changes to a review; fields that are absent stay.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewPatch {
    /// 1 to 5; the author's to change.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(range(min = 1, max = 5, message = "must be from 1 to 5"))]
    #[schema(minimum = 1, maximum = 5, nullable = false)]
    pub rating: Option<i32>,
    /// The headline; the author's to change.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(length(max = 120, message = "may have up to 120 characters"))]
    #[schema(max_length = 120, nullable = false)]
    pub title: Option<String>,
    /// The review; the author's to change.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(length(max = 5000, message = "may have up to 5000 characters"))]
    #[schema(max_length = 5000, nullable = false)]
    pub text: Option<String>,
    /// Whether shoppers see it; staff's to change.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub hidden: Option<bool>,
}

/// The shop's answer.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewAnswerPut {
    /// The answer; an empty text takes it back.
    #[validate(length(max = 5000, message = "may have up to 5000 characters"))]
    #[schema(example = "Thank you, Maya.", max_length = 5000)]
    pub text: String,
}

/// The orders a list of reviews can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReviewSort {
    /// Newest first.
    #[default]
    Newest,
    /// Best rating first.
    Highest,
    /// Worst rating first.
    Lowest,
    /// Most helpful first.
    Helpful,
}

/// A review in the list of all of them, for staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(from = "ListedReviewRead")]
pub struct ListedReview {
    /// The review.
    #[serde(flatten)]
    pub review: Review,
    /// What it is about.
    pub product: ProductRef,
}

read_flat!(ListedReviewRead for ListedReview {
    review: Review {
        id: ReviewId, product_id: ProductId, author: Option<String>, rating: i32, title: String, text: String, verified_purchase: bool,
        helpful_count: i64, answer: Option<ReviewAnswer>, hidden: bool, created_at: Timestamp, updated_at: Timestamp,
    },
    product: ProductRef,
});

/// What the reviews of a product have to do with whoever asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OwnReviews {
    /// One's own review, also where staff hid it, or `null`.
    #[schema(required = true)]
    pub review: Option<Review>,
    /// Those that one found helpful; of more than 1,000 the last 1,000.
    #[schema(max_items = 1000)]
    pub helpful: Vec<ReviewId>,
}

/// The reviews of a product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(from = "ReviewPageRead")]
pub struct ReviewPage {
    /// The page.
    #[serde(flatten)]
    pub page: Page<Review>,
    /// How many visible reviews gave 1, 2, 3, 4 and 5, in this order.
    #[schema(example = json!([0, 1, 2, 5, 9]))]
    pub histogram: [i64; 5],
}

read_flat!(ReviewPageRead for ReviewPage {
    page: Page { items: Vec<Review>, next_cursor: Option<String>, total: Option<u64> },
    histogram: [i64; 5],
});
