//! Shown where the shop cannot be reached.

use leptos::prelude::*;
use novashop_locales::{common, frame};
use novashop_ui::{Icon, Sign, use_title};

use crate::parts::nothing::EmptyShelf;

/// No connection: what is safe, and how to go on.
#[component]
pub fn Offline() -> impl IntoView {
    use_title(|| Some(frame::offline_title().to_owned()));
    view! {
        <div class="empty">
            <EmptyShelf/>
            <h1>{frame::offline_title()}</h1>
            <p>{frame::offline_text()}</p>
            // Loaded anew: the app itself may be what is missing.
            <a class="button button--primary" href="/" rel="external">
                <Icon sign=Sign::Turn/>
                {common::retry()}
            </a>
        </div>
    }
}
