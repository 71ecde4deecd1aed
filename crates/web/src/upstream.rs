//! The API as this role sees it: over HTTP, from as many connections as are asked for.

use std::time::Duration;

use actix_web::{
    HttpRequest,
    http::{
        StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
};
use awc::{Client, Connector};
use bytes::Bytes;

use crate::forwarding;

/// A page waits for its data no longer than this.
const PAGE_DATA: Duration = Duration::from_secs(5);
/// Longer than the API lets an upload take.
const LONGEST: Duration = Duration::from_secs(150);
const CONNECT: Duration = Duration::from_secs(2);
/// Many shoppers at once share these.
const CONNECTIONS: usize = 1024;
/// More than any answer that a page asks for.
const LARGEST: usize = 8 * 1024 * 1024;

/// Where the API is, and clients for it. One for each worker.
pub struct Upstream {
    /// For what is passed on.
    pub(crate) client: Client,
    /// For pages: whoever holds all connections of the other one with slow bodies keeps no page from anybody.
    pages: Client,
    pub(crate) base: String,
    pub(crate) pass: Option<HeaderValue>,
}

impl std::fmt::Debug for Upstream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Upstream at {}", self.base)
    }
}

/// The API did not answer.
#[derive(Debug)]
pub struct Away;

/// What the API answered.
#[derive(Debug, Clone)]
pub struct Answered {
    /// The status.
    pub status: StatusCode,
    /// After how many seconds to come back, where it says so.
    pub retry_after: Option<HeaderValue>,
    /// The body.
    pub body: Bytes,
}

impl Upstream {
    /// The API at an address such as `http://127.0.0.1:2002`.
    #[must_use]
    pub fn new(base: &str, pass: Option<HeaderValue>) -> Self {
        let client = |longest| {
            let connector = Connector::new().timeout(CONNECT).limit(CONNECTIONS);
            Client::builder().connector(connector).timeout(longest).disable_redirects().no_default_headers().finish()
        };
        Self { client: client(LONGEST), pages: client(PAGE_DATA), base: base.trim_end_matches('/').to_owned(), pass }
    }

    /// Asks for an address in the name of whoever asked for a page: the quota is theirs.
    ///
    /// # Errors
    /// [`Away`] where no answer comes in time.
    pub async fn get(&self, path: &str, page: &HttpRequest) -> Result<Answered, Away> {
        let mut headers = forwarding::of_client(page, self.pass.as_ref());
        for name in ["traceparent", "x-request-id"].map(HeaderName::from_static) {
            if let Some(value) = page.headers().get(&name) {
                headers.push((name, value.clone()));
            }
        }
        self.ask(path, headers).await
    }

    /// Asks in the shop's own name.
    ///
    /// # Errors
    /// [`Away`] where no answer comes in time.
    pub async fn get_for_shop(&self, path: &str) -> Result<Answered, Away> {
        self.ask(path, Vec::new()).await
    }

    async fn ask(&self, path: &str, headers: Vec<(HeaderName, HeaderValue)>) -> Result<Answered, Away> {
        let mut request = self.pages.get(format!("{}{path}", self.base)).no_decompress();
        for header in headers {
            request = request.insert_header(header);
        }
        let away = |error: &dyn std::fmt::Display| {
            tracing::warn!(%error, api = self.base, asked = collection(path), "the API did not answer");
            Away
        };
        let mut response = request.send().await.map_err(|error| away(&error))?;
        let body = response.body().limit(LARGEST).await.map_err(|error| away(&error))?;
        let retry_after = response.headers().get(header::RETRY_AFTER).cloned();
        Ok(Answered { status: response.status(), retry_after, body })
    }
}

/// What the log may know of an address of the API: `/api/v1/products`. Behind it stands what somebody opened or looked for.
pub(crate) fn collection(path: &str) -> &str {
    path.match_indices(['/', '?']).nth(3).and_then(|(end, _)| path.get(..end)).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use novashop_types::pages;

    use super::*;

    #[test]
    fn what_the_log_may_know_ends_before_what_somebody_typed() {
        assert_eq!(collection(pages::CATEGORIES), "/api/v1/categories");
        let search = pages::ListingQuery::parse("q=maya@example.com").api_path();
        for typed in [search.as_str(), &pages::product("maya"), &pages::reviews("maya"), "/api/v1/products?cursor=a/b", "/api/v1/products/"] {
            assert_eq!(collection(typed), "/api/v1/products", "{typed}");
        }
    }
}
