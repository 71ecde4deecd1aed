//! What is done in the background, and what died there.

use novashop_services::jobs;
use novashop_types::{
    JobId, Page, Problem,
    jobs::{JobRecord, JobStatus},
};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    Answer, Ctx,
    extract::{Input, Staff},
    respond,
    routes::Route,
};

/// The addresses of this file.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![route!("/admin/jobs", get => list_jobs), route!("/admin/jobs/{id}/retry", post => retry_job)]
}

/// What the list of jobs can be asked.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct JobsQuery {
    /// Only those in this state; `dead` are those that need somebody.
    status: Option<JobStatus>,
    /// Jobs on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u32>,
    /// Where to go on.
    cursor: Option<String>,
    /// Whether to count all of them.
    include_total: Option<bool>,
}

/// Jobs
///
/// What is done in the background. Those that were done are forgotten after two days, dead ones after ninety.
#[utoipa::path(get, path = "/api/v1/admin/jobs", tag = "administration", operation_id = "list_jobs", params(JobsQuery),
    responses((status = 200, description = "A page, newest first", body = Page<JobRecord>)), security(("bearer" = ["staff"])))]
pub async fn list_jobs(ctx: Ctx, _: Staff, input: Input) -> Answer {
    let query: JobsQuery = input.query()?;
    let limit = input.limit(query.limit)?;
    Ok(respond::page(&input, &jobs::list(&ctx, query.status, query.cursor.as_deref(), limit, query.include_total.unwrap_or(false)).await?))
}

/// Try a dead job again
///
/// It is due at once and has as many attempts as a new one.
#[utoipa::path(post, path = "/api/v1/admin/jobs/{id}/retry", tag = "administration", operation_id = "retry_job",
    params(("id" = JobId, Path, description = "The job's id")),
    responses((status = 200, description = "The job, as it waits now", body = JobRecord),
        (status = 409, description = "`conflict`: it is not dead", body = Problem, content_type = "application/problem+json")),
    security(("bearer" = ["staff"])))]
pub async fn retry_job(ctx: Ctx, Staff(actor): Staff, input: Input) -> Answer {
    input.no_query()?;
    Ok(respond::json(&jobs::retry(&ctx, Some(&actor), input.path("id")).await?))
}
