//! Asking for a new password.

use leptos::prelude::*;
use novashop_client::Request;
use novashop_locales::account as words;
use novashop_types::accounts::PasswordForgot;
use novashop_ui::{Button, Notice, NoticeKind, TextField, use_title};

use crate::parts::sending::Sending;

/// The page to ask on. It never tells whether there is an account with an address.
#[component]
pub fn PasswordForgotPage() -> impl IntoView {
    use_title(|| Some(words::forgot().into()));
    let email = RwSignal::new(String::new());
    let sent = RwSignal::new(None::<String>);
    let sending = Sending::new(&["email"]);
    let form = move || PasswordForgot { email: email.get_untracked().trim().to_owned() };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let form = form();
        if sending.mistakes.check(&form) {
            let address = form.email.clone();
            sending.send(Request::post("/api/v1/auth/password/forgot").anonymous().json(&form).done(), move |()| sent.set(Some(address)));
        }
    };
    view! {
        <div class="page page--narrow stack stack--loose">
            <header class="stack stack--tight">
                <h1>{words::forgot()}</h1>
                <p class="muted">{words::forgot_hint()}</p>
            </header>
            <form class="panel stack" novalidate on:submit=submit>
                {move || sent.get().map(|email| view! { <Notice kind=NoticeKind::Positive>{words::forgot_sent(&email)}</Notice> })}
                {sending.notice()}
                <TextField
                    label=words::email().to_owned()
                    value=email
                    name="email"
                    kind="email"
                    keyboard="email"
                    autocomplete="email"
                    error=sending.mistakes.of("email")
                    on_leave=UnsyncCallback::new(move |()| sending.mistakes.check_field(&form(), "email"))
                />
                <Button kind="button--primary button--wide" submit=true busy=sending.busy>{words::send_link()}</Button>
            </form>
            <p><a href="/login">{words::sign_in()}</a></p>
        </div>
    }
}
