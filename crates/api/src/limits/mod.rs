//! How many requests a client may send: a quota for each class of routes.
//!
//! The measure is the generic cell rate algorithm (ITU-T I.371; known as a leaky bucket too): for each client one instant is kept, the
//! one at which its bucket will be full again. That is exact at every instant, where counting by the minute lets twice the quota through at the
//! turn of a minute. The store holds a hash and an instant for each client, no address, and at most [`store::MAX_CLIENTS`] clients a class.
//!
//! [`Limits::take`] is the one door to it. What several processes share goes behind it ([`sharing`]).

mod classes;
mod mails;
mod sharing;
mod store;

use std::{
    hash::{BuildHasher, RandomState},
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use actix_web::HttpRequest;
use novashop_links::{Quotas, Standing};
use novashop_services::Clock;

use self::{classes::Each, sharing::Shared, store::Store};
use crate::{Failure, extract::client_address};

pub use classes::{Class, RATE_LIMIT, RATE_LIMIT_POLICY, Taken};
pub use mails::MailQuota;
pub use store::MAX_CLIENTS;

/// How often processes tell each other what they gave.
const BETWEEN_NOTES: Duration = Duration::from_millis(100);

/// The quotas of all clients, for all workers of a process.
#[derive(Debug)]
pub struct Limits {
    clock: Arc<dyn Clock>,
    /// Keyed by chance, so that nobody can choose an address that falls together with somebody else's.
    hasher: RandomState,
    stores: Each<Mutex<Store>>,
    shared: Option<Shared>,
}

/// Whose quota it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Who {
    /// An address or network; none where nobody knows.
    Address(Option<IpAddr>),
    /// What was tried, and with which account.
    Account(&'static str, String),
    /// An e-mail address that is written to, in lower case.
    Recipient(String),
}

impl Limits {
    /// Nobody has sent anything yet.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, hasher: RandomState::new(), stores: Each::default(), shared: None }
    }

    /// Has it count together with other processes. The key makes of who it is what nobody can turn back; it is the same for all of them.
    #[must_use]
    pub fn sharing(self, quotas: Quotas, key: [u8; 32]) -> Self {
        Self { shared: Some(Shared::new(quotas, key)), ..self }
    }

    /// Takes a place of a client's quota, where there is one.
    pub async fn take(&self, class: Class, who: Who) -> Taken {
        let Some(shared) = self.shared.as_ref().filter(|_| class.is_for_guessing()) else { return self.take_at_once(class, who) };
        let client = self.hasher.hash_one(&who);
        // Counted here too: a Redis that was emptied gives nobody his places back.
        let here = self.take_here(class, client);
        if here.wait.is_some() {
            return here;
        }
        let Some(standing) = shared.take(class, &who).await else { return here };
        self.learn(class, client, standing);
        Taken::new(class, standing.over, standing.reset)
    }

    /// The same by this process's own counts, without waiting for anybody; the others are told a moment later.
    fn take_at_once(&self, class: Class, who: Who) -> Taken {
        let taken = self.take_here(class, self.hasher.hash_one(&who));
        if let Some(shared) = self.shared.as_ref().filter(|_| taken.wait.is_none()) {
            shared.note(class, who);
        }
        taken
    }

    fn take_here(&self, class: Class, client: u64) -> Taken {
        self.store(class).take(class, client, self.clock.now().0)
    }

    fn learn(&self, class: Class, client: u64, standing: Standing) {
        self.store(class).learn(client, self.clock.now().0.saturating_add(standing.reset));
    }

    fn store(&self, class: Class) -> MutexGuard<'_, Store> {
        self.stores.of(class).lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells the others what was given here, and takes over what they gave, until it is dropped: the work of one task. Without Redis nothing is told.
    pub async fn keep_in_step(&self) {
        let Some(shared) = &self.shared else { return };
        loop {
            tokio::time::sleep(BETWEEN_NOTES).await;
            shared.tell(|class, who, standing| self.learn(class, self.hasher.hash_one(who), standing)).await;
        }
    }
}

/// Whoever sent a request, for what it goes on to ask over the same connection.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    limits: Arc<Limits>,
    address: Option<IpAddr>,
}

impl Client {
    /// Nothing where nobody counts.
    pub(crate) fn of(request: &HttpRequest) -> Option<Self> {
        Some(Self { limits: Arc::clone(request.app_data::<Arc<Limits>>()?), address: client_address(request).map(household) })
    }

    /// Takes a place of its quota.
    pub(crate) async fn take(&self, class: Class) -> Taken {
        self.limits.take(class, Who::Address(self.address)).await
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
pub async fn take(request: &HttpRequest, class: Class) -> Option<Taken> {
    Some(Client::of(request)?.take(class).await)
}

/// Takes a place of an account's own quota, for what could be tried from many addresses at once. The account need not exist: the answer
/// does not tell. `route` keeps apart what should not use up the other's quota.
///
/// # Errors
/// `too_many_requests`.
pub async fn check_account(request: &HttpRequest, route: &'static str, account: &str) -> Result<(), Failure> {
    let Some(limits) = request.app_data::<Arc<Limits>>() else { return Ok(()) };
    let taken = limits.take(Class::Account, Who::Account(route, account.trim().to_lowercase())).await;
    taken.refusal_with_headers().map_or(Ok(()), Err)
}

/// Takes a place of the quota for tries at an account's password, wherever it can be tried: one for all of them. `account` is its id, or
/// where there is none what was typed.
///
/// # Errors
/// `too_many_requests`.
pub async fn check_password_try(request: &HttpRequest, account: &str) -> Result<(), Failure> {
    check_account(request, "password", account).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_network_is_one_client() {
        let same = |a: &str, b: &str| household(a.parse().unwrap()) == household(b.parse().unwrap());
        assert!(same("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assert!(!same("2001:db8:1:2::1", "2001:db8:1:3::1"));
        assert!(!same("203.0.113.7", "203.0.113.8"));
    }
}
