//! What only the home page has.

use leptos::prelude::*;
use novashop_locales::frame;
use novashop_types::{catalogue::Category, pages};
use novashop_ui::{Icon, Sign};

use crate::parts::categories::use_categories;

/// Drawn for this shop; its colours are those of the theme.
const STILL_LIFE: &str = include_str!("still_life.svg");

/// The first words and the first picture.
#[component]
pub fn Hero() -> impl IntoView {
    view! {
        <section class="hero">
            <div class="hero__words">
                <h1>{frame::hero()}</h1>
                <p>{frame::hero_text()}</p>
                <p class="row">
                    <a class="button button--primary" href="/products">
                        {frame::hero_action()}
                    </a>
                    <a class="button button--quiet" href="/products?sort=newest">
                        {frame::hero_new()}
                    </a>
                </p>
            </div>
            <div class="hero__picture" aria-hidden="true" inner_html=STILL_LIFE></div>
        </section>
    }
}

/// What one can count on, in three lines.
#[component]
pub fn Promises() -> impl IntoView {
    let promises = [
        (Sign::Van, frame::promise_delivery(), frame::promise_delivery_text()),
        (Sign::Turn, frame::promise_cancel(), frame::promise_cancel_text()),
        (Sign::Star, frame::promise_honest(), frame::promise_honest_text()),
    ];
    let promise = |(sign, name, text)| {
        view! {
            <li>
                <Icon sign=sign/>
                <div>
                    <p class="promises__name">{name}</p>
                    <p class="muted small">{text}</p>
                </div>
            </li>
        }
    };
    view! {
        <ul class="promises" aria-label=frame::promises()>
            {promises.map(promise).collect_view()}
        </ul>
    }
}

/// The top categories with their pictures.
#[component]
pub fn CategoryTiles() -> impl IntoView {
    let categories = use_categories();
    let tile = |category: Category| {
        view! {
            <li>
                <a class="tile" href=pages::category_page(&category.slug)>
                    {match category.image {
                        Some(image) => {
                            view! { <img class="tile__picture" src=image width="640" height="360" alt="" loading="lazy" decoding="async"/> }.into_any()
                        }
                        None => view! { <div class="tile__picture"></div> }.into_any(),
                    }}
                    <span class="tile__name">{category.name}</span>
                    <span class="muted small">{frame::products(category.product_count)}</span>
                </a>
            </li>
        }
    };
    // Empty places of the same size, so that what stands below does not jump.
    let waiting = || {
        (0..4)
            .map(|_| {
                view! {
                    <li class="tile">
                        <div class="tile__picture skeleton"></div>
                        <span class="skeleton skeleton--short"></span>
                        <span class="skeleton skeleton--short"></span>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <section class="shelf">
            <h2>{frame::shop_by_category()}</h2>
            <ul class="tiles">
                {move || match categories.get() {
                    list if list.is_empty() => waiting().into_any(),
                    list => list.into_iter().map(tile).collect_view().into_any(),
                }}
            </ul>
        </section>
    }
}
