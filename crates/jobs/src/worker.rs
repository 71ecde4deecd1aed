//! The worker of the jobs: it listens to the clock, sends what is due on its way, and does what arrives.

use std::time::Duration;

use novashop_services::{Context, jobs};
use tokio::time::Instant;

use crate::{
    hands::{self, AT_ONCE, Hands},
    metrics::Metrics,
    queue::{Error, Place, Queue},
    schedule,
};

/// How often it looks for jobs that are due.
const LOOK: Duration = Duration::from_millis(250);
/// How long it waits when the queue or the database is away.
const AWAY: Duration = Duration::from_secs(1);
/// How often it tidies the queue up.
const TIDY: Duration = Duration::from_secs(10 * 60);

/// Runs until the process is asked to end; the jobs in hand are finished.
///
/// # Errors
/// Where the queue cannot be opened at all: Redis may be away, but its address must be one.
pub async fn run(ctx: Context, place: Place, metrics: Metrics) -> Result<(), Error> {
    let queue = Queue::open(&place).await?;
    let (hands, bench) = hands::pair();
    let queue_side = async {
        tokio::join!(send(&ctx, &queue, &hands), carry(&ctx, &queue, hands.clone()));
        drop(hands);
    };
    tokio::join!(schedule::run(&ctx), queue_side, bench.run(&ctx, &metrics));
    Ok(())
}

/// Sends tickets of what is due on their way, no more than this worker has hands for: what waits, waits in the database.
async fn send(ctx: &Context, queue: &Queue, hands: &Hands) {
    let mut tidied = Instant::now();
    while !ctx.stopping.is_asked() {
        let pause = match send_due(ctx, queue, hands).await {
            Ok(()) => LOOK,
            Err(error) => {
                tracing::debug!(%error, "the queue or the database is away");
                AWAY
            }
        };
        if tidied.elapsed() > TIDY {
            tidied = Instant::now();
            // It is tried again after the same time.
            let _tidied = queue.tidy().await;
        }
        ctx.stopping.sleep(pause).await;
    }
}

async fn send_due(ctx: &Context, queue: &Queue, hands: &Hands) -> Result<(), Error> {
    let room = u32::try_from(hands.free().min(AT_ONCE)).unwrap_or(0);
    let mut tickets = jobs::hand_out(ctx, room).await?.into_iter();
    while let Some(ticket) = tickets.next() {
        if let Err(error) = queue.push(ticket).await {
            // What is due does not wait for Redis: there are no more of them than there are free hands here, and a ticket that did arrive is void.
            std::iter::once(ticket).chain(tickets).for_each(|ticket| hands.give_unawaited(ticket));
            return Err(error);
        }
    }
    Ok(())
}

/// Takes what arrives. apalis ends its worker whenever the queue is away; a new one is begun until the queue is back.
async fn carry(ctx: &Context, queue: &Queue, hands: Hands) {
    let mut told = false;
    while !ctx.stopping.is_asked() {
        let (from, name) = (Instant::now(), format!("novashop-{}", ctx.new_id()));
        if let Err(error) = queue.carry(&name, hands.clone(), ctx.stopping.clone()).await {
            if from.elapsed() > Duration::from_secs(10) {
                told = false;
            }
            // Once, and not with every attempt.
            if !told {
                tracing::warn!(%error, "the queue is away: this worker takes its jobs out of the database until it is back");
                told = true;
            }
            ctx.stopping.sleep(AWAY).await;
        }
    }
}
