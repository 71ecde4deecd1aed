//! Who changed what, for administrators.

use leptos::prelude::*;
use novashop_client::{Resource, get_own, use_session};
use novashop_locales::{admin, admin_system as words, moment};
use novashop_types::{Page, UserId, admin::AuditEntry};
use novashop_ui::use_title;

use crate::parts::{
    audit_filter::fits,
    filters::Filters,
    paged::{Empty, Paged},
    query::use_query,
};

/// The list.
#[component]
pub fn Audit() -> impl IntoView {
    use_title(|| Some(admin::audit().into()));
    let entries = Resource::new(|| get_own::<Page<AuditEntry>>("/api/v1/admin/audit?limit=50"));
    let address = Signal::stored("/api/v1/admin/audit?limit=50".to_owned());
    view! {
        <div class="stack">
            <h1>{admin::audit()}</h1>
            <Filters table="audit" search=words::narrow()/>
            <p class="muted small">{words::narrow_help()}</p>
            <Paged from=entries address=address empty=Empty { title: words::no_entries(), help: "" } show=table/>
        </div>
    }
}

fn table(entries: RwSignal<Vec<AuditEntry>>) -> AnyView {
    let query = use_query();
    let me = untrack(|| use_session().person()).map(|person| person.id);
    let shown = Memo::new(move |_| {
        let words = query.value("q");
        entries.read().iter().filter(|entry| fits(entry, &words)).cloned().collect::<Vec<_>>()
    });
    view! {
        <table class="table table--cards">
            <thead>
                <tr>
                    <th scope="col">{words::when()}</th>
                    <th scope="col">{words::who()}</th>
                    <th scope="col">{words::what()}</th>
                    <th scope="col">{words::which()}</th>
                    <th scope="col">{words::details()}</th>
                </tr>
            </thead>
            <tbody>
                <For each=move || shown.get() key=|entry| entry.id children=move |entry| row(entry, me)/>
            </tbody>
        </table>
        <Show when=move || shown.read().is_empty()>
            <p class="muted">{words::nothing_fits()}</p>
        </Show>
    }
    .into_any()
}

fn row(entry: AuditEntry, me: Option<UserId>) -> AnyView {
    let who = match entry.actor_id {
        None => view! { <span class="muted">{words::the_shop()}</span> }.into_any(),
        Some(actor) if Some(actor) == me => words::you().into_any(),
        Some(actor) => view! {
            <a class="audit__id" href=format!("/admin/customers/{actor}")>
                {actor.to_string()}
            </a>
        }
        .into_any(),
    };
    let details = if entry.details.as_object().is_some_and(serde_json::Map::is_empty) { String::new() } else { entry.details.to_string() };
    view! {
        <tr>
            <td data-label=words::when()>
                <time datetime=entry.at.to_string()>{moment(entry.at)}</time>
            </td>
            <td data-label=words::who()>{who}</td>
            <th scope="row" data-label=words::what()>
                <code>{entry.action}</code>
            </th>
            <td data-label=words::which()>
                {subject(&entry.subject_kind, entry.subject_id)}
            </td>
            <td data-label=words::details()>
                <code class="audit__details">{details}</code>
            </td>
        </tr>
    }
    .into_any()
}

/// A way to what was changed, where it has a page of its own.
fn subject(kind: &str, id: String) -> AnyView {
    let page = match kind {
        "order" => Some("orders"),
        "product" => Some("products"),
        "user" => Some("customers"),
        _ => None,
    };
    match page {
        Some(page) => view! {
            <a class="audit__id" href=format!("/admin/{page}/{id}")>
                {kind.to_owned()}
                " "
                {id.clone()}
            </a>
        }
        .into_any(),
        None => view! { <span class="audit__id">{kind.to_owned()} " " {id}</span> }.into_any(),
    }
}
