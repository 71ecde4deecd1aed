//! Making an account.

use leptos::prelude::*;
use novashop_client::{Outcome, Request, Session, use_session};
use novashop_locales::account as words;
use novashop_types::{
    accounts::{Register, User},
    pages::encoded,
};
use novashop_ui::{Button, TextField, use_title};

use crate::parts::{
    next_page::{use_go_on, use_next},
    password_field::{PasswordField, StrengthHint},
    sending::Sending,
};

/// The page to make an account on; it signs in at once.
#[component]
pub fn RegisterPage() -> impl IntoView {
    use_title(|| Some(words::register().into()));
    let session = use_session();
    let (next, go_on) = (use_next(), use_go_on());
    let signed_in = Memo::new(move |_| session.signed_in());
    Effect::new(move || {
        if signed_in.get() == Some(true) {
            go_on(&next.read_untracked());
        }
    });
    let text = || RwSignal::new(String::new());
    let (username, email, password, first_name, last_name) = (text(), text(), text(), text(), text());
    let sending = Sending::new(&["username", "email", "password", "first_name", "last_name"]);
    let form = move || Register {
        username: username.get_untracked().trim().to_owned(),
        email: email.get_untracked().trim().to_owned(),
        password: password.get_untracked(),
        first_name: first_name.get_untracked().trim().to_owned(),
        last_name: last_name.get_untracked().trim().to_owned(),
        city: String::new(),
        address: String::new(),
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let form = form();
        if sending.mistakes.check(&form) {
            sending.send(register(session, form), |()| {});
        }
    };
    let leave = move |field: &'static str| UnsyncCallback::new(move |()| sending.mistakes.check_field(&form(), field));
    let line = move |label: &'static str, value, field: &'static str, autocomplete: &'static str, required: bool| {
        view! {
            <TextField label=label.to_owned() value=value name=field autocomplete=autocomplete required=required error=sending.mistakes.of(field) on_leave=leave(field)/>
        }
    };
    let login = move || format!("/login?next={}", encoded(&next.read()));
    view! {
        <div class="page page--narrow stack stack--loose">
            <header class="stack stack--tight">
                <h1>{words::register()}</h1>
                <p class="muted">{words::register_hint()}</p>
            </header>
            <form class="panel stack" novalidate on:submit=submit>
                {sending.notice()}
                <TextField
                    label=words::username().to_owned()
                    value=username
                    name="username"
                    autocomplete="username"
                    help=words::username_help()
                    error=sending.mistakes.of("username")
                    on_leave=leave("username")
                />
                <TextField
                    label=words::email().to_owned()
                    value=email
                    name="email"
                    kind="email"
                    keyboard="email"
                    autocomplete="email"
                    error=sending.mistakes.of("email")
                    on_leave=leave("email")
                />
                <div class="stack stack--tight">
                    <PasswordField
                        label=words::password().to_owned()
                        value=password
                        autocomplete="new-password"
                        error=sending.mistakes.of("password")
                        on_leave=Callback::new(move |()| sending.mistakes.check_field(&form(), "password"))
                    />
                    <StrengthHint password=password username=username email=email/>
                </div>
                {line(words::first_name(), first_name, "first_name", "given-name", false)}
                {line(words::last_name(), last_name, "last_name", "family-name", false)}
                <Button kind="button--primary button--wide" submit=true busy=sending.busy>{words::register()}</Button>
            </form>
            <p>{words::have_account()} " " <a href=login>{words::sign_in()}</a></p>
        </div>
    }
}

async fn register(session: Session, form: Register) -> Outcome<()> {
    let (username, password) = (form.username.clone(), form.password.clone());
    Request::post("/api/v1/auth/register").anonymous().json(&form).send::<User>().await?;
    session.sign_in(username, password).await
}
