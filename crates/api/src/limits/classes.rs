//! The classes of routes with their quotas, and what a client is told of one.

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};

use crate::Failure;

/// The header that says what is left (draft-ietf-httpapi-ratelimit-headers).
pub const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
/// The header that says what the quota is (the same draft).
pub const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

macro_rules! classes {
    ($($name:ident $field:ident $word:literal $quota:literal per $seconds:literal $doc:literal;)+) => {
        /// Routes that share a quota.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Class { $(#[doc = $doc] $name,)+ }

        impl Class {
            /// Every class.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Its name in the headers.
            #[must_use]
            pub const fn name(self) -> &'static str { match self { $(Self::$name => $word),+ } }

            /// How many requests a client may send in [`Self::seconds`]; as many at once.
            #[must_use]
            pub const fn quota(self) -> i64 { match self { $(Self::$name => $quota),+ } }

            /// After how long a spent quota is whole again.
            #[must_use]
            pub const fn seconds(self) -> i64 { match self { $(Self::$name => $seconds),+ } }

            const fn policy(self) -> &'static str { match self { $(Self::$name => concat!("\"", $word, "\";q=", $quota, ";w=", $seconds)),+ } }
        }

        /// Something for each class.
        #[derive(Debug, Default)]
        pub(super) struct Each<T> { $($field: T,)+ }

        impl<T> Each<T> {
            pub(super) const fn of(&self, class: Class) -> &T { match class { $(Class::$name => &self.$field),+ } }
        }
    };
}

classes! {
    Password password "password" 10 per 60 "Signing in, registering, passwords and links from e-mails.";
    Account account "account" 20 per 600 "Tries at one account's password, asking for a new one at one address, whoever sends them.";
    Mail mail "mail" 20 per 600 "Mails that anybody can have written to one address, whoever asks for them.";
    Write write "write" 240 per 60 "Everything else that changes something.";
    Search search "search" 480 per 60 "Suggestions, and lists with `q`, `facets` or `include_total`.";
    Read read "read" 1200 per 60 "Everything else that only reads.";
    Upload upload "upload" 60 per 60 "Pictures.";
}

impl Class {
    /// After how long a spent quota is whole again, in milliseconds.
    pub(super) const fn window(self) -> i64 {
        self.seconds() * 1000
    }

    /// After how long one place grows back, in milliseconds.
    pub(super) const fn every(self) -> i64 {
        self.window() / self.quota()
    }

    /// Whether somebody could guess something with it: then not one place more is given than there is, in however many processes.
    pub(super) const fn is_for_guessing(self) -> bool {
        matches!(self, Self::Password | Self::Account)
    }
}

/// What came of a request for a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// Of which quota.
    pub class: Class,
    /// How many more are allowed right now.
    pub remaining: i64,
    /// Until the quota is whole again, in milliseconds.
    pub reset: i64,
    /// Where it was refused: until there is a place again, in milliseconds.
    pub wait: Option<i64>,
}

impl Taken {
    /// By how much the quota would be overdrawn with this request, and until it is whole again; both in milliseconds.
    pub(super) const fn new(class: Class, over: i64, reset: i64) -> Self {
        let left = if over < 0 { -over } else { 0 };
        Self { class, remaining: left / class.every(), reset, wait: if over > 0 { Some(over) } else { None } }
    }

    /// `RateLimit-Policy`.
    #[must_use]
    pub fn policy_header(&self) -> HeaderValue {
        HeaderValue::from_static(self.class.policy())
    }

    /// `RateLimit`: what is left, and the seconds until the whole quota is there again; past the limit, until there is a place again.
    #[must_use]
    pub fn state_header(&self) -> HeaderValue {
        let text = format!("\"{}\";r={};t={}", self.class.name(), self.remaining, seconds(self.wait.unwrap_or(self.reset)));
        HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
    }

    /// Tells the client, beside what an account's own quota told where that was spent: both fields are lists (RFC 9651).
    pub fn tell(&self, headers: &mut HeaderMap) {
        headers.append(RATE_LIMIT_POLICY, self.policy_header());
        headers.append(RATE_LIMIT, self.state_header());
    }

    /// The refusal, where it is one.
    #[must_use]
    pub fn refusal(&self) -> Option<Failure> {
        let wait = seconds(self.wait?).max(1);
        let words = format!(
            "{} requests in {} seconds are allowed here, and you have sent them. Try again in {wait} {}.",
            self.class.quota(),
            self.class.seconds(),
            if wait == 1 { "second" } else { "seconds" }
        );
        Some(Failure::too_many_requests(words, wait))
    }

    /// The same for a quota that is not the client's own, of which the middleware tells nothing.
    pub(super) fn refusal_with_headers(&self) -> Option<Failure> {
        Some(self.refusal()?.with_header(RATE_LIMIT, self.state_header()).with_header(RATE_LIMIT_POLICY, self.policy_header()))
    }
}

/// Whole seconds, rather too many than too few.
const fn seconds(milliseconds: i64) -> i64 {
    (milliseconds + 999) / 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_headers_are_those_of_the_draft() {
        let first = Taken::new(Class::Password, -54_000, 6000);
        assert_eq!(first.policy_header(), "\"password\";q=10;w=60");
        assert_eq!(first.state_header(), "\"password\";r=9;t=6");
        assert!(first.refusal().is_none());
    }
}
