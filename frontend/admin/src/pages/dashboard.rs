//! What happened and what is to be done.

use leptos::prelude::*;
use novashop_ui::use_title;

/// The first page of the back office.
#[component]
pub fn Dashboard() -> impl IntoView {
    use_title(|| Some("Dashboard".into()));
    view! { <h1>"Dashboard"</h1> }
}
