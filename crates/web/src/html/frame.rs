//! What stands around every page: header, breadcrumb, main part. Everything in it works without a script.

use maud::{Markup, html};
use novashop_types::{
    catalogue::{Category, CategoryTree},
    pages,
};

use super::signs;
use crate::{NAME, texts::Texts};

/// The header, the main part and the footer.
pub(crate) fn frame(categories: Option<&CategoryTree>, searched: Option<&str>, main: &Markup, texts: &Texts) -> Markup {
    html! {
        a."skip-link" href="#content" { (texts.skip) }
        header."site-header" {
            div."site-header__row" {
                a."site-header__mark" href="/" { (signs::mark()) (NAME) }
                form.search."site-header__search" role="search" action="/search" method="get" {
                    (signs::search())
                    input."search__field" type="search" name="q" maxlength="200" value=[searched] aria-label=(texts.search_products) placeholder=(texts.search_products);
                    button."visually-hidden" type="submit" tabindex="-1" { (texts.search) }
                }
                div."site-header__own" {
                    a."site-header__link" href="/account" { (signs::person()) span { (texts.account) } }
                    a."site-header__link" href="/cart" { (signs::bag()) span { (texts.cart) } }
                }
            }
            @if let Some(tree) = categories {
                nav."site-header__categories" aria-label=(texts.categories) {
                    ul."plain-list" {
                        li { a href="/products" { (texts.all_products) } }
                        @for category in &tree.items { li { a href=(pages::category_page(&category.slug)) { (category.name) } } }
                    }
                }
            }
        }
        main."site-main" #content tabindex="-1" { (main) }
        footer."site-footer" {
            div."site-footer__inner" {
                p."site-footer__name" { (NAME) }
                noscript { p.muted { (texts.needs_script) } }
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

/// A heading and a sentence, where there is nothing else to show; and what to do next.
pub(crate) fn message(heading: &str, text: &str, action: Option<(&str, &str)>) -> Markup {
    html! {
        section.empty {
            h1 { (heading) }
            p { (text) }
            @if let Some((words, path)) = action { p { a.button."button--primary" href=(path) { (words) } } }
        }
    }
}

/// Where the app will put what is one person's own: its heading, and the shape of what comes.
pub(crate) fn skeleton(heading: &str) -> Markup {
    html! {
        h1 { (heading) }
        div.stack aria-hidden="true" { div.skeleton."skeleton--line" {} div.skeleton."skeleton--line" {} div.skeleton."skeleton--short" {} }
    }
}
