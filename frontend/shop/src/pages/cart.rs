//! The cart on a page of its own.

use leptos::prelude::*;
use novashop_locales::cart as words;
use novashop_ui::{ErrorView, Show, use_title};

use crate::parts::{
    cart_lines::{CartLines, CartNewsLine},
    cart_skeleton::CartSkeleton,
    cart_state::{Reading, use_cart},
    cart_sum::CartSum,
    empty_cart::EmptyCart,
};

/// The cart.
#[component]
pub fn CartPage() -> impl IntoView {
    use_title(|| Some(words::title().into()));
    let state = use_cart();
    let filled = Memo::new(move |_| state.cart.with(Option::is_some));
    let reading = Memo::new(move |_| state.reading.get());
    let content = move || match reading.get() {
        Reading::Waiting => view! { <CartSkeleton/> }.into_any(),
        Reading::Failed(failure) => view! { <ErrorView failure=failure retry=UnsyncCallback::new(move |()| state.reload())/> }.into_any(),
        Reading::Done => view! {
            <CartNewsLine/>
            <Show when=move || filled.get() fallback=EmptyCart>
                <div class="cart-page">
                    <CartLines/>
                    <aside class="panel cart-page__sum">
                        <CartSum/>
                        <a class="button button--quiet button--wide" href="/products">{words::go_on()}</a>
                    </aside>
                </div>
            </Show>
        }
        .into_any(),
    };
    view! {
        <div class="page stack stack--loose">
            <h1>{words::title()}</h1>
            {move || content()}
        </div>
    }
}
