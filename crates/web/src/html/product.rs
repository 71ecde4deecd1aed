//! A product's page.

use maud::{Markup, html};
use novashop_types::{
    catalogue::{Product, Variant},
    pages,
    reviews::{Review, ReviewPage},
};

use super::{
    cards::{prices, rating, stars},
    pictures::picture,
};
use crate::{texts::Texts, visitor::Visitor};

/// Fewer are told by number.
const FEW: i64 = 5;

/// Picture, name, price, stock, choices, words, reviews.
pub(crate) fn product(product: &Product, reviews: Option<&ReviewPage>, visitor: Visitor, texts: &Texts) -> Markup {
    let summary = &product.summary;
    html! {
        article.product {
            div."product__gallery" {
                @for (index, image) in product.images.iter().enumerate() {
                    (picture(image, "product__image", pages::GALLERY_SIZES, index == 0, false))
                }
            }
            div."product__details" {
                h1."product__title" { (summary.name) }
                (rating(summary.rating, visitor, texts))
                p."product__price" { (prices(summary.price, summary.compare_at_price, visitor, texts)) }
                (stock(&product.variants, summary.in_stock, texts))
                @if !product.options.is_empty() {
                    dl."product__options" {
                        @for option in &product.options { dt { (option.name) } dd { (option.values.join(", ")) } }
                    }
                }
                div."product__description" {
                    @for paragraph in product.description.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) { p { (paragraph) } }
                }
                @if !product.attributes.is_empty() {
                    dl."product__facts" {
                        @for (name, value) in &product.attributes { dt { (name) } dd { (value.as_str().map_or_else(|| value.to_string(), str::to_owned)) } }
                    }
                }
            }
        }
        @if let Some(reviews) = reviews.filter(|reviews| !reviews.page.items.is_empty()) {
            section.reviews {
                h2 { (texts.reviews) }
                ul role="list" { @for review in &reviews.page.items { li { (opinion(review, visitor, texts)) } } }
            }
        }
    }
}

/// Whether it can be bought, in words.
fn stock(variants: &[Variant], in_stock: bool, texts: &Texts) -> Markup {
    html! {
        @match variants {
            _ if !in_stock => { p.stock."stock--out" { (texts.sold_out) } }
            [variant] if variant.stock <= FEW => { p.stock."stock--low" { (variant.stock) " " (texts.left) } }
            _ => { p.stock { (texts.in_stock) } }
        }
    }
}

fn opinion(review: &Review, visitor: Visitor, texts: &Texts) -> Markup {
    html! {
        article.review {
            span.rating { (stars(f64::from(review.rating))) span."visually-hidden" { (review.rating) " " (texts.out_of_five) } }
            @if !review.title.is_empty() { h3 { (review.title) } }
            @if !review.text.is_empty() { p { (review.text) } }
            p."review__by" {
                (review.author.as_deref().unwrap_or(texts.former_customer)) ", " (review.created_at.day(visitor.language))
                @if review.verified_purchase { " · " (texts.verified) }
            }
            @if let Some(answer) = &review.answer { blockquote."review__answer" { (answer.text) } }
        }
    }
}
