//! What stands in the cart's drawer.

use leptos::prelude::*;
use novashop_locales::cart as words;
use novashop_ui::Show;

use crate::parts::{
    cart_lines::{CartLines, CartNewsLine},
    cart_state::use_cart,
    cart_sum::CartSum,
    empty_cart::EmptyCart,
};

/// What just happened, the lines and the sum.
#[component]
pub fn CartContent() -> impl IntoView {
    let state = use_cart();
    let filled = Memo::new(move |_| state.cart.with(Option::is_some));
    view! {
        <div class="dialog__body stack cart-drawer">
            <CartNewsLine/>
            <Show when=move || filled.get() fallback=EmptyCart>
                <CartLines/>
            </Show>
        </div>
        <Show when=move || filled.get()>
            <div class="dialog__foot cart-drawer__foot">
                <CartSum/>
                <a class="button button--quiet button--wide" href="/cart" on:click=move |_| state.open.set(false)>{words::see_cart()}</a>
            </div>
        </Show>
    }
}
