//! What is done in the background, as the back office sees it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::{JobId, Timestamp};

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum JobStatus {
    /// Waits for a worker, or for its next attempt.
    Queued,
    /// A worker has it in hand.
    Running,
    /// Done.
    Done,
    /// Failed so often that nobody tries it again until somebody asks for it.
    Dead,
}

impl JobStatus {
    /// Every status.
    pub const ALL: [Self; 4] = [Self::Queued, Self::Running, Self::Done, Self::Dead];

    /// The word on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Dead => "dead",
        }
    }

    /// The status a word means.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }
}

/// Something that is done in the background.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Job)]
pub struct JobRecord {
    /// The job's id.
    pub id: JobId,
    /// What kind of work it is: `import`, `expire_orders`, `report_sales`, …
    #[schema(example = "import")]
    pub kind: String,
    /// On what, as ids.
    #[schema(value_type = Object, example = json!({"import_id": "0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5"}))]
    pub payload: Map<String, Value>,
    /// Where it stands.
    pub status: JobStatus,
    /// How often a worker took it up.
    #[schema(example = 1)]
    pub attempts: u64,
    /// What the last attempt failed of, or `null`. It is kept until the job is done.
    #[schema(required = true)]
    pub last_error: Option<String>,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it is tried next, for one that is `queued`; otherwise `null`.
    #[schema(required = true)]
    pub due_at: Option<Timestamp>,
    /// When a worker last took it up, or `null`.
    #[schema(required = true)]
    pub started_at: Option<Timestamp>,
    /// When it was done or died, or `null`.
    #[schema(required = true)]
    pub finished_at: Option<Timestamp>,
}
