//! The bodies of requests on their way to the API: none is endless, none holds a connection for ever, and nobody sends all of them.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use actix_web::{HttpRequest, error::PayloadError, http::header};
use bytes::Bytes;
use futures_util::{Stream, StreamExt as _, stream};
use tokio::time::{Instant, timeout_at};

/// Bodies that one client may be sending at the same time.
const PER_CLIENT: usize = 64;

/// What a body may cost.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// In all.
    pub(crate) bytes: u64,
    /// For the whole of it.
    pub(crate) whole: Duration,
    /// Without a byte.
    pub(crate) idle: Duration,
}

impl Limits {
    /// A little more than the API takes, which refuses the rest in its own words.
    pub(crate) fn of(path: &str) -> Self {
        let upload = path.ends_with("/images") || path.ends_with("/admin/imports/products");
        Self { bytes: 11 * 1024 * 1024, whole: Duration::from_secs(if upload { 120 } else { 20 }), idle: Duration::from_secs(10) }
    }
}

/// Why a body was not passed on to its end.
#[derive(Debug)]
pub(crate) enum Broken {
    /// More than [`Limits::bytes`].
    TooLarge,
    /// Longer than [`Limits::whole`] or [`Limits::idle`].
    TooSlow,
    /// It ended early, or its framing is wrong.
    Unreadable(PayloadError),
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooLarge => f.write_str("the body is too large"),
            Self::TooSlow => f.write_str("the body did not come in time"),
            Self::Unreadable(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Broken {}

/// A body within its limits. Its place is free again as soon as it has come or broken off, whenever the answer comes.
pub(crate) fn limited<S>(body: S, limits: Limits, place: Place) -> impl Stream<Item = Result<Bytes, Broken>>
where
    S: Stream<Item = Result<Bytes, PayloadError>> + Unpin,
{
    let end = Instant::now() + limits.whole;
    stream::try_unfold((body, limits.bytes, place), move |(mut body, left, place)| async move {
        // Only while the API wants more: its own slowness is not the client's, but for the end that there is for all.
        let now = Instant::now();
        if now >= end {
            return Err(Broken::TooSlow);
        }
        match timeout_at(end.min(now + limits.idle), body.next()).await {
            Err(_elapsed) => Err(Broken::TooSlow),
            Ok(None) => Ok(None),
            Ok(Some(Err(error))) => Err(Broken::Unreadable(error)),
            Ok(Some(Ok(bytes))) => {
                let count = u64::try_from(bytes.len()).map_err(|_| Broken::TooLarge)?;
                let left = left.checked_sub(count).ok_or(Broken::TooLarge)?;
                Ok(Some((bytes, (body, left, place))))
            }
        }
    })
}

/// How many bodies each client is sending, in all workers.
#[derive(Debug, Clone, Default)]
pub(crate) struct InFlight(Arc<Mutex<HashMap<IpAddr, usize>>>);

impl InFlight {
    /// A place for one more body; `None` where the client has all of its own in use.
    pub(crate) fn enter(&self, client: IpAddr) -> Option<Place> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(client).or_default();
        if *count >= PER_CLIENT {
            return None;
        }
        *count += 1;
        drop(counts);
        Some(Place { all: self.clone(), client })
    }

    fn leave(&self, client: IpAddr) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&client) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                counts.remove(&client);
            }
        }
    }
}

/// One body's place among those in flight.
#[derive(Debug)]
pub(crate) struct Place {
    all: InFlight,
    client: IpAddr,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.all.leave(self.client);
    }
}

/// Who sends a body: an IPv4 address or the /64 of an IPv6 one. What comes from this machine or a private network comes through a proxy of
/// the shop's, and is counted for the address that the proxy saw: or one slow client would take the places of all.
pub(crate) fn sender(request: &HttpRequest) -> IpAddr {
    let peer = request.peer_addr().map_or(Ipv4Addr::UNSPECIFIED.into(), |peer| peer.ip().to_canonical());
    let told = || request.headers().get_all(header::X_FORWARDED_FOR).last()?.to_str().ok()?.rsplit(',').next()?.trim().parse().ok();
    let client = if is_near(peer) { told().map_or(peer, |told: IpAddr| told.to_canonical()) } else { peer };
    match client {
        IpAddr::V4(_) => client,
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
    }
}

const fn is_near(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_loopback() || address.is_private(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local(),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    const LIMITS: Limits = Limits { bytes: 10, whole: Duration::from_millis(2000), idle: Duration::from_millis(500) };

    /// Pieces of five bytes, each after a wait in milliseconds.
    async fn sent(waits: &[u64]) -> Result<usize, Broken> {
        let all = InFlight::default();
        let place = all.enter([192, 0, 2, 1].into()).unwrap();
        let pieces = stream::iter(waits.to_vec()).then(async |wait| {
            tokio::time::sleep(Duration::from_millis(wait)).await;
            Ok(Bytes::from_static(b"12345"))
        });
        let mut body = Box::pin(limited(Box::pin(pieces), LIMITS, place));
        let mut length = 0;
        while let Some(bytes) = body.next().await {
            length += bytes?.len();
        }
        assert!(all.0.lock().unwrap().is_empty(), "its place is free before the body is dropped");
        Ok(length)
    }

    #[actix_web::test]
    async fn a_body_ends_at_its_limits() {
        assert_eq!(sent(&[0, 0]).await.unwrap(), 10);
        assert!(matches!(sent(&[0, 0, 0]).await, Err(Broken::TooLarge)));
        assert!(matches!(sent(&[0, 5000]).await, Err(Broken::TooSlow)), "without a byte");
        let drop_by_drop = stream::repeat(()).then(async |()| {
            tokio::time::sleep(Duration::from_millis(10)).await;
            Ok(Bytes::new())
        });
        let place = InFlight::default().enter([192, 0, 2, 1].into()).unwrap();
        let last = limited(Box::pin(drop_by_drop), LIMITS, place).fold(None, async |_, piece| Some(piece)).await;
        assert!(matches!(last, Some(Err(Broken::TooSlow))), "in all");
    }

    #[test]
    fn nobody_takes_the_places_of_others() {
        let all = InFlight::default();
        let mut places: Vec<Place> = (0..PER_CLIENT).map(|_| all.enter([192, 0, 2, 1].into()).unwrap()).collect();
        assert!(all.enter([192, 0, 2, 1].into()).is_none());
        assert!(all.enter([192, 0, 2, 2].into()).is_some());
        places.pop();
        assert!(all.enter([192, 0, 2, 1].into()).is_some());
    }

    #[test]
    fn behind_a_proxy_of_our_own_the_client_counts() {
        for (peer, told, counted) in [
            ("192.0.2.1", "198.51.100.7", "192.0.2.1"),
            ("10.0.0.1", "203.0.113.9, 198.51.100.7", "198.51.100.7"),
            ("127.0.0.1", "unknown", "127.0.0.1"),
            ("2001:db8::1:2:3:4", "", "2001:db8::"),
        ] {
            let request = TestRequest::default().peer_addr((peer.parse::<IpAddr>().unwrap(), 1).into()).insert_header(("x-forwarded-for", told));
            assert_eq!(sender(&request.to_http_request()), counted.parse::<IpAddr>().unwrap(), "{peer}");
        }
    }
}
