//! How long a statement on PostgreSQL may take.
//!
//! A host that is lost without a word answers nothing and refuses nothing, and TCP goes on waiting for a quarter of an hour. So whoever asks gives up
//! much earlier, throws the connection away, and says that the database is not there.

use std::{future::Future, time::Duration};

/// A statement of a request, or of a round in the background. Longer than one waits for another's row (`idempotency`).
const USUAL: Duration = Duration::from_secs(7);

tokio::task_local! {
    static LIMIT: Duration;
}

/// Does work whose statements may take longer, each up to `limit`. Work that it hands to other tasks is not meant.
pub async fn patiently<F: Future>(limit: Duration, work: F) -> F::Output {
    LIMIT.scope(limit, work).await
}

/// How long a statement of this task may take.
pub(crate) fn limit() -> Duration {
    LIMIT.try_with(|limit| *limit).unwrap_or(USUAL)
}
