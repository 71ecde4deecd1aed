//! Brings in the files of products that staff hand in, one after the other.

use std::time::Duration;

use novashop_services::{Context, import_files};

/// How long it sleeps when nobody wakes it: what another process wrote is found by looking.
const PAUSE: Duration = Duration::from_secs(1);

/// Runs until the process is asked to end; the file at hand is given back then and begun anew by the next worker.
pub async fn run(ctx: Context) {
    while !ctx.stopping.is_asked() {
        match import_files::run_next(&ctx).await {
            Ok(true) => {}
            Ok(false) => ctx.stopping.sleep(PAUSE).await,
            Err(error) => {
                tracing::error!(%error, "an import broke off; it will be tried again");
                ctx.stopping.sleep(PAUSE).await;
            }
        }
    }
}
