//! What only the people who run the shop see: mails and the audit log.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::{AuditId, MailId, Timestamp, UserId};

/// Where a mail stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MailStatus {
    /// Written and kept: no mail server is configured.
    Kept,
    /// Handed to the mail server.
    Sent,
    /// The mail server refused it.
    Failed,
}

impl MailStatus {
    /// The word on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Sent => "sent",
            Self::Failed => "failed",
        }
    }

    /// The status a word means; an unknown word counts as kept.
    #[must_use]
    pub fn parse(word: &str) -> Self {
        [Self::Sent, Self::Failed].into_iter().find(|status| status.as_str() == word).unwrap_or(Self::Kept)
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
    /// When it was written.
    pub created_at: Timestamp,
}

/// A mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Mail {
    /// What the list shows of it.
    #[serde(flatten)]
    pub summary: MailSummary,
    /// Its text; a one-time link in it is written as `[link]`.
    pub text: String,
    /// The one-time link, only while no mail server is configured. Reading it is audited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub link: Option<String>,
}

/// Something that somebody changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AuditEntry {
    /// The entry's id.
    pub id: AuditId,
    /// Who did it, or `null` for the shop itself.
    #[schema(required = true)]
    pub actor_id: Option<UserId>,
    /// What was done: `product.updated`, `user.role_changed`, …
    #[schema(example = "product.updated")]
    pub action: String,
    /// What kind of thing it was done to.
    #[schema(example = "product")]
    pub subject_kind: String,
    /// Which one.
    #[schema(example = "0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5")]
    pub subject_id: String,
    /// Particulars.
    #[schema(value_type = Object)]
    pub details: Value,
    /// When.
    pub at: Timestamp,
}
