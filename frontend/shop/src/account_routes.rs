//! The pages of accounts and orders: a part of the program of its own, fetched when the first of them is opened. Who only looks around never
//! downloads it.

use leptos::prelude::*;
use leptos_router::{ChooseView, any_nested_route::IntoAnyNestedRoute, components::Route, path};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::{
    pages::{
        account_data::AccountDataPage, account_orders::AccountOrdersPage, account_password::AccountPasswordPage, account_profile::AccountProfilePage,
        account_sessions::AccountSessionsPage, account_wishlist::AccountWishlistPage, email_verify::EmailVerifyPage, login::LoginPage,
        order::OrderPage, password_forgot::PasswordForgotPage, password_reset::PasswordResetPage, register::RegisterPage,
    },
    parts::not_fetched::not_fetched,
};

/// One of them.
#[derive(Debug, Clone, Copy)]
enum AccountPage {
    Order,
    Login,
    Register,
    PasswordForgot,
    PasswordReset,
    EmailVerify,
    Profile,
    Orders,
    Wishlist,
    Sessions,
    Password,
    Data,
}

#[wasm_split(account, fallible)]
fn view_of(page: AccountPage) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        AccountPage::Order => view! { <OrderPage/> }.into_any(),
        AccountPage::Login => view! { <LoginPage/> }.into_any(),
        AccountPage::Register => view! { <RegisterPage/> }.into_any(),
        AccountPage::PasswordForgot => view! { <PasswordForgotPage/> }.into_any(),
        AccountPage::PasswordReset => view! { <PasswordResetPage/> }.into_any(),
        AccountPage::EmailVerify => view! { <EmailVerifyPage/> }.into_any(),
        AccountPage::Profile => view! { <AccountProfilePage/> }.into_any(),
        AccountPage::Orders => view! { <AccountOrdersPage/> }.into_any(),
        AccountPage::Wishlist => view! { <AccountWishlistPage/> }.into_any(),
        AccountPage::Sessions => view! { <AccountSessionsPage/> }.into_any(),
        AccountPage::Password => view! { <AccountPasswordPage/> }.into_any(),
        AccountPage::Data => view! { <AccountDataPage/> }.into_any(),
    })
}

impl ChooseView for AccountPage {
    /// The page that was open stays until the part is there.
    async fn choose(self) -> AnyView {
        view_of(self).await.unwrap_or_else(|_| not_fetched())
    }

    async fn preload(&self) {}
}

/// Their addresses.
#[component(transparent)]
pub fn AccountRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/orders/:number") view=AccountPage::Order/>
        <Route path=path!("/login") view=AccountPage::Login/>
        <Route path=path!("/register") view=AccountPage::Register/>
        <Route path=path!("/password/forgot") view=AccountPage::PasswordForgot/>
        <Route path=path!("/password/reset") view=AccountPage::PasswordReset/>
        <Route path=path!("/email/verify") view=AccountPage::EmailVerify/>
        <Route path=path!("/account") view=AccountPage::Profile/>
        <Route path=path!("/account/orders") view=AccountPage::Orders/>
        <Route path=path!("/account/wishlist") view=AccountPage::Wishlist/>
        <Route path=path!("/account/sessions") view=AccountPage::Sessions/>
        <Route path=path!("/account/password") view=AccountPage::Password/>
        <Route path=path!("/account/data") view=AccountPage::Data/>
    }
    .into_inner()
    .into_any_nested_route()
}
