//! Header, main part and footer around every page.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use novashop_locales::common;
use novashop_ui::{Show, in_turn};

use crate::parts::{
    bottom_bar::BottomBar,
    footer::Footer,
    header::Header,
    moving::{focus, follow_navigation},
    offline_banner::OfflineBanner,
};

/// The frame around a page. At the checkout nothing stands around it that leads away.
#[component]
pub fn Frame(
    /// The page.
    children: Children,
) -> impl IntoView {
    let said = follow_navigation();
    let location = use_location();
    let plain = Memo::new(move |_| location.pathname.read().starts_with("/checkout"));
    let skip = |event: leptos::ev::MouseEvent| {
        // The router would only change the address: who skips wants to be there.
        event.prevent_default();
        focus("main");
    };
    view! {
        <a class="skip-link" href="#content" on:click=skip>
            {common::skip_to_content()}
        </a>
        {in_turn(move || view! { <Header plain=plain/> }.into_any())}
        <OfflineBanner/>
        <main class="site-main" id="content" tabindex="-1">
            {children()}
        </main>
        {in_turn(move || {
            view! {
                <Show when=move || !plain.get()>
                    <Footer/>
                    <BottomBar/>
                </Show>
            }
            .into_any()
        })}
        <div class="visually-hidden" role="status" aria-live="polite">
            {said}
        </div>
    }
}
