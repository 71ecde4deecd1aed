//! How a use case says no.

use std::borrow::Cow;

use novashop_db as db;
use novashop_types::{ErrorCode, FieldError, errors::ShortLine, money::Overflow};

/// What every use case answers.
pub type Result<T> = std::result::Result<T, Error>;

/// A refusal for the caller, or a failure for the log. The words of a refusal go out; those of a failure never do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The caller asked for something that cannot be.
    #[error("{0}")]
    Refused(Box<Refusal>),
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] db::Error),
    /// Something else failed that should not.
    #[error("{context}: {source}")]
    Internal {
        /// What was being done.
        context: Cow<'static, str>,
        /// What went wrong.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// Why a request is refused, in public words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The stable reason.
    pub code: ErrorCode,
    /// What happened in this case.
    pub detail: String,
    /// What is wrong, field by field.
    pub errors: Vec<FieldError>,
    /// With `out_of_stock`: every short line.
    pub lines: Vec<ShortLine>,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.code.code(), self.detail)
    }
}

impl Error {
    /// A refusal with its sentence.
    pub fn refused(code: ErrorCode, detail: impl Into<String>) -> Self {
        Self::Refused(Box::new(Refusal { code, detail: detail.into(), errors: Vec::new(), lines: Vec::new() }))
    }

    /// A refusal whose title says it all.
    #[must_use]
    pub fn code(code: ErrorCode) -> Self {
        Self::refused(code, format!("{}.", code.title()))
    }

    /// There is no such thing, or it is somebody else's.
    #[must_use]
    pub fn not_found(what: &str) -> Self {
        Self::refused(ErrorCode::NotFound, format!("There is no such {what}."))
    }

    /// Fields that are not valid.
    #[must_use]
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        let detail = match errors.as_slice() {
            [only] => format!("{} {}.", if only.pointer.is_empty() { "The body" } else { only.pointer.as_str() }, only.message),
            many => format!("{} fields are not valid.", many.len()),
        };
        Self::Refused(Box::new(Refusal { code: ErrorCode::Invalid, detail, errors, lines: Vec::new() }))
    }

    /// One field that is not valid.
    pub fn invalid_field(pointer: impl Into<String>, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self::invalid(vec![FieldError::new(pointer, code, message)])
    }

    /// Lines that cannot be delivered.
    #[must_use]
    pub fn out_of_stock(lines: Vec<ShortLine>) -> Self {
        let detail = match lines.as_slice() {
            [line] if line.available == 0 => format!("“{}” is sold out.", line.name),
            [line] => format!("Only {} of “{}” can be had, {} were asked for.", line.available, line.name, line.requested),
            many => format!("{} lines cannot be delivered as asked.", many.len()),
        };
        Self::Refused(Box::new(Refusal { code: ErrorCode::OutOfStock, detail, errors: Vec::new(), lines }))
    }

    /// A failure that should not be.
    pub fn internal(context: impl Into<Cow<'static, str>>, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal { context: context.into(), source: source.into() }
    }

    /// The stable reason, where it is a refusal.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }
}

impl db::connection::AsBusy for Error {
    fn is_busy(&self) -> bool {
        matches!(self, Self::Database(error) if error.is_busy())
    }
}

impl From<Overflow> for Error {
    fn from(overflow: Overflow) -> Self {
        Self::invalid_field("", "overflow", overflow.to_string())
    }
}
