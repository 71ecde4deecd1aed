//! The pages around buying: cart, checkout, orders, account.

use leptos::prelude::*;
use leptos_router::{any_nested_route::IntoAnyNestedRoute, components::Route, path};

use crate::pages::{
    account_data::AccountDataPage, account_orders::AccountOrdersPage, account_password::AccountPasswordPage, account_profile::AccountProfilePage,
    account_sessions::AccountSessionsPage, account_wishlist::AccountWishlistPage, cart::CartPage, checkout::CheckoutPage,
    email_verify::EmailVerifyPage, login::LoginPage, order::OrderPage, password_forgot::PasswordForgotPage, password_reset::PasswordResetPage,
    register::RegisterPage,
};

/// Their addresses.
#[component(transparent)]
pub fn AccountRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/cart") view=CartPage/>
        <Route path=path!("/checkout") view=CheckoutPage/>
        <Route path=path!("/orders/:number") view=OrderPage/>
        <Route path=path!("/login") view=LoginPage/>
        <Route path=path!("/register") view=RegisterPage/>
        <Route path=path!("/password/forgot") view=PasswordForgotPage/>
        <Route path=path!("/password/reset") view=PasswordResetPage/>
        <Route path=path!("/email/verify") view=EmailVerifyPage/>
        <Route path=path!("/account") view=AccountProfilePage/>
        <Route path=path!("/account/orders") view=AccountOrdersPage/>
        <Route path=path!("/account/wishlist") view=AccountWishlistPage/>
        <Route path=path!("/account/sessions") view=AccountSessionsPage/>
        <Route path=path!("/account/password") view=AccountPasswordPage/>
        <Route path=path!("/account/data") view=AccountDataPage/>
    }
    .into_inner()
    .into_any_nested_route()
}
