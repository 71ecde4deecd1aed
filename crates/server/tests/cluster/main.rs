//! The shop as a deployment runs it: three processes of the API, the app's, a worker, behind the real nginx, over PostgreSQL and Redis.
//!
//! Each test starts a cluster of its own and breaks something in it; they run one after the other.
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a mistake in a test should stop it at once")]

mod buying;
mod database;
mod front;
mod load;
mod race;
mod redis;
mod restarts;
mod workers;

use novashop_testing::cluster::{Cluster, Size, Visitor};

/// The cluster that the issue names.
fn size() -> Size {
    Size::usual(env!("CARGO_BIN_EXE_novashop"))
}

/// It runs, and nobody has used it yet.
async fn started() -> Cluster {
    Cluster::start(&size()).await
}

/// Every process of the API, asked directly.
fn directly(cluster: &Cluster) -> Vec<Visitor> {
    cluster.apis.iter().map(|api| cluster.visitor(format!("http://{}", api.variable("API_ADDR").expect("its address")))).collect()
}
