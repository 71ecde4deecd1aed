//! Every change of a variant's stock, newest first.

use leptos::prelude::*;
use novashop_client::{Resource, get_own};
use novashop_locales::{admin_catalogue as words, moment};
use novashop_types::{Page, VariantId, catalogue::StockMovement};
use novashop_ui::{Dialog, DialogKind};

use crate::parts::{
    gate::is_admin,
    paged::{Empty, Paged},
    stock_change::StockOf,
};

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
    let address = format!("/api/v1/variants/{variant}/stock");
    let asked = address.clone();
    let list = Resource::new(move || get_own::<Page<StockMovement>>(asked.clone()));
    view! {
        <div class="dialog__body stack">
            <Paged from=list address=Signal::stored(address) empty=Empty { title: words::no_movements(), help: "" } show=lines/>
        </div>
    }
}

fn lines(list: RwSignal<Vec<StockMovement>>) -> AnyView {
    view! {
        <ol class="ledger">
            <For each=move || list.get() key=|one| one.id children=line/>
        </ol>
    }
    .into_any()
}

fn line(one: StockMovement) -> AnyView {
    let order = one.order_id.map(|id| view! { <a href=format!("/admin/orders/{id}")>{words::its_order()}</a> });
    // Staff has no list of accounts to look into.
    let who = move || one.actor_id.filter(|_| is_admin()).map(|id| view! { <a href=format!("/admin/customers/{id}")>{words::by_whom()}</a> });
    view! {
        <li class="ledger__line">
            <strong class="number" class:negative=one.delta < 0>{format!("{:+}", one.delta)}</strong>
            <span>
                {words::kind_word(one.kind)} {(!one.reason.is_empty()).then(|| format!(": {}", one.reason))}
                <span class="row muted small">
                    <time datetime=one.created_at.to_string()>{moment(one.created_at)}</time>
                    {order}
                    {who}
                </span>
            </span>
            <span class="number muted">{words::after()} " " {one.stock_after}</span>
        </li>
    }
    .into_any()
}
