//! Taking one's data along, and leaving.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use novashop_client::{Request, use_session};
use novashop_locales::{account as words, common};
use novashop_ui::{Button, Dialog, Icon, Sign, TextField, download, use_toasts};

use crate::parts::{account_frame::AccountFrame, sending::Sending};

/// The page of one's data.
#[component]
pub fn AccountDataPage() -> impl IntoView {
    view! {
        <AccountFrame title=words::data()>
            <Export/>
            <Delete/>
        </AccountFrame>
    }
}

#[component]
fn Export() -> impl IntoView {
    let sending = Sending::new(&[]);
    let press = move |()| {
        // As it comes: a type of ours would leave out what it does not know.
        sending.send(Request::get("/api/v1/users/me/export").send::<serde_json::Value>(), |data| {
            let text = serde_json::to_string_pretty(&data).unwrap_or_default();
            download("novashop.json", "application/json", &text);
        });
    };
    view! {
        <section class="stack account-form">
            <h2>{words::export()}</h2>
            <p>{words::export_hint()}</p>
            {sending.notice()}
            <div>
                <Button busy=sending.busy on_press=UnsyncCallback::new(press)>
                    <Icon sign=Sign::Download/>
                    {words::export_button()}
                </Button>
            </div>
        </section>
    }
}

#[component]
fn Delete() -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <section class="stack account-form">
            <h2>{words::delete()}</h2>
            <p>{words::delete_hint()}</p>
            <div>
                <button type="button" class="button button--danger" on:click=move |_| open.set(true)>{words::delete_button()}</button>
            </div>
            <Dialog open=open title=words::delete().to_owned()>
                <DeleteForm open=open/>
            </Dialog>
        </section>
    }
}

/// Whoever deletes an account types its name: a press alone is too easily done.
#[component]
fn DeleteForm(open: RwSignal<bool>) -> impl IntoView {
    let (session, toasts, navigate) = (use_session(), use_toasts(), use_navigate());
    let username = untrack(|| session.person()).map(|person| person.username).unwrap_or_default();
    let label = words::delete_type(&username);
    let typed = RwSignal::new(String::new());
    let sending = Sending::new(&[]);
    let press = move |()| {
        if typed.read_untracked().trim() != username {
            return sending.mistakes.add("username", words::delete_mismatch());
        }
        sending.mistakes.clear();
        let navigate = navigate.clone();
        sending.send(Request::delete("/api/v1/users/me").done(), move |()| {
            open.set(false);
            navigate("/", NavigateOptions { replace: true, ..Default::default() });
            session.forget();
            toasts.say(words::deleted());
        });
    };
    view! {
        <div class="dialog__body stack">
            <p>{words::delete_hint()}</p>
            {sending.notice()}
            <TextField label=label value=typed name="confirm" error=sending.mistakes.of("username")/>
        </div>
        <div class="dialog__foot">
            <button type="button" class="button" on:click=move |_| open.set(false)>{common::cancel()}</button>
            <Button kind="button--danger" busy=sending.busy on_press=UnsyncCallback::new(press)>{words::delete_button()}</Button>
        </div>
    }
}
