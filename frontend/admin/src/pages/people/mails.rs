//! What was mailed to whom, for administrators. A mail is read only when it is opened: reading it is audited.

use leptos::prelude::*;
use novashop_client::{Resource, get_own};
use novashop_locales::{admin, admin_system as words, moment};
use novashop_types::{
    MailId, Page,
    admin::{MailStatus, MailSummary},
};
use novashop_ui::{Dialog, DialogKind, use_title};

use crate::parts::{
    mail_preview::MailPreview,
    paged::{Empty, Paged},
};

/// The list.
#[component]
pub fn Mails() -> impl IntoView {
    use_title(|| Some(admin::mails().into()));
    let mails = Resource::new(|| get_own::<Page<MailSummary>>("/api/v1/admin/mails"));
    let address = Signal::stored("/api/v1/admin/mails".to_owned());
    view! {
        <div class="stack">
            <h1>{admin::mails()}</h1>
            <p class="muted">{words::preview_audited()}</p>
            <Paged from=mails address=address empty=Empty { title: words::no_mails(), help: "" } show=table/>
        </div>
    }
}

fn table(mails: RwSignal<Vec<MailSummary>>) -> AnyView {
    let (open, opened) = (RwSignal::new(false), RwSignal::new(None::<(MailId, String)>));
    let row = move |mail: MailSummary| {
        let (id, subject) = (mail.id, mail.subject.clone());
        let show = move |_| {
            opened.set(Some((id, subject.clone())));
            open.set(true);
        };
        view! {
            <tr>
                <th scope="row" data-label=words::subject()>
                    <button type="button" class="link row-link" on:click=show>
                        {mail.subject}
                    </button>
                </th>
                <td data-label=words::to()>{mail.to}</td>
                <td data-label=words::kind()>{words::mail_kind(&mail.kind)}</td>
                <td data-label=words::status()>
                    <span class=class(mail.status)>{words::mail_status(mail.status)}</span>
                    {mail.last_error.map(|said| view! { <span class="small muted mail__error">{said}</span> })}
                </td>
                <td data-label=words::written()>
                    <time datetime=mail.created_at.to_string()>{moment(mail.created_at)}</time>
                </td>
            </tr>
        }
    };
    view! {
        <table class="table table--cards">
            <thead>
                <tr>
                    <th scope="col">{words::subject()}</th>
                    <th scope="col">{words::to()}</th>
                    <th scope="col">{words::kind()}</th>
                    <th scope="col">{words::status()}</th>
                    <th scope="col">{words::written()}</th>
                </tr>
            </thead>
            <tbody>
                <For each=move || mails.get() key=|mail| (mail.id, mail.status.as_str()) children=row/>
            </tbody>
        </table>
        <Dialog open=open kind=DialogKind::Drawer title=Signal::derive(move || opened.get().map(|(_, subject)| subject).unwrap_or_default())>
            <div class="dialog__body stack">{opened.get().map(|(id, _)| view! { <MailPreview id=id mails=mails/> })}</div>
        </Dialog>
    }
    .into_any()
}

const fn class(status: MailStatus) -> &'static str {
    match status {
        MailStatus::Kept | MailStatus::Queued | MailStatus::Sending => "badge",
        MailStatus::Sent => "badge badge--positive",
        MailStatus::Failed => "badge badge--negative",
    }
}
