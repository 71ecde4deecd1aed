//! What is in the cart's drawer, as a part of the program of its own together with cart page and checkout (`buying_routes.rs`): who only looks around
//! never downloads it.

use leptos::{prelude::*, task::spawn_local};
use novashop_client::{Failure, Outcome};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::parts::cart_content::CartContent;

/// What draws it.
type Draw = fn() -> AnyView;

#[wasm_split(buying, fallible, preload(fetch))]
fn draws() -> Result<Draw, SplitLoaderError> {
    Ok(|| view! { <CartContent/> }.into_any())
}

/// Fetches the part, if it is not there yet; whoever needs it asks again where that fails.
pub fn fetch_soon() {
    spawn_local(async {
        let _asked_again_later = fetch().await;
    });
}

/// What draws the cart beside a page.
///
/// # Errors
/// [`Failure::Unreachable`] where the part cannot be fetched.
pub async fn cart_content() -> Outcome<Draw> {
    draws().await.map_err(|_| Failure::Unreachable)
}
