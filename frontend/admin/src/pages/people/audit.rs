//! Who changed what, for administrators.

use leptos::prelude::*;
use novashop_client::{Resource, get_own, use_session};
use novashop_locales::{admin, admin_audit as words, moment};
use novashop_types::{
    Page, UserId,
    audit::{AuditAction, AuditActor, AuditEntry},
};
use novashop_ui::{Choice, use_title};

use crate::parts::{
    filters::{Filter, Filters},
    paged::{Empty, Paged},
    query::use_query,
};

/// The list, its filters in the address.
#[component]
pub fn Audit() -> impl IntoView {
    use_title(|| Some(admin::audit().into()));
    let query = use_query();
    let api = Memo::new(move |_| query.ask("/api/v1/admin/audit", &["q", "action", "actor"], &[("limit", "50")]));
    let entries = Resource::new(move || get_own::<Page<AuditEntry>>(api.get()));
    let people = Memo::new(move |known: Option<&Vec<String>>| {
        let page = entries.get().and_then(Result::ok);
        let there = page.into_iter().flat_map(|page| page.items).filter_map(|entry| entry.actor?.username);
        with_people(known.cloned().unwrap_or_default(), there.chain([query.value("actor")]))
    });
    let filters = Signal::derive(move || {
        let actions = AuditAction::ALL.iter().map(|action| Choice::new(action.as_str(), words::action_name(*action))).collect();
        let people = people.get().into_iter().map(|name| Choice::new(name.clone(), name)).collect();
        vec![Filter::choice("action", words::what(), actions), Filter::choice("actor", words::who(), people)]
    });
    view! {
        <div class="stack">
            <h1>{admin::audit()}</h1>
            <Filters table="audit" search=words::search() filters=filters/>
            <Paged from=entries address=api empty=Empty { title: words::no_entries(), help: "" } show=table/>
        </div>
    }
}

/// Whoever was seen in the log so far, in the order of their names: a choice does not go because its entries are not shown now.
fn with_people(mut known: Vec<String>, more: impl Iterator<Item = String>) -> Vec<String> {
    known.extend(more.filter(|name| !name.is_empty()));
    known.sort_unstable();
    known.dedup();
    known
}

fn table(entries: RwSignal<Vec<AuditEntry>>) -> AnyView {
    let me = untrack(|| use_session().person()).map(|person| person.id);
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
                <For each=move || entries.get() key=|entry| entry.id children=move |entry| row(entry, me)/>
            </tbody>
        </table>
    }
    .into_any()
}

fn row(entry: AuditEntry, me: Option<UserId>) -> AnyView {
    let details = if entry.details.as_object().is_some_and(serde_json::Map::is_empty) { String::new() } else { entry.details.to_string() };
    let subject = subject(&entry.subject_kind, entry.subject_id, entry.subject_name);
    view! {
        <tr>
            <td data-label=words::when()>
                <time datetime=entry.at.to_string()>{moment(entry.at)}</time>
            </td>
            <td data-label=words::who()>{actor(entry.actor, me)}</td>
            <th scope="row" data-label=words::what()>
                {words::action(&entry.action)}
            </th>
            <td data-label=words::which()>{subject}</td>
            <td data-label=words::details()>
                <code class="audit__details">{details}</code>
            </td>
        </tr>
    }
    .into_any()
}

fn actor(actor: Option<AuditActor>, me: Option<UserId>) -> AnyView {
    match actor {
        None => view! { <span class="muted">{words::the_shop()}</span> }.into_any(),
        Some(actor) if Some(actor.id) == me => words::you().into_any(),
        Some(AuditActor { username: None, .. }) => view! { <span class="muted">{words::former()}</span> }.into_any(),
        Some(AuditActor { id, username: Some(name) }) => view! { <a href=format!("/admin/customers/{id}")>{name}</a> }.into_any(),
    }
}

/// What was changed, by its name or else its id, and a way to it where it has a page of its own.
fn subject(kind: &str, id: String, name: Option<String>) -> AnyView {
    let page = match kind {
        "order" => Some("orders"),
        "product" => Some("products"),
        "user" => Some("customers"),
        _ => None,
    };
    let link = page.map(|page| format!("/admin/{page}/{id}"));
    let named = match name {
        Some(name) => view! { <span>{name}</span> }.into_any(),
        None => view! { <span class="audit__id">{id}</span> }.into_any(),
    };
    let named = match link {
        Some(link) => view! { <a href=link>{named}</a> }.into_any(),
        None => named,
    };
    view! {
        <span class="stack stack--tight cell-pair">
            {named} <span class="muted">{words::kind(kind)}</span>
        </span>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_was_seen_once_stays_to_choose_from() {
        let seen = |known: &[&str], more: &[&str]| {
            with_people(known.iter().map(ToString::to_string).collect(), more.iter().map(ToString::to_string).collect::<Vec<_>>().into_iter())
        };
        assert_eq!(seen(&["ben"], &["maya", "", "ana", "maya"]), ["ana", "ben", "maya"]);
        assert_eq!(seen(&["ben"], &[]), ["ben"]);
    }
}
