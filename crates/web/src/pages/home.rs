//! The home page.

use futures_util::future;
use maud::html;
use novashop_types::{catalogue::ProductPage, pages};

use super::{Page, Stop, View};
use crate::{
    html::{cards::grid, document::Head},
    json_ld,
};

/// The first row on a phone and on a desktop is seen at once.
pub(super) const SEEN_AT_ONCE: usize = 4;

pub(super) async fn view(page: &Page<'_>) -> Result<View, Stop> {
    let asking = page.asking();
    let ((categories, kept), (newest, newest_kept), (best, best_kept)) =
        future::try_join3(asking.categories(), asking.ask::<ProductPage>(pages::NEWEST), asking.ask::<ProductPage>(pages::BEST_RATED)).await?;
    let (texts, visitor) = (page.texts(), page.visitor);
    let newest = newest.page.items;
    // Where nobody has said anything yet, the best are no others than the newest.
    let best: Vec<_> = best.page.items.into_iter().filter(|product| product.rating.count > 0).collect();
    let main = html! {
        section.hero {
            h1 { (texts.hero) }
            p { (texts.hero_text) }
            p { a.button."button--primary" href="/products" { (texts.hero_action) } }
        }
        @if !newest.is_empty() { section { h2 { (texts.newest) } (grid(&newest, SEEN_AT_ONCE, visitor, texts)) } }
        @if !best.is_empty() { section { h2 { (texts.best_rated) } (grid(&best, 0, visitor, texts)) } }
    };
    let head = Head {
        description: texts.description.to_owned(),
        canonical: Some(page.shop.absolute("/")),
        picture: newest.into_iter().find_map(|product| product.image).map(|image| (image, pages::CARD_SIZES)),
        json_ld: vec![json_ld::organization(page.shop)],
        ..Head::default()
    };
    Ok(View { head, main, categories, searched: None, data: vec![kept, newest_kept, best_kept] })
}
