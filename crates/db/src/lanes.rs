//! Pools of connections by thread.
//!
//! A connection lives with the thread that opened it: its reactor hears that an answer came. Used from another thread, each answer wakes two. So each
//! thread has a lane, and finds the connections there that it opened itself.

use std::{
    cell::Cell,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use sea_orm::DatabaseConnection;

use crate::Error;

static THREADS: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// How many threads had asked before this one did.
    static THREAD: Cell<usize> = Cell::new(THREADS.fetch_add(1, Ordering::Relaxed));
}

/// Pools of which each thread uses one; clones are the same ones.
#[derive(Debug, Clone)]
pub(crate) struct Lanes {
    first: DatabaseConnection,
    all: Arc<[DatabaseConnection]>,
}

impl Lanes {
    /// One for all.
    pub(crate) fn one(pool: DatabaseConnection) -> Self {
        Self { first: pool.clone(), all: Arc::new([pool]) }
    }

    /// Several; the first is there in any case.
    pub(crate) fn several(first: DatabaseConnection, others: impl IntoIterator<Item = DatabaseConnection>) -> Self {
        Self { all: std::iter::once(first.clone()).chain(others).collect(), first }
    }

    /// That of this thread. Where there are more threads than lanes, some share one.
    pub(crate) fn mine(&self) -> &DatabaseConnection {
        THREAD.get().checked_rem(self.all.len()).and_then(|lane| self.all.get(lane)).unwrap_or(&self.first)
    }

    /// All of them.
    pub(crate) fn all(&self) -> &[DatabaseConnection] {
        &self.all
    }

    /// Closes them.
    pub(crate) async fn close(&self) -> Result<(), Error> {
        for pool in &*self.all {
            pool.close_by_ref().await?;
        }
        Ok(())
    }
}
