//! `novashop jobs`: what is done in the background, and another try for what died there.

use novashop_services::{Context, jobs};
use novashop_types::jobs::{JobRecord, JobStatus};

use crate::{Failed, commands::Jobs};

/// The most that is listed.
const LISTED: u32 = 100;

/// Lists jobs or has dead ones tried again.
pub(crate) async fn run(ctx: &Context, action: Jobs) -> Result<(), Failed> {
    match action {
        Jobs::List { status, json } => list(ctx, status.map(Into::into), json).await,
        Jobs::Retry { id: Some(id), .. } => {
            let job = jobs::retry(ctx, None, &id).await.map_err(told)?;
            println!("{} {} waits for a worker.", job.kind, job.id);
            Ok(())
        }
        Jobs::Retry { id: None, .. } => retry_all(ctx).await,
    }
}

async fn list(ctx: &Context, status: Option<JobStatus>, json: bool) -> Result<(), Failed> {
    let page = jobs::list(ctx, status, None, LISTED, true).await.map_err(told)?;
    if json {
        println!("{}", serde_json::to_string_pretty(&page.items)?);
        return Ok(());
    }
    if page.items.is_empty() {
        println!("There are none.");
        return Ok(());
    }
    println!("{:36}  {:16} {:7} {:>5}  {:24}  last error", "id", "kind", "status", "tries", "written");
    for job in &page.items {
        println!("{}", line(job));
    }
    let total = page.total.unwrap_or_default();
    if total > u64::from(LISTED) {
        println!("… and {} older ones.", total.saturating_sub(u64::from(LISTED)));
    }
    Ok(())
}

fn line(job: &JobRecord) -> String {
    let error = job.last_error.as_deref().unwrap_or("-");
    let id = job.id.to_string();
    format!("{id:36}  {:16} {:7} {:>5}  {:24}  {error}", job.kind, job.status.as_str(), job.attempts, job.created_at.to_string())
}

async fn retry_all(ctx: &Context) -> Result<(), Failed> {
    let mut retried: u64 = 0;
    loop {
        let dead = jobs::list(ctx, Some(JobStatus::Dead), None, LISTED, false).await.map_err(told)?;
        if dead.items.is_empty() {
            println!("{retried} {} for a worker.", if retried == 1 { "job waits" } else { "jobs wait" });
            return Ok(());
        }
        for job in dead.items {
            jobs::retry(ctx, None, &job.id.to_string()).await.map_err(told)?;
            retried = retried.saturating_add(1);
        }
    }
}

/// A refusal in its own words, without its code.
fn told(error: novashop_services::Error) -> Failed {
    Failed::new(error.refusal().map_or_else(|| error.to_string(), |refusal| refusal.detail.clone()))
}
