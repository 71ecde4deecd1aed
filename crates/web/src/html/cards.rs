//! Products side by side.

use maud::{Markup, html};
use novashop_types::{
    Language, Money,
    catalogue::{ProductSummary, Rating},
    pages,
};

use super::{pictures::picture, signs};
use crate::{
    texts::{Texts, filled},
    visitor::Visitor,
};

/// A grid; of the first `eager` cards the pictures are seen at once.
pub(crate) fn grid(products: &[ProductSummary], eager: usize, visitor: Visitor, texts: &Texts) -> Markup {
    html! {
        ul.grid role="list" {
            @for (index, product) in products.iter().enumerate() {
                li { (card(product, index < eager, visitor, texts)) }
            }
        }
    }
}

fn card(product: &ProductSummary, first: bool, visitor: Visitor, texts: &Texts) -> Markup {
    let reduced = product.compare_at_price.is_some_and(|before| before.amount > product.price.amount);
    html! {
        article.card."card--out"[!product.in_stock] {
            a."card__link" href=(pages::product_page(&product.slug)) {
                @match &product.image {
                    // Its words stand beside it.
                    Some(image) => { (picture(image, "card__image", pages::CARD_SIZES, first, true)) }
                    None => { div."card__image"."card__image--none" {} }
                }
                h3."card__name" { (product.name) }
            }
            p."card__price" { (prices(product.price, product.compare_at_price, visitor, texts)) }
            (rating(product.rating, visitor, texts))
            @if !product.in_stock { p.stock."stock--out" { (texts.sold_out) } } @else if reduced { p.stock."stock--sale" { (texts.sale) } }
        }
    }
}

/// What it costs, and what it cost before where that was more.
pub(crate) fn prices(price: Money, before: Option<Money>, visitor: Visitor, texts: &Texts) -> Markup {
    let price_now = price.localized(visitor.language);
    html! {
        @match before.filter(|before| before.amount > price.amount) {
            None => { span.price { (price_now) } }
            Some(before) => {
                span.price."price--now" { span."visually-hidden" { (texts.now) " " } (price_now) }
                s.price."price--was" { span."visually-hidden" { (texts.before) " " } (before.localized(visitor.language)) }
            }
        }
    }
}

/// What buyers think; nothing where nobody said anything.
pub(crate) fn rating(rating: Rating, visitor: Visitor, texts: &Texts) -> Markup {
    let average = rating.in_short();
    let average = if visitor.language == Language::Es { average.replace('.', ",") } else { average };
    let said = if rating.count == 1 { texts.rating_of_one } else { texts.rating_of };
    html! {
        @if rating.count > 0 {
            span.rating {
                (stars(rating.average))
                span."visually-hidden" { (filled(said, &[&average, &rating.count.to_string()])) }
                span aria-hidden="true" { (average) " (" (rating.count) ")" }
            }
        }
    }
}

/// Half a star counts as one: the number beside it is exact.
pub(crate) fn stars(average: f64) -> Markup {
    html! { span."rating__stars" aria-hidden="true" { @for star in 1..=5 { (signs::star(average >= f64::from(star) - 0.25)) } } }
}
