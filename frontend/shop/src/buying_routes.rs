//! The pages of who buys: the cart and the checkout. With the cart's drawer (`parts/cart_later.rs`) a part of the program of its own.

use leptos::prelude::*;
use leptos_router::{ChooseView, any_nested_route::IntoAnyNestedRoute, components::Route, path};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::{
    pages::{cart::CartPage, checkout::CheckoutPage},
    parts::not_fetched::not_fetched,
};

/// One of them.
#[derive(Debug, Clone, Copy)]
enum BuyingPage {
    Cart,
    Checkout,
}

#[wasm_split(buying, fallible)]
fn view_of(page: BuyingPage) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        BuyingPage::Cart => view! { <CartPage/> }.into_any(),
        BuyingPage::Checkout => view! { <CheckoutPage/> }.into_any(),
    })
}

impl ChooseView for BuyingPage {
    /// The page that was open stays until the part is there.
    async fn choose(self) -> AnyView {
        view_of(self).await.unwrap_or_else(|_| not_fetched())
    }

    async fn preload(&self) {}
}

/// Their addresses.
#[component(transparent)]
pub fn BuyingRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/cart") view=BuyingPage::Cart/>
        <Route path=path!("/checkout") view=BuyingPage::Checkout/>
    }
    .into_inner()
    .into_any_nested_route()
}
