//! What buyers say of a product.

use maud::{Markup, html};
use novashop_types::{
    catalogue::Rating,
    reviews::{Review, ReviewPage},
};

use super::{
    cards::{rating, stars},
    product::paragraphs,
    signs,
};
use crate::{
    texts::{Texts, counted},
    visitor::Visitor,
};

/// How they stand, and the first of them.
pub(crate) fn reviews(mean: Rating, reviews: &ReviewPage, visitor: Visitor, texts: &Texts) -> Markup {
    html! {
        section.reviews #reviews aria-labelledby="reviews-title" {
            div."reviews__summary".stack {
                h2 #reviews-title { (texts.reviews) }
                (rating(mean, visitor, texts))
            }
            div.stack { ul."reviews__list" { @for review in &reviews.page.items { li { (opinion(review, visitor, texts)) } } } }
        }
    }
}

fn opinion(review: &Review, visitor: Visitor, texts: &Texts) -> Markup {
    html! {
        article.review {
            p.rating {
                (stars(f64::from(review.rating)))
                span."visually-hidden" { (counted(texts.one_star, texts.stars, review.rating.into())) }
            }
            @if !review.title.is_empty() { h3."review__title" { (review.title) } }
            (paragraphs(&review.text))
            p."review__by" {
                span { (review.author.as_deref().unwrap_or(texts.former_customer)) }
                time datetime=(review.created_at.to_string()) { (review.created_at.day(visitor.language)) }
                @if review.updated_at > review.created_at { span { (texts.edited) } }
                @if review.verified_purchase { span.badge."badge--positive" { (signs::sign(signs::TICK)) (texts.verified) } }
            }
            @if let Some(answer) = &review.answer {
                blockquote."review__answer" { p."review__shop" { (texts.answer) } (paragraphs(&answer.text)) }
            }
        }
    }
}
