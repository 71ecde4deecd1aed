//! Who may come in: staff and admins. A guest is asked to sign in where they are, so that they go on where they wanted to.

use leptos::prelude::*;
use novashop_client::{Failure, Who, use_session};
use novashop_locales::{admin, common};
use novashop_types::{UserId, accounts::Role};
use novashop_ui::{ErrorView, use_title};

use crate::{
    pages::login::Login,
    parts::{login_again::LoginAgain, unsaved::use_sign_out},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Door {
    Unknown,
    Away,
    Guest,
    Customer,
    Open,
}

/// For whom the pages stand here, and whether they are going of their own will.
#[derive(Clone, Copy)]
struct Inside {
    who: Memo<Option<(UserId, Role)>>,
    leaving: RwSignal<bool>,
}

/// Whether the person whose pages these are runs the whole shop, accounts and mails included; reactive.
#[must_use]
pub fn is_admin() -> bool {
    use_context::<Inside>().is_some_and(|inside| matches!(inside.who.get(), Some((_, Role::Admin))))
}

/// Says whether somebody is going of their own will: then their pages go with them.
pub fn use_leaving() -> impl Fn(bool) + Copy + 'static {
    let inside = use_context::<Inside>();
    move |leaving| {
        if let Some(inside) = inside {
            inside.leaving.set(leaving);
        }
    }
}

/// Shows its children to who runs the shop. They stay while a session that ended elsewhere is begun again; somebody else gets their own.
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
    let leaving = RwSignal::new(false);
    let who = Memo::new(move |before: Option<&Option<(UserId, Role)>>| match session.who() {
        Who::Person(person) => Some((person.id, person.role)).filter(|(_, role)| *role != Role::Customer),
        Who::Unknown | Who::Away | Who::Guest if leaving.get() => None,
        Who::Unknown | Who::Away | Who::Guest => before.copied().flatten(),
    });
    Effect::new(move || {
        if door.get() == Door::Open {
            leaving.set(false);
        }
    });
    provide_context(Inside { who, leaving });
    let over = Signal::derive(move || who.get().is_some() && door.get() == Door::Guest);
    view! {
        {move || match who.get() {
            Some(_) => children().into_any(),
            None => outside(door.get()),
        }}
        <LoginAgain over=over/>
    }
}

fn outside(door: Door) -> AnyView {
    let session = use_session();
    match door {
        Door::Unknown | Door::Open => view! {
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
