//! The form that signs staff in.

use leptos::prelude::*;
use novashop_client::use_session;
use novashop_locales::{admin, common};
use novashop_ui::{Button, Notice, NoticeKind, TextField, failure_text};

/// The form.
#[component]
pub fn LoginForm(
    /// What stands above it.
    children: Children,
) -> impl IntoView {
    let session = use_session();
    let (login, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let sign_in = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        let (login, password) = (login.get_untracked(), password.get_untracked());
        leptos::task::spawn_local(async move {
            // When it works, this form is gone: what is left to set is set only while it is there.
            let outcome = session.sign_in(login, password).await;
            let _there = busy.try_set(false);
            if let Err(refused) = outcome {
                let _there = failure.try_set(Some(failure_text(&refused)));
            }
        });
    };
    view! {
        <form class="panel gate__panel stack" on:submit=sign_in novalidate=true>
            <p class="brand">"NovaShop" <span class="brand__kind">{admin::back_office()}</span></p>
            {children()}
            {move || failure.get().map(|text| view! { <Notice kind=NoticeKind::Negative>{text}</Notice> })}
            <TextField label=admin::login_name() value=login name="login" autocomplete="username"/>
            <TextField label=admin::login_password() value=password name="password" kind="password" autocomplete="current-password"/>
            <Button kind="button--primary button--wide" submit=true busy=busy>
                {common::sign_in()}
            </Button>
            <a href="/" rel="external">{admin::to_shop()}</a>
        </form>
    }
}
