//! The files that browsers, machines and search engines look for by name.

use actix_web::{HttpResponse, Route, guard, http::header, web};
use serde_json::{Value, json};

use crate::{
    NAME,
    app::Shop,
    html::{DARK, LIGHT},
};

/// A route for GET, and with it HEAD (RFC 9110, 9.3.2).
pub(crate) fn reading() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

/// `/healthz`: this process answers. Whether the API does is the API's to say.
pub(crate) async fn healthz() -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).content_type("text/plain; charset=utf-8").body("ok\n")
}

/// `/robots.txt`: what is one person's own is no matter for search engines.
pub(crate) async fn robots(shop: web::Data<Shop>) -> HttpResponse {
    let own = ["/admin", "/account", "/checkout", "/cart", "/orders", "/api"];
    let lines: String = own.iter().map(|path| format!("Disallow: {path}\n")).collect();
    let text = format!("User-agent: *\n{lines}\nSitemap: {}\n", shop.absolute("/sitemap.xml"));
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "public, max-age=3600")).content_type("text/plain; charset=utf-8").body(text)
}

/// `/manifest.webmanifest`: the shop as an app on a phone.
pub(crate) async fn manifest(shop: web::Data<Shop>) -> HttpResponse {
    let icons: Vec<Value> = shop.files.icons().map(|(name, address)| icon(name, address)).collect();
    let manifest = json!({
        "name": NAME, "short_name": NAME, "id": "/", "start_url": "/", "scope": "/", "display": "standalone",
        "background_color": LIGHT, "theme_color": LIGHT, "icons": icons,
    });
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
        .content_type("application/manifest+json")
        .body(manifest.to_string())
}

/// `icon.svg` fits every size; others say it in their name: `icon-192.png`, `icon-maskable-512.png`.
fn icon(name: &str, address: &str) -> Value {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let kind = match ending {
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        _ => "image/x-icon",
    };
    let size = stem.rsplit('-').next().and_then(|size| size.parse::<u32>().ok());
    let sizes = size.map_or("any".to_owned(), |size| format!("{size}x{size}"));
    json!({"src": address, "type": kind, "sizes": sizes, "purpose": if stem.contains("maskable") { "maskable" } else { "any" }})
}

/// The colour of the browser's own frame in both themes.
pub(crate) const THEME_COLORS: [(&str, &str); 2] = [("light", LIGHT), ("dark", DARK)];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_icon_says_its_size() {
        assert_eq!(icon("icon.svg", "/a"), json!({"src": "/a", "type": "image/svg+xml", "sizes": "any", "purpose": "any"}));
        assert_eq!(icon("icon-maskable-512.png", "/b"), json!({"src": "/b", "type": "image/png", "sizes": "512x512", "purpose": "maskable"}));
    }
}
