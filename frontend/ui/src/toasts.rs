//! Short words about what just happened, with a way to take it back.

use std::time::Duration;

use leptos::{html, prelude::*};
use novashop_client::Failure;
use novashop_locales::common;

use crate::error_view::failure_text;

/// Long enough to read it twice.
const STAYS: Duration = Duration::from_secs(7);
/// Long enough to get there with the keyboard, where something can be taken back.
const STAYS_WITH_UNDO: Duration = Duration::from_secs(20);
/// Longer by so much while somebody is at it.
const STAYS_ON: Duration = Duration::from_secs(3);

#[derive(Clone)]
struct Toast {
    id: u32,
    text: String,
    error: bool,
    undo: Option<StoredValue<UnsyncCallback<()>, LocalStorage>>,
}

/// Where toasts are said.
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>, LocalStorage>,
    next: StoredValue<u32>,
}

/// Offers toasts to the app, which shows them with [`ToastList`].
pub fn provide_toasts() -> Toasts {
    let toasts = Toasts { list: RwSignal::new_local(Vec::new()), next: StoredValue::new(0) };
    provide_context(toasts);
    toasts
}

/// Where toasts are said.
#[must_use]
pub fn use_toasts() -> Toasts {
    use_context().unwrap_or_else(|| Toasts { list: RwSignal::new_local(Vec::new()), next: StoredValue::new(0) })
}

impl Toasts {
    /// Says that something was done.
    pub fn say(self, text: impl Into<String>) {
        self.add(text.into(), false, None);
    }

    /// Says that something was done, and offers to take it back.
    pub fn say_with_undo(self, text: impl Into<String>, undo: impl Fn() + 'static) {
        // Stored beside the app, not the page: the page may be left before the click.
        self.add(text.into(), false, Some(UnsyncCallback::new(move |()| undo())));
    }

    /// Says why something did not work.
    pub fn fail(self, failure: &Failure) {
        self.add(failure_text(failure), true, None);
    }

    fn add(self, text: String, error: bool, undo: Option<UnsyncCallback<()>>) {
        let id = self.next.get_value();
        self.next.set_value(id.wrapping_add(1));
        let stays = if undo.is_some() { STAYS_WITH_UNDO } else { STAYS };
        let undo = undo.map(StoredValue::new_local);
        self.list.update(|list| {
            // Said again, it stands there once. What can be taken back is another thing each time.
            if undo.is_none() {
                list.retain(|toast| toast.undo.is_some() || toast.text != text);
            }
            // Three at most: more is not read.
            if list.len() >= 3 {
                list.remove(0);
            }
            list.push(Toast { id, text, error, undo });
        });
        self.drop_after(id, stays);
    }

    /// Takes it away, once nobody points at one of them or has the focus there.
    fn drop_after(self, id: u32, stays: Duration) {
        let look = move || match document().query_selector(".toasts:is(:hover, :focus-within)") {
            Ok(Some(_)) => self.drop_after(id, STAYS_ON),
            _ => self.drop(id),
        };
        set_timeout(look, stays);
    }

    fn drop(self, id: u32) {
        self.list.try_update(|list| list.retain(|toast| toast.id != id));
    }
}

/// The toasts that are there now; once, at the end of the app.
#[component]
pub fn ToastList() -> impl IntoView {
    let toasts = use_toasts();
    let element = NodeRef::<html::Div>::new();
    // A dialog is in the browser's top layer and would lie over them: what came there last is above.
    Effect::new(move || {
        let any = !toasts.list.read().is_empty();
        let Some(element) = element.get() else { return };
        // Who has the focus there would lose it.
        if any && element.matches(":focus-within") == Ok(true) {
            return;
        }
        let _down = element.hide_popover();
        if any {
            let _up = element.show_popover();
        }
    });
    let show = move |toast: Toast| {
        let id = toast.id;
        let undo = toast.undo.map(|action| {
            view! {
                <button
                    type="button"
                    class="link"
                    on:click=move |_| {
                        action.with_value(|action| action.run(()));
                        toasts.drop(id);
                    }
                >
                    {common::undo()}
                </button>
            }
        });
        view! {
            <div class="toast" class:toast--error=toast.error>
                <span>{toast.text}</span>
                {undo}
            </div>
        }
    };
    view! {
        <div class="toasts" role="status" aria-live="polite" popover="manual" node_ref=element>
            <For each=move || toasts.list.get() key=|toast| toast.id children=show/>
        </div>
    }
}
