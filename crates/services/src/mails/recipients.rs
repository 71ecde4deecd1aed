//! Who may be written to.

use crate::Result;

/// Asked before a mail goes to an address that whoever asks for it need not own.
pub trait Recipients {
    /// Whether this address may get one more. Asked in the transaction that writes the cause, as late as can be: what is refused, and what was
    /// answered before, brings no mail and must not count. A transaction that is tried again asks again, and nobody may be kept waiting.
    ///
    /// # Errors
    /// `too_many_requests`.
    fn may_get_a_mail(&self, address: &str) -> Result<()>;
}

/// Everybody gets whatever is written: where the operator is the one who asks.
#[derive(Debug, Clone, Copy)]
pub struct Anybody;

impl Recipients for Anybody {
    fn may_get_a_mail(&self, _: &str) -> Result<()> {
        Ok(())
    }
}
