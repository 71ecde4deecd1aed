//! Where there is nothing to show: why, and how to go on.

use maud::{Markup, html};
use novashop_types::{
    catalogue::Category,
    pages::{self, ListingQuery},
};

use super::signs;
use crate::texts::Texts;

/// A heading and a sentence; and what to do next.
pub(crate) fn message(heading: &str, text: &str, action: Option<(&str, &str)>) -> Markup {
    html! {
        div.empty {
            (signs::empty_shelf())
            h1 { (heading) }
            p { (text) }
            @if let Some((words, path)) = action { a.button."button--primary" href=(path) { (signs::sign(signs::TURN)) (words) } }
        }
    }
}

/// An address that means nothing.
pub(crate) fn not_found(categories: &[Category], texts: &Texts) -> Markup {
    html! {
        div.empty {
            (signs::empty_shelf())
            h1 { (texts.not_found) }
            p { (texts.not_found_text) }
            div.row {
                a.button."button--primary" href="/search" { (signs::sign(signs::SEARCH)) (texts.search_products) }
                a.button href="/" { (texts.home) }
            }
            h2 { (texts.shop_by_category) }
            (category_tree(categories, texts))
        }
    }
}

/// A search without words: where to begin.
pub(crate) fn search(categories: &[Category], texts: &Texts) -> Markup {
    html! {
        div.empty {
            (signs::empty_shelf())
            h1 { (texts.search_everything) }
            h2 #categories { (texts.shop_by_category) }
            (category_tree(categories, texts))
        }
    }
}

/// In the place of a list that is empty.
pub(crate) fn no_products(query: &ListingQuery, categories: &[Category], texts: &Texts) -> Markup {
    let searched = query.q.is_some() && !query.is_filtered();
    let (text, action) = if query.is_filtered() {
        (texts.nothing_filtered, Some((query.unnarrowed().page_path(), texts.clear_all)))
    } else if searched {
        (texts.nothing_searched, None)
    } else {
        (texts.nothing_yet, Some(("/products".to_owned(), texts.all_products)))
    };
    html! {
        div.empty {
            (signs::empty_shelf())
            h2 { (texts.nothing) }
            p { (text) }
            @if let Some((path, words)) = action { a.button href=(path) { (words) } }
            @if searched { (category_tree(categories, texts)) }
        }
    }
}

/// All categories with what lies in them.
fn category_tree(categories: &[Category], texts: &Texts) -> Markup {
    let link = |category: &Category| html! { a href=(pages::category_page(&category.slug)) { (category.name) } };
    html! {
        ul."category-tree" {
            li { a href="/products" { (texts.all_products) } }
            @for category in categories {
                li {
                    (link(category))
                    ul."category-tree__below" { @for child in &category.children { li { (link(child)) } } }
                }
            }
        }
    }
}
