//! Choosing a new password, with the link of a mail.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use novashop_client::Request;
use novashop_locales::account as words;
use novashop_types::accounts::PasswordReset;
use novashop_ui::{Button, Notice, NoticeKind, Show, use_title};

use crate::parts::{
    password_field::{PasswordField, StrengthHint},
    sending::Sending,
};

/// The page that the mail's link opens.
#[component]
pub fn PasswordResetPage() -> impl IntoView {
    use_title(|| Some(words::reset().into()));
    let token = use_query_map().read_untracked().get("token").unwrap_or_default();
    let done = RwSignal::new(false);
    let content = if token.is_empty() {
        view! { <Notice kind=NoticeKind::Warning>{words::reset_no_token()}</Notice> }.into_any()
    } else {
        view! { <NewPassword token=token done=done/> }.into_any()
    };
    view! {
        <div class="page page--narrow stack stack--loose">
            <h1>{words::reset()}</h1>
            {content}
            <p>
                {move || {
                    if done.get() {
                        view! { <a class="button button--primary" href="/login">{words::sign_in()}</a> }.into_any()
                    } else {
                        view! { <a href="/password/forgot">{words::ask_again()}</a> }.into_any()
                    }
                }}
            </p>
        </div>
    }
}

#[component]
fn NewPassword(token: String, done: RwSignal<bool>) -> impl IntoView {
    let password = RwSignal::new(String::new());
    let sending = Sending::new(&["password"]);
    let token = StoredValue::new(token);
    let form = move || PasswordReset { token: token.get_value(), password: password.get_untracked() };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let form = form();
        if sending.mistakes.check(&form) {
            sending.send(Request::post("/api/v1/auth/password/reset").anonymous().json(&form).done(), move |()| done.set(true));
        }
    };
    view! {
        <Show when=move || !done.get() fallback=|| view! { <Notice kind=NoticeKind::Positive>{words::reset_done()}</Notice> }>
            <form class="panel stack" novalidate on:submit=submit>
                {sending.notice()}
                <PasswordField
                    label=words::new_password().to_owned()
                    value=password
                    autocomplete="new-password"
                    error=sending.mistakes.of("password")
                    on_leave=Callback::new(move |()| sending.mistakes.check_field(&form(), "password"))
                />
                <StrengthHint password=password username=String::new() email=String::new()/>
                <Button kind="button--primary button--wide" submit=true busy=sending.busy>{words::reset()}</Button>
            </form>
        </Show>
    }
}
