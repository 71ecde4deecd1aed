//! The pages around buying: cart, checkout, orders, account.

use leptos::prelude::*;
use leptos_router::{MatchNestedRoutes, any_nested_route::IntoAnyNestedRoute, components::Route, path};

use crate::pages::cart::CartPage;

/// Their addresses.
#[component(transparent)]
pub fn AccountRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/cart") view=CartPage/>
    }
    .into_inner()
    .into_any_nested_route()
}
