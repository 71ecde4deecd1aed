//! How the shop's parts are: what `/readyz` and the metrics tell operators.

use std::time::Duration;

use novashop_db::{self as db, jobs::Depth, mails::Waiting, outbox::Backlog};
use novashop_types::{Timestamp, jobs::JobStatus};
use object_store::{ObjectStoreExt, PutPayload, path::Path};
use tokio::{sync::Mutex, time::timeout};

use crate::{Context, images::Media};

/// However often somebody asks, the database and the store are asked once in this time.
const FRESH_SECONDS: i64 = 5;
/// The same for whether the database answers at all.
const PING_SECONDS: i64 = 1;
/// How long a part may take to say how it is; then it counts as away. Those who ask, Prometheus and supervisors, wait for seconds at most.
const PATIENCE: Duration = Duration::from_secs(2);
/// A store that could be written is only looked at for so long: a bucket may keep every version of a file, and count every one.
const WRITTEN_SECONDS: i64 = 10 * 60;
/// A file that is written to the store of pictures to see whether files can be written.
pub const PROBE: &str = "novashop-writes-here";

/// How the parts are that work beside the requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vitals {
    /// What the outbox holds; `None` where it cannot be read.
    pub backlog: Option<Backlog>,
    /// How many jobs wait, run and are dead; `None` where that cannot be read.
    pub jobs: Option<Vec<Depth>>,
    /// The mails that are not sent yet; `None` where they cannot be read.
    pub mails: Option<Waiting>,
    /// Whether pictures can be stored.
    pub media: bool,
}

impl Vitals {
    /// How long the oldest row of the outbox has waited, in seconds; 0 where none waits.
    #[must_use]
    pub fn lag_seconds(&self, now: Timestamp) -> i64 {
        waited_seconds(self.backlog.and_then(|backlog| backlog.oldest), now)
    }

    /// How long the first of the jobs that are due has waited, in seconds; 0 where none waits.
    #[must_use]
    pub fn jobs_lag_seconds(&self, now: Timestamp) -> i64 {
        self.jobs_in(JobStatus::Queued).and_then(|depth| depth.first).map_or(0, |first| seconds_since(first, now))
    }

    /// How many jobs are in a state.
    #[must_use]
    pub fn jobs_count(&self, status: JobStatus) -> i64 {
        self.jobs_in(status).map_or(0, |depth| depth.count)
    }

    fn jobs_in(&self, status: JobStatus) -> Option<&Depth> {
        self.jobs.as_ref()?.iter().find(|depth| depth.status == status.as_str())
    }
}

fn seconds_since(then: i64, now: Timestamp) -> i64 {
    now.0.saturating_sub(then).max(0) / 1000
}

/// How long something has waited, in seconds; 0 where nothing does.
#[must_use]
pub fn waited_seconds(since: Option<i64>, now: Timestamp) -> i64 {
    since.map_or(0, |since| seconds_since(since, now))
}

/// Keeps what was last seen for a few seconds.
#[derive(Debug, Default)]
pub struct Watch {
    seen: Mutex<Seen>,
    ping: Mutex<Option<(Timestamp, bool)>>,
}

#[derive(Debug, Default)]
struct Seen {
    last: Option<(Timestamp, Vitals)>,
    /// When the store of pictures was last written, where all was well with it since.
    written: Option<Timestamp>,
}

impl Watch {
    /// Looks at the parts, or tells what was seen a moment ago. Who asks at the same time shares one look.
    pub async fn look(&self, ctx: &Context) -> Vitals {
        let mut seen = self.seen.lock().await;
        if let Some((at, vitals)) = &seen.last
            && ctx.now() < at.plus_seconds(FRESH_SECONDS)
        {
            return vitals.clone();
        }
        let conn = ctx.db.reader();
        let store = in_time("the store of pictures cannot be written", stored(&ctx.media, ctx.now(), seen.written));
        let (backlog, mails, jobs, written) = tokio::join!(
            in_time("the outbox cannot be read", db::outbox::backlog(conn)),
            in_time("the mails cannot be read", db::mails::waiting(conn)),
            in_time("the jobs cannot be read", db::jobs::depths(conn)),
            store,
        );
        seen.written = written;
        let vitals = Vitals { backlog, jobs, mails, media: written.is_some() };
        seen.last = Some((ctx.now(), vitals.clone()));
        vitals
    }

    /// Whether the database answers, or did a moment ago. Who asks at the same time shares one question: anybody may ask, as often as they like.
    pub async fn database_answers(&self, ctx: &Context) -> bool {
        let mut ping = self.ping.lock().await;
        if let Some((at, answers)) = *ping
            && (at..at.plus_seconds(PING_SECONDS)).contains(&ctx.now())
        {
            return answers;
        }
        let answers = ctx.db.ping().await.inspect_err(|error| tracing::warn!(%error, "the database does not answer")).is_ok();
        *ping = Some((ctx.now(), answers));
        answers
    }
}

/// What a part says, where it says it soon.
async fn in_time<T, E: std::fmt::Display>(otherwise: &str, asked: impl Future<Output = Result<T, E>>) -> Option<T> {
    match timeout(PATIENCE, asked).await {
        Ok(Ok(said)) => return Some(said),
        Ok(Err(error)) => tracing::warn!(%error, "{otherwise}"),
        Err(_) => tracing::warn!("{otherwise}: it says nothing"),
    }
    None
}

/// When the store was last written: now, or before, where that is not long ago and the file is still there.
async fn stored(media: &Media, now: Timestamp, written: Option<Timestamp>) -> object_store::Result<Timestamp> {
    let path = Path::from(PROBE);
    if let Some(then) = written.filter(|then| !media.was_doubted() && now < then.plus_seconds(WRITTEN_SECONDS))
        && media.store.head(&path).await.is_ok()
    {
        return Ok(then);
    }
    media.store.put(&path, PutPayload::from_static(b"ok")).await.map(|_| now)
}

/// The database, as it is just now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatabaseVitals {
    /// `sqlite` or `postgres`.
    pub kind: &'static str,
    /// Whether it answered.
    pub reachable: bool,
    /// The newest migration that ran.
    pub schema_version: Option<String>,
    /// Imports that are not over.
    pub imports_waiting: Option<u64>,
}

/// Looks at the database. One that does not answer is told of, not an error.
pub async fn database(ctx: &Context) -> DatabaseVitals {
    let kind = if ctx.db.backend() == db::DbBackend::Postgres { "postgres" } else { "sqlite" };
    let migrations = ctx.db.migrations().await.ok();
    DatabaseVitals {
        kind,
        reachable: migrations.is_some(),
        schema_version: migrations.and_then(|all| all.into_iter().filter(|(_, applied)| *applied).map(|(name, _)| name).next_back()),
        imports_waiting: db::import_files::count_waiting(ctx.db.reader()).await.ok(),
    }
}
