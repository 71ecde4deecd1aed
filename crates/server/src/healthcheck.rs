//! `novashop healthcheck`: asks a role of this machine whether it is alive, for containers, in which there is nothing else that could ask.

use std::time::Duration;

use crate::{Failed, commands::Role, config::Config, web_role::reachable};

/// Supervisors give a check a few seconds; one that hangs must not be taken for one that says yes.
const PATIENCE: Duration = Duration::from_secs(3);

/// Asks, and fails with the reason where the answer is not 200.
pub(crate) async fn run(config: &Config, role: Role) -> Result<(), Failed> {
    let url = match role {
        // Not `/readyz`: an outage of the database is not mended by starting every process anew.
        // Where one process has both roles, PORT is the app's, which answers this too.
        Role::Api => format!("{}/healthz", reachable(config.public_addr(config.api_addr))),
        Role::Web => format!("{}/healthz", reachable(config.public_addr(config.web_addr))),
        // It serves nobody but operators.
        Role::Worker => match config.metrics_addr {
            Some(address) => format!("{}/healthz", reachable(address)),
            None => return Err(Failed::new("A worker can only be asked at METRICS_ADDR, and that is `none`.")),
        },
    };
    let client = awc::Client::builder().timeout(PATIENCE).finish();
    let answer = client.get(&url).send().await.map_err(|error| Failed::new(format!("{url}: {error}.")))?;
    if answer.status().is_success() { Ok(()) } else { Err(Failed::new(format!("{url}: {}.", answer.status()))) }
}
