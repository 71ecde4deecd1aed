//! What every page of the back office stands in, and which page an address means.

use leptos::prelude::*;
use leptos_router::{
    components::{Route, Router, Routes},
    path,
};
use novashop_client::{provide_live, provide_session};
use novashop_ui::{ToastList, provide_toasts};

use crate::{
    pages::{dashboard::Dashboard, login::SignedIn, not_found::NotFound},
    parts::{frame::Frame, gate::Gate},
    people_routes::PeopleRoutes,
};

/// The whole back office.
#[component]
pub fn App() -> impl IntoView {
    provide_session();
    provide_live();
    provide_toasts();
    view! {
        <Router base="/admin">
            <Gate>
                <Frame>
                    <Routes fallback=NotFound>
                        <Route path=path!("/") view=Dashboard/>
                        <Route path=path!("/login") view=SignedIn/>
                        <PeopleRoutes/>
                    </Routes>
                </Frame>
            </Gate>
        </Router>
        <ToastList/>
    }
}
