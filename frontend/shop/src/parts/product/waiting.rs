//! The shape of a product's page that is on its way.

use leptos::prelude::*;

/// Boxes where picture, name, price and button will be.
#[component]
pub fn ProductSkeleton() -> impl IntoView {
    view! {
        <div class="product" aria-hidden="true">
            <div class="product__gallery">
                <div class="product__image skeleton"></div>
            </div>
            <div class="product__details">
                <div class="skeleton skeleton--title"></div>
                <div class="skeleton skeleton--short"></div>
                <div class="skeleton skeleton--line"></div>
                <div class="skeleton skeleton--button"></div>
            </div>
        </div>
    }
}
