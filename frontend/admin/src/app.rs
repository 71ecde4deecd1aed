//! What every page of the back office stands in, and which page an address means.

use leptos::prelude::*;
use leptos_router::{
    components::{FlatRoutes, Route, Router},
    path,
};
use novashop_client::{provide_live, provide_session};
use novashop_ui::{ToastList, provide_toasts};

use crate::{
    pages::{
        categories::Categories,
        dashboard::Dashboard,
        imports::Imports,
        login::SignedIn,
        not_found::NotFound,
        product::{EditProduct, NewProduct},
        products::Products,
        stock::Stock,
    },
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
                    <FlatRoutes fallback=NotFound>
                        <Route path=path!("/") view=Dashboard/>
                        <Route path=path!("/products") view=Products/>
                        <Route path=path!("/products/new") view=NewProduct/>
                        <Route path=path!("/products/:id") view=EditProduct/>
                        <Route path=path!("/categories") view=Categories/>
                        <Route path=path!("/stock") view=Stock/>
                        <Route path=path!("/imports") view=Imports/>
                        <Route path=path!("/login") view=SignedIn/>
                        <PeopleRoutes/>
                    </FlatRoutes>
                </Frame>
            </Gate>
        </Router>
        <ToastList/>
    }
}
