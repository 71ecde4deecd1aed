//! The ways through the shop within a thumb's reach, on a phone.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use novashop_locales::{common, frame};
use novashop_types::{catalogue::Category, pages};
use novashop_ui::{Dialog, DialogKind, Icon, Sign};

use crate::parts::{cart_state::use_cart, categories::use_categories, header::CartCount, moving::focus};

/// The bar at the bottom of a phone.
#[component]
pub fn BottomBar() -> impl IntoView {
    let path = use_location().pathname;
    let cart = use_cart();
    let categories_open = RwSignal::new(false);
    // A choice leads to another page: the sheet has done its work.
    Effect::new(move || {
        path.track();
        categories_open.set(false);
    });
    let here = move |page: &'static str| {
        let path = path.read();
        (*path == page || (page.len() > 1 && path.starts_with(page))).then_some("page")
    };
    view! {
        <nav class="bottom-bar" aria-label=frame::main_navigation()>
            <a class="bottom-bar__item" href="/" aria-current=move || here("/")>
                <Icon sign=Sign::House/>
                {frame::home()}
            </a>
            <button type="button" class="bottom-bar__item" on:click=|_| focus(".search input")>
                <Icon sign=Sign::Search/>
                {common::search()}
            </button>
            <button type="button" class="bottom-bar__item" aria-haspopup="dialog" on:click=move |_| categories_open.set(true)>
                <Icon sign=Sign::Grid/>
                {frame::categories()}
            </button>
            <a class="bottom-bar__item" href="/account" aria-current=move || here("/account")>
                <Icon sign=Sign::Person/>
                {frame::account()}
            </a>
            <button
                type="button"
                class="bottom-bar__item"
                aria-haspopup="dialog"
                on:click=move |_| cart.open.set(true)
            >
                <Icon sign=Sign::Bag/>
                <span aria-hidden="true">{frame::cart()}</span>
                <CartCount/>
                <span class="visually-hidden">{move || frame::cart_with(cart.count())}</span>
            </button>
        </nav>
        <Dialog open=categories_open title=Signal::stored(frame::categories().to_owned()) kind=DialogKind::Sheet>
            <div class="dialog__body">
                <CategoryTree/>
            </div>
        </Dialog>
    }
}

/// All categories with what lies in them.
#[component]
pub fn CategoryTree() -> impl IntoView {
    let categories = use_categories();
    let link = |category: &Category| view! { <a href=pages::category_page(&category.slug)>{category.name.clone()}</a> };
    view! {
        <ul class="category-tree">
            <li>
                <a href="/products">{frame::all_products()}</a>
            </li>
            {move || {
                categories
                    .get()
                    .into_iter()
                    .map(|category| {
                        let below = category.children.iter().map(|child| view! { <li>{link(child)}</li> }).collect_view();
                        view! {
                            <li>
                                {link(&category)}
                                <ul class="category-tree__below">{below}</ul>
                            </li>
                        }
                    })
                    .collect_view()
                    .into_any()
            }}
        </ul>
    }
}
