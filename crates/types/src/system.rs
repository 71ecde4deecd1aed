//! How the program and its parts are, for the people who run the shop.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Timestamp;

/// The process that answered, and what it works with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct System {
    /// The program's version.
    #[schema(example = "0.1.0")]
    pub version: String,
    /// What this process does: `api`, `worker`, `web`.
    #[schema(example = json!(["api", "worker"]))]
    pub roles: Vec<String>,
    /// When this process began.
    pub started_at: Timestamp,
    /// The memory it holds, in bytes; `null` where the system does not tell.
    #[schema(required = true, example = 41_943_040)]
    pub memory_bytes: Option<u64>,
    /// The database.
    pub database: SystemDatabase,
    /// The cache of public answers, or `null` where it is off.
    #[schema(required = true)]
    pub cache: Option<SystemCache>,
    /// What waits for a worker.
    pub queue: SystemQueue,
    /// The Redis that processes share, or `null` where there is none.
    #[schema(required = true)]
    #[serde(default)]
    pub redis: Option<SystemRedis>,
    /// Whether pictures can be stored.
    pub media_writable: bool,
}

/// The database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SystemDatabase {
    /// `sqlite` or `postgres`.
    #[schema(example = "sqlite")]
    pub kind: String,
    /// Whether it answered just now.
    pub reachable: bool,
    /// The newest migration that ran, or `null` where it did not answer.
    #[schema(required = true, example = "m0003_settings")]
    pub schema_version: Option<String>,
}

/// The cache of public answers in this process, since it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SystemCache {
    /// Answers that are kept.
    pub entries: u64,
    /// What they take, in bytes.
    pub bytes: u64,
    /// Answers that were there.
    pub hits: u64,
    /// Answers that had to be loaded.
    pub misses: u64,
}

/// What waits for a worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SystemQueue {
    /// Mails and events that wait; `null` where the database did not answer.
    #[schema(required = true)]
    pub outbox_waiting: Option<u64>,
    /// How long the oldest of them has waited, in seconds.
    pub outbox_oldest_seconds: u64,
    /// Imports that wait or are under way; `null` where the database did not answer.
    #[schema(required = true)]
    pub imports_waiting: Option<u64>,
}

/// The Redis that processes share, as this process sees it since it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SystemRedis {
    /// Whether it answers. If not, each process sells by itself.
    pub reachable: bool,
    /// Events that this process gave to all.
    pub events_published: u64,
    /// Events that came from there.
    pub events_heard: u64,
    /// What failed or came too late.
    pub errors: u64,
}
