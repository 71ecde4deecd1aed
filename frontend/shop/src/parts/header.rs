//! The top of every page.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use novashop_locales::frame;
use novashop_types::pages;
use novashop_ui::{Icon, Show, Sign};

use crate::parts::{cart_state::use_cart, categories::use_categories, search_box::SearchBox};

/// The shop's name, the search, the account, the cart, the categories. Plain: the name only.
#[component]
pub fn Header(
    /// Whether nothing may lead away from the page.
    #[prop(into)]
    plain: Signal<bool>,
) -> impl IntoView {
    view! {
        <header class="site-header" class:site-header--plain=plain>
            <div class="site-header__row">
                <a class="site-header__mark" href="/">
                    <Mark/>
                    "NovaShop"
                </a>
                <Show when=move || !plain.get()>
                    <SearchBox/>
                    <Own/>
                </Show>
            </div>
            <Show when=move || !plain.get()>
                <CategoryLinks/>
            </Show>
        </header>
    }
}

/// The shop's sign: a cup under a star.
#[component]
fn Mark() -> impl IntoView {
    view! {
        <svg class="site-header__sign" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <path class="sign__cup" d="M6 14h18v5a8 8 0 0 1-8 8h-2a8 8 0 0 1-8-8zM24 16h1.5a3 3 0 0 1 0 6H23"/>
            <path class="sign__star" d="M15 3l1.6 4.4L21 9l-4.4 1.6L15 15l-1.6-4.4L9 9l4.4-1.6z"/>
        </svg>
    }
}

/// What belongs to the person who is here.
#[component]
fn Own() -> impl IntoView {
    let cart = use_cart();
    view! {
        <div class="site-header__own">
            <a class="site-header__link" href="/account">
                <Icon sign=Sign::Person/>
                <span>{frame::account()}</span>
            </a>
            <button type="button" class="site-header__link" aria-haspopup="dialog" on:click=move |_| cart.open.set(true)>
                <Icon sign=Sign::Bag/>
                <span aria-hidden="true">{frame::cart()}</span>
                <CartCount/>
                <span class="visually-hidden">{move || frame::cart_with(cart.count())}</span>
            </button>
        </div>
    }
}

/// How much is in the cart, as a mark on its sign.
#[component]
pub fn CartCount() -> impl IntoView {
    let cart = use_cart();
    view! {
        <Show when=move || { cart.count() > 0 }>
            <span class="count" aria-hidden="true">
                {move || cart.count()}
            </span>
        </Show>
    }
}

#[component]
fn CategoryLinks() -> impl IntoView {
    let categories = use_categories();
    let path = use_location().pathname;
    let here = move |page: &str| (*path.read() == page).then_some("page");
    view! {
        <nav class="site-header__categories" aria-label=frame::categories()>
            <ul class="plain-list">
                <li>
                    <a href="/products" aria-current=move || here("/products")>
                        {frame::all_products()}
                    </a>
                </li>
                {move || {
                    categories
                        .get()
                        .into_iter()
                        .map(|category| {
                            let page = pages::category_page(&category.slug);
                            let own = page.clone();
                            view! {
                                <li>
                                    <a href=page aria-current=move || here(&own)>
                                        {category.name}
                                    </a>
                                </li>
                            }
                        })
                        .collect_view()
                        .into_any()
                }}
            </ul>
        </nav>
    }
}
