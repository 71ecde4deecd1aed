//! Changing a stock: by so many, or to what was counted, with a reason for the ledger.

use leptos::prelude::*;
use novashop_client::{Failure, Request};
use novashop_locales::{admin_catalogue as words, common, fields};
use novashop_types::{
    VariantId,
    catalogue::{StockChange, StockMovement},
};
use novashop_ui::{Button, Dialog, TextField, use_toasts};

/// What the stock is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockOf {
    /// The variant.
    pub variant: VariantId,
    /// Its number.
    pub sku: String,
    /// How many there are.
    pub stock: i64,
}

/// The dialog; open while there is a variant to change.
#[component]
pub fn StockChanging(
    /// Which variant.
    of: RwSignal<Option<StockOf>>,
    /// Told when it changed.
    on_done: UnsyncCallback<()>,
) -> impl IntoView {
    let toasts = use_toasts();
    let (open, busy, counted) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let (quantity, reason) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (failure, no_number) = (RwSignal::new(None::<Failure>), RwSignal::new(false));
    // What is sent again after a lost answer has the same key and happens once.
    let key = StoredValue::new(String::new());
    // What was typed and not saved is there when the same variant is opened again: Escape loses nothing.
    let begun = StoredValue::new(None::<VariantId>);
    Effect::new(move || {
        let variant = of.with(|of| of.as_ref().map(|of| of.variant));
        open.set(variant.is_some());
        failure.set(None);
        no_number.set(false);
        if variant.is_some() && variant != begun.get_value() {
            begun.set_value(variant);
            quantity.set(String::new());
            reason.set(String::new());
        }
    });
    Effect::new(move || {
        if !open.get() && of.with_untracked(Option::is_some) {
            of.set(None);
        }
    });
    // Another change is another attempt.
    Effect::new(move || {
        quantity.track();
        reason.track();
        counted.track();
        of.track();
        key.set_value(novashop_client::fresh_key());
    });
    let title = Signal::derive(move || words::change_stock(&of.with(|of| of.as_ref().map(|of| of.sku.clone()).unwrap_or_default())));
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let number = quantity.with_untracked(|text| text.trim().trim_start_matches('+').parse::<i64>().ok());
        no_number.set(number.is_none());
        failure.set(None);
        let (Some(number), Some(of_now), false) = (number, of.get_untracked(), busy.get_untracked()) else { return };
        let counted = counted.get_untracked();
        let change =
            StockChange { delta: (!counted).then_some(number), set: counted.then_some(number), reason: reason.get_untracked().trim().to_owned() };
        let on_done = on_done;
        busy.set(true);
        leptos::task::spawn_local(async move {
            let request = Request::post(format!("/api/v1/variants/{}/stock", of_now.variant)).idempotent(&key.get_value()).json(&change);
            match request.send::<StockMovement>().await {
                Ok(movement) => {
                    let _there = begun.try_set_value(None);
                    let _there = of.try_set(None);
                    toasts.say(words::stock_now(movement.stock_after));
                    on_done.run(());
                }
                Err(refused) => {
                    toasts.fail(&refused);
                    let _there = failure.try_set(Some(refused));
                }
            }
            let _there = busy.try_set(false);
        });
    };
    let save = StoredValue::new_local(save);
    let quantity_error = Signal::derive(move || {
        let refused = failure
            .with(|failure| failure.as_ref().and_then(|failure| failure.field("delta").or_else(|| failure.field("set")).map(fields::sentence)));
        if no_number.get() { Some(words::not_a_count().to_owned()) } else { refused }
    });
    let reason_error =
        Signal::derive(move || failure.with(|failure| failure.as_ref().and_then(|failure| failure.field("reason").map(fields::sentence))));
    let way = move |label: &'static str, value: bool| {
        let pressed = move || if counted.get() == value { "true" } else { "false" };
        view! {
            <button type="button" class="chip" aria-pressed=pressed on:click=move |_| counted.set(value)>
                {label}
            </button>
        }
    };
    view! {
        <Dialog open=open title=title>
            <form on:submit=move |event| save.with_value(|save| save(event)) novalidate=true>
                <div class="dialog__body stack">
                    <p>{move || of.with(|of| of.as_ref().map(|of| words::stock_now(of.stock)))}</p>
                    <div class="row" role="group" aria-label=words::how()>
                        {way(words::by(), false)}
                        {way(words::to(), true)}
                    </div>
                    <TextField label=words::quantity() value=quantity error=quantity_error/>
                    <p class="field__help">{move || if counted.get() { words::to_help() } else { words::by_help() }}</p>
                    <TextField label=words::reason() value=reason error=reason_error/>
                </div>
                <div class="dialog__foot">
                    <Button on_press=UnsyncCallback::new(move |()| open.set(false))>{common::cancel()}</Button>
                    <Button kind="button--primary" submit=true busy=busy>
                        {common::save()}
                    </Button>
                </div>
            </form>
        </Dialog>
    }
}
