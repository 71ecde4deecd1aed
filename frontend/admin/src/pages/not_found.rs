//! Where there is nothing.

use leptos::prelude::*;
use novashop_ui::use_title;

/// An address that means nothing.
#[component]
pub fn NotFound() -> impl IntoView {
    use_title(|| Some("404".into()));
    view! { <h1>"404"</h1> }
}
