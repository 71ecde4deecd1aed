//! Writing a review and knowing one's own part in what others wrote, as a part of the program of its own: most only read.

use std::pin::Pin;

use leptos::prelude::*;
use novashop_client::{Failure, Outcome, Request, Resource};
use novashop_types::{pages, reviews::OwnReviews};
use novashop_ui::Load;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::editor::ReviewEditor;

/// What the shop says of one's own part in the reviews of a product.
type Asking = Pin<Box<dyn Future<Output = Outcome<OwnReviews>>>>;

/// What the part can do.
#[derive(Debug, Clone, Copy)]
pub struct Writing {
    /// Draws the editor: for the product of this slug, and whom it tells when it is done.
    pub draw: fn(String, Callback<()>) -> AnyView,
    ask: fn(&str) -> Asking,
}

#[wasm_split(writing, fallible)]
fn writes() -> Result<Writing, SplitLoaderError> {
    Ok(Writing { draw: |slug, on_done| view! { <OwnEditor slug=slug on_done=on_done/> }.into_any(), ask })
}

/// Fetches the part if need be.
///
/// # Errors
/// [`Failure::Unreachable`] where that fails.
pub async fn writing() -> Outcome<Writing> {
    writes().await.map_err(|_| Failure::Unreachable)
}

/// What somebody who is signed in has to do with the reviews of a product. Where it cannot be had, the page goes on without.
pub async fn own_reviews(slug: String) -> Option<OwnReviews> {
    let part = writing().await.ok()?;
    (part.ask)(&slug).await.ok()
}

/// What stands in the dialog meanwhile.
pub fn waiting() -> AnyView {
    view! { <div class="dialog__body"><div class="skeleton skeleton--review"></div></div> }.into_any()
}

fn ask(slug: &str) -> Asking {
    let own = Request::get(format!("{}/reviews/own", pages::product(slug)));
    Box::pin(own.send())
}

/// The editor, once it is known what there is to edit: the own review may be on a later page, or hidden.
#[component]
fn OwnEditor(slug: String, on_done: Callback<()>) -> impl IntoView {
    let asked = slug.clone();
    let own = Resource::new(move || ask(&asked));
    view! {
        <Load from=own skeleton=waiting let:own>
            <ReviewEditor slug=slug.clone() review=own.review on_done=on_done/>
        </Load>
    }
}
