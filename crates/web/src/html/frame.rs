//! What stands around every page: header, breadcrumb, main part. Everything in it works without a script.

use maud::{Markup, html};
use novashop_types::{
    catalogue::{Category, CategoryTree},
    pages,
};

use super::{
    footer::{bottom_bar, footer},
    signs,
};
use crate::{NAME, texts::Texts};

/// What the frame of a page depends on.
#[derive(Debug, Default)]
pub(crate) struct Around<'a> {
    /// The path of the page.
    pub path: &'a str,
    /// The tree, where the API gave it.
    pub categories: Option<&'a CategoryTree>,
    /// What was searched for, to stand in the field again.
    pub searched: Option<&'a str>,
    /// Whether nothing may lead away from the page: the checkout.
    pub plain: bool,
}

/// The header, the main part and the footer.
pub(crate) fn frame(around: &Around<'_>, main: &Markup, texts: &Texts) -> Markup {
    let header = if around.plain { "site-header site-header--plain" } else { "site-header" };
    html! {
        a."skip-link" href="#content" { (texts.skip) }
        header class=(header) {
            div."site-header__row" {
                a."site-header__mark" href="/" { (signs::mark()) (NAME) }
                @if !around.plain { (search(around.searched, texts)) (own(texts)) }
            }
            @if let Some(tree) = around.categories.filter(|_| !around.plain) { (category_links(tree, around.path, texts)) }
        }
        main."site-main" #content tabindex="-1" { (main) }
        @if !around.plain { (footer(around.categories, texts)) (bottom_bar(around.path, texts)) }
    }
}

fn search(searched: Option<&str>, texts: &Texts) -> Markup {
    html! {
        form.search."site-header__search" role="search" action="/search" method="get" {
            (signs::sign(signs::SEARCH))
            input."search__field" type="search" name="q" maxlength="200" value=[searched] aria-label=(texts.search_products) placeholder=(texts.search);
            button."visually-hidden" type="submit" tabindex="-1" { (texts.search) }
        }
    }
}

/// What belongs to the person who is here.
fn own(texts: &Texts) -> Markup {
    html! {
        div."site-header__own" {
            a."site-header__link" href="/account" { (signs::sign(signs::PERSON)) span { (texts.account) } }
            a."site-header__link" href="/cart" { (signs::sign(signs::BAG)) span { (texts.cart) } }
        }
    }
}

fn category_links(tree: &CategoryTree, path: &str, texts: &Texts) -> Markup {
    let link = |page: &str, name: &str| html! { li { a href=(page) aria-current=[(page == path).then_some("page")] { (name) } } };
    html! {
        nav."site-header__categories" aria-label=(texts.categories) {
            ul."plain-list" {
                (link("/products", texts.all_products))
                @for category in &tree.items { (link(&pages::category_page(&category.slug), &category.name)) }
            }
        }
    }
}

/// The way to a page; the page itself last and without a link.
pub(crate) fn breadcrumb(trail: &[(String, String)], texts: &Texts) -> Markup {
    let (here, before) = trail.split_last().map_or((None, trail), |(here, before)| (Some(here), before));
    html! {
        nav.breadcrumb aria-label=(texts.breadcrumb) {
            ol role="list" {
                @for (name, path) in before { li { a href=(path) { (name) } } }
                @if let Some((name, _)) = here { li { span aria-current="page" { (name) } } }
            }
        }
    }
}

/// The categories from the top to one, by its slug.
pub(crate) fn line_to<'a>(categories: &'a [Category], slug: &str) -> Option<Vec<&'a Category>> {
    categories.iter().find_map(|category| {
        if category.slug == slug {
            return Some(vec![category]);
        }
        let mut line = line_to(&category.children, slug)?;
        line.insert(0, category);
        Some(line)
    })
}

/// Where the app will put what is one person's own: its heading, and the shape of what comes.
pub(crate) fn skeleton(heading: &str) -> Markup {
    html! {
        div.page.stack."stack--loose" {
            h1 { (heading) }
            div.stack aria-hidden="true" { div.skeleton."skeleton--line" {} div.skeleton."skeleton--line" {} div.skeleton."skeleton--short" {} }
        }
    }
}
