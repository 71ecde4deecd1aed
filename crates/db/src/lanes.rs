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

use crate::{Error, lane::Lane};

static THREADS: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// How many threads had asked before this one did.
    static THREAD: Cell<usize> = Cell::new(THREADS.fetch_add(1, Ordering::Relaxed));
}

/// Pools of which each thread uses one; clones are the same ones.
#[derive(Debug, Clone)]
pub(crate) struct Lanes {
    first: Arc<Lane>,
    others: Arc<[Lane]>,
}

impl Lanes {
    /// One for all.
    pub(crate) fn one(lane: Lane) -> Self {
        Self::several(lane, [])
    }

    /// Several; the first is there in any case.
    pub(crate) fn several(first: Lane, others: impl IntoIterator<Item = Lane>) -> Self {
        Self { first: Arc::new(first), others: others.into_iter().collect() }
    }

    /// That of this thread. Where there are more threads than lanes, some share one.
    pub(crate) fn mine(&self) -> &Lane {
        let lane = THREAD.get() % (self.others.len() + 1);
        lane.checked_sub(1).and_then(|other| self.others.get(other)).unwrap_or(&self.first)
    }

    /// All of them.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Lane> {
        std::iter::once(&*self.first).chain(&*self.others)
    }

    /// Closes them.
    pub(crate) async fn close(&self) -> Result<(), Error> {
        for lane in self.all() {
            lane.close().await?;
        }
        Ok(())
    }
}
