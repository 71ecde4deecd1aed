//! The home page.

use futures_util::future;
use maud::html;
use novashop_types::{catalogue::ProductPage, pages};

use super::{Page, Stop, View};
use crate::{
    html::{
        document::Head,
        home::{hero, promises, shelf, tiles},
    },
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
        (hero(texts))
        (promises(texts))
        (tiles(&categories.items, texts))
        (shelf(texts.newest, "/products?sort=newest", &newest, SEEN_AT_ONCE, visitor, texts))
        // A new shop has no best ones yet.
        @if !best.is_empty() { (shelf(texts.best_rated, "/products?sort=rating", &best, 0, visitor, texts)) }
    };
    let head = Head {
        title: Some(texts.tagline.to_owned()),
        description: texts.about.to_owned(),
        canonical: Some(page.shop.absolute("/")),
        picture: newest.into_iter().find_map(|product| product.image).map(|image| (image, pages::CARD_SIZES)),
        json_ld: vec![json_ld::organization(page.shop)],
        ..Head::default()
    };
    Ok(View { head, main, categories, searched: None, plain: false, data: vec![kept, newest_kept, best_kept] })
}
