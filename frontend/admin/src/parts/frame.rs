//! Header, main part and footer around every page.

use leptos::prelude::*;
use novashop_locales::common;

/// The frame around a page.
#[component]
pub fn Frame(
    /// The page.
    children: Children,
) -> impl IntoView {
    view! {
        <a class="skip-link" href="#content">
            {common::skip_to_content()}
        </a>
        <header class="site-header"></header>
        <main class="site-main" id="content" tabindex="-1">
            {children()}
        </main>
    }
}
