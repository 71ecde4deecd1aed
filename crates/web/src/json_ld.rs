//! What search engines are told in their own words: schema.org as JSON-LD.

use novashop_types::{
    Money,
    catalogue::{Product, Variant},
};
use serde_json::{Value, json};

use crate::{NAME, app::Shop};

/// Who runs the shop, and how it is searched.
#[must_use]
pub fn organization(shop: &Shop) -> Value {
    let url = shop.absolute("/");
    let mut organization = json!({"@type": "Organization", "@id": format!("{url}#shop"), "name": NAME, "url": url});
    if let Some(logo) = shop.files.address("icon.svg") {
        set(&mut organization, "logo", shop.absolute(logo));
    }
    let search = json!({
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": shop.absolute("/search?q={search_term_string}")},
        "query-input": "required name=search_term_string",
    });
    let site = json!({"@type": "WebSite", "name": NAME, "url": url, "potentialAction": search});
    json!({"@context": "https://schema.org", "@graph": [organization, site]})
}

/// The way to a page: names and addresses, the page itself last.
#[must_use]
pub fn breadcrumb(shop: &Shop, trail: &[(String, String)]) -> Value {
    let item = |(position, (name, path)): (i32, &(String, String))| json!({"@type": "ListItem", "position": position, "name": name, "item": shop.absolute(path)});
    let items: Vec<Value> = (1..).zip(trail).map(item).collect();
    json!({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items})
}

/// A product with its price, whether it can be bought, and what buyers think.
#[must_use]
pub fn product(shop: &Shop, product: &Product, url: &str) -> Value {
    let images: Vec<String> = product.images.iter().map(|image| shop.absolute(&image.url)).collect();
    let summary = &product.summary;
    let mut about = json!({
        "@context": "https://schema.org", "@type": "Product", "name": summary.name, "url": url, "productID": summary.id,
        "image": images, "description": product.description, "offers": offers(product, url),
    });
    if let [variant] = product.variants.as_slice() {
        set(&mut about, "sku", variant.sku.clone());
    }
    if let Some(category) = &summary.category {
        set(&mut about, "category", category.name.clone());
    }
    if let Some(brand) = product.attributes.get("Brand").and_then(Value::as_str) {
        set(&mut about, "brand", json!({"@type": "Brand", "name": brand}));
    }
    if summary.rating.count > 0 {
        let rating = json!({"@type": "AggregateRating", "ratingValue": summary.rating.average, "reviewCount": summary.rating.count});
        set(&mut about, "aggregateRating", rating);
    }
    about
}

fn offers(product: &Product, url: &str) -> Value {
    let availability = |in_stock| if in_stock { "https://schema.org/InStock" } else { "https://schema.org/OutOfStock" };
    let offer = |variant: &Variant| {
        let Money { currency, .. } = variant.price;
        json!({
            "@type": "Offer", "url": url, "sku": variant.sku, "price": variant.price.decimal(), "priceCurrency": currency,
            "availability": availability(variant.in_stock), "itemCondition": "https://schema.org/NewCondition",
        })
    };
    match product.variants.as_slice() {
        [variant] => offer(variant),
        variants => {
            let lowest = variants.iter().map(|variant| variant.price).min_by_key(|price| price.amount).unwrap_or(product.summary.price);
            let highest = variants.iter().map(|variant| variant.price).max_by_key(|price| price.amount).unwrap_or(lowest);
            json!({
                "@type": "AggregateOffer", "url": url, "lowPrice": lowest.decimal(), "highPrice": highest.decimal(),
                "priceCurrency": lowest.currency, "offerCount": variants.len(), "availability": availability(product.summary.in_stock),
                "offers": variants.iter().map(offer).collect::<Vec<_>>(),
            })
        }
    }
}

fn set(object: &mut Value, name: &str, value: impl Into<Value>) {
    if let Some(fields) = object.as_object_mut() {
        fields.insert(name.to_owned(), value.into());
    }
}
