//! What only the people who run the shop see: mails.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{MailId, Timestamp};

/// Where a mail stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MailStatus {
    /// Written and kept: no mail server was configured.
    Kept,
    /// Waits to be sent.
    Queued,
    /// Is being handed to the mail server.
    Sending,
    /// The mail server has it.
    Sent,
    /// The mail server refused it, or it was tried too often.
    Failed,
}

impl MailStatus {
    /// The word on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Failed => "failed",
        }
    }

    /// The status a word means; an unknown word counts as kept.
    #[must_use]
    pub fn parse(word: &str) -> Self {
        [Self::Queued, Self::Sending, Self::Sent, Self::Failed].into_iter().find(|status| status.as_str() == word).unwrap_or(Self::Kept)
    }
}

/// A mail in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MailSummary {
    /// The mail's id.
    pub id: MailId,
    /// Why it was written: `password_reset`, `email_verification`, …
    #[schema(example = "password_reset")]
    pub kind: String,
    /// Where it goes.
    #[schema(example = "maya@example.com")]
    pub to: String,
    /// Its subject.
    #[schema(example = "Choose a new password")]
    pub subject: String,
    /// Where it stands.
    pub status: MailStatus,
    /// How often it was tried since it was written or sent again.
    #[schema(example = 1)]
    pub attempts: i32,
    /// What the mail server said last, unless it took the mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "450 try again later")]
    pub last_error: Option<String>,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it is tried next, while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub next_at: Option<Timestamp>,
    /// When the mail server took it last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub sent_at: Option<Timestamp>,
}

/// A mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Mail {
    /// What the list shows of it.
    #[serde(flatten)]
    pub summary: MailSummary,
    /// Its text; a secret link in it is written as `[link]`.
    pub text: String,
    /// The same as HTML, a whole document; a secret link leads nowhere. Mails of long ago have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub html: Option<String>,
    /// The secret link, only while no mail server is configured. Reading it is audited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub link: Option<String>,
}
