//! `sitemap.xml`: every page that search engines should know (sitemaps.org). Collected through the API, and kept for a while.

use std::{
    fmt::Write as _,
    sync::Arc,
    time::{Duration, Instant},
};

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
    web,
};
use novashop_types::{
    catalogue::{Category, CategoryTree, ProductPage},
    pages,
};
use tokio::sync::Mutex;

use crate::{
    app::Shop,
    proxy::RETRY_SECONDS,
    upstream::{Away, Upstream},
};

/// How long it is good.
const FRESH: Duration = Duration::from_secs(600);
/// A file may hold no more addresses.
const PART: usize = 50_000;
/// A quota that is spent grows back meanwhile: a very large catalogue takes more than one.
const PATIENCE: Duration = Duration::from_secs(2);
const ATTEMPTS: usize = 30;

/// The addresses that were collected last, and when.
#[derive(Debug, Default)]
pub(crate) struct Sitemap {
    known: Mutex<Option<(Instant, Arc<Vec<String>>)>>,
}

impl Sitemap {
    /// The addresses. Of many who ask at once one collects; where the API is away the old ones are better than none.
    async fn addresses(&self, upstream: &Upstream) -> Result<Arc<Vec<String>>, Away> {
        let mut known = self.known.lock().await;
        if let Some((at, addresses)) = &*known
            && at.elapsed() < FRESH
        {
            return Ok(Arc::clone(addresses));
        }
        match collect(upstream).await {
            Ok(addresses) => {
                let addresses = Arc::new(addresses);
                *known = Some((Instant::now(), Arc::clone(&addresses)));
                Ok(addresses)
            }
            Err(Away) => known.as_ref().map(|(_, addresses)| Arc::clone(addresses)).ok_or(Away),
        }
    }
}

async fn collect(upstream: &Upstream) -> Result<Vec<String>, Away> {
    let mut addresses = vec!["/".to_owned(), "/products".to_owned()];
    let tree: CategoryTree = ask(upstream, pages::CATEGORIES).await?;
    add_categories(&tree.items, &mut addresses);
    let mut cursor = String::new();
    loop {
        let list: ProductPage = ask(upstream, &format!("/api/v1/products?sort=newest&limit=100{cursor}")).await?;
        addresses.extend(list.page.items.iter().map(|product| pages::product_page(&product.slug)));
        match list.page.next_cursor {
            Some(next) => cursor = format!("&cursor={}", pages::encoded(&next)),
            None => return Ok(addresses),
        }
    }
}

fn add_categories(categories: &[Category], addresses: &mut Vec<String>) {
    for category in categories {
        addresses.push(pages::category_page(&category.slug));
        add_categories(&category.children, addresses);
    }
}

async fn ask<T: serde::de::DeserializeOwned>(upstream: &Upstream, path: &str) -> Result<T, Away> {
    for _ in 0..ATTEMPTS {
        let answer = upstream.get_for_shop(path).await?;
        match answer.status {
            StatusCode::OK => return serde_json::from_slice(&answer.body).map_err(|_| Away),
            StatusCode::TOO_MANY_REQUESTS => actix_web::rt::time::sleep(PATIENCE).await,
            _ => return Err(Away),
        }
    }
    Err(Away)
}

/// `/sitemap.xml`: all addresses, or the files that hold them where they are too many for one.
pub(crate) async fn first(shop: web::Data<Shop>, upstream: web::Data<Upstream>) -> HttpResponse {
    match shop.sitemap.addresses(&upstream).await {
        Ok(addresses) if addresses.len() <= PART => xml(list(&shop, &addresses)),
        Ok(addresses) => {
            let parts = (1..=addresses.len().div_ceil(PART)).map(|number| shop.absolute(&format!("/sitemaps/{number}.xml")));
            xml(document("sitemapindex", "sitemap", parts))
        }
        Err(Away) => away(),
    }
}

/// `/sitemaps/{number}.xml`: one of these files.
pub(crate) async fn part(number: web::Path<usize>, shop: web::Data<Shop>, upstream: web::Data<Upstream>) -> HttpResponse {
    match shop.sitemap.addresses(&upstream).await {
        Ok(addresses) => match number.checked_sub(1).and_then(|index| addresses.chunks(PART).nth(index)) {
            Some(part) => xml(list(&shop, part)),
            None => HttpResponse::NotFound().finish(),
        },
        Err(Away) => away(),
    }
}

fn list(shop: &Shop, addresses: &[String]) -> String {
    document("urlset", "url", addresses.iter().map(|path| shop.absolute(path)))
}

fn document(root: &str, entry: &str, addresses: impl Iterator<Item = String>) -> String {
    let mut text = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for address in addresses {
        // Our addresses are encoded; what the configuration says need not be. Writing to a String cannot fail.
        let _written = writeln!(text, "<{entry}><loc>{}</loc></{entry}>", address.replace('&', "&amp;").replace('<', "&lt;"));
    }
    let _written = writeln!(text, "</{root}>");
    text
}

fn xml(text: String) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "public, max-age=600")).content_type("application/xml; charset=utf-8").body(text)
}

fn away() -> HttpResponse {
    HttpResponse::ServiceUnavailable().insert_header((header::RETRY_AFTER, RETRY_SECONDS)).finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_written_as_xml() {
        let text = document("urlset", "url", ["http://localhost/?a&b".to_owned()].into_iter());
        assert!(text.contains("<url><loc>http://localhost/?a&amp;b</loc></url>") && text.ends_with("</urlset>\n"));
    }
}
