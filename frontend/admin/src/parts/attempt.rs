//! The key of an attempt: what is sent again with it happens once.

/// A key for a new attempt.
#[expect(clippy::disallowed_methods, reason = "the browser has no context to take ids from")]
#[must_use]
pub fn new_key() -> String {
    uuid::Uuid::new_v4().to_string()
}
