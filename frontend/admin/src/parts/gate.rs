//! Who may come in: staff and admins. A guest is asked to sign in where they are, so that they go on where they wanted to.

use leptos::prelude::*;
use novashop_client::{Failure, Who, use_session};
use novashop_locales::{admin, common};
use novashop_types::accounts::Role;
use novashop_ui::{ErrorView, use_title};

use crate::{pages::login::Login, parts::unsaved::use_sign_out};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Door {
    Unknown,
    Away,
    Guest,
    Customer,
    Open,
}

/// Whether the person who is signed in runs the whole shop, accounts and mails included; reactive.
#[must_use]
pub fn is_admin() -> bool {
    use_session().person().is_some_and(|person| person.role == Role::Admin)
}

/// Shows its children to who runs the shop.
#[component]
pub fn Gate(
    /// What is behind it.
    children: ChildrenFn,
) -> impl IntoView {
    let session = use_session();
    // A memo: a profile that changes does not build the page anew.
    let door = Memo::new(move |_| match session.who() {
        Who::Unknown => Door::Unknown,
        Who::Away => Door::Away,
        Who::Guest => Door::Guest,
        Who::Person(person) if person.role == Role::Customer => Door::Customer,
        Who::Person(_) => Door::Open,
    });
    move || match door.get() {
        Door::Unknown => view! {
            <main class="gate" aria-busy="true">
                <h1 class="visually-hidden">{common::loading()}</h1>
                <div class="skeleton gate__wait"></div>
            </main>
        }
        .into_any(),
        Door::Away => view! {
            <main class="gate" id="content" tabindex="-1">
                <div class="panel gate__panel stack">
                    <h1>{admin::back_office()}</h1>
                    <ErrorView failure=Failure::Unreachable retry=UnsyncCallback::new(move |()| session.look_again())/>
                </div>
            </main>
        }
        .into_any(),
        Door::Guest => view! { <Login/> }.into_any(),
        Door::Customer => view! { <NotStaff/> }.into_any(),
        Door::Open => children().into_any(),
    }
}

/// For a customer who came to the wrong door.
#[component]
fn NotStaff() -> impl IntoView {
    use_title(|| Some(admin::back_office().into()));
    let sign_out = use_sign_out();
    let name = use_session().person().map(|person| person.username).unwrap_or_default();
    let leave = move |_| sign_out();
    view! {
        <main class="gate" id="content" tabindex="-1">
            <div class="panel gate__panel stack">
                <h1>{admin::not_staff_title()}</h1>
                <p>{admin::not_staff(&name)}</p>
                <div class="row">
                    <a class="button button--primary" href="/" rel="external">
                        {admin::to_shop()}
                    </a>
                    <button type="button" class="button" on:click=leave>
                        {admin::other_account()}
                    </button>
                </div>
            </div>
        </main>
    }
}
