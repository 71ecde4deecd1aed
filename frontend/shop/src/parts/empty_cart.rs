//! A cart with nothing in it.

use leptos::prelude::*;
use novashop_client::use_session;
use novashop_locales::{cart as words, common};
use novashop_ui::Show;

use crate::parts::cart_state::use_cart;

/// What stands where the lines would be.
#[component]
pub fn EmptyCart() -> impl IntoView {
    let (state, session) = (use_cart(), use_session());
    view! {
        <div class="empty">
            <svg class="empty__picture empty__picture--drawn" viewBox="0 0 160 120" aria-hidden="true" focusable="false">
                <ellipse class="drawn-ground" cx="80" cy="104" rx="62" ry="8"/>
                <path class="drawn-soft" d="M40 44h80l8 58H32z"/>
                <path class="drawn-line" d="M40 44h80l8 58H32zM60 56V36a20 20 0 0 1 40 0v20"/>
                <path class="drawn-line" d="M118 24v10M113 29h10M36 20v6M33 23h6"/>
            </svg>
            <h2>{words::empty()}</h2>
            <p>{words::empty_hint()}</p>
            <a class="button button--primary" href="/products" on:click=move |_| state.open.set(false)>{words::look_around()}</a>
            <Show when=move || session.signed_in() == Some(false)>
                <p class="small">
                    {words::signed_out()} " "
                    <a href="/login?next=%2Fcart" on:click=move |_| state.open.set(false)>{common::sign_in()}</a>
                </p>
            </Show>
        </div>
    }
}
