//! The cart at the side of any page.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use novashop_client::Resource;
use novashop_locales::cart as words;
use novashop_ui::{Dialog, DialogKind, Load};

use crate::parts::{
    cart_later::{cart_content, fetch_soon},
    cart_skeleton::CartSkeleton,
    cart_state::use_cart,
};

/// The drawer; it opens with the cart's own `open`.
#[component]
pub fn CartDrawer() -> impl IntoView {
    let state = use_cart();
    let filled = Memo::new(move |_| state.cart.with(Option::is_some));
    // Who has something in the cart will look at it.
    Effect::new(move || {
        if filled.get() {
            fetch_soon();
        }
    });
    // A phone's swipe back changes the page behind it.
    let path = use_location().pathname;
    Effect::new(move || {
        path.track();
        state.open.set(false);
    });
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
            <Content/>
        </Dialog>
    }
}

#[component]
fn Content() -> impl IntoView {
    let content = Resource::new(cart_content);
    view! {
        <Load from=content skeleton=|| view! { <div class="dialog__body"><CartSkeleton/></div> }.into_any() let:draw>
            {draw()}
        </Load>
    }
}
