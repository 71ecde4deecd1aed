//! Asking before something that is hard to take back.

use leptos::prelude::*;
use novashop_locales::common;
use novashop_ui::{Button, Dialog};

/// A question with its answer as a button; it closes by itself when the work is done (`open` is set to false by who does it).
#[component]
pub fn Confirm(
    /// Whether it is asked.
    open: RwSignal<bool>,
    /// The question, short.
    #[prop(into)]
    title: Signal<String>,
    /// What the button says: the deed, never just "OK".
    #[prop(into)]
    action: Signal<String>,
    /// Whether it destroys something.
    #[prop(optional)]
    danger: bool,
    /// Whether it is being done.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Whether it can be done with what was filled in.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Does it.
    #[prop(into)]
    on_confirm: UnsyncCallback<()>,
    /// What follows from it, and what has to be filled in.
    children: ChildrenFn,
) -> impl IntoView {
    let (on_confirm, children) = (StoredValue::new_local(on_confirm), StoredValue::new(children));
    view! {
        <Dialog open=open title=title>
            <div class="dialog__body stack">{children.with_value(|children| children())}</div>
            <div class="dialog__foot">
                <Button on_press=UnsyncCallback::new(move |()| open.set(false))>{common::cancel()}</Button>
                <Button
                    kind=if danger { "button--danger" } else { "button--primary" }
                    busy=busy
                    disabled=disabled
                    on_press=UnsyncCallback::new(move |()| on_confirm.with_value(|act| act.run(())))
                >
                    {action}
                </Button>
            </div>
        </Dialog>
    }
}
