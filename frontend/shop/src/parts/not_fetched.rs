//! In the place of a page whose part of the program cannot be fetched.

use leptos::prelude::*;
use novashop_client::Failure;
use novashop_ui::ErrorView;

/// Says that the shop cannot be reached; trying again loads the page anew.
pub fn not_fetched() -> AnyView {
    let again = || {
        let _reloaded = window().location().reload();
    };
    view! { <ErrorView failure=Failure::Unreachable retry=UnsyncCallback::new(move |()| again())/> }.into_any()
}
