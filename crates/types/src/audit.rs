//! The audit log: who changed what, when.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::{AuditId, Timestamp, UserId};

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $word:literal),+ $(,)?) => {
        /// What was done.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        pub enum AuditAction {
            $($(#[$doc])* #[serde(rename = $word)] $name),+
        }

        impl AuditAction {
            /// Every action.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The word on the wire and in the database.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word),+
                }
            }

            /// The action a word means; none where it was written by another version of the program.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|action| action.as_str() == word)
            }
        }
    };
}

actions! {
    /// A product was made.
    ProductCreated = "product.created",
    /// A product was changed.
    ProductUpdated = "product.updated",
    /// A product was archived.
    ProductArchived = "product.archived",
    /// A variant was added to a product.
    VariantCreated = "variant.created",
    /// A variant was changed.
    VariantUpdated = "variant.updated",
    /// A variant was taken away.
    VariantDeleted = "variant.deleted",
    /// The stock of a variant was corrected.
    StockChanged = "variant.stock_changed",
    /// A picture was added to a product.
    ImageCreated = "image.created",
    /// A picture was described or moved.
    ImageUpdated = "image.updated",
    /// A picture was taken away.
    ImageDeleted = "image.deleted",
    /// A category was made.
    CategoryCreated = "category.created",
    /// A category was changed.
    CategoryUpdated = "category.updated",
    /// A category was deleted.
    CategoryDeleted = "category.deleted",
    /// An order was moved on, or called off.
    OrderMoved = "order.moved",
    /// A note was written about an order.
    OrderNoted = "order.noted",
    /// A review was hidden.
    ReviewHidden = "review.hidden",
    /// A hidden review was shown again.
    ReviewShown = "review.shown",
    /// Somebody else's review was deleted.
    ReviewDeleted = "review.deleted",
    /// A review was answered.
    ReviewAnswered = "review.answered",
    /// The answer to a review was taken back.
    AnswerWithdrawn = "review.answer_withdrawn",
    /// An account was changed.
    UserUpdated = "user.updated",
    /// An account was deleted.
    UserDeleted = "user.deleted",
    /// An account got a new password on the command line.
    PasswordSet = "user.password_set",
    /// Somebody read the secret link of a mail.
    MailLinkRead = "mail.link_read",
    /// A mail was sent again.
    MailResent = "mail.resent",
    /// A file of products was handed in.
    ImportHandedIn = "import.handed_in",
    /// A file of products was brought in on the command line.
    CatalogueImported = "catalogue.import",
    /// A dead job was tried again.
    JobRetried = "job.retried",
}

/// Something that somebody changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AuditEntry {
    /// The entry's id.
    pub id: AuditId,
    /// Who did it, or `null` for the shop itself.
    #[schema(required = true)]
    pub actor: Option<AuditActor>,
    /// What was done: `product.updated`, `user.updated`, …
    #[schema(example = "product.updated")]
    pub action: String,
    /// What kind of thing it was done to.
    #[schema(example = "product")]
    pub subject_kind: String,
    /// Which one.
    #[schema(example = "0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5")]
    pub subject_id: String,
    /// What it is called: an order's number, a variant's SKU, a username, a mail's recipient, the name of a product (for its review too) or a
    /// category or a file. Absent where it has no name or is gone without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "Stoneware mug")]
    pub subject_name: Option<String>,
    /// Particulars.
    #[schema(value_type = Object)]
    pub details: Value,
    /// When.
    pub at: Timestamp,
}

/// Who changed something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AuditActor {
    /// The account.
    pub id: UserId,
    /// Its username, or `null` where the account was deleted.
    #[schema(required = true, example = "maya")]
    pub username: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_has_one_word_everywhere() {
        for action in AuditAction::ALL {
            assert_eq!(serde_json::to_value(action).unwrap(), action.as_str());
            assert_eq!(AuditAction::parse(action.as_str()), Some(*action));
        }
        assert_eq!(AuditAction::parse("product.painted"), None);
    }
}
