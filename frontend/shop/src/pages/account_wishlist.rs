//! What somebody likes.

use leptos::{prelude::*, task::spawn_local};
use novashop_client::{Outcome, Request, Resource, get_own};
use novashop_locales::{account as words, common};
use novashop_types::{
    Page,
    catalogue::ProductSummary,
    pages::{encoded, product_page},
};
use novashop_ui::{Button, Icon, Load, Picture, Price, Show, Sign, use_toasts};

use crate::parts::account_frame::AccountFrame;

const FIRST: &str = "/api/v1/wishlist?limit=24";

/// The page of the wishlist.
#[component]
pub fn AccountWishlistPage() -> impl IntoView {
    view! {
        <AccountFrame title=words::wishlist()>
            <Wishlist/>
        </AccountFrame>
    }
}

#[component]
fn Wishlist() -> impl IntoView {
    let first = Resource::new(|| get_own::<Page<ProductSummary>>(FIRST));
    view! {
        <Load from=first skeleton=|| view! { <div class="wishes" aria-busy="true"><div class="skeleton skeleton--block"></div><div class="skeleton skeleton--block"></div></div> }.into_any() let:page>
            <Wishes first=page/>
        </Load>
    }
}

#[component]
fn Wishes(first: Page<ProductSummary>) -> impl IntoView {
    let toasts = use_toasts();
    let (wishes, next, busy) = (RwSignal::new(first.items), RwSignal::new(first.next_cursor), RwSignal::new(false));
    let remove = move |wish: ProductSummary| {
        let place = wishes.with_untracked(|wishes| wishes.iter().position(|other| other.id == wish.id)).unwrap_or_default();
        wishes.update(|wishes| wishes.retain(|other| other.id != wish.id));
        let address = format!("/api/v1/wishlist/{}", wish.id);
        let put_back = move |wish: ProductSummary| {
            let _gone = wishes.try_update(|wishes| wishes.insert(place.min(wishes.len()), wish));
        };
        spawn_local(async move {
            if let Err(failure) = Request::delete(address.clone()).done().await {
                put_back(wish);
                return toasts.fail(&failure);
            }
            toasts.say_with_undo(words::wishlist_removed(&wish.name), move || {
                let (address, wish) = (address.clone(), wish.clone());
                spawn_local(async move {
                    match Request::put(address).done().await {
                        Ok(()) => put_back(wish),
                        Err(failure) => toasts.fail(&failure),
                    }
                });
            });
        });
    };
    let more = move |()| {
        let Some(cursor) = next.get_untracked() else { return };
        busy.set(true);
        spawn_local(async move {
            let page: Outcome<Page<ProductSummary>> = Request::get(format!("{FIRST}&cursor={}", encoded(&cursor))).send().await;
            match page {
                Ok(page) => {
                    wishes.update(|wishes| wishes.extend(page.items));
                    next.set(page.next_cursor);
                }
                Err(failure) => toasts.fail(&failure),
            }
            busy.set(false);
        });
    };
    view! {
        <Show when=move || wishes.read().is_empty()>
            <div class="empty">
                <Icon sign=Sign::Heart/>
                <h2>{words::wishlist_empty()}</h2>
                <p>{words::wishlist_hint()}</p>
                <a class="button button--primary" href="/products">{words::to_shop()}</a>
            </div>
        </Show>
        <ul class="wishes">
            <For each=move || wishes.get() key=|wish| wish.id let:wish>
                <Wish wish=wish remove=Callback::new(remove)/>
            </For>
        </ul>
        <Show when=move || next.read().is_some()>
            <Button busy=busy on_press=UnsyncCallback::new(more)>{common::load_more()}</Button>
        </Show>
    }
}

#[component]
fn Wish(wish: ProductSummary, remove: Callback<ProductSummary>) -> impl IntoView {
    let label = words::wishlist_remove(&wish.name);
    let (own, was) = (wish.clone(), wish.compare_at_price);
    let price = match was {
        Some(was) => view! { <Price price=wish.price was=was/> }.into_any(),
        None => view! { <Price price=wish.price/> }.into_any(),
    };
    view! {
        <li class="wish">
            <a href=product_page(&wish.slug)>
                {wish.image.map(|image| view! { <Picture image=image sizes="(min-width: 720px) 25vw, 50vw" decorative=true/> })}
                <span>{wish.name}</span>
            </a>
            {price}
            <button type="button" class="button button--icon wish__remove" aria-label=label on:click=move |_| remove.run(own.clone())>
                <Icon sign=Sign::Close/>
            </button>
        </li>
    }
}
