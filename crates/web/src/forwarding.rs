//! What is passed on of a request's and an answer's head (RFC 9110, 7.6), and what is added so that the API knows who asks.

use actix_web::{
    HttpRequest,
    http::header::{self, HeaderMap, HeaderName, HeaderValue},
};

/// The header with which this process proves to its own API that `X-Forwarded-For` is its word and nobody else's.
pub const WEB_PASS: HeaderName = HeaderName::from_static("x-novashop-web");
const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// Those that mean one connection and not the whole way; the length is written anew, and we have answered `Expect` ourselves.
/// `Host` goes the whole way: the API compares it with the origin of the page that opens a WebSocket.
const HOP_BY_HOP: [HeaderName; 11] = [
    header::CONNECTION,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
    header::PROXY_AUTHENTICATE,
    header::PROXY_AUTHORIZATION,
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
    header::CONTENT_LENGTH,
    header::EXPECT,
];

/// The headers that go the whole way.
pub fn end_to_end(headers: &HeaderMap) -> impl Iterator<Item = (&HeaderName, &HeaderValue)> {
    let options = headers.get_all(header::CONNECTION).filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    let named: Vec<String> = options.map(|option| option.trim().to_ascii_lowercase()).collect();
    headers.iter().filter(move |(name, _)| !HOP_BY_HOP.contains(name) && !named.iter().any(|option| option == name.as_str()))
}

/// Whether a header of a request is ours to write.
#[must_use]
pub fn is_ours(name: &HeaderName) -> bool {
    [header::X_FORWARDED_FOR, FORWARDED_HOST, FORWARDED_PROTO, WEB_PASS].contains(name)
}

/// What is told about the client: the hops that were told to us and the one that we see. Which of them is believed is the API's to decide.
#[must_use]
pub fn of_client(request: &HttpRequest, pass: Option<&HeaderValue>) -> Vec<(HeaderName, HeaderValue)> {
    let mut told = Vec::with_capacity(4);
    let hops = request.headers().get_all(header::X_FORWARDED_FOR).filter_map(|value| value.to_str().ok()).map(str::to_owned);
    let peer = request.peer_addr().map(|peer| peer.ip().to_canonical().to_string());
    let hops: Vec<String> = hops.chain(peer).collect();
    if let Ok(hops) = HeaderValue::from_str(&hops.join(", ")) {
        told.push((header::X_FORWARDED_FOR, hops));
    }
    let given = |name: &HeaderName| request.headers().get(name).cloned();
    if let Some(host) = given(&FORWARDED_HOST).or_else(|| given(&header::HOST)) {
        told.push((FORWARDED_HOST, host));
    }
    told.push((FORWARDED_PROTO, given(&FORWARDED_PROTO).unwrap_or(HeaderValue::from_static("http"))));
    if let Some(pass) = pass {
        told.push((WEB_PASS, pass.clone()));
    }
    told
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn what_means_one_connection_is_not_passed_on() {
        let mut headers = HeaderMap::new();
        for (name, value) in
            [("connection", "close, X-Secret"), ("x-secret", "1"), ("te", "trailers"), ("cookie", "a=b"), ("transfer-encoding", "chunked")]
        {
            headers.append(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        let passed: Vec<&str> = end_to_end(&headers).map(|(name, _)| name.as_str()).collect();
        assert_eq!(passed, ["cookie"]);
    }

    #[test]
    fn the_address_that_we_see_comes_last() {
        let request = TestRequest::default().insert_header(("x-forwarded-for", "198.51.100.1")).peer_addr(([203, 0, 113, 7], 4711).into());
        let told = of_client(&request.to_http_request(), None);
        assert!(told.contains(&(header::X_FORWARDED_FOR, HeaderValue::from_static("198.51.100.1, 203.0.113.7"))));
    }
}
