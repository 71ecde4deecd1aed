//! Putting a product on one's wishlist.

use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use novashop_client::{Request, Resource, get_own, use_session};
use novashop_locales::product as words;
use novashop_types::{Page, ProductId, catalogue::ProductSummary, pages};
use novashop_ui::{Icon, Sign, use_toasts};

/// A heart; filled where the product is on the wishlist. A guest is asked to sign in.
#[component]
pub fn Heart(
    /// The product.
    product: ProductId,
    /// Its slug, to come back to.
    slug: String,
) -> impl IntoView {
    let (session, toasts, navigate) = (use_session(), use_toasts(), use_navigate());
    let on = RwSignal::new(false);
    let known = Resource::new(move || {
        let signed_in = session.signed_in() == Some(true);
        async move { if signed_in { get_own::<Page<ProductSummary>>("/api/v1/wishlist?limit=100").await.ok() } else { None } }
    });
    Effect::new(move || {
        if let Some(Some(page)) = known.get() {
            on.set(page.items.iter().any(|item| item.id == product));
        }
    });
    let press = move |_| {
        if session.signed_in() != Some(true) {
            navigate(&format!("/login?next={}", pages::encoded(&pages::product_page(&slug))), NavigateOptions::default());
            return;
        }
        let wanted = !on.get_untracked();
        on.set(wanted);
        let path = format!("/api/v1/wishlist/{product}");
        spawn_local(async move {
            let request = if wanted { Request::put(path) } else { Request::delete(path) };
            match request.done().await {
                Ok(()) => toasts.say(if wanted { words::added_to_wishlist() } else { words::removed_from_wishlist() }),
                Err(failure) => {
                    on.try_set(!wanted);
                    toasts.fail(&failure);
                }
            }
        });
    };
    view! {
        <button
            type="button"
            class="button button--icon heart"
            aria-pressed=move || if on.get() { "true" } else { "false" }
            aria-label=words::add_to_wishlist()
            title=words::add_to_wishlist()
            on:click=press
        >
            <Icon sign=Sign::Heart filled=on/>
        </button>
    }
}
