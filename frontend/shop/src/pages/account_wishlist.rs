//! What somebody likes.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering::Relaxed},
};

use leptos::{prelude::*, task::spawn_local};
use novashop_client::{Outcome, Request, Resource, get_own};
use novashop_locales::{account as words, common};
use novashop_types::{
    Page, ProductId,
    catalogue::ProductSummary,
    pages::{encoded, product_page},
};
use novashop_ui::{Button, Icon, Load, Notice, Picture, Price, Show, Sign, use_toasts};

use crate::parts::{account_frame::AccountFrame, moving::catch_focus};

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
    let removed = RwSignal::new(None::<(usize, ProductSummary)>);
    // Those whose removal is on its way, and whether they are wanted back: the one must not overtake the other, also where the page is left.
    let leaving = StoredValue::new(Vec::<(ProductId, Arc<AtomicBool>)>::new());
    let insert = move |place: usize, wish: ProductSummary| {
        let _gone = wishes.try_update(|wishes| wishes.insert(place.min(wishes.len()), wish));
    };
    let put = move |place: usize, wish: ProductSummary| async move {
        match Request::put(address_of(&wish)).done().await {
            Ok(()) => insert(place, wish),
            Err(failure) => toasts.fail(&failure),
        }
    };
    let remove = move |wish: ProductSummary| {
        let place = wishes.with_untracked(|wishes| wishes.iter().position(|other| other.id == wish.id)).unwrap_or_default();
        wishes.update(|wishes| wishes.retain(|other| other.id != wish.id));
        removed.set(Some((place, wish.clone())));
        catch_focus(".wish-undo");
        let back = Arc::new(AtomicBool::new(false));
        leaving.update_value(|leaving| leaving.push((wish.id, Arc::clone(&back))));
        spawn_local(async move {
            let outcome = Request::delete(address_of(&wish)).done().await;
            leaving.try_update_value(|leaving| leaving.retain(|(id, _)| *id != wish.id));
            match (outcome, back.load(Relaxed)) {
                // Whatever became of the removal.
                (_, true) => put(place, wish).await,
                (Ok(()), false) => {}
                (Err(failure), false) => {
                    removed.try_update(|removed| *removed = removed.take().filter(|(_, last)| last.id != wish.id));
                    insert(place, wish);
                    toasts.fail(&failure);
                }
            }
        });
    };
    let put_back = move |_| {
        let Some((place, wish)) = removed.get_untracked() else { return };
        removed.set(None);
        catch_focus("main h1");
        let on_its_way = leaving.with_value(|leaving| leaving.iter().find(|(id, _)| *id == wish.id).map(|(_, back)| Arc::clone(back)));
        if let Some(back) = on_its_way {
            return back.store(true, Relaxed);
        }
        spawn_local(put(place, wish));
    };
    // Said in its place, where it can be taken back for as long as one likes.
    let news = move || {
        removed.get().map(|(_, wish)| {
            view! {
                <Notice>
                    <span class="row row--apart">
                        {words::wishlist_removed(&wish.name)}
                        <button type="button" class="link wish-undo" on:click=put_back>{common::undo()}</button>
                    </span>
                </Notice>
            }
        })
    };
    let more = move |()| {
        let Some(cursor) = next.get_untracked() else { return };
        busy.set(true);
        spawn_local(async move {
            let page: Outcome<Page<ProductSummary>> = Request::get(format!("{FIRST}&cursor={}", encoded(&cursor))).send().await;
            match page {
                Ok(page) => {
                    // The page may be left meanwhile.
                    let Some(before) = wishes.try_with_untracked(Vec::len) else { return };
                    let first_new = before + 1;
                    wishes.update(|wishes| wishes.extend(page.items));
                    next.set(page.next_cursor);
                    catch_focus(format!(".wishes > li:nth-child({first_new}) a"));
                }
                Err(failure) => toasts.fail(&failure),
            }
            busy.set(false);
        });
    };
    view! {
        {news}
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

fn address_of(wish: &ProductSummary) -> String {
    format!("/api/v1/wishlist/{}", wish.id)
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
