//! Where an account is signed in.

use leptos::{prelude::*, task::spawn_local};
use novashop_client::{Outcome, Request, Resource, get_own};
use novashop_locales::{account as words, day};
use novashop_types::{
    SessionId,
    accounts::{Session, Sessions},
};
use novashop_ui::{Button, Load, use_toasts};

use crate::parts::{account_frame::AccountFrame, device::device, moving::catch_focus};

/// The page of the sessions.
#[component]
pub fn AccountSessionsPage() -> impl IntoView {
    view! {
        <AccountFrame title=words::sessions()>
            <SessionList/>
        </AccountFrame>
    }
}

#[component]
fn SessionList() -> impl IntoView {
    let toasts = use_toasts();
    let sessions = Resource::new(|| get_own::<Sessions>("/api/v1/users/me/sessions"));
    let busy = RwSignal::new(false);
    // The button that ended one goes with it.
    Effect::new(move |before: Option<()>| {
        if sessions.get().is_some() && before.is_some() {
            catch_focus("main h1");
        }
    });
    let end = Callback::new(move |ids: Vec<SessionId>| {
        busy.set(true);
        spawn_local(async move {
            match end_all(ids).await {
                Ok(()) => toasts.say(words::session_ended()),
                Err(failure) => toasts.fail(&failure),
            }
            busy.set(false);
            sessions.refetch();
        });
    });
    view! {
        <Load from=sessions skeleton=|| view! { <div class="stack" aria-busy="true"><div class="skeleton skeleton--entry"></div><div class="skeleton skeleton--entry"></div></div> }.into_any() let:sessions>
            {
                let others: Vec<SessionId> = sessions.items.iter().filter(|session| !session.current).map(|session| session.id).collect();
                view! {
                    <ul class="sessions">
                        {sessions.items.into_iter().map(|session| view! { <SessionRow session=session end=end/> }).collect_view()}
                    </ul>
                    {(others.len() > 1)
                        .then(|| {
                            let press = move |()| end.run(others.clone());
                            view! { <div><Button busy=busy on_press=UnsyncCallback::new(press)>{words::end_others()}</Button></div> }
                        })}
                }
            }
        </Load>
    }
}

async fn end_all(ids: Vec<SessionId>) -> Outcome<()> {
    for id in ids {
        Request::delete(format!("/api/v1/users/me/sessions/{id}")).done().await?;
    }
    Ok(())
}

#[component]
fn SessionRow(session: Session, end: Callback<Vec<SessionId>>) -> impl IntoView {
    let id = session.id;
    let name = device(&session.user_agent);
    let label = format!("{}: {name}", words::end_session());
    view! {
        <li class="session">
            <div>
                <strong>{name}</strong>
                <span class="small muted">{session.ip} " · " {words::signed_in_on(&day(session.created_at))} ", " {words::last_used(&day(session.last_used_at))}</span>
            </div>
            {if session.current {
                view! { <span class="badge badge--positive">{words::this_session()}</span> }.into_any()
            } else {
                view! { <button type="button" class="button button--small" aria-label=label on:click=move |_| end.run(vec![id])>{words::end_session()}</button> }.into_any()
            }}
        </li>
    }
}
