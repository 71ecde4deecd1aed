//! Ctrl-K: to any page, product or order with a few letters.

use leptos::{html, prelude::*};
use novashop_client::{Outcome, Resource, get_own};
use novashop_domain::slugs::without_accents;
use novashop_locales::{admin, common, money};
use novashop_types::{Page, catalogue::AdminProduct, orders::Order, pages::encoded};
use novashop_ui::{Dialog, Icon, Sign};
use wasm_bindgen::JsCast;

use crate::parts::navigation::entries;

/// So long nobody has typed before the shop is asked.
const PAUSE: std::time::Duration = std::time::Duration::from_millis(180);

#[derive(Debug, Clone, PartialEq)]
struct Hit {
    address: String,
    name: String,
    note: String,
    sign: Sign,
}

/// Whether every word that was typed begins a word of the name, whatever the accents.
fn fits(name: &str, typed: &str) -> bool {
    let name = without_accents(name);
    without_accents(typed).split_whitespace().all(|word| name.split_whitespace().any(|part| part.starts_with(word)))
}

fn pages(typed: &str) -> Vec<Hit> {
    let hit =
        |address: &str, name: &str, sign| Hit { address: address.to_owned(), name: name.to_owned(), note: admin::find_pages().to_owned(), sign };
    let mut hits: Vec<Hit> = entries().map(|entry| hit(entry.address, (entry.name)(), entry.sign)).collect();
    hits.push(hit("/admin/products/new", admin::new_product(), Sign::Plus));
    hits.retain(|hit| fits(&hit.name, typed));
    hits
}

async fn things(typed: String) -> Vec<Hit> {
    if typed.trim().is_empty() {
        return Vec::new();
    }
    let q = encoded(typed.trim());
    let orders = get_own::<Page<Order>>(format!("/api/v1/admin/orders?limit=5&q={q}"));
    let products = get_own::<Page<AdminProduct>>(format!("/api/v1/admin/products?limit=6&q={q}"));
    let orders: Outcome<_> = orders.await;
    let products: Outcome<_> = products.await;
    // What cannot be asked is not found: the pages are there all the same.
    let products = products.map(|page| page.items).unwrap_or_default().into_iter().map(|product| Hit {
        address: format!("/admin/products/{}", product.summary.id),
        note: money(product.summary.price),
        name: product.summary.name,
        sign: Sign::Grid,
    });
    let orders = orders.map(|page| page.items).unwrap_or_default().into_iter().map(|order| Hit {
        address: format!("/admin/orders/{}", order.number),
        note: common::order_status(order.status).to_owned(),
        name: order.number,
        sign: Sign::Parcel,
    });
    products.chain(orders).collect()
}

/// The palette, and the key that opens it.
#[component]
pub fn Palette(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        if (event.ctrl_key() || event.meta_key()) && event.key().eq_ignore_ascii_case("k") {
            event.prevent_default();
            open.update(|open| *open = !*open);
        }
    });
    on_cleanup(move || keys.remove());
    view! {
        <Dialog open=open title=admin::find_short()>
            <Finder open=open/>
        </Dialog>
    }
}

/// What is in the palette while it is open.
#[component]
fn Finder(open: RwSignal<bool>) -> impl IntoView {
    let (typed, asked, at) = (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(0_usize));
    let found = Resource::new(move || things(asked.get()));
    let hits = Memo::new(move |_| {
        let mut hits = pages(&typed.get());
        hits.extend(found.get().unwrap_or_default());
        hits
    });
    let field = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(field) = field.get() {
            let _focused = field.focus();
        }
    });
    let typing = move |text: String| {
        typed.set(text.clone());
        at.set(0);
        set_timeout(
            move || {
                // Only the last letter asks.
                if typed.try_get_untracked().as_ref() == Some(&text) {
                    asked.set(text);
                }
            },
            PAUSE,
        );
    };
    let list = NodeRef::<html::Ul>::new();
    // The arrows lead through more than is in sight.
    Effect::new(move || {
        at.track();
        let chosen = list.get_untracked().and_then(|list| list.query_selector("[aria-selected=true]").ok().flatten());
        if let Some(chosen) = chosen {
            let near = web_sys::ScrollIntoViewOptions::new();
            near.set_block(web_sys::ScrollLogicalPosition::Nearest);
            chosen.scroll_into_view_with_scroll_into_view_options(&near);
        }
    });
    let choose = move || {
        let chosen = list.get_untracked().and_then(|list| list.query_selector("[aria-selected=true]").ok().flatten());
        if let Some(link) = chosen.and_then(|link| link.dyn_into::<web_sys::HtmlElement>().ok()) {
            // A click like any other: an editor with unsaved changes may ask first.
            link.click();
        }
    };
    let pressed = move |event: leptos::ev::KeyboardEvent| {
        let count = hits.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = if *at + 1 < count { *at + 1 } else { 0 }),
            "ArrowUp" => at.update(|at| *at = if *at > 0 { *at - 1 } else { count.saturating_sub(1) }),
            "Enter" => choose(),
            _ => return,
        }
        event.prevent_default();
    };
    let row = move |(index, hit): (usize, Hit)| {
        let selected = move || if at.get() == index { "true" } else { "false" };
        view! {
            <li role="none">
                <a
                    class="finder__hit"
                    role="option"
                    id=format!("hit-{index}")
                    aria-selected=selected
                    href=hit.address
                    tabindex="-1"
                    on:click=move |_| open.set(false)
                >
                    <Icon sign=hit.sign/>
                    <span class="finder__name">{hit.name}</span>
                    <span class="muted small">{hit.note}</span>
                </a>
            </li>
        }
    };
    view! {
        <div class="finder">
            <input
                class="field__control"
                type="text"
                role="combobox"
                autocomplete="off"
                aria-label=admin::find()
                placeholder=admin::find()
                aria-expanded="true"
                aria-controls="finder-hits"
                aria-activedescendant=move || format!("hit-{}", at.get())
                node_ref=field
                on:input:target=move |event| typing(event.target().value())
                on:keydown=pressed
            />
            <ul class="finder__list" id="finder-hits" role="listbox" aria-label=admin::find_short() node_ref=list>
                {move || hits.get().into_iter().enumerate().map(row).collect_view()}
            </ul>
            <p class="muted small" role="status">
                {move || if hits.with(Vec::is_empty) { admin::find_nothing() } else { admin::find_keys() }}
            </p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_letters_find_a_page_in_any_language() {
        assert!(fits("Categorías", "categoria"));
        assert!(fits("Import and export", "exp"));
        assert!(fits("New product", "pro new"));
        assert!(!fits("Orders", "rders"));
    }
}
