//! The shape of a cart that is still being fetched.

use leptos::prelude::*;
use novashop_locales::cart as words;

/// Lines in the shape of those to come.
#[component]
pub fn CartSkeleton() -> impl IntoView {
    view! {
        <div class="stack" aria-busy="true">
            <span class="visually-hidden">{words::loading()}</span>
            <div class="skeleton skeleton--entry"></div>
            <div class="skeleton skeleton--entry"></div>
            <div class="skeleton skeleton--entry"></div>
        </div>
    }
}
