//! Writing a note about an order, for colleagues.

use leptos::{prelude::*, task::spawn_local};
use novashop_client::{Request, fresh_key};
use novashop_locales::{admin_orders as words, fields};
use novashop_types::{
    OrderId,
    orders::{Order, OrderNote},
};
use novashop_ui::{Button, TextArea, mistake, use_toasts};

/// The form.
#[component]
pub fn NoteForm(
    /// The order.
    order: OrderId,
    /// Counted up when the order is to be read again.
    again: RwSignal<u32>,
) -> impl IntoView {
    let toasts = use_toasts();
    let attempt = StoredValue::new((String::new(), String::new()));
    let (text, busy, error) = (RwSignal::new(String::new()), RwSignal::new(false), RwSignal::new(None::<String>));
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let note = OrderNote { text: text.get_untracked() };
        error.set(mistake(&note, "text"));
        if error.read_untracked().is_some() {
            return;
        }
        busy.set(true);
        // The same words again are the same note, however often they are sent.
        attempt.update_value(|(sent, key)| {
            if *sent != note.text {
                *sent = note.text.clone();
                *key = fresh_key();
            }
        });
        let key = attempt.with_value(|(_, key)| key.clone());
        let note = Request::post(format!("/api/v1/admin/orders/{order}/notes")).idempotent(&key).json(&note);
        spawn_local(async move {
            match note.send::<Order>().await {
                Ok(_) => {
                    toasts.say(words::note_added());
                    attempt.try_set_value((String::new(), String::new()));
                    text.try_set(String::new());
                    again.try_update(|again| *again = again.wrapping_add(1));
                }
                Err(failure) => match failure.field("text") {
                    Some(wrong) => drop(error.try_set(Some(fields::sentence(wrong)))),
                    None => toasts.fail(&failure),
                },
            }
            busy.try_set(false);
        });
    };
    view! {
        <form class="stack stack--tight" on:submit=send>
            <TextArea label=words::note() value=text rows=2 help=words::note_help() error=error/>
            <div>
                <Button submit=true busy=busy>
                    {words::add_note()}
                </Button>
            </div>
        </form>
    }
}
