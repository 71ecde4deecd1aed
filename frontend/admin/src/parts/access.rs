//! What an account may do: its role, and whether it can sign in. Every change is asked about first: it ends the account's sessions.

use leptos::{prelude::*, task::spawn_local};
use novashop_client::{Request, use_session};
use novashop_locales::admin_people as words;
use novashop_types::accounts::{AdminUser, AdminUserPatch, Role};
use novashop_ui::{Button, Choice, Notice, NoticeKind, SelectField, use_toasts};

use crate::{pages::people::customers::name_of, parts::confirm::Confirm};

/// The form.
#[component]
pub fn Access(
    /// The account.
    account: AdminUser,
    /// Counted up when the account is to be read again.
    again: RwSignal<u32>,
) -> impl IntoView {
    let toasts = use_toasts();
    let AdminUser { user, active } = account;
    let (id, present, name) = (user.id, user.role, StoredValue::new(name_of(&user)));
    let own = untrack(|| use_session().person()).is_some_and(|person| person.id == id);
    let role = RwSignal::new(present.as_str().to_owned());
    let (asked, open, busy) = (RwSignal::new(AdminUserPatch::default()), RwSignal::new(false), RwSignal::new(false));
    let ask = move |patch: AdminUserPatch| {
        asked.set(patch);
        open.set(true);
    };
    let change = move |()| {
        busy.set(true);
        let request = Request::patch(format!("/api/v1/users/{id}")).json(&asked.get_untracked());
        spawn_local(async move {
            match request.send::<AdminUser>().await {
                Ok(_) => {
                    toasts.say(words::changed());
                    again.try_update(|again| *again = again.wrapping_add(1));
                }
                Err(failure) => toasts.fail(&failure),
            }
            busy.try_set(false);
            open.try_set(false);
        });
    };
    let question = move || {
        let (patch, name) = (asked.get(), name.get_value());
        match (patch.role, patch.active) {
            (Some(role), _) => words::role_question(&name, words::role_name(role)),
            (None, Some(true)) => words::unblock_question(&name),
            (None, _) => words::block_question(&name),
        }
    };
    let title = move || match (asked.read().role, asked.read().active) {
        (Some(_), _) => words::change_role().to_owned(),
        (None, Some(true)) => words::unblock().to_owned(),
        (None, _) => words::block().to_owned(),
    };
    let roles = [Role::Customer, Role::Staff, Role::Admin].map(|role| Choice::new(role.as_str(), words::role_name(role)));
    let chosen = move || Role::parse(&role.read()).filter(|role| *role != present);
    view! {
        <section class="panel stack">
            <h2>{words::access()}</h2>
            <SelectField label=words::role() value=role choices=roles.to_vec() help=words::role_help()/>
            <Button
                disabled=Signal::derive(move || chosen().is_none())
                on_press=move |()| ask(AdminUserPatch { role: chosen(), active: None })
            >
                {words::change_role()}
            </Button>
            <Button
                kind=if active { "button--danger" } else { "" }
                on_press=move |()| ask(AdminUserPatch { role: None, active: Some(!active) })
            >
                {if active { words::block() } else { words::unblock() }}
            </Button>
        </section>
        <Confirm open=open title=Signal::derive(title) action=Signal::derive(title) busy=busy on_confirm=UnsyncCallback::new(change)>
            <p>{question}</p>
            {own.then(|| view! { <Notice kind=NoticeKind::Warning>{words::own_account()}</Notice> })}
        </Confirm>
    }
}
