//! A product's page.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate, use_params_map},
};
use novashop_client::{Outcome, Resource, get};
use novashop_types::{VariantId, catalogue::Product, pages};
use novashop_ui::{Load, Show, in_turn, use_title};

use crate::{
    pages::not_found::NotFound,
    parts::{
        product::{
            related::Related,
            stock::{Stocks, stocks_of},
            view::ProductView,
            waiting::ProductSkeleton,
        },
        reviews::section::Reviews,
    },
};

/// A product with its reviews and others of its kind.
#[component]
pub fn ProductPage() -> impl IntoView {
    let (params, location, navigate) = (use_params_map(), use_location(), use_navigate());
    let slug = Memo::new(move |_| params.read().get("slug").unwrap_or_default());
    // They outlive a product that is drawn anew: it is read again whenever the connection was lost, and what was chosen stays chosen.
    let (chosen, wanted, stocks) = (RwSignal::new(None::<VariantId>), RwSignal::new(1_i64), RwSignal::new(Stocks::new()));
    let product = Resource::new_unless(same_but_stock, move || {
        let asked = get::<Product>(pages::product(&slug.read()));
        async move {
            let answer = asked.await;
            if let Ok(product) = &answer {
                stocks.try_set(stocks_of(product));
            }
            answer
        }
    });
    let product_again = product;
    let missing = Memo::new(move |_| matches!(product.get(), Some(Err(failure)) if failure.status() == Some(404)));
    let found = Memo::new(move |_| product.get().and_then(Result::ok).map(|product| product.summary));
    use_title(move || found.get().map(|summary| summary.name));
    // An old name, or its id: the address is put right.
    Effect::new(move || {
        let Some(summary) = found.get() else { return };
        if location.pathname.get_untracked() == pages::product_page(&slug.get_untracked()) && summary.slug != slug.get_untracked() {
            let search = location.search.get_untracked();
            let query = if search.is_empty() { String::new() } else { format!("?{search}") };
            let page = format!("{}{query}", pages::product_page(&summary.slug));
            navigate(&page, NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
    });
    let category = Memo::new(move |_| found.get().and_then(|summary| Some((summary.category?.slug, summary.id))));
    view! {
        <Show when=move || !missing.get() fallback=NotFound>
            <Load from=product skeleton=|| view! { <ProductSkeleton/> }.into_any() let:product>
                <ProductView
                    product=product
                    chosen=chosen
                    wanted=wanted
                    stocks=stocks
                    on_changed=Callback::new(move |()| product_again.refetch())
                />
            </Load>
            {in_turn(move || view! { <Reviews slug=slug/> }.into_any())}
            {in_turn(move || {
                (move || category.get().map(|(category, except)| view! { <Related category=category except=except/> })).into_any()
            })}
        </Show>
    }
}

/// Whether a product is the same as before, but for how many there are: that is shown as it changes. Every change by staff is a new version.
fn same_but_stock(before: &Outcome<Product>, now: &Outcome<Product>) -> bool {
    let (Ok(before), Ok(now)) = (before, now) else { return false };
    (before.summary.id, before.version, before.summary.rating) == (now.summary.id, now.version, now.summary.rating)
}

#[cfg(test)]
mod tests {
    use novashop_client::Failure;
    use serde_json::json;

    use super::*;

    fn product(version: i64, stock: i64, reviews: i64) -> Outcome<Product> {
        let money = json!({"amount": 1000, "currency": "EUR"});
        let variant = json!({"id": "0198c0de-7a11-7c3f-9a54-000000000002", "sku": "MUG", "options": {}, "price": money, "compare_at_price": null,
            "stock": stock, "in_stock": stock > 0});
        Ok(serde_json::from_value(json!({
            "id": "0198c0de-7a11-7c3f-9a54-000000000001", "slug": "mug", "name": "Mug", "price": money, "compare_at_price": null, "in_stock": stock > 0,
            "image": null, "rating": {"average": 4.0, "count": reviews}, "category": null, "description": "", "images": [], "options": [],
            "variants": [variant], "attributes": {}, "status": "published", "version": version, "created_at": "2026-01-31T09:00:00.000Z",
            "updated_at": "2026-01-31T09:00:00.000Z",
        }))
        .unwrap())
    }

    #[test]
    fn a_product_that_sells_is_not_drawn_anew() {
        assert!(same_but_stock(&product(1, 3, 2), &product(1, 0, 2)));
        assert!(!same_but_stock(&product(1, 3, 2), &product(2, 3, 2)));
        assert!(!same_but_stock(&product(1, 3, 2), &product(1, 3, 3)));
        assert!(!same_but_stock(&product(1, 3, 2), &Err(Failure::Unreachable)));
        assert!(!same_but_stock(&Err(Failure::Unreachable), &product(1, 3, 2)));
    }
}
