//! Objects that hold the fields of two types side by side.

/// How such an object is read: all of its fields at once. What serde writes for `flatten` keeps every field until it knows whose it is, and
/// compiles both types a second time for that, which a shopper would download.
///
/// A field that is forgotten here does not compile; one of another name fails the test below.
macro_rules! read_flat {
    ($read:ident for $whole:ident { $part:ident: $kind:ident { $($inner:ident: $of:ty),+ $(,)? }, $($own:ident: $type:ty),+ $(,)? }) => {
        #[derive(serde::Deserialize)]
        struct $read { $($inner: $of,)+ $($own: $type,)+ }

        impl From<$read> for $whole {
            fn from(read: $read) -> Self {
                Self { $part: $kind { $($inner: read.$inner),+ }, $($own: read.$own),+ }
            }
        }
    };
}

pub(crate) use read_flat;

#[cfg(test)]
mod tests {
    use serde::{Serialize, de::DeserializeOwned};
    use serde_json::{Value, json};

    use crate::{
        accounts::AdminUser,
        catalogue::{AdminProduct, CategoryFacet, Product, ProductPage},
        reviews::{ListedReview, ReviewPage},
    };

    const ID: &str = "0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5";
    const AT: &str = "2026-01-31T09:00:00.000Z";

    fn with(part: &Value, own: Value) -> Value {
        let mut whole = part.as_object().unwrap().clone();
        whole.extend(own.as_object().unwrap().clone());
        whole.into()
    }

    /// No field is lost, none is called otherwise, and none but what may be left out can be.
    fn comes_back<T: Serialize + DeserializeOwned>(value: &Value, optional: &[&str]) {
        let read: T = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), *value);
        for name in value.as_object().unwrap().keys() {
            let mut less = value.clone();
            less.as_object_mut().unwrap().remove(name);
            assert_eq!(serde_json::from_value::<T>(less).is_ok(), optional.contains(&name.as_str()), "{name}");
        }
    }

    #[test]
    fn what_was_written_flat_is_read_flat() {
        let money = json!({"amount": 1999, "currency": "EUR"});
        let category = json!({"id": ID, "slug": "tableware", "name": "Tableware"});
        let summary = json!({
            "id": ID, "slug": "mug", "name": "Mug", "price": money, "compare_at_price": money, "in_stock": true, "image": null,
            "rating": {"average": 4.5, "count": 2}, "category": category,
        });
        let may_be_null = ["compare_at_price", "image", "category"];
        let own = json!({
            "description": "", "images": [], "options": [], "variants": [], "attributes": {"Weight": 0.5}, "status": "draft", "version": 1,
            "created_at": AT, "updated_at": AT,
        });
        comes_back::<Product>(&with(&summary, own), &may_be_null);
        let own = json!({"status": "published", "stock": 3, "variant_count": 1, "version": 2, "updated_at": AT});
        comes_back::<AdminProduct>(&with(&summary, own), &may_be_null);
        comes_back::<CategoryFacet>(&with(&category, json!({"count": 4})), &[]);

        let review = json!({
            "id": ID, "product_id": ID, "author": "maya", "rating": 5, "title": "", "text": "", "verified_purchase": true, "helpful_count": 0,
            "answer": null, "hidden": false, "created_at": AT, "updated_at": AT,
        });
        comes_back::<ListedReview>(
            &with(&review, json!({"product": {"id": ID, "slug": "mug", "name": "Mug", "image": null}})),
            &["author", "answer"],
        );
        let page = |items: Value| json!({"items": items, "next_cursor": "x", "total": 7});
        comes_back::<ReviewPage>(&with(&page(json!([review])), json!({"histogram": [0, 0, 0, 0, 1]})), &["next_cursor", "total"]);
        let facets = json!({"facets": {"complete": true, "categories": [], "prices": [], "ratings": [], "options": []}});
        comes_back::<ProductPage>(&with(&page(json!([summary])), facets), &["next_cursor", "total", "facets"]);
        let user = json!({
            "id": ID, "username": "maya", "email": "maya@example.com", "first_name": "", "last_name": "", "city": "", "address": "", "language": "en",
            "role": "customer", "email_verified": true, "created_at": AT,
        });
        comes_back::<AdminUser>(&with(&user, json!({"active": true})), &[]);
    }
}
