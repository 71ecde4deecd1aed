//! Products side by side.

use maud::{Markup, html};
use novashop_types::{
    Money,
    catalogue::{ProductSummary, Rating},
    pages,
};

use super::pictures::picture;
use crate::{texts::Texts, visitor::Visitor};

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
    html! {
        article.card {
            a.card__link href=(pages::product_page(&product.slug)) {
                @if let Some(image) = &product.image { (picture(image, "card__image", pages::CARD_SIZES, first)) }
                h3.card__name { (product.name) }
            }
            (prices(product.price, product.compare_at_price, visitor, texts))
            (rating(product.rating, visitor, texts))
            @if !product.in_stock { p.stock."stock--out" { (texts.sold_out) } }
        }
    }
}

/// What it costs, and what it cost before where that was more.
pub(crate) fn prices(price: Money, before: Option<Money>, visitor: Visitor, texts: &Texts) -> Markup {
    let before = before.filter(|before| before.amount > price.amount);
    html! {
        p.price {
            span."price--now" { (price.localized(visitor.language)) }
            @if let Some(before) = before {
                " " s."price--was" { span."visually-hidden" { (texts.before) " " } (before.localized(visitor.language)) }
            }
        }
    }
}

/// What buyers think; nothing where nobody said anything.
pub(crate) fn rating(rating: Rating, visitor: Visitor, texts: &Texts) -> Markup {
    let average = format!("{:.1}", rating.average);
    let average = match visitor.language {
        novashop_types::Language::En => average,
        novashop_types::Language::Es => average.replace('.', ","),
    };
    html! {
        @if rating.count > 0 {
            p.rating { (average) " " (texts.out_of_five) " (" (rating.count) ")" }
        }
    }
}
