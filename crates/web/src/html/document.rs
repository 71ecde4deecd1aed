//! The document around a page: its head, its body, the data with which the app begins, and the script that starts the app.

use bytes::Bytes;
use maud::{DOCTYPE, Markup, html};
use novashop_types::catalogue::Image;
use serde_json::Value;

use super::{pictures::srcset, script_json};
use crate::{
    NAME,
    app::Shop,
    files::Bundle,
    visitor::{Theme, Visitor},
    well_known::THEME_COLORS,
};

/// What the head of a page says.
#[derive(Debug, Default)]
pub(crate) struct Head {
    /// Without the name of the shop.
    pub title: Option<String>,
    pub description: String,
    /// The one address of this page; without one it is not for search engines.
    pub canonical: Option<String>,
    /// Whether it may be found.
    pub hidden: bool,
    pub is_product: bool,
    /// The picture that the page is looked at for, and how wide it is shown.
    pub picture: Option<(Image, &'static str)>,
    pub json_ld: Vec<Value>,
}

/// What the app takes instead of asking: addresses of the API, and what they answered.
pub(crate) type Data = Vec<(String, Bytes)>;

/// A whole page. Without an app it stays what it is.
pub(crate) fn document(shop: &Shop, visitor: Visitor, head: &Head, body: &Markup, data: &Data, app: Option<&Bundle>) -> String {
    let title = head.title.as_ref().map_or_else(|| NAME.to_owned(), |title| format!("{title} · {NAME}"));
    let styles = app.or(shop.files.shop()).map(|bundle| bundle.css.as_slice()).unwrap_or_default();
    let page = html! {
        (DOCTYPE)
        html lang=(visitor.language.code()) data-theme=(visitor.theme.as_str()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                title { (title) }
                @for style in styles { link rel="stylesheet" href=(style); }
                (preloads(head, app))
                (about(shop, head, &title))
                (dress(shop, visitor))
                @for about in &head.json_ld { script type="application/ld+json" { (script_json(&about.to_string())) } }
            }
            body {
                div #app { (body) }
                @if let Some(app) = app {
                    script id="nova-data" type="application/json" { (script_json(&as_object(data))) }
                    script type="module" src=(app.start) data-js=(app.js) data-wasm=(app.wasm) {}
                }
            }
        }
    };
    page.into_string()
}

/// What the page will need in any case is fetched before anything asks for it. The app waits for a main picture, which would have to share a slow
/// line with ten times its bytes; the script that starts it asks for the app as soon as the picture is drawn.
fn preloads(head: &Head, app: Option<&Bundle>) -> Markup {
    html! {
        @if let Some((image, sizes)) = &head.picture {
            link rel="preload" as="image" href=(image.url) imagesrcset=[srcset(image)] imagesizes=(sizes) fetchpriority="high";
        }
        @if let Some(app) = app {
            link rel="modulepreload" href=(app.start);
            @if head.picture.is_none() {
                link rel="modulepreload" href=(app.js);
                link rel="preload" as="fetch" type="application/wasm" href=(app.wasm) crossorigin;
            }
        }
    }
}

/// What search engines and those who pass on a link are told.
fn about(shop: &Shop, head: &Head, title: &str) -> Markup {
    html! {
        meta name="description" content=(head.description);
        @if head.hidden { meta name="robots" content="noindex"; }
        @if let Some(canonical) = &head.canonical {
            link rel="canonical" href=(canonical);
            meta property="og:url" content=(canonical);
        }
        meta property="og:site_name" content=(NAME);
        meta property="og:type" content=(if head.is_product { "product" } else { "website" });
        meta property="og:title" content=(head.title.as_deref().unwrap_or(title));
        meta property="og:description" content=(head.description);
        @if let Some((image, _)) = &head.picture {
            meta property="og:image" content=(shop.absolute(&image.url));
            meta property="og:image:width" content=(image.width);
            meta property="og:image:height" content=(image.height);
            meta property="og:image:alt" content=(image.alt);
        }
        meta name="twitter:card" content=(if head.picture.is_some() { "summary_large_image" } else { "summary" });
    }
}

/// Icons and colours of the browser's own frame.
fn dress(shop: &Shop, visitor: Visitor) -> Markup {
    html! {
        link rel="manifest" href="/manifest.webmanifest";
        @if let Some(icon) = shop.files.address("icon.svg") { link rel="icon" type="image/svg+xml" href=(icon); }
        @if let Some(icon) = shop.files.address("apple-touch-icon.png") { link rel="apple-touch-icon" href=(icon); }
        @for (theme, color) in THEME_COLORS {
            @if visitor.theme == Theme::System {
                meta name="theme-color" content=(color) media=(format!("(prefers-color-scheme: {theme})"));
            } @else if visitor.theme.as_str() == theme {
                meta name="theme-color" content=(color);
            }
        }
    }
}

/// The answers as they came, by their addresses, as one JSON object.
fn as_object(data: &Data) -> String {
    let mut text = String::from("{");
    for (path, body) in data {
        if text.len() > 1 {
            text.push(',');
        }
        text.push_str(&Value::from(path.as_str()).to_string());
        text.push(':');
        text.push_str(&String::from_utf8_lossy(body));
    }
    text.push('}');
    text
}
