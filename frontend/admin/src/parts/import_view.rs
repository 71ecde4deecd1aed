//! How far an import is, what came of it, and those before.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use novashop_client::Request;
use novashop_locales::{admin_catalogue as words, day};
use novashop_types::{
    ImportId,
    imports::{Import, ImportError, ImportStatus},
};
use novashop_ui::{Button, Notice, NoticeKind, use_toasts};

use crate::parts::data_table::{Column, DataTable, Row};

/// So often the shop is asked while an import is under way.
const EVERY_MS: u32 = 1_000;

fn over(import: &Import) -> bool {
    matches!(import.status, ImportStatus::Done | ImportStatus::Failed)
}

/// An import as it goes on.
#[component]
pub fn ImportProgress(
    /// Which one.
    id: ImportId,
    /// Told when it is over.
    on_over: UnsyncCallback<()>,
) -> impl IntoView {
    let (now, toasts) = (RwSignal::new(None::<Import>), use_toasts());
    leptos::task::spawn_local(async move {
        loop {
            match Request::get(format!("/api/v1/admin/imports/{id}")).send::<Import>().await {
                Ok(import) => {
                    let ended = over(&import);
                    // The page may be gone: then nobody wants to know.
                    if now.try_set(Some(import)).is_some() {
                        return;
                    }
                    if ended {
                        return on_over.run(());
                    }
                }
                Err(failure) => {
                    toasts.fail(&failure);
                    return;
                }
            }
            TimeoutFuture::new(EVERY_MS).await;
            if now.is_disposed() {
                return;
            }
        }
    });
    move || now.get().map(state)
}

fn state(import: Import) -> AnyView {
    let counts = words::counts(import.products_created, import.products_updated, import.products_unchanged);
    let bar = (!over(&import)).then(|| {
        let part = (import.rows_total > 0).then(|| import.rows_done.to_string());
        view! { <progress max=import.rows_total.max(1) value=part aria-label=words::import_word(import.status)></progress> }
    });
    let kind = match import.status {
        ImportStatus::Failed => NoticeKind::Negative,
        ImportStatus::Done if import.error_count > 0 => NoticeKind::Warning,
        ImportStatus::Done => NoticeKind::Positive,
        ImportStatus::Queued | ImportStatus::Running => NoticeKind::Info,
    };
    let (label, name) = (import.file_name.clone(), import.file_name);
    view! {
        <div class="stack" role="region" aria-label=label>
            {bar}
            <Notice kind=kind>
                <strong>{name} ": " {words::import_word(import.status)}</strong>
                <p>{words::rows(import.rows_done, import.rows_total)} ". " {counts}</p>
                {import.failure.map(|why| view! { <p>{why}</p> })}
            </Notice>
            {(import.error_count > 0).then(|| view! { <BadRows rows=import.errors count=import.error_count/> })}
        </div>
    }
    .into_any()
}

/// The rows that were not taken.
#[component]
fn BadRows(rows: Vec<ImportError>, count: u64) -> impl IntoView {
    let more = count.saturating_sub(u64::try_from(rows.len()).unwrap_or(count));
    view! {
        <h3>{words::bad_rows(count)}</h3>
        <div class="table-frame">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col" class="number">
                            {words::line()}
                        </th>
                        <th scope="col">{words::why()}</th>
                    </tr>
                </thead>
                <tbody>
                    {rows
                        .into_iter()
                        .map(|row| view! { <tr><td class="number">{row.line}</td><td>{row.reason}</td></tr> })
                        .collect_view()}
                </tbody>
            </table>
        </div>
        {(more > 0).then(|| view! { <p class="muted">{words::more_rows(more)}</p> })}
    }
}

/// The imports so far.
#[component]
pub fn History(
    /// Newest first.
    imports: Vec<Import>,
    /// Shows one.
    on_open: UnsyncCallback<ImportId>,
) -> impl IntoView {
    if imports.is_empty() {
        return view! { <p class="muted">{words::no_imports()}</p> }.into_any();
    }
    let row = |import: Import| {
        let (id, open, name) = (import.id, on_open.clone(), import.file_name.clone());
        let kind = match import.status {
            ImportStatus::Done => "badge badge--positive",
            ImportStatus::Failed => "badge badge--negative",
            ImportStatus::Queued | ImportStatus::Running => "badge badge--accent",
        };
        let counts = words::counts(import.products_created, import.products_updated, import.products_unchanged);
        let bad = (import.error_count > 0).then(|| view! { <span class="warning small">" " {words::bad_rows(import.error_count)}</span> });
        let cells = vec![
            view! {
                <Button kind="button--quiet button--small" on_press=UnsyncCallback::new(move |()| open.run(id))>
                    {name}
                </Button>
            }
            .into_any(),
            view! { <span class=kind>{words::import_word(import.status)}</span> }.into_any(),
            view! { {counts} {bad} }.into_any(),
            day(import.created_at).into_any(),
        ];
        Row { id: id.to_string(), label: import.file_name, href: None, cells }
    };
    let columns = vec![Column::text(words::file()), Column::text(words::kind()), Column::text(words::result()), Column::text(words::when())];
    view! { <DataTable caption=words::history() columns=columns rows=imports.into_iter().map(row).collect()/> }.into_any()
}
