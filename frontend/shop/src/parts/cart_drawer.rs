//! The cart at the side of any page.

use leptos::prelude::*;
use novashop_locales::cart as words;
use novashop_ui::{Dialog, DialogKind, Show};

use crate::parts::{
    cart_lines::{CartLines, CartNewsLine},
    cart_state::use_cart,
    cart_sum::CartSum,
    empty_cart::EmptyCart,
};

/// The drawer; it opens with the cart's own `open`.
#[component]
pub fn CartDrawer() -> impl IntoView {
    let state = use_cart();
    let filled = Memo::new(move |_| state.cart.with(Option::is_some));
    // What was said belongs to the moment: the next time the drawer opens it is old.
    Effect::new(move |before: Option<bool>| {
        let open = state.open.get();
        if before == Some(true) && !open {
            state.news.set(None);
        }
        open
    });
    view! {
        <Dialog open=state.open title=words::title().to_owned() kind=DialogKind::Drawer>
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
        </Dialog>
    }
}
