//! Changing one's password.

use leptos::prelude::*;
use novashop_client::{Request, use_session};
use novashop_locales::account as words;
use novashop_types::accounts::PasswordChange;
use novashop_ui::{Button, use_toasts};

use crate::parts::{
    account_frame::AccountFrame,
    password_field::{PasswordField, StrengthHint},
    sending::Sending,
};

/// The page to change it on.
#[component]
pub fn AccountPasswordPage() -> impl IntoView {
    view! {
        <AccountFrame title=words::change_password()>
            <PasswordForm/>
        </AccountFrame>
    }
}

#[component]
fn PasswordForm() -> impl IntoView {
    let (session, toasts) = (use_session(), use_toasts());
    let (current, new) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let sending = Sending::new(&["current_password", "new_password"]);
    let form = move || PasswordChange { current_password: current.get_untracked(), new_password: new.get_untracked() };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let form = form();
        if sending.mistakes.check(&form) {
            sending.send(Request::put("/api/v1/users/me/password").json(&form).done(), move |()| {
                current.set(String::new());
                new.set(String::new());
                toasts.say(words::password_changed());
            });
        }
    };
    let person = move || session.person();
    let username = Signal::derive(move || person().map(|person| person.username).unwrap_or_default());
    let email = Signal::derive(move || person().map(|person| person.email).unwrap_or_default());
    view! {
        <form class="stack account-form" novalidate on:submit=submit>
            {sending.notice()}
            <PasswordField label=words::current_password().to_owned() value=current autocomplete="current-password" error=sending.mistakes.of("current_password")/>
            <div class="stack stack--tight">
                <PasswordField
                    label=words::new_password().to_owned()
                    value=new
                    autocomplete="new-password"
                    error=sending.mistakes.of("new_password")
                    on_leave=Callback::new(move |()| sending.mistakes.check_field(&form(), "new_password"))
                />
                <StrengthHint password=new username=username email=email/>
            </div>
            <div><Button kind="button--primary" submit=true busy=sending.busy>{words::change_password()}</Button></div>
        </form>
    }
}
