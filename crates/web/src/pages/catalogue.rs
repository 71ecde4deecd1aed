//! Listings and products.

use futures_util::future;
use maud::html;
use novashop_types::{
    catalogue::{Category, Product, ProductPage},
    pages::{self, ListingQuery},
    reviews::ReviewPage,
};

use super::{Page, Stop, View, home::SEEN_AT_ONCE, with_query};
use crate::{
    html::{
        document::Head,
        empty,
        frame::{breadcrumb, line_to},
        listing as listing_html, product as product_html, reviews as reviews_html,
    },
    json_ld,
    texts::filled,
};

/// Search engines show about so much of a description.
const DESCRIPTION: usize = 160;

/// A list of products, in a category or searched for.
pub(super) async fn listing(page: &Page<'_>, query: &ListingQuery) -> Result<View, Stop> {
    let (asking, texts, visitor) = (page.asking(), page.texts(), page.visitor);
    let path = query.api_path();
    let (categories, list) = future::join(asking.categories(), asking.ask::<ProductPage>(&path)).await;
    let ((categories, kept), list) = (categories?, list);
    let (list, list_kept) = match list {
        // A place in the list that is no more, or in another list: begin anew.
        Err(Stop::NotFound) if query.cursor.is_some() => {
            return Err(Stop::Moved { to: ListingQuery { cursor: None, ..query.clone() }.page_path(), for_good: false });
        }
        list => list?,
    };
    let line = match &query.category {
        Some(slug) => match line_to(&categories.items, slug) {
            Some(line) => line,
            None => return Err(moved_category(page, slug, query).await),
        },
        None => Vec::new(),
    };
    let heading = match (line.last(), &query.q) {
        (_, Some(q)) => filled(texts.results_for, &[q]),
        (Some(category), None) => category.name.clone(),
        (None, None) => texts.all_products.to_owned(),
    };
    let plain = ListingQuery { q: query.q.clone(), category: query.category.clone(), ..ListingQuery::default() };
    let (here, above) = line.split_last().map_or((None, line.as_slice()), |(here, above)| (Some(*here), above));
    let trail = trail(page, above, (heading.clone(), plain.page_path()));
    let words = here.map(|category| category.description.as_str()).filter(|words| !words.is_empty());
    let products = &list.page.items;
    let main = html! {
        (breadcrumb(&trail, texts))
        (listing_html::heading(&heading, here, texts))
        (listing_html::listing(&list, query, &categories.items, SEEN_AT_ONCE, visitor, texts))
    };
    let head = Head {
        title: Some(heading.clone()),
        description: summary_of(words.unwrap_or(texts.about)),
        canonical: Some(page.shop.absolute(&plain.page_path())),
        // A search is one person's question, and a narrowed list is a part of another page.
        hidden: query.q.is_some() || query.is_filtered(),
        picture: products.iter().find_map(|product| product.image.clone()).map(|image| (image, pages::CARD_SIZES)),
        json_ld: vec![json_ld::breadcrumb(page.shop, &trail)],
        ..Head::default()
    };
    // Only the search itself keeps its words in the field.
    let searched = query.q.clone().filter(|_| query.category.is_none());
    Ok(View { head, main, searched, plain: false, data: vec![kept, list_kept], categories })
}

/// The search without words: nothing is asked for yet.
pub(super) async fn search(page: &Page<'_>) -> Result<View, Stop> {
    let (categories, kept) = page.asking().categories().await?;
    let texts = page.texts();
    let head = Head {
        title: Some(texts.search_everything.to_owned()),
        description: texts.about.to_owned(),
        canonical: Some(page.shop.absolute("/search")),
        hidden: true,
        ..Head::default()
    };
    Ok(View { head, main: empty::search(&categories.items, texts), categories, searched: None, plain: false, data: vec![kept] })
}

/// A category that the tree does not know by this name may have had it before.
async fn moved_category(page: &Page<'_>, slug: &str, query: &ListingQuery) -> Stop {
    match page.asking().ask::<Category>(&format!("{}/{}", pages::CATEGORIES, pages::encoded(slug))).await {
        Ok((category, _)) => {
            let to = ListingQuery { category: Some(category.slug), cursor: None, ..query.clone() };
            Stop::Moved { to: to.page_path(), for_good: true }
        }
        Err(stop) => stop,
    }
}

/// A product.
pub(super) async fn product(page: &Page<'_>, slug: &str) -> Result<View, Stop> {
    let (asking, texts, visitor) = (page.asking(), page.texts(), page.visitor);
    let (path, reviews_path) = (pages::product(slug), pages::reviews(slug));
    let (categories, product, reviews) =
        future::join3(asking.categories(), asking.ask::<Product>(&path), asking.ask::<ReviewPage>(&reviews_path)).await;
    let ((product, product_kept), (categories, kept)) = (product?, categories?);
    if product.summary.slug != slug {
        // Its old name, or its id.
        let to = with_query(&pages::product_page(&product.summary.slug), page.request.query_string());
        return Err(Stop::Moved { to, for_good: true });
    }
    let mut data = vec![kept, product_kept];
    // Without its reviews a product can be sold too.
    let reviews = reviews.ok().map(|(reviews, kept)| {
        data.push(kept);
        reviews
    });
    let here = pages::product_page(slug);
    let line = product.summary.category.as_ref().and_then(|category| line_to(&categories.items, &category.slug)).unwrap_or_default();
    let trail = trail(page, &line, (product.summary.name.clone(), here.clone()));
    let main = html! {
        (breadcrumb(&trail, texts))
        (product_html::product(&product, named_variant(page.request.query_string()).as_deref(), visitor, texts))
        @if let Some(reviews) = reviews.as_ref().filter(|reviews| !reviews.page.items.is_empty()) {
            (reviews_html::reviews(product.summary.rating, reviews, visitor, texts))
        }
    };
    let url = page.shop.absolute(&here);
    let description = if product.description.trim().is_empty() { &product.summary.name } else { &product.description };
    let head = Head {
        title: Some(product.summary.name.clone()),
        description: summary_of(description),
        is_product: true,
        picture: product.images.first().cloned().map(|image| (image, pages::GALLERY_SIZES)),
        json_ld: vec![json_ld::product(page.shop, &product, &url), json_ld::breadcrumb(page.shop, &trail)],
        canonical: Some(url),
        ..Head::default()
    };
    Ok(View { head, main, categories, searched: None, plain: false, data })
}

/// The variant that an address of a product names.
fn named_variant(query: &str) -> Option<String> {
    query.split('&').find_map(|pair| pair.strip_prefix("variant=")).map(|sku| pages::decoded(&sku.replace('+', " ")))
}

/// From the home page through categories; the page itself last.
fn trail(page: &Page<'_>, line: &[&Category], here: (String, String)) -> Vec<(String, String)> {
    let home = (page.texts().home.to_owned(), "/".to_owned());
    let categories = line.iter().map(|category| (category.name.clone(), pages::category_page(&category.slug)));
    [home].into_iter().chain(categories).chain([here]).collect()
}

/// The beginning of a text, cut between two words.
fn summary_of(text: &str) -> String {
    let mut summary = String::new();
    for word in text.split_whitespace() {
        if summary.chars().count() + word.chars().count() + 1 > DESCRIPTION {
            summary.push('…');
            break;
        }
        if !summary.is_empty() {
            summary.push(' ');
        }
        summary.push_str(word);
    }
    summary
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_is_cut_between_two_words() {
        assert_eq!(summary_of("Holds\n\n350 ml. "), "Holds 350 ml.");
        let long = summary_of(&"stoneware ".repeat(40));
        assert!(long.ends_with("stoneware…") && long.chars().count() <= DESCRIPTION);
        assert_eq!(summary_of(&"x".repeat(500)), "…");
    }
}
