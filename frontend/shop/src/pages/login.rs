//! Signing in.

use leptos::prelude::*;
use novashop_client::use_session;
use novashop_locales::account as words;
use novashop_types::{accounts::Login, pages::encoded};
use novashop_ui::{Button, TextField, use_title};

use crate::parts::{
    next_page::{use_go_on, use_next},
    password_field::PasswordField,
    sending::Sending,
};

/// The page to sign in on. Who is signed in already goes on at once.
#[component]
pub fn LoginPage() -> impl IntoView {
    use_title(|| Some(words::sign_in().into()));
    let session = use_session();
    let (next, go_on) = (use_next(), use_go_on());
    let signed_in = Memo::new(move |_| session.signed_in());
    Effect::new(move || {
        if signed_in.get() == Some(true) {
            go_on(&next.read_untracked());
        }
    });
    let (login, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let sending = Sending::new(&["login", "password"]);
    let form = move || Login { login: login.get_untracked().trim().to_owned(), password: password.get_untracked(), cookie: true };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let form = form();
        if sending.mistakes.check(&form) {
            sending.send(session.sign_in(form.login, form.password), |()| {});
        }
    };
    let register = move || format!("/register?next={}", encoded(&next.read()));
    view! {
        <div class="page page--narrow stack stack--loose">
            <h1>{words::sign_in()}</h1>
            <form class="panel stack" novalidate on:submit=submit>
                {sending.notice()}
                <TextField
                    label=words::login().to_owned()
                    value=login
                    name="username"
                    autocomplete="username"
                    error=sending.mistakes.of("login")
                    on_leave=UnsyncCallback::new(move |()| sending.mistakes.check_field(&form(), "login"))
                />
                <PasswordField label=words::password().to_owned() value=password autocomplete="current-password" error=sending.mistakes.of("password")/>
                <Button kind="button--primary button--wide" submit=true busy=sending.busy>{words::sign_in()}</Button>
                <p><a href="/password/forgot">{words::forgot_link()}</a></p>
            </form>
            <p>{words::no_account()} " " <a href=register>{words::register_link()}</a></p>
        </div>
    }
}
