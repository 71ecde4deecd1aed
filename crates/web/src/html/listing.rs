//! A list of products. What narrows it further is the app's: here its place is kept, and what it is narrowed to can be taken away.

use maud::{Markup, html};
use novashop_types::{
    Currency, Money,
    catalogue::{Category, ProductPage, ProductSort},
    narrowing::Narrowing,
    pages::{self, ListingQuery},
};

use super::{cards::grid, empty::no_products, signs};
use crate::{
    texts::{Texts, counted, filled},
    visitor::Visitor,
};

/// What the list is of: its name, what the category says of itself, and what lies in it.
pub(crate) fn heading(name: &str, category: Option<&Category>, texts: &Texts) -> Markup {
    html! {
        header."listing-head" {
            h1 { (name) }
            @if let Some(category) = category {
                p.lead { (category.description) }
                @if !category.children.is_empty() {
                    ul.chips aria-label=(texts.subcategories) {
                        @for child in &category.children { li { a.chip href=(pages::category_page(&child.slug)) { (child.name) } } }
                    }
                }
            }
        }
    }
}

/// The products, how many there are, their order; of the first `eager` the pictures are seen at once.
pub(crate) fn listing(list: &ProductPage, query: &ListingQuery, categories: &[Category], eager: usize, visitor: Visitor, texts: &Texts) -> Markup {
    let products = &list.page.items;
    html! {
        div.listing {
            aside."listing__filters" aria-label=(texts.filters) {}
            section."listing__list" aria-labelledby="listing-products" {
                h2."visually-hidden" #listing-products { (texts.all_products) }
                div."listing__bar" {
                    p role="status" { @if let Some(total) = list.page.total { (found(total, visitor, texts)) } }
                    span."listing__open" {}
                    (order(query, texts))
                }
                (chips(query, products.first().map_or(Currency::EUR, |first| first.price.currency), visitor, texts))
                @if products.is_empty() { (no_products(query, categories, texts)) } @else {
                    (grid(products, eager, visitor, texts))
                    div.more {
                        @if let Some(total) = list.page.total {
                            p.muted.small role="status" { (filled(texts.seen_of, &[&products.len().to_string(), &total.to_string()])) }
                        }
                        @if let Some(cursor) = &list.page.next_cursor {
                            @let next = ListingQuery { cursor: Some(cursor.clone()), ..query.clone() };
                            a.button rel="next" href=(next.page_path()) { (texts.more) }
                        }
                    }
                }
            }
        }
    }
}

fn found(total: u64, visitor: Visitor, texts: &Texts) -> String {
    match total {
        0 => texts.no_products.to_owned(),
        1 => counted(texts.one_product, texts.products, 1),
        _ => filled(texts.products, &[&visitor.language.number(total)]),
    }
}

/// What the list is narrowed to, each with a way to take it away; nothing where nothing is set.
fn chips(query: &ListingQuery, currency: Currency, visitor: Visitor, texts: &Texts) -> Markup {
    let set = query.narrowings();
    html! {
        @if !set.is_empty() {
            ul.chips aria-label=(texts.filters_set) {
                @for (narrowing, without) in &set {
                    @let words = narrowing_words(narrowing, currency, visitor, texts);
                    li {
                        a.chip."chip--set" href=(without.page_path()) aria-label=(filled(texts.remove_filter, &[&words])) {
                            (words) (signs::sign(signs::CLOSE))
                        }
                    }
                }
                li { a.chip."chip--quiet" href=(query.unnarrowed().page_path()) { (texts.clear_all) } }
            }
        }
    }
}

fn narrowing_words(narrowing: &Narrowing, currency: Currency, visitor: Visitor, texts: &Texts) -> String {
    let written = |amount: i64| Money::new(amount, currency).localized(visitor.language);
    match narrowing {
        Narrowing::InStock => texts.only_in_stock.to_owned(),
        Narrowing::Price { min: None | Some(0), max: Some(max) } => filled(texts.price_under, &[&written(*max)]),
        Narrowing::Price { min: Some(min), max: Some(max) } => filled(texts.price_between, &[&written(*min), &written(*max)]),
        Narrowing::Price { min, max: None } => filled(texts.price_over, &[&written(min.unwrap_or_default())]),
        Narrowing::Rating(stars) => filled(texts.stars_and_up, &[&stars.to_string()]),
        Narrowing::Option { name, value } => format!("{name}: {value}"),
    }
}

/// Chooses the order; without a script by its button.
fn order(query: &ListingQuery, texts: &Texts) -> Markup {
    let searched = query.q.is_some();
    let usual = if searched { ProductSort::Relevance } else { ProductSort::Newest };
    let chosen = query.sort.unwrap_or(usual);
    let plain = ListingQuery { sort: None, cursor: None, ..query.clone() }.page_path();
    let (path, rest) = plain.split_once('?').unwrap_or((&plain, ""));
    let kept = rest.split('&').filter_map(|pair| pair.split_once('='));
    html! {
        form.row action=(path) method="get" {
            @for (name, value) in kept { input type="hidden" name=(pages::decoded(name)) value=(pages::decoded(value)); }
            label.sort {
                span."sort__label" { (texts.sort) }
                select."sort__control" name="sort" {
                    @for sort in ProductSort::ALL.into_iter().filter(|sort| searched || *sort != ProductSort::Relevance) {
                        option value=(sort.as_str()) selected[sort == chosen] { (sort_name(sort, texts)) }
                    }
                }
            }
            noscript { button.button."button--small" type="submit" aria-label=(texts.sort) { (signs::sign(signs::TICK)) } }
        }
    }
}

const fn sort_name(sort: ProductSort, texts: &Texts) -> &'static str {
    match sort {
        ProductSort::Relevance => texts.sort_relevance,
        ProductSort::Newest => texts.sort_newest,
        ProductSort::Price => texts.sort_price,
        ProductSort::PriceDescending => texts.sort_price_descending,
        ProductSort::Name => texts.sort_name,
        ProductSort::Rating => texts.best_rated,
    }
}
