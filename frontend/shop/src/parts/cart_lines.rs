//! The lines of the cart, as drawer and cart page show them.

use leptos::prelude::*;
use novashop_locales::{cart as words, money};
use novashop_types::{
    CartItemId,
    cart::{CartItem, CartWarningCode, MAX_QUANTITY},
    pages,
};
use novashop_ui::{Icon, Notice, NoticeKind, Picture, Sign, failure_text};

use crate::parts::{
    cart_state::{CartNews, CartState, use_cart},
    moving::catch_focus,
    options::options_text,
};

/// What just happened to the cart. What was taken out can be put back right here.
#[component]
pub fn CartNewsLine() -> impl IntoView {
    let state = use_cart();
    move || {
        state.news.get().map(|news| match news {
            CartNews::Added(name) => view! { <Notice kind=NoticeKind::Positive>{words::added(&name)}</Notice> }.into_any(),
            CartNews::Removed { item, name, variant, quantity } => {
                let put_back = move |_| {
                    state.put_back(item, variant, quantity);
                    catch_focus("dialog[open] .dialog__head button");
                    catch_focus("main h1");
                };
                view! {
                    <Notice>
                        <span class="row row--apart">
                            {words::removed(&name)}
                            <button type="button" class="link cart-undo" on:click=put_back>
                                {novashop_locales::common::undo()}
                            </button>
                        </span>
                    </Notice>
                }
                .into_any()
            }
            CartNews::Failed(failure) => view! { <Notice kind=NoticeKind::Negative>{failure_text(&failure)}</Notice> }.into_any(),
        })
    }
}

/// The lines. A line stays the same element while its quantity changes, so that the focus stays on its buttons.
#[component]
pub fn CartLines() -> impl IntoView {
    let state = use_cart();
    let ids =
        Memo::new(move |_| state.cart.with(|cart| cart.as_ref().map(|cart| cart.items.iter().map(|line| line.id).collect()).unwrap_or_default()));
    view! {
        <ul class="cart-lines">
            <For each=move || { let ids: Vec<CartItemId> = ids.get(); ids } key=|id| *id let:id>
                <CartLine id=id/>
            </For>
        </ul>
    }
}

#[component]
fn CartLine(id: CartItemId) -> impl IntoView {
    let state = use_cart();
    let find = move || state.cart.with(|cart| cart.as_ref()?.items.iter().find(|line| line.id == id).cloned());
    let warned =
        Memo::new(move |_| state.cart.with(|cart| cart.as_ref()?.warnings.iter().find(|warning| warning.item_id == id).map(|warning| warning.code)));
    untrack(find).map(|line| {
        let now = Memo::new({
            let line = line.clone();
            move |_| find().unwrap_or_else(|| line.clone())
        });
        let name = line.product.name.clone();
        let page = pages::product_page(&line.product.slug);
        let options = options_text(&line.options);
        let leave = move |_| state.open.set(false);
        let remove = words::remove(&name);
        view! {
            <li class="cart-line">
                <a class="cart-line__picture" href=page.clone() tabindex="-1" aria-hidden="true" on:click=leave>
                    {line.product.image.map(|image| view! { <Picture image=image sizes="96px" decorative=true/> })}
                </a>
                <div class="cart-line__words">
                    <a class="cart-line__name" href=page on:click=leave>{name.clone()}</a>
                    {(!options.is_empty()).then(|| view! { <p class="small muted">{options}</p> })}
                    {move || (now.read().quantity > 1).then(|| view! { <p class="small muted">{words::each(&money(now.read().unit_price))}</p> }).into_any()}
                </div>
                <span class="price cart-line__total">{move || money(now.read().line_total)}</span>
                <div class="cart-line__doing">
                    <Stepper line=now name=name/>
                    <button type="button" class="button button--quiet button--icon" aria-label=remove on:click=move |_| take_out(state, id)>
                        <Icon sign=Sign::Bin/>
                    </button>
                </div>
                {move || warned.get().map(|code| view! { <LineWarning code=code line=now.get()/> }).into_any()}
            </li>
        }
    })
}

/// Takes a line out. The way to put it back is next, also for who uses the keyboard; over a page with a cart of its own the drawer's comes first.
fn take_out(state: CartState, id: CartItemId) {
    state.remove(id);
    catch_focus("dialog[open] .cart-undo");
    catch_focus("main .cart-undo");
}

/// How many: fewer, a number to type, more.
#[component]
fn Stepper(line: Memo<CartItem>, name: String) -> impl IntoView {
    let state = use_cart();
    let set = move |quantity: i64| {
        let line = line.get_untracked();
        let most = MAX_QUANTITY.min(line.available.max(1));
        let quantity = quantity.clamp(1, most);
        if quantity != line.quantity {
            state.set_quantity(line.id, quantity);
        }
    };
    let typed = move |event: web_sys::Event| {
        let field = event_target::<web_sys::HtmlInputElement>(&event);
        if let Ok(quantity) = field.value().trim().parse() {
            set(quantity);
        }
        field.set_value(&line.get_untracked().quantity.to_string());
    };
    // Out of the markup: there a `>` would end the tag.
    let least = move || line.read().quantity <= 1;
    let most = move || line.with(|line| line.quantity >= line.available.min(MAX_QUANTITY));
    view! {
        <div class="amount" role="group" aria-label=words::quantity(&name)>
            <button type="button" aria-label=words::fewer(&name) disabled=least on:click=move |_| set(line.get_untracked().quantity.saturating_sub(1))>
                <Icon sign=Sign::Minus/>
            </button>
            <input type="text" inputmode="numeric" autocomplete="off" aria-label=words::quantity(&name) prop:value=move || line.read().quantity.to_string() on:change=typed/>
            <button type="button" aria-label=words::more(&name) disabled=most on:click=move |_| set(line.get_untracked().quantity.saturating_add(1))>
                <Icon sign=Sign::Plus/>
            </button>
        </div>
    }
}

/// What changed about a line, and what to do about it.
#[component]
fn LineWarning(code: CartWarningCode, line: CartItem) -> impl IntoView {
    let state = use_cart();
    let (id, available) = (line.id, line.available);
    let (text, action) = match code {
        CartWarningCode::PriceChanged => (words::price_changed(&money(line.unit_price)), None),
        CartWarningCode::InsufficientStock if available > 0 => (words::only_left(available), Some(available)),
        CartWarningCode::InsufficientStock | CartWarningCode::Unavailable => (words::unavailable().to_owned(), Some(0)),
    };
    view! {
        <div class="cart-line__warning notice notice--warning" role="status">
            <Icon sign=Sign::Warning/>
            <span>{text}</span>
            {action
                .map(|quantity| {
                    let press = move |_| if quantity > 0 { state.set_quantity(id, quantity) } else { take_out(state, id) };
                    let label = if quantity > 0 { words::take(quantity) } else { words::remove_short().to_owned() };
                    view! { <button type="button" class="button button--small" on:click=press>{label}</button> }
                })}
        </div>
    }
}
