//! What every page of the shop stands in, and which page an address means.

use leptos::prelude::*;
use leptos_router::{
    components::{FlatRoutes, Route, Router},
    path,
};
use novashop_client::{provide_live, provide_session};
use novashop_ui::{ToastList, in_turn, provide_page_title, provide_toasts};

use crate::{
    account_routes::AccountRoutes,
    buying_routes::BuyingRoutes,
    pages::{home::Home, listing::Listing, not_found::NotFound, offline::Offline, product::ProductPage, search::Search},
    parts::{cart_drawer::CartDrawer, cart_state::provide_cart, categories::provide_categories, frame::Frame, listing::results::provide_results},
};

/// The whole app.
#[component]
pub fn App() -> impl IntoView {
    provide_page_title();
    provide_session();
    provide_live();
    provide_toasts();
    provide_cart();
    provide_categories();
    provide_results();
    view! {
        <Router>
            <Frame>
                <FlatRoutes fallback=NotFound>
                    <Route path=path!("/") view=Home/>
                    <Route path=path!("/products") view=Listing/>
                    <Route path=path!("/c/:slug") view=Listing/>
                    <Route path=path!("/search") view=Search/>
                    <Route path=path!("/p/:slug") view=ProductPage/>
                    <Route path=path!("/offline") view=Offline/>
                    <BuyingRoutes/>
                    <AccountRoutes/>
                </FlatRoutes>
            </Frame>
            {in_turn(|| view! { <CartDrawer/> }.into_any())}
        </Router>
        <ToastList/>
    }
}
