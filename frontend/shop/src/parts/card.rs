//! Products side by side.

use leptos::prelude::*;
use novashop_locales::listing;
use novashop_types::{catalogue::ProductSummary, pages};
use novashop_ui::{Picture, Price, Rating};

/// The first row on a phone and on a desktop is seen at once.
pub const SEEN_AT_ONCE: usize = 4;

/// A grid of products; the pictures of the first `eager` are seen at once.
#[component]
pub fn ProductGrid(
    /// The products.
    products: Vec<ProductSummary>,
    /// How many are seen at once.
    #[prop(optional)]
    eager: usize,
) -> impl IntoView {
    let card = |(place, product): (usize, ProductSummary)| {
        view! {
            <li>
                <ProductCard product=product first=place < eager/>
            </li>
        }
    };
    view! {
        <ul class="grid" role="list">
            {products.into_iter().enumerate().map(card).collect_view()}
        </ul>
    }
}

/// A product in a grid.
#[component]
pub fn ProductCard(
    /// The product.
    product: ProductSummary,
    /// Whether it is seen at once.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let reduced = product.compare_at_price.is_some_and(|was| was.amount > product.price.amount);
    let badge = match (product.in_stock, reduced) {
        (false, _) => Some(("stock stock--out", listing::sold_out())),
        (true, true) => Some(("stock stock--sale", listing::sale())),
        (true, false) => None,
    };
    view! {
        <article class="card" class:card--out=!product.in_stock>
            <a class="card__link" href=pages::product_page(&product.slug)>
                {match product.image {
                    Some(image) => view! { <Picture image=image sizes=pages::CARD_SIZES first=first decorative=true class="card__image"/> }.into_any(),
                    None => view! { <div class="card__image card__image--none"></div> }.into_any(),
                }}
                <h3 class="card__name">{product.name}</h3>
            </a>
            <p class="card__price">
                <Price price=product.price was=product.compare_at_price/>
            </p>
            {(product.rating.count > 0).then(|| view! { <Rating of=product.rating/> })}
            {badge.map(|(class, words)| view! { <p class=class>{words}</p> })}
        </article>
    }
}

/// The shape of a grid that is on its way.
#[component]
pub fn CardSkeletons(
    /// How many.
    #[prop(default = 8)]
    count: usize,
) -> impl IntoView {
    let card = |_| {
        view! {
            <li class="card">
                <div class="card__image skeleton"></div>
                <div class="skeleton skeleton--line"></div>
                <div class="skeleton skeleton--short"></div>
            </li>
        }
    };
    view! {
        <ul class="grid" role="list" aria-hidden="true">
            {(0..count).map(card).collect_view()}
        </ul>
    }
}
