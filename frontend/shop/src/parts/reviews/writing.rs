//! Writing a review, as a part of the program of its own: most only read them.

use leptos::prelude::*;
use novashop_client::{Failure, Outcome};
use novashop_types::reviews::Review;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::editor::ReviewEditor;

/// What draws the editor: for the product of this slug, this review where there is one, and whom it tells when it is done.
type Draw = fn(String, Option<Review>, Callback<()>) -> AnyView;

#[wasm_split(writing, fallible)]
fn draws() -> Result<Draw, SplitLoaderError> {
    Ok(|slug, review, on_done| view! { <ReviewEditor slug=slug review=review on_done=on_done/> }.into_any())
}

/// Fetches the part if need be.
///
/// # Errors
/// [`Failure::Unreachable`] where that fails.
pub async fn editor() -> Outcome<Draw> {
    draws().await.map_err(|_| Failure::Unreachable)
}
