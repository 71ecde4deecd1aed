//! The checkout: where it goes, what it is, how it is paid; on one page.

use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use novashop_client::use_session;
use novashop_locales::checkout as words;
use novashop_ui::{ErrorView, use_title};

use crate::parts::{
    attempt::Attempts,
    cart_skeleton::CartSkeleton,
    cart_state::{Reading, use_cart},
    checkout_fields::CheckoutFields,
    checkout_form::CheckoutForm,
    empty_cart::EmptyCart,
    place_order::{Placed, recover},
};

/// The checkout.
#[component]
pub fn CheckoutPage() -> impl IntoView {
    use_title(|| Some(words::title().into()));
    let (cart, session) = (use_cart(), use_session());
    let done = RwSignal::new(false);
    // Compared before anything is drawn anew: the form must not start again because the cart was read once more. For another
    // person it must: what stands in it is not theirs.
    let state =
        Memo::new(move |_| (cart.reading.get(), cart.cart.with(Option::is_some), done.get(), session.signed_in().map(|_| session.person_id())));
    let navigate = use_navigate();
    let ordered = Callback::new(move |number: String| {
        CheckoutForm::forget();
        done.set(true);
        // Back must not lead to a checkout for an empty cart.
        navigate(&format!("/orders/{number}?new=1"), NavigateOptions { replace: true, ..Default::default() });
    });
    let content = move || match state.get() {
        // What is kept is read when it is known for whom.
        (Reading::Waiting, ..) | (_, _, true, _) | (Reading::Done, _, _, None) => view! { <CartSkeleton/> }.into_any(),
        (Reading::Failed(failure), ..) => view! { <ErrorView failure=failure retry=UnsyncCallback::new(move |()| cart.reload())/> }.into_any(),
        (Reading::Done, true, false, Some(_)) => view! { <CheckoutFields ordered=ordered/> }.into_any(),
        (Reading::Done, false, false, Some(_)) => view! { <LostAnswer ordered=ordered/> }.into_any(),
    };
    view! {
        <div class="page stack stack--loose checkout-page">
            <h1>{words::title()}</h1>
            {move || content()}
        </div>
    }
}

/// Nothing in the cart: perhaps because it is ordered, and the page was closed before it could say so.
#[component]
fn LostAnswer(ordered: Callback<String>) -> impl IntoView {
    let cart = use_cart();
    let looking = RwSignal::new(Attempts::read(cart.who()).last().is_some());
    if looking.get_untracked() {
        spawn_local(async move {
            match recover(cart).await {
                Some(Placed::Order(order)) => ordered.run(order.number),
                _ => {
                    let _gone = looking.try_set(false);
                }
            }
        });
    }
    move || {
        if looking.get() {
            view! { <p class="muted" role="status">{words::looking()}</p><CartSkeleton/> }.into_any()
        } else {
            view! { <EmptyCart/> }.into_any()
        }
    }
}
