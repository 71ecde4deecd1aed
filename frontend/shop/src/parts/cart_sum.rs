//! What the cart comes to, and the way to the checkout.

use leptos::prelude::*;
use novashop_locales::{cart as words, money};
use novashop_types::cart::{Cart, CartWarningCode};
use novashop_ui::{Notice, NoticeKind};

use crate::parts::cart_state::use_cart;

/// Whether something in the cart cannot be had as it stands.
#[must_use]
pub fn is_blocked(cart: &Cart) -> bool {
    cart.warnings.iter().any(|warning| warning.code != CartWarningCode::PriceChanged)
}

/// The sum and the button to check out.
#[component]
pub fn CartSum() -> impl IntoView {
    let state = use_cart();
    let sum = Memo::new(move |_| {
        state.cart.with(|cart| cart.as_ref().map(|cart| (cart.item_count, cart.subtotal, cart.discount, cart.total, is_blocked(cart))))
    });
    move || {
        sum.get().map(|(count, subtotal, discount, total, blocked)| {
            view! {
                <div class="cart-sum stack">
                    {(discount.amount > 0)
                        .then(|| {
                            view! {
                                <p class="row row--apart"><span>{words::subtotal()}</span><span class="price">{money(subtotal)}</span></p>
                                <p class="row row--apart"><span>{words::discount()}</span><span class="price">"−" {money(discount)}</span></p>
                            }
                        })}
                    <p class="row row--apart cart-sum__total">
                        <span>{words::total()} " " <span class="small muted">{words::pieces(count)}</span></span>
                        <span class="price">{money(total)}</span>
                    </p>
                    {if blocked {
                        view! { <Notice kind=NoticeKind::Warning>{words::fix_first()}</Notice> }.into_any()
                    } else {
                        view! {
                            <a class="button button--primary button--wide" href="/checkout" on:click=move |_| state.open.set(false)>
                                {words::check_out()}
                            </a>
                        }
                            .into_any()
                    }}
                </div>
            }
        })
    }
}
