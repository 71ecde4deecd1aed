//! How many requests a client may send: a quota for each class of routes.
//!
//! The measure is the generic cell rate algorithm (ITU-T I.371; known as a leaky bucket too): for each client one instant is kept, the
//! one at which its bucket will be full again. That is exact at every instant, where counting by the minute lets twice the quota through at the
//! turn of a minute. The store holds a hash and an instant for each client, no address, and at most [`MAX_CLIENTS`] clients a class.
//!
//! All of it is in this process. [`Limits::take`] is the one door to it: what several processes should share goes behind it.

use std::{
    collections::HashMap,
    hash::{BuildHasher, Hash, RandomState},
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex, PoisonError},
};

use actix_web::{
    HttpRequest,
    http::header::{HeaderMap, HeaderName, HeaderValue},
};
use novashop_services::Clock;

use crate::{Failure, extract::client_address};

/// The header that says what is left (draft-ietf-httpapi-ratelimit-headers).
pub const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
/// The header that says what the quota is (the same draft).
pub const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// How many clients each class keeps apart: some megabytes at the very most.
pub const MAX_CLIENTS: usize = 65_536;

macro_rules! classes {
    ($($name:ident $field:ident $word:literal $quota:literal per $seconds:literal $doc:literal;)+) => {
        /// Routes that share a quota.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

        #[derive(Debug, Default)]
        struct Stores { $($field: Mutex<Store>,)+ }

        impl Stores {
            const fn of(&self, class: Class) -> &Mutex<Store> { match class { $(Class::$name => &self.$field),+ } }
        }
    };
}

classes! {
    Password password "password" 10 per 60 "Signing in, registering, passwords and links from e-mails.";
    Account account "account" 20 per 600 "Tries at one account's password, mails to one address, new addresses of one account, whoever sends them.";
    Write write "write" 240 per 60 "Everything else that changes something.";
    Search search "search" 240 per 60 "Suggestions and lists with `q`.";
    Read read "read" 1200 per 60 "Everything else that only reads.";
    Upload upload "upload" 60 per 60 "Pictures.";
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
}

/// Whole seconds, rather too many than too few.
const fn seconds(milliseconds: i64) -> i64 {
    (milliseconds + 999) / 1000
}

/// The clients of a class.
#[derive(Debug, Default)]
struct Store {
    /// By the hash of who it is: when its bucket is full again, in milliseconds.
    full_at: HashMap<u64, i64>,
    /// The same for all those together for whom there is no room.
    others_full_at: i64,
    swept_at: i64,
}

impl Store {
    fn take(&mut self, class: Class, client: u64, now: i64) -> Taken {
        if self.full_at.len() >= MAX_CLIENTS && !self.full_at.contains_key(&client) {
            self.sweep(now);
        }
        let room = self.full_at.len() < MAX_CLIENTS;
        let known = self.full_at.get(&client).copied();
        let window = class.seconds() * 1000;
        // A clock that was set back must not keep anybody out: no bucket takes longer than the window to fill.
        let before = known.unwrap_or(if room { now } else { self.others_full_at }).clamp(now, now + window);
        let after = before + window / class.quota();
        let over = after - (now + window);
        let full_at = if over > 0 { before } else { after };
        if room || known.is_some() {
            self.full_at.insert(client, full_at);
        } else {
            self.others_full_at = full_at;
        }
        let remaining = (-over).max(0) / (window / class.quota());
        Taken { class, remaining, reset: full_at - now, wait: (over > 0).then_some(over) }
    }

    /// Forgets those whose bucket is full: they are as good as new. Once a second at most, so that a flood does not pay for it with every request.
    fn sweep(&mut self, now: i64) {
        if (now - self.swept_at).abs() >= 1000 {
            self.swept_at = now;
            self.full_at.retain(|_, full_at| *full_at > now);
        }
    }
}

/// The quotas of all clients, for all workers of a process.
#[derive(Debug)]
pub struct Limits {
    clock: Arc<dyn Clock>,
    /// Keyed by chance, so that nobody can choose an address that falls together with somebody else's.
    hasher: RandomState,
    stores: Stores,
}

impl Limits {
    /// Nobody has sent anything yet.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, hasher: RandomState::new(), stores: Stores::default() }
    }

    /// Takes a place of a client's quota, where there is one.
    #[must_use]
    pub fn take(&self, class: Class, client: impl Hash) -> Taken {
        let (client, now) = (self.hasher.hash_one(client), self.clock.now().0);
        self.stores.of(class).lock().unwrap_or_else(PoisonError::into_inner).take(class, client, now)
    }

    /// The same for whoever sent a request.
    #[must_use]
    pub fn take_for_address(&self, class: Class, address: Option<IpAddr>) -> Taken {
        self.take(class, address.map(household))
    }
}

/// An IPv4 address, or the /64 of an IPv6 one: a provider gives out no less than that, so one person has 2⁶⁴ addresses.
pub(crate) fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
    }
}

/// Takes a place of the quota of whoever sent a request; nothing where nobody counts.
#[must_use]
pub fn take(request: &HttpRequest, class: Class) -> Option<Taken> {
    Some(request.app_data::<Arc<Limits>>()?.take_for_address(class, client_address(request)))
}

/// Takes a place of an account's own quota, for what could be tried from many addresses at once. The account need not exist: the answer
/// does not tell. `route` keeps apart what should not use up the other's quota.
///
/// # Errors
/// `too_many_requests`.
pub fn check_account(request: &HttpRequest, route: &'static str, account: &str) -> Result<(), Failure> {
    let Some(limits) = request.app_data::<Arc<Limits>>() else { return Ok(()) };
    let taken = limits.take(Class::Account, (route, account.trim().to_lowercase()));
    match taken.refusal() {
        Some(refusal) => Err(refusal.with_header(RATE_LIMIT, taken.state_header()).with_header(RATE_LIMIT_POLICY, taken.policy_header())),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many of these requests, each at its instant, pass.
    fn passing(class: Class, instants: impl IntoIterator<Item = i64>) -> usize {
        let mut store = Store::default();
        instants.into_iter().filter(|now| store.take(class, 1, *now).wait.is_none()).count()
    }

    #[test]
    fn a_quota_passes_at_once_and_then_as_fast_as_it_grows_back() {
        for class in Class::ALL.iter().copied() {
            let (quota, window) = (usize::try_from(class.quota()).unwrap(), class.seconds() * 1000);
            assert_eq!(passing(class, std::iter::repeat_n(0, quota * 3)), quota, "{class:?}");
            // Whoever never stops gets the quota that was there, and what grew back within the window.
            assert_eq!(passing(class, (0..window).step_by(10)), 2 * quota - 1, "{class:?}");
            assert_eq!(window % class.quota(), 0, "{class:?}: a place grows back in whole milliseconds");
        }
    }

    #[test]
    fn whoever_waits_as_long_as_told_gets_a_place_and_no_sooner() {
        let mut store = Store::default();
        let mut now = 1_000_000;
        for _ in 0..10 {
            assert_eq!(store.take(Class::Password, 1, now).wait, None);
        }
        for _ in 0..5 {
            let wait = store.take(Class::Password, 1, now).wait.unwrap();
            assert_eq!(wait, 6000);
            assert!(store.take(Class::Password, 1, now + wait - 1).wait.is_some());
            now += wait;
            assert_eq!(store.take(Class::Password, 1, now).wait, None);
        }
    }

    #[test]
    fn a_clock_that_is_set_back_keeps_nobody_out() {
        let mut store = Store::default();
        let day = 24 * 3600 * 1000;
        assert_eq!(store.take(Class::Password, 1, 10 * day).remaining, 9);
        let taken = store.take(Class::Password, 1, 9 * day);
        assert_eq!(taken.wait, Some(6000), "not a day");
        assert_eq!(store.take(Class::Password, 1, 9 * day + 6000).wait, None);
    }

    #[test]
    fn a_million_networks_use_no_more_memory_than_there_are_places_and_share_what_is_left() {
        let mut store = Store::default();
        let refused = (0..1_000_000_u64).filter(|client| store.take(Class::Password, *client, 0).wait.is_some()).count();
        assert_eq!(store.full_at.len(), MAX_CLIENTS);
        assert_eq!(refused, 1_000_000 - MAX_CLIENTS - 10, "those without a place of their own share one quota");
        // Who was there before keeps what is his.
        assert_eq!(store.take(Class::Password, 7, 0).remaining, 8);
        // When the first are as good as new, there is room again.
        assert_eq!(store.take(Class::Password, 5_000_000, 60_000).remaining, 9);
        assert_eq!(store.full_at.len(), 1);
    }

    #[test]
    fn an_ipv6_network_is_one_client() {
        let same = |a: &str, b: &str| household(a.parse().unwrap()) == household(b.parse().unwrap());
        assert!(same("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assert!(!same("2001:db8:1:2::1", "2001:db8:1:3::1"));
        assert!(!same("203.0.113.7", "203.0.113.8"));
    }

    #[test]
    fn the_headers_are_those_of_the_draft() {
        let mut store = Store::default();
        let first = store.take(Class::Password, 1, 0);
        assert_eq!(first.policy_header(), "\"password\";q=10;w=60");
        assert_eq!(first.state_header(), "\"password\";r=9;t=6");
        assert!(first.refusal().is_none());
    }
}
