//! The end of every page, and the ways through the shop within a thumb's reach on a phone.

use maud::{Markup, html};
use novashop_types::{catalogue::CategoryTree, pages};

use super::signs;
use crate::{NAME, texts::Texts};

/// Links. How the shop looks and speaks is the app's to change.
pub(crate) fn footer(categories: Option<&CategoryTree>, texts: &Texts) -> Markup {
    html! {
        footer."site-footer" {
            div."site-footer__inner" {
                div.stack."stack--tight" {
                    p."site-footer__name" { (NAME) }
                    p.muted { (texts.tagline) }
                    noscript { p.muted { (texts.needs_script) } }
                }
                nav.stack."stack--tight" aria-label=(texts.shop) {
                    h2."site-footer__title" { (texts.shop) }
                    ul."plain-list" {
                        li { a href="/products" { (texts.all_products) } }
                        @for category in categories.iter().flat_map(|tree| &tree.items) {
                            li { a href=(pages::category_page(&category.slug)) { (category.name) } }
                        }
                    }
                }
                nav.stack."stack--tight" aria-label=(texts.account) {
                    h2."site-footer__title" { (texts.account) }
                    ul."plain-list" {
                        @for (path, name) in [
                            ("/account", texts.account),
                            ("/account/orders", texts.my_orders),
                            ("/account/wishlist", texts.favourites),
                            ("/cart", texts.cart),
                        ] {
                            li { a href=(path) { (name) } }
                        }
                    }
                }
            }
        }
    }
}

/// The bar at the bottom of a phone.
pub(crate) fn bottom_bar(path: &str, texts: &Texts) -> Markup {
    html! {
        nav."bottom-bar" aria-label=(texts.main_navigation) {
            @for (page, sign, name) in [
                ("/", signs::HOUSE, texts.home),
                ("/search", signs::SEARCH, texts.search),
                ("/search#categories", signs::GRID, texts.categories),
                ("/account", signs::PERSON, texts.account),
                ("/cart", signs::BAG, texts.cart),
            ] {
                // As in the app, the home page and the account say that one is there.
                @let here = page == path || (page == "/account" && path.starts_with(page));
                a."bottom-bar__item" href=(page) aria-current=[(here && ["/", "/account"].contains(&page)).then_some("page")] { (signs::sign(sign)) (name) }
            }
        }
    }
}
