//! A mail as whoever got it saw it, what became of it, and sending it again.

use leptos::{prelude::*, task::spawn_local};
use novashop_client::{Outcome, Request, Resource, get_own};
use novashop_locales::{admin_system as words, moment};
use novashop_types::{
    MailId,
    admin::{Mail, MailStatus, MailSummary},
};
use novashop_ui::{Button, Load, Notice, NoticeKind, use_toasts};

use crate::parts::paged::lines;

/// The mail.
#[component]
pub fn MailPreview(
    /// Which one.
    id: MailId,
    /// The list it stands in: what becomes of it shows there.
    mails: RwSignal<Vec<MailSummary>>,
) -> impl IntoView {
    let mail = Resource::new(move || get_own::<Mail>(format!("/api/v1/admin/mails/{id}")));
    view! {
        <Load from=mail skeleton=lines let:found>
            <Standing mail=found.summary.clone()/>
            {found
                .link
                .map(|link| {
                    view! {
                        <Notice>
                            <p>{words::kept_help()}</p>
                            <code class="mail__link">{link}</code>
                        </Notice>
                    }
                })}
            <Resend summary=found.summary mails=mails mail=mail/>
            // Nothing in it runs, and nothing is sent from it: it is in a box of its own.
            {found
                .html
                .map(|html| view! { <iframe class="mail__html" sandbox="" title=words::as_html() srcdoc=html></iframe> })}
            <details>
                <summary>{words::as_text()}</summary>
                <pre class="mail" tabindex="0">{found.text}</pre>
            </details>
        </Load>
    }
}

/// To whom, how often it was tried, and what came of it.
#[component]
fn Standing(mail: MailSummary) -> impl IntoView {
    let tried = (mail.attempts > 0 && mail.status != MailStatus::Sent).then(|| words::tried(&mail.attempts.to_string()));
    let next = mail.next_at.map(|at| words::next_try(&moment(at)));
    let sent = mail.sent_at.map(|at| words::sent_on(&moment(at)));
    let line = [Some(words::mail_status(mail.status).to_owned()), sent, tried, next].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    view! {
        <p class="muted">{words::to()} ": " {mail.to}</p>
        <p class="muted">{line}</p>
        {mail
            .last_error
            .map(|said| {
                view! {
                    <Notice kind=NoticeKind::Warning>
                        <p>{words::server_said()} ": " <span class="mail__error">{said}</span></p>
                    </Notice>
                }
            })}
    }
}

/// The button that sends it again, unless it is on its way.
#[component]
fn Resend(summary: MailSummary, mails: RwSignal<Vec<MailSummary>>, mail: Resource<Outcome<Mail>>) -> impl IntoView {
    let (toasts, busy, id) = (use_toasts(), RwSignal::new(false), summary.id);
    let refused = RwSignal::new(false);
    let resend = move |()| {
        busy.set(true);
        refused.set(false);
        spawn_local(async move {
            match Request::post(format!("/api/v1/admin/mails/{id}/resend")).send::<Mail>().await {
                Ok(sent) => {
                    toasts.say(words::resent());
                    mails.try_update(|mails| {
                        if let Some(mail) = mails.iter_mut().find(|mail| mail.id == id) {
                            *mail = sent.summary;
                        }
                    });
                    mail.refetch();
                }
                Err(failure) if failure.status() == Some(409) => drop(refused.try_set(true)),
                Err(failure) => toasts.fail(&failure),
            }
            busy.try_set(false);
        });
    };
    let why = move || {
        refused.get().then(|| {
            view! {
                <Notice kind=NoticeKind::Negative>
                    <p>{words::not_resent()}</p>
                </Notice>
            }
        })
    };
    summary.next_at.is_none().then(|| {
        view! {
            <div><Button kind="button--small" busy=busy on_press=resend>{words::resend()}</Button></div>
            {why}
        }
    })
}
