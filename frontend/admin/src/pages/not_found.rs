//! Where there is nothing.

use leptos::prelude::*;
use novashop_locales::admin;
use novashop_ui::use_title;

/// An address that means nothing.
#[component]
pub fn NotFound() -> impl IntoView {
    use_title(|| Some(admin::page_missing().into()));
    view! {
        <div class="empty">
            <h1>{admin::page_missing()}</h1>
            <p>{admin::page_missing_help()}</p>
            <a class="button" href="/admin">
                {admin::dashboard()}
            </a>
        </div>
    }
}
