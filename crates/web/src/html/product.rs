//! A product's page.

use maud::{Markup, html};
use novashop_types::{
    catalogue::{Image, Product, Variant},
    pages,
};
use serde_json::Value;

use super::{
    cards::{prices, rating},
    choice::{choice, first},
    pictures::picture,
    signs,
};
use crate::{
    texts::{Texts, counted, filled},
    visitor::Visitor,
};

/// Fewer are told by number.
const FEW: i64 = 5;

/// Picture first, then name, rating, price, choice, stock, the button; below it what it is. The address may name a variant.
pub(crate) fn product(product: &Product, named: Option<&str>, visitor: Visitor, texts: &Texts) -> Markup {
    let summary = &product.summary;
    let chosen = first(&product.variants, named);
    html! {
        article.product {
            (gallery(&product.images, texts))
            div."product__details" {
                div.stack."stack--tight" {
                    h1."product__title" { (summary.name) }
                    @if summary.rating.count > 0 {
                        a."product__rating" href="#reviews" { (rating(summary.rating, visitor, texts)) span."visually-hidden" { (texts.to_reviews) } }
                    }
                    p."product__price" { @if let Some(chosen) = chosen { (prices(chosen.price, chosen.compare_at_price, visitor, texts)) } }
                }
                @for option in &product.options { (choice(option, &product.variants, chosen, texts)) }
                (stock(chosen, texts))
                (buying(chosen.is_some_and(|chosen| chosen.stock > 0), texts))
                ul."product__promises" {
                    li { (signs::sign(signs::VAN)) (texts.delivery_line) }
                    li { (signs::sign(signs::TICK)) (texts.secure_line) }
                }
                (facts(product, texts))
            }
        }
    }
}

/// The pictures: to swipe through, each a link to itself; and small ones that lead to them.
fn gallery(images: &[Image], texts: &Texts) -> Markup {
    let count = images.len().to_string();
    let numbered = || (1_usize..).zip(images);
    html! {
        div."product__gallery" role="group" aria-label=(texts.pictures) {
            ul."gallery__strip" {
                @for (place, image) in numbered() {
                    li id={ "picture-" (place) } {
                        a."gallery__open" href=(image.url) aria-label=(texts.enlarge) { (picture(image, "product__image", pages::GALLERY_SIZES, place == 1, false)) }
                    }
                }
            }
            @if images.len() > 1 {
                ul."gallery__thumbnails" {
                    @for (place, image) in numbered() {
                        li {
                            a."gallery__thumbnail" href={ "#picture-" (place) } aria-label=(filled(texts.picture_of, &[&place.to_string(), &count])) aria-current=[(place == 1).then_some("true")] {
                                (picture(image, "", "72px", false, true))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Whether it can be bought, in words.
fn stock(chosen: Option<&Variant>, texts: &Texts) -> Markup {
    html! {
        @match chosen.map(|chosen| chosen.stock) {
            None | Some(..=0) => { p.stock."stock--out" role="status" { (texts.sold_out) } }
            Some(few) if few <= FEW => { p.stock."stock--low" role="status" { (counted(texts.one_left, texts.left, few)) } }
            Some(_) => { p.stock role="status" { (texts.in_stock) } }
        }
    }
}

/// The place of the quantity, the one big button and the heart: they work as soon as the app is there.
fn buying(there: bool, texts: &Texts) -> Markup {
    html! {
        div."product__buy" {
            div.buy {
                @if there {
                    div.stepper aria-hidden="true" {
                        button."stepper__step" type="button" disabled { (signs::sign(signs::MINUS)) }
                        input."stepper__field" value="1" disabled;
                        button."stepper__step" type="button" disabled { (signs::sign(signs::PLUS)) }
                    }
                }
                button.button."button--primary"."buy__add" type="button" disabled { (if there { texts.add_to_cart } else { texts.sold_out }) }
            }
            button.button."button--icon".heart type="button" disabled aria-label=(texts.add_to_wishlist) { (signs::sign(signs::HEART)) }
        }
    }
}

/// What it is, in words and facts.
fn facts(product: &Product, texts: &Texts) -> Markup {
    html! {
        div."product__description" {
            h2."visually-hidden" { (texts.description) }
            (paragraphs(&product.description))
        }
        @if !product.attributes.is_empty() {
            div.stack."stack--tight" {
                h2."product__part" { (texts.details) }
                dl."product__facts" { @for (name, value) in &product.attributes { dt { (name) } dd { (written(value, texts)) } } }
            }
        }
    }
}

/// A fact as people write it.
fn written(value: &Value, texts: &Texts) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => texts.yes.to_owned(),
        Value::Bool(false) => texts.no.to_owned(),
        Value::Array(values) => values.iter().map(|value| written(value, texts)).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

/// The paragraphs of a plain text.
pub(crate) fn paragraphs(text: &str) -> Markup {
    html! { @for paragraph in text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()) { p { (paragraph) } } }
}
