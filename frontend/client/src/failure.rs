//! How a request can fail, as far as a page has to tell the difference.

use novashop_types::{ErrorCode, Problem};

/// Why there is no answer to work with.
#[derive(Debug, Clone, PartialEq)]
pub enum Failure {
    /// The shop could not be reached: no network, no server, or no answer in time.
    Unreachable,
    /// The shop said no, and why.
    Refused(Box<Problem>),
    /// An answer that this app does not understand: it is older or newer than the shop.
    Unreadable,
}

impl Failure {
    /// The stable reason, where the shop gave one.
    #[must_use]
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Refused(problem) => Some(problem.code),
            Self::Unreachable | Self::Unreadable => None,
        }
    }

    /// The HTTP status, where there was an answer.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Refused(problem) => Some(problem.status),
            Self::Unreachable | Self::Unreadable => None,
        }
    }

    /// What the shop says is wrong with a field, by the end of its JSON Pointer: `email`, `shipping_address/city`.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&novashop_types::FieldError> {
        match self {
            Self::Refused(problem) => problem.errors.iter().find(|error| error.pointer.strip_prefix('/') == Some(name)),
            Self::Unreachable | Self::Unreadable => None,
        }
    }
}
