//! Confirming an e-mail address, with the link of a mail.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use novashop_client::{Request, use_session};
use novashop_locales::account as words;
use novashop_types::accounts::EmailVerify;
use novashop_ui::{Button, Notice, NoticeKind, Show, use_title};

use crate::parts::sending::Sending;

/// The page that the mail's link opens. It asks for a press: programs that look through mails open links, too.
#[component]
pub fn EmailVerifyPage() -> impl IntoView {
    use_title(|| Some(words::verify().into()));
    let token = use_query_map().read_untracked().get("token").unwrap_or_default();
    let session = use_session();
    let done = RwSignal::new(false);
    let sending = Sending::new(&[]);
    let press = {
        let token = token.clone();
        move |()| {
            let form = EmailVerify { token: token.clone() };
            sending.send(Request::post("/api/v1/auth/email/verify").anonymous().json(&form).done(), move |()| {
                done.set(true);
                if let Some(person) = untrack(|| session.person()) {
                    session.changed(novashop_types::accounts::User { email_verified: true, ..person });
                }
            });
        }
    };
    let content = if token.is_empty() {
        view! { <Notice kind=NoticeKind::Warning>{words::reset_no_token()}</Notice> }.into_any()
    } else {
        view! {
            <div class="stack" hidden=move || done.get()>
                {sending.notice()}
                <p>{words::verify_hint()}</p>
                <Button kind="button--primary" busy=sending.busy on_press=UnsyncCallback::new(press)>{words::verify_button()}</Button>
            </div>
            <Show when=move || done.get()>
                <Notice kind=NoticeKind::Positive>{words::verify_done()}</Notice>
                <p><a class="button" href="/products">{words::to_shop()}</a></p>
            </Show>
        }
        .into_any()
    };
    view! {
        <div class="page page--narrow stack stack--loose">
            <h1>{words::verify()}</h1>
            {content}
        </div>
    }
}
