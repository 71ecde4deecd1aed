//! Where tickets become work: the queue gives, these hands do.
//!
//! apalis wants futures that may move from thread to thread, and what the use cases await stays on one. So the queue's side sends a ticket
//! over a channel and waits, and the work is done where the worker's own task runs.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use futures_util::{StreamExt, stream::FuturesUnordered};
use novashop_db::jobs::Ticket;
use novashop_services::Context;
use tokio::sync::{mpsc, oneshot};

use crate::{metrics::Metrics, work};

/// So many jobs does one worker do at once.
pub const AT_ONCE: usize = 8;

type Given = (Ticket, oneshot::Sender<()>);

/// The queue's side; clones lead to the same hands.
#[derive(Debug, Clone)]
pub struct Hands {
    given: mpsc::UnboundedSender<Given>,
    busy: Arc<AtomicUsize>,
}

/// The side where the work is done.
#[derive(Debug)]
pub struct Bench {
    given: mpsc::UnboundedReceiver<Given>,
    busy: Arc<AtomicUsize>,
}

/// Both sides.
#[must_use]
pub fn pair() -> (Hands, Bench) {
    let (sender, receiver) = mpsc::unbounded_channel();
    let busy = Arc::new(AtomicUsize::new(0));
    (Hands { given: sender, busy: Arc::clone(&busy) }, Bench { given: receiver, busy })
}

impl Hands {
    /// Has a ticket's work done, and waits for its end, whatever that is: it stands in the database.
    pub async fn give(&self, ticket: Ticket) {
        let (done, end) = oneshot::channel();
        if self.given.send((ticket, done)).is_ok() {
            // Where the hands are gone nobody tells of the end: that is one too.
            let _told = end.await;
        }
    }

    /// Has a ticket's work done and does not wait for it.
    pub fn give_unawaited(&self, ticket: Ticket) {
        let (done, _nobody_waits) = oneshot::channel();
        // Where the hands are gone the ticket is written anew after its lease.
        let _given = self.given.send((ticket, done));
    }

    /// How many more jobs there is room for.
    #[must_use]
    pub fn free(&self) -> usize {
        AT_ONCE.saturating_sub(self.busy.load(Ordering::Relaxed))
    }
}

impl Bench {
    /// Works until nobody can give anything any more.
    pub async fn run(mut self, ctx: &Context, metrics: &Metrics) {
        let mut in_hand = FuturesUnordered::new();
        let mut open = true;
        loop {
            tokio::select! {
                given = self.given.recv(), if open => match given {
                    Some((ticket, done)) => {
                        self.busy.fetch_add(1, Ordering::Relaxed);
                        in_hand.push(one(ctx, metrics, ticket, done));
                    }
                    None => open = false,
                },
                Some(()) = in_hand.next() => {
                    self.busy.fetch_sub(1, Ordering::Relaxed);
                }
                else => return,
            }
        }
    }
}

async fn one(ctx: &Context, metrics: &Metrics, ticket: Ticket, done: oneshot::Sender<()>) {
    if let Err(error) = work::run(ctx, ticket, metrics).await {
        tracing::error!(job.id = %ticket.id, %error, "a job broke off; it will be done again");
    }
    // Whoever gave it may be gone.
    let _told = done.send(());
}
