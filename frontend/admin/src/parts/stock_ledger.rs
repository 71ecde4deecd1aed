//! Every change of a variant's stock, newest first.

use leptos::prelude::*;
use novashop_client::{Resource, get_own};
use novashop_locales::{admin_catalogue as words, common, day};
use novashop_types::{Page, VariantId, catalogue::StockMovement};
use novashop_ui::{Button, Dialog, DialogKind, Load};

use crate::parts::stock_change::StockOf;

/// The ledger at the side; open while there is a variant.
#[component]
pub fn Ledger(
    /// Whose ledger.
    of: RwSignal<Option<StockOf>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move || open.set(of.with(Option::is_some)));
    Effect::new(move || {
        if !open.get() && of.with_untracked(Option::is_some) {
            of.set(None);
        }
    });
    let title = Signal::derive(move || words::ledger_of(&of.with(|of| of.as_ref().map(|of| of.sku.clone()).unwrap_or_default())));
    view! {
        <Dialog open=open title=title kind=DialogKind::Drawer>
            {move || of.get().map(|of| view! { <Lines variant=of.variant/> })}
        </Dialog>
    }
}

#[component]
fn Lines(variant: VariantId) -> impl IntoView {
    // More of it: a longer page, up to what the API gives at once.
    let limit = RwSignal::new(20_u32);
    let list = Resource::new(move || get_own::<Page<StockMovement>>(format!("/api/v1/variants/{variant}/stock?limit={}", limit.get())));
    let line = |one: StockMovement| {
        view! {
            <li class="ledger__line">
                <strong class="number" class:negative=one.delta < 0>{format!("{:+}", one.delta)}</strong>
                <span>
                    {words::kind_word(one.kind)} {(!one.reason.is_empty()).then(|| format!(": {}", one.reason))}
                    <span class="muted small ledger__when">{day(one.created_at)}</span>
                </span>
                <span class="number muted">{words::after()} " " {one.stock_after}</span>
            </li>
        }
    };
    view! {
        <div class="dialog__body stack">
            <Load from=list skeleton=|| view! { <div class="skeleton"></div> }.into_any() let:page>
                <ol class="ledger">{page.items.into_iter().map(line).collect_view()}</ol>
                {(page.next_cursor.is_some() && limit.get_untracked() < 100)
                    .then(|| view! { <Button on_press=UnsyncCallback::new(move |()| limit.set(100))>{common::load_more()}</Button> })}
            </Load>
        </div>
    }
}
