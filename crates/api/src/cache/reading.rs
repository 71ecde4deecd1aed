//! How handlers ask the cache.

use std::{sync::Arc, time::Instant};

use actix_web::{
    HttpMessage, HttpRequest, HttpResponse,
    http::{
        Method,
        header::{self, HeaderValue},
    },
    web,
};

use super::{Address, Cache, Entry, Fresh, How, serving};
use crate::{Failure, app::RouteName, extract::Input, respond};

/// An address that is longer is parsed every time.
const LONGEST_ADDRESS: usize = 1024;

/// The cache as the application knows it.
#[derive(Debug, Clone)]
pub struct Reader {
    /// None: every answer is loaded.
    pub(crate) cache: Option<Cache>,
    /// Whether answers tell how they were come by.
    pub(crate) server_timing: bool,
}

/// An answer that was found or loaded.
pub(crate) struct Found {
    reader: Option<web::Data<Reader>>,
    entry: Arc<Entry>,
    how: How,
}

/// A public answer: from the cache, but past it for those who want to see what they just did: staff, and whoever is signed in and asks for it.
/// `key` is the query in its normal spelling.
///
/// # Errors
/// Those of `load`.
pub(crate) async fn read(input: &Input, staff: bool, key: String, load: impl AsyncFnOnce() -> Result<Fresh, Failure>) -> Result<Found, Failure> {
    let reader = input.request().app_data::<web::Data<Reader>>().cloned();
    let cache = reader.as_ref().and_then(|reader| reader.cache.as_ref()).filter(|_| !staff && !wants_it_anew(input.request()));
    let (entry, how) = match cache {
        Some(cache) => cache.read(key, load).await?,
        None => (Arc::new(Entry::new(&key, load().await?, 0, 0, Instant::now())?), How::Bypass),
    };
    Ok(Found { reader, entry, how })
}

/// Whether somebody who is signed in says `no-cache` (RFC 9111, 5.2.1.4): what a cache keeps may be a moment older than what that one just wrote.
/// From anybody it is not taken: it would be a way past the cache for those who want to keep the shop busy.
fn wants_it_anew(request: &HttpRequest) -> bool {
    let headers = request.headers();
    let says = |value: &HeaderValue| value.to_str().is_ok_and(|value| value.split(',').any(|word| word.trim().eq_ignore_ascii_case("no-cache")));
    headers.contains_key(header::AUTHORIZATION) && headers.get_all(header::CACHE_CONTROL).any(says)
}

impl Found {
    /// The answer to this request. From now on the same address is answered without a look at what it means.
    pub(crate) async fn answer(self, input: &Input) -> HttpResponse {
        let Self { reader, entry, how } = self;
        let link = entry.next_cursor.as_deref().and_then(|cursor| respond::next_page(input, cursor));
        let cache = reader.as_ref().and_then(|reader| reader.cache.as_ref()).filter(|_| how != How::Bypass);
        if let Some(cache) = cache {
            cache.learn(input.request(), &entry, link.as_ref()).await;
        }
        let mut response = serving::response(cache, input.request().headers(), &entry, link).await;
        if reader.is_some_and(|reader| reader.server_timing) {
            response.headers_mut().append(header::HeaderName::from_static("server-timing"), how.timing());
        }
        response
    }
}

impl Cache {
    /// Remembers what an address means.
    async fn learn(&self, request: &HttpRequest, entry: &Entry, link: Option<&HeaderValue>) {
        let Some(spelled) = spelled(request.method(), request.uri()) else { return };
        let address = Address {
            key: entry.key.clone(),
            serial: entry.serial,
            link: link.cloned(),
            route: request.app_data::<RouteName>().cloned(),
            class: request.extensions().get().copied(),
        };
        self.inner.addresses.insert(spelled.to_owned(), Arc::new(address)).await;
    }

    /// The good answer to an address that is known.
    pub(super) async fn recognise(&self, spelled: &str) -> Option<(Arc<Entry>, Arc<Address>)> {
        let address = self.inner.addresses.get(spelled).await?;
        let entry = self.inner.entries.get(&address.key).await?;
        let same = self.is_good(&entry) && entry.as_ref().is_ok_and(|entry| entry.serial == address.serial);
        if !same {
            return None;
        }
        self.inner.hits.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Some((entry.ok()?, address))
    }
}

/// The address of a read as the client wrote it.
pub(super) fn spelled<'a>(method: &Method, uri: &'a actix_web::http::Uri) -> Option<&'a str> {
    if !matches!(*method, Method::GET | Method::HEAD) {
        return None;
    }
    uri.path_and_query().map(actix_web::http::uri::PathAndQuery::as_str).filter(|spelled| spelled.len() <= LONGEST_ADDRESS)
}

impl How {
    pub(super) const fn timing(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Hit => "cache;desc=\"hit\"",
            Self::Miss => "cache;desc=\"miss\"",
            Self::Coalesced => "cache;desc=\"coalesced\"",
            Self::Shared => "cache;desc=\"shared\"",
            Self::Bypass => "cache;desc=\"bypass\"",
        })
    }
}
