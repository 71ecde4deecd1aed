//! The quota of an address that is written to.

use std::sync::{Arc, OnceLock};

use actix_web::HttpRequest;
use novashop_services::{Error, mails::Recipients};
use novashop_types::ErrorCode;

use super::{Class, Limits, Taken, Who};
use crate::Failure;

/// What one request may have written to somebody. It takes one place at most, however often its transaction is tried.
#[derive(Debug)]
pub struct MailQuota {
    limits: Option<Arc<Limits>>,
    taken: OnceLock<Taken>,
}

impl MailQuota {
    /// Nothing is taken yet.
    #[must_use]
    pub fn of(request: &HttpRequest) -> Self {
        Self { limits: request.app_data::<Arc<Limits>>().cloned(), taken: OnceLock::new() }
    }

    /// The answer to a use case that failed: where the quota was spent, when there is a place again.
    #[must_use]
    pub fn failure(&self, error: Error) -> Failure {
        self.taken.get().and_then(Taken::refusal_with_headers).unwrap_or_else(|| error.into())
    }
}

impl Recipients for MailQuota {
    fn may_get_a_mail(&self, address: &str) -> Result<(), Error> {
        let Some(limits) = &self.limits else { return Ok(()) };
        let taken = self.taken.get_or_init(|| limits.take_at_once(Class::Mail, Who::Recipient(address.to_lowercase())));
        if taken.wait.is_some() { Err(Error::code(ErrorCode::TooManyRequests)) } else { Ok(()) }
    }
}
