//! Calling an order off.

use leptos::{prelude::*, task::spawn_local};
use novashop_client::{Failure, Request};
use novashop_locales::orders as words;
use novashop_types::{
    orders::{Order, OrderCancel},
    pages::encoded,
};
use novashop_ui::{Button, Dialog, Notice, NoticeKind, TextArea, failure_text, use_toasts};

use crate::parts::order_access::{token_of, with_token};

/// Asks whether it is meant, and why; then tells the shop.
#[component]
pub fn OrderCancelDialog(
    /// Whether it asks.
    open: RwSignal<bool>,
    /// Which order.
    number: String,
    /// Told when it is called off.
    done: Callback<()>,
) -> impl IntoView {
    let toasts = use_toasts();
    let (reason, busy, failed) = (RwSignal::new(String::new()), RwSignal::new(false), RwSignal::new(None::<Failure>));
    let number = StoredValue::new(number);
    let cancel = move |()| {
        busy.set(true);
        failed.set(None);
        let text = reason.with_untracked(|text| text.trim().to_owned());
        let cancel = OrderCancel { reason: Some(text).filter(|text| !text.is_empty()) };
        spawn_local(async move {
            let number = number.get_value();
            let request = Request::post(format!("/api/v1/orders/{}/cancel", encoded(&number))).json(&cancel);
            match with_token(request, token_of(&number).as_deref()).send::<Order>().await {
                Ok(_) => {
                    open.set(false);
                    toasts.say(words::cancelled());
                    done.run(());
                }
                Err(failure) => failed.set(Some(failure)),
            }
            busy.set(false);
        });
    };
    view! {
        <Dialog open=open title=words::cancel_sure().to_owned()>
            <div class="dialog__body stack">
                <p>{words::cancel_what()}</p>
                <TextArea label=words::cancel_why().to_owned() value=reason rows=3 required=false/>
                {move || failed.get().map(|failure| view! { <Notice kind=NoticeKind::Negative>{failure_text(&failure)}</Notice> })}
            </div>
            <div class="dialog__foot">
                <button type="button" class="button" on:click=move |_| open.set(false)>{words::keep()}</button>
                <Button kind="button--danger" busy=busy on_press=UnsyncCallback::new(cancel)>{words::cancel()}</Button>
            </div>
        </Dialog>
    }
}
