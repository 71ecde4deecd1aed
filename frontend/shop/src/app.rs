//! What every page of the shop stands in, and which page an address means.

use leptos::prelude::*;
use leptos_router::{
    components::{Route, Router, Routes},
    path,
};
use novashop_client::{provide_live, provide_session};
use novashop_ui::{ToastList, provide_page_title, provide_toasts};

use crate::{
    pages::{home::Home, not_found::NotFound},
    parts::{cart_state::provide_cart, categories::provide_categories, frame::Frame},
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
    view! {
        <Router>
            <Frame>
                <Routes fallback=NotFound>
                    <Route path=path!("/") view=Home/>
                </Routes>
            </Frame>
        </Router>
        <ToastList/>
    }
}
