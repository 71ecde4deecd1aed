//! What only the home page has.

use maud::{Markup, PreEscaped, html};
use novashop_types::{
    catalogue::{Category, ProductSummary},
    pages,
};

use super::{cards::grid, signs};
use crate::{
    texts::{Texts, counted},
    visitor::Visitor,
};

/// Drawn for this shop, the same in the app.
const STILL_LIFE: &str = include_str!("../../../../frontend/shop/src/parts/still_life.svg");

/// The first words and the first picture.
pub(crate) fn hero(texts: &Texts) -> Markup {
    html! {
        section.hero {
            div."hero__words" {
                h1 { (texts.hero) }
                p { (texts.hero_text) }
                p.row {
                    a.button."button--primary" href="/products" { (texts.hero_action) }
                    a.button."button--quiet" href="/products?sort=newest" { (texts.hero_new) }
                }
            }
            div."hero__picture" aria-hidden="true" { (PreEscaped(STILL_LIFE)) }
        }
    }
}

/// What one can count on, in three lines.
pub(crate) fn promises(texts: &Texts) -> Markup {
    html! {
        ul.promises aria-label=(texts.promises) {
            @for (sign, name, text) in [
                (signs::VAN, texts.promise_delivery, texts.promise_delivery_text),
                (signs::TURN, texts.promise_cancel, texts.promise_cancel_text),
                (signs::STAR, texts.promise_honest, texts.promise_honest_text),
            ] {
                li { (signs::sign(sign)) div { p."promises__name" { (name) } p.muted.small { (text) } } }
            }
        }
    }
}

/// The top categories with their pictures.
pub(crate) fn tiles(categories: &[Category], texts: &Texts) -> Markup {
    html! {
        section.shelf {
            h2 { (texts.shop_by_category) }
            ul.tiles {
                @for category in categories {
                    li {
                        a.tile href=(pages::category_page(&category.slug)) {
                            @match &category.image {
                                Some(image) => { img."tile__picture" src=(image) width="640" height="360" alt="" loading="lazy" decoding="async"; }
                                None => { div."tile__picture" {} }
                            }
                            span."tile__name" { (category.name) }
                            span.muted.small { (counted(texts.one_product, texts.products, category.product_count)) }
                        }
                    }
                }
            }
        }
    }
}

/// A row of products, its name, and where the rest of it is.
pub(crate) fn shelf(name: &str, all: &str, products: &[ProductSummary], eager: usize, visitor: Visitor, texts: &Texts) -> Markup {
    html! {
        section.shelf {
            div.row."row--apart" {
                h2 { (name) }
                a href=(all) aria-label={ (texts.see_all) ": " (name) } { (texts.see_all) }
            }
            (grid(products, eager, visitor, texts))
        }
    }
}
