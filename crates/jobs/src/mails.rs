//! Sends the mails that wait.

use std::time::Duration;

use novashop_services::{Context, mails, panics::caught};

/// Mails of one round.
const AT_ONCE: u32 = 100;
/// How long it sleeps when nothing is due.
const PAUSE: Duration = Duration::from_secs(1);
/// How long it leaves a mail server alone that cannot be reached.
const AWAY: Duration = Duration::from_secs(15);

/// Runs until the process is asked to end; the mail at hand is sent to its end.
pub async fn run(ctx: Context) {
    while !ctx.stopping.is_asked() {
        match caught(mails::deliver_due(&ctx, AT_ONCE)).await {
            Ok(Ok(0)) => ctx.stopping.sleep(PAUSE).await,
            Ok(Ok(_)) => {}
            Err(error) => {
                tracing::error!(%error, "sending a mail broke off");
                ctx.stopping.sleep(PAUSE).await;
            }
            Ok(Err(error)) => {
                tracing::warn!(%error, "mails could not be sent; it will be tried again");
                ctx.stopping.sleep(AWAY).await;
            }
        }
    }
}
