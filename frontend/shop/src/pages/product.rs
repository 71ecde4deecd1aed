//! A product's page.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate, use_params_map},
};
use novashop_client::{Resource, get};
use novashop_types::{catalogue::Product, pages};
use novashop_ui::{Load, Show, in_turn, use_title};

use crate::{
    pages::not_found::NotFound,
    parts::{
        product::{related::Related, view::ProductView, waiting::ProductSkeleton},
        reviews::section::Reviews,
    },
};

/// A product with its reviews and others of its kind.
#[component]
pub fn ProductPage() -> impl IntoView {
    let (params, location, navigate) = (use_params_map(), use_location(), use_navigate());
    let slug = Memo::new(move |_| params.read().get("slug").unwrap_or_default());
    let product = Resource::new(move || get::<Product>(pages::product(&slug.read())));
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
                <ProductView product=product on_changed=Callback::new(move |()| product_again.refetch())/>
            </Load>
            {in_turn(move || view! { <Reviews slug=slug/> }.into_any())}
            {in_turn(move || {
                (move || category.get().map(|(category, except)| view! { <Related category=category except=except/> })).into_any()
            })}
        </Show>
    }
}
