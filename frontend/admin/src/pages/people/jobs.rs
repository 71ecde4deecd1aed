//! What the shop does in the background, and another try for what died there.

use leptos::{prelude::*, task::spawn_local};
use novashop_client::{Request, Resource, get_own};
use novashop_locales::{admin, admin_jobs as words, moment};
use novashop_types::{
    Page,
    jobs::{JobRecord, JobStatus},
};
use novashop_ui::{Button, Choice, use_title, use_toasts};

use crate::parts::{
    filters::{Filter, Filters},
    paged::{Empty, Paged},
    query::use_query,
};

/// The list, its filter in the address.
#[component]
pub fn Jobs() -> impl IntoView {
    use_title(|| Some(admin::jobs().into()));
    let query = use_query();
    let api = Memo::new(move |_| query.ask("/api/v1/admin/jobs", &["status"], &[]));
    let jobs = Resource::new(move || get_own::<Page<JobRecord>>(api.get()));
    let states = JobStatus::ALL.into_iter().map(|status| Choice::new(status.as_str(), words::job_status(status))).collect();
    let filters = vec![Filter::choice("status", words::status(), states)];
    view! {
        <div class="stack">
            <h1>{admin::jobs()}</h1>
            <p class="muted">{words::intro()}</p>
            <Filters table="jobs" filters=filters/>
            <Paged from=jobs address=api empty=Empty { title: words::no_jobs(), help: "" } show=table/>
        </div>
    }
}

fn table(jobs: RwSignal<Vec<JobRecord>>) -> AnyView {
    // A row is made anew when its job moved.
    let key = |job: &JobRecord| (job.id, job.status.as_str(), job.attempts);
    view! {
        <table class="table table--cards">
            <thead>
                <tr>
                    <th scope="col">{words::job()}</th>
                    <th scope="col">{words::status()}</th>
                    <th scope="col">{words::attempts()}</th>
                    <th scope="col">{words::written()}</th>
                    <th scope="col">{words::next()}</th>
                    <th scope="col">{words::last_error()}</th>
                </tr>
            </thead>
            <tbody>
                <For each=move || jobs.get() key=key let:job>
                    <Row job=job jobs=jobs/>
                </For>
            </tbody>
        </table>
    }
    .into_any()
}

#[component]
fn Row(job: JobRecord, jobs: RwSignal<Vec<JobRecord>>) -> impl IntoView {
    let name = words::job_kind(&job.kind);
    let dead = job.status == JobStatus::Dead;
    view! {
        <tr>
            <th scope="row" data-label=words::job()>
                {name.clone()}
            </th>
            <td data-label=words::status()>
                <span class=class(job.status)>{words::job_status(job.status)}</span>
            </td>
            <td data-label=words::attempts()>{job.attempts}</td>
            <td data-label=words::written()>
                <time datetime=job.created_at.to_string()>{moment(job.created_at)}</time>
            </td>
            <td data-label=words::next()>
                {match job.due_at {
                    Some(due) => view! { <time datetime=due.to_string()>{moment(due)}</time> }.into_any(),
                    None if dead => view! { <Retry job=job.clone() name=name jobs=jobs/> }.into_any(),
                    None => "–".into_any(),
                }}
            </td>
            <td data-label=words::last_error()>{job.last_error.unwrap_or_else(|| "–".to_owned())}</td>
        </tr>
    }
}

#[component]
fn Retry(job: JobRecord, name: String, jobs: RwSignal<Vec<JobRecord>>) -> impl IntoView {
    let (toasts, busy, id) = (use_toasts(), RwSignal::new(false), job.id);
    let retry = move |()| {
        busy.set(true);
        spawn_local(async move {
            match Request::post(format!("/api/v1/admin/jobs/{id}/retry")).send::<JobRecord>().await {
                Ok(changed) => {
                    toasts.say(words::retried());
                    jobs.try_update(|jobs| {
                        if let Some(job) = jobs.iter_mut().find(|job| job.id == changed.id) {
                            *job = changed;
                        }
                    });
                }
                Err(failure) => toasts.fail(&failure),
            }
            busy.try_set(false);
        });
    };
    view! {
        <Button busy=busy on_press=retry>
            <span aria-hidden="true">{words::retry()}</span>
            <span class="visually-hidden">{words::retry_job(&name)}</span>
        </Button>
    }
}

const fn class(status: JobStatus) -> &'static str {
    match status {
        JobStatus::Queued => "badge",
        JobStatus::Running => "badge badge--warning",
        JobStatus::Done => "badge badge--positive",
        JobStatus::Dead => "badge badge--negative",
    }
}
