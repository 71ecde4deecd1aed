//! The pages of orders, people and what the program does.

use leptos::prelude::*;
use leptos_router::{any_nested_route::IntoAnyNestedRoute, components::Route, path};

use crate::pages::{
    orders::{list::Orders, order::OrderPage, slip::Slip},
    people::{account::Account, audit::Audit, customers::Customers, jobs::Jobs, mails::Mails, reviews::Reviews, system::SystemPage},
};

/// Their routes, under the app's own.
#[component(transparent)]
pub fn PeopleRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/orders") view=Orders/>
        <Route path=path!("/orders/:number") view=OrderPage/>
        <Route path=path!("/orders/:number/slip") view=Slip/>
        <Route path=path!("/reviews") view=Reviews/>
        <Route path=path!("/customers") view=Customers/>
        <Route path=path!("/customers/:id") view=Account/>
        <Route path=path!("/mails") view=Mails/>
        <Route path=path!("/jobs") view=Jobs/>
        <Route path=path!("/audit") view=Audit/>
        <Route path=path!("/system") view=SystemPage/>
    }
    .into_inner()
    .into_any_nested_route()
}
