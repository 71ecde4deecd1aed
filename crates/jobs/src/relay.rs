//! The outbox relay: hands on what committed changes asked for, at least once.
//!
//! Events and mails go their own ways: a mail server that takes its time makes nobody wait for an event.

use std::time::Duration;

use novashop_db::{
    self as db,
    outbox::{Sort, Waiting},
};
use novashop_services::{Context, Result, mails, panics::caught};
use novashop_types::Timestamp;

/// Events of one round. Fewer than a listener may lag behind.
const EVENTS: u32 = 500;
/// Mails of one round: so few that they are written long before their claim ends.
const MAILS: u32 = 20;
/// While a mail is being written no other relay takes it; after this long it counts as left behind by a crash.
const MAIL_CLAIM_SECONDS: i64 = 30;
/// The same for events. Handing them on takes milliseconds, and seconds where PostgreSQL or Redis falters: whoever took
/// them up meanwhile would tell them again, after newer ones.
const EVENT_CLAIM_SECONDS: i64 = 10;
/// What no worker took for so long waits for none: a process of the API hands it on. With [`PAUSE`] it stays well within the second in which a
/// change has to be seen, and is more than a worker that runs ever leaves it.
const OVERDUE_MILLISECONDS: i64 = 400;
/// How long the relay sleeps when nobody wakes it: what another process wrote is found by looking.
const PAUSE: Duration = Duration::from_millis(250);
/// The least time between two rounds: what is committed meanwhile is handed on together, and buyers are not held up by our writes.
const PACE: Duration = Duration::from_millis(25);

/// Hands on what is due, one round of each sort; how many rows that were.
///
/// # Errors
/// Those of the database. What one row's handler says is kept with the row, which is tried again later.
pub async fn run_once(ctx: &Context) -> Result<u64> {
    Ok(hand_on_events(ctx).await?.saturating_add(hand_on_mails(ctx).await?))
}

/// Gives events to those who listen in all processes: one statement claims them, one marks them as handed on.
///
/// While nothing takes them along to the other processes, they stay in the outbox, in their order; those who listen in this process hear them
/// nevertheless, once.
///
/// # Errors
/// Those of the database.
pub async fn hand_on_events(ctx: &Context) -> Result<u64> {
    hand_on_events_due(ctx, ctx.now()).await
}

/// The same for events that no worker took in time, and for no others: with many relays at work events would often overtake each other.
///
/// # Errors
/// Those of the database.
pub async fn hand_on_overdue_events(ctx: &Context) -> Result<u64> {
    hand_on_events_due(ctx, Timestamp(ctx.now().0.saturating_sub(OVERDUE_MILLISECONDS))).await
}

async fn hand_on_events_due(ctx: &Context, by: Timestamp) -> Result<u64> {
    // What waits already is not written again and again while nobody takes it.
    let sort = if ctx.carrier.is_up() { Sort::Event } else { Sort::NewEvent };
    let rows = claim(ctx, sort, by, EVENT_CLAIM_SECONDS, EVENTS).await?;
    if rows.is_empty() {
        return Ok(0);
    }
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let (new, events): (Vec<_>, Vec<_>) = rows.into_iter().map(|row| (row.attempts <= 1, row.payload)).unzip();
    if let Err(away) = ctx.carrier.carry(&events).await {
        new.into_iter().zip(events).filter(|(new, _)| *new).for_each(|(_, event)| ctx.events.publish(event));
        db::outbox::give_back(ctx.db.writer(), &ids, &away.to_string()).await?;
        return Ok(0);
    }
    db::outbox::mark_delivered(ctx.db.writer(), &ids, ctx.now().0).await?;
    Ok(u64::try_from(ids.len()).unwrap_or(u64::MAX))
}

/// Writes mails one by one: one that fails is tried again later and holds up no other.
///
/// # Errors
/// Those of the database.
pub async fn hand_on_mails(ctx: &Context) -> Result<u64> {
    let mut written = 0;
    for row in claim(ctx, Sort::Mail, ctx.now(), MAIL_CLAIM_SECONDS, MAILS).await? {
        match caught(mails::write(ctx, &row)).await.map_err(|panicked| panicked.to_string()).and_then(|done| done.map_err(|error| error.to_string()))
        {
            Ok(()) => written += 1,
            Err(error) => {
                tracing::warn!(outbox.id = %row.id, outbox.kind = %row.kind, outbox.attempts = row.attempts, %error, "handing on failed; it will be tried again");
                let later = ctx.now().plus_seconds(back_off_seconds(row.attempts)).0;
                db::outbox::mark_failed(ctx.db.writer(), row.id, &error, later).await?;
            }
        }
    }
    Ok(written)
}

async fn claim(ctx: &Context, sort: Sort, by: Timestamp, seconds: i64, limit: u32) -> Result<Vec<Waiting>> {
    if !db::outbox::is_due(ctx.db.reader(), sort, by.0).await? {
        return Ok(Vec::new());
    }
    Ok(db::outbox::claim(ctx.db.writer(), sort, by.0, ctx.now().plus_seconds(seconds).0, limit).await?)
}

/// 2, 4, 8 … seconds, at most an hour.
fn back_off_seconds(attempts: i32) -> i64 {
    let exponent = u32::try_from(attempts.saturating_sub(1).clamp(0, 11)).unwrap_or(0) + 1;
    2_i64.saturating_pow(exponent).min(3600)
}

/// Runs until the process is asked to end; the row at hand is finished.
pub async fn run(ctx: Context) {
    let events = repeat(
        &ctx,
        async || hand_on_events(&ctx).await,
        async || {
            ctx.stopping.sleep(PACE).await;
            // Whoever changed something sees it a moment later, and not only when we look next.
            tokio::select! { () = ctx.db.committed() => {}, () = ctx.stopping.sleep(PAUSE) => {} }
        },
    );
    let mails = repeat(&ctx, async || hand_on_mails(&ctx).await, async || ctx.stopping.sleep(PAUSE).await);
    tokio::join!(events, mails);
}

/// Stands in for the events of workers that are away, until the process is asked to end.
pub async fn stand_in(ctx: Context) {
    repeat(&ctx, async || hand_on_overdue_events(&ctx).await, async || ctx.stopping.sleep(PAUSE).await).await;
}

/// Works while there is something to do, and pauses when there is not.
async fn repeat(ctx: &Context, work: impl AsyncFn() -> Result<u64>, pause: impl AsyncFn()) {
    while !ctx.stopping.is_asked() {
        match caught(work()).await {
            Ok(Ok(0)) => pause().await,
            Ok(Ok(_)) => ctx.stopping.sleep(PACE).await,
            Ok(Err(error)) => {
                tracing::error!(%error, "the relay cannot reach the outbox");
                ctx.stopping.sleep(Duration::from_secs(1)).await;
            }
            Err(error) => {
                tracing::error!(%error, "a round of the relay broke off; what it had in hand comes back");
                ctx.stopping.sleep(Duration::from_secs(1)).await;
            }
        }
    }
}
