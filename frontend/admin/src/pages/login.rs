//! Signing in to the back office.

use leptos::prelude::*;
use novashop_locales::admin;
use novashop_ui::use_title;

use crate::parts::{login_form::LoginForm, query::use_go};

/// The form, in the place of the page that somebody wanted to see.
#[component]
pub fn Login() -> impl IntoView {
    use_title(|| Some(admin::login_title().into()));
    view! {
        <main class="gate" id="content" tabindex="-1">
            <LoginForm>
                <h1>{admin::login_title()}</h1>
            </LoginForm>
        </main>
    }
}

/// `/admin/login` for somebody who is signed in: on to the first page.
#[component]
pub fn SignedIn() -> impl IntoView {
    let go = use_go();
    Effect::new(move || go("/admin"));
}
