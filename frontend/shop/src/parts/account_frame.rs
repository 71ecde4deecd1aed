//! What stands around every page of an account: its parts, the way out, and that nobody else sees it.

use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    components::A,
    hooks::{use_location, use_navigate},
};
use novashop_client::{Failure, use_session};
use novashop_locales::{account as words, common};
use novashop_types::pages::encoded;
use novashop_ui::{ErrorView, Icon, Sign, use_title, use_toasts};

/// A page of the account.
#[component]
pub fn AccountFrame(
    /// What it is about.
    title: &'static str,
    /// The page.
    children: ChildrenFn,
) -> impl IntoView {
    use_title(move || Some(title.into()));
    let session = use_session();
    let signed_in = Memo::new(move |_| session.signed_in());
    let (navigate, location) = (use_navigate(), use_location());
    Effect::new(move || {
        let here = location.pathname.get_untracked();
        // Whoever signed out, or is gone, is on the way to another page already.
        if signed_in.get() == Some(false) && here.starts_with("/account") {
            navigate(&format!("/login?next={}", encoded(&here)), NavigateOptions { replace: true, ..Default::default() });
        }
    });
    let away = Memo::new(move |_| session.is_away());
    let content = move || match signed_in.get() {
        Some(true) => children().into_any(),
        None if away.get() => {
            view! { <ErrorView failure=Failure::Unreachable retry=UnsyncCallback::new(move |()| session.look_again())/> }.into_any()
        }
        None | Some(false) => view! {
            <div class="stack" aria-busy="true">
                <span class="visually-hidden">{words::loading()}</span>
                <div class="skeleton skeleton--entry"></div>
                <div class="skeleton skeleton--block"></div>
            </div>
        }
        .into_any(),
    };
    view! {
        <div class="page account">
            <AccountNav/>
            <div class="account__page stack stack--loose">
                <h1>{title}</h1>
                {move || content()}
            </div>
        </div>
    }
}

#[component]
fn AccountNav() -> impl IntoView {
    let session = use_session();
    let (navigate, toasts) = (use_navigate(), use_toasts());
    let sign_out = move |_| {
        let navigate = navigate.clone();
        // First away from what is private: the page itself would ask to sign in again.
        navigate("/", NavigateOptions::default());
        spawn_local(async move {
            if let Err(failure) = session.sign_out().await {
                toasts.fail(&failure);
            }
        });
    };
    let parts = [
        ("/account", words::profile(), Sign::Person),
        ("/account/orders", words::orders(), Sign::Parcel),
        ("/account/wishlist", words::wishlist(), Sign::Heart),
        ("/account/sessions", words::sessions(), Sign::Eye),
        ("/account/password", words::password(), Sign::Key),
        ("/account/data", words::data(), Sign::Download),
    ];
    view! {
        <nav class="account__nav" aria-label=words::sections()>
            <ul class="account__parts">
                {parts
                    .into_iter()
                    .map(|(href, name, sign)| view! { <li><A href=href exact=true><Icon sign=sign/>{name}</A></li> })
                    .collect_view()}
                <li>
                    <button type="button" on:click=sign_out><Icon sign=Sign::Out/>{common::sign_out()}</button>
                </li>
            </ul>
        </nav>
    }
}
