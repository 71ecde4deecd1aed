//! The home page.

use leptos::prelude::*;
use novashop_client::{Resource, get};
use novashop_locales::frame;
use novashop_types::{
    catalogue::{ProductPage, ProductSummary},
    pages,
};
use novashop_ui::{Load, Show, use_title};

use crate::parts::{
    card::{CardSkeletons, ProductGrid, SEEN_AT_ONCE},
    home::{CategoryTiles, Hero, Promises},
};

/// The home page.
#[component]
pub fn Home() -> impl IntoView {
    use_title(|| Some(frame::tagline().to_owned()));
    let newest = Resource::new(|| get::<ProductPage>(pages::NEWEST));
    let best = Resource::new(|| get::<ProductPage>(pages::BEST_RATED));
    // A new shop has no best ones yet.
    let some_rated = Memo::new(move |_| best.get().and_then(Result::ok).is_none_or(|page| !rated(page).is_empty()));
    view! {
        <Hero/>
        <Promises/>
        <CategoryTiles/>
        <section class="shelf">
            <Shelf name=frame::newest() all="/products?sort=newest"/>
            <Load from=newest skeleton=|| view! { <CardSkeletons/> }.into_any() let:page>
                <ProductGrid products=page.page.items eager=SEEN_AT_ONCE/>
            </Load>
        </section>
        <Show when=move || some_rated.get()>
            <section class="shelf">
                <Shelf name=frame::best_rated() all="/products?sort=rating"/>
                <Load from=best skeleton=|| view! { <CardSkeletons/> }.into_any() let:page>
                    <ProductGrid products=rated(page)/>
                </Load>
            </section>
        </Show>
    }
}

/// Where nobody has said anything yet, the best are no others than the newest.
fn rated(page: ProductPage) -> Vec<ProductSummary> {
    page.page.items.into_iter().filter(|product| product.rating.count > 0).collect()
}

/// The name of a row, and where the rest of it is.
#[component]
fn Shelf(name: &'static str, all: &'static str) -> impl IntoView {
    view! {
        <div class="row row--apart">
            <h2>{name}</h2>
            <a href=all aria-label=format!("{}: {name}", frame::see_all())>
                {frame::see_all()}
            </a>
        </div>
    }
}
