//! A panic ends the piece of work that it is in, and not the loop around it.

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;

/// Does a piece of work. Nothing that it leaves half done outlives it: the database rolls that back.
///
/// # Errors
/// Where it panicked; with what, the log has said.
pub async fn caught<T>(work: impl Future<Output = T>) -> Result<T, &'static str> {
    AssertUnwindSafe(work).catch_unwind().await.map_err(|_| "it panicked: the log has more")
}
