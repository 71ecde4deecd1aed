//! Who is at the other end: the address that rate limits and the list of sessions go by.

use std::{
    net::{IpAddr, SocketAddr},
    sync::{Arc, Once},
};

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header::{self, HeaderMap, HeaderName, HeaderValue},
};
use ipnet::IpNet;
use subtle::ConstantTimeEq as _;

use crate::Failure;

/// Who sent the request, for the list of sessions.
#[derive(Debug, Clone, Default)]
pub struct Client {
    /// What the browser or program calls itself, shortened.
    pub user_agent: String,
    /// Its network address.
    pub ip: String,
}

impl FromRequest for Client {
    type Error = Failure;
    type Future = std::future::Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let user_agent = request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let ip = client_address(request).map(|ip| ip.to_string()).unwrap_or_default();
        std::future::ready(Ok(Self { user_agent: user_agent.chars().take(200).collect(), ip }))
    }
}

/// The address of the client, an IPv4 one never in the clothes of IPv6; none for a connection that has no address.
#[must_use]
pub fn client_address(request: &HttpRequest) -> Option<IpAddr> {
    let peer = request.peer_addr()?.ip().to_canonical();
    Some(match request.app_data::<TrustedProxies>() {
        Some(proxies) => proxies.client_behind(peer, request.headers()),
        None => peer,
    })
}

const FORWARDED_FOR: &str = "x-forwarded-for";

/// With this header the role `web` of the same process proves that it is the one who passes a request on.
pub const WEB_PASS: HeaderName = HeaderName::from_static("x-novashop-web");

/// The proxies whose `X-Forwarded-For` is believed. Everybody else could write anything into it.
#[derive(Clone, Default)]
pub struct TrustedProxies {
    networks: Arc<[IpNet]>,
    /// What only this process knows: on its own machine anybody may have the address of the role `web`.
    pass: Option<HeaderValue>,
}

impl std::fmt::Debug for TrustedProxies {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TrustedProxies({:?})", self.networks)
    }
}

impl TrustedProxies {
    /// Reads networks and single addresses, separated by commas; `None` where one of them is neither.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let network = |part: &str| part.parse().or_else(|_| part.parse::<IpAddr>().map(IpNet::from)).ok();
        text.split(',').map(|part| network(part.trim())).collect::<Option<Vec<_>>>().map(|networks| Self { networks: networks.into(), pass: None })
    }

    /// Believes whoever knows this secret too: the role `web` of this process.
    #[must_use]
    pub fn with_pass(self, pass: HeaderValue) -> Self {
        Self { pass: Some(pass), ..self }
    }

    fn is_own_web(&self, headers: &HeaderMap) -> bool {
        match (&self.pass, headers.get(WEB_PASS)) {
            (Some(pass), Some(shown)) => pass.as_bytes().ct_eq(shown.as_bytes()).into(),
            _ => false,
        }
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.networks.iter().any(|network| network.contains(&address))
    }

    /// Each proxy writes whom it heard from at the right end. So we go from there to the left as long as proxies of ours did the writing;
    /// what cannot be read was not written by one of them.
    fn client_behind(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        if !self.trusts(peer) && !self.is_own_web(headers) {
            warn_of_shared_limits(peer, headers);
            return peer;
        }
        let hops: Vec<&str> = headers.get_all(FORWARDED_FOR).flat_map(|value| value.to_str().unwrap_or_default().split(',')).map(str::trim).collect();
        let mut client = peer;
        for hop in hops.into_iter().rev() {
            let Some(address) = address(hop) else { break };
            client = address;
            if !self.trusts(client) {
                break;
            }
        }
        client
    }
}

/// An address as proxies write it: `203.0.113.7`, `203.0.113.7:4711`, `2001:db8::7`, `[2001:db8::7]`, `[2001:db8::7]:4711`.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    bare.parse().or_else(|_| text.parse::<SocketAddr>().map(|address| address.ip())).ok().map(|ip: IpAddr| ip.to_canonical())
}

/// Whoever puts a proxy in front and forgets to say so gives all shoppers one limit: told once, and only where it looks like a proxy.
fn warn_of_shared_limits(peer: IpAddr, headers: &HeaderMap) {
    static TOLD: Once = Once::new();
    let near = match peer {
        IpAddr::V4(peer) => peer.is_loopback() || peer.is_private(),
        IpAddr::V6(peer) => peer.is_loopback() || peer.is_unique_local(),
    };
    if near && headers.contains_key(FORWARDED_FOR) {
        TOLD.call_once(|| {
            tracing::warn!("requests come through a proxy that TRUSTED_PROXIES does not name: all its clients count as one for the rate limits");
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, forwarded: &[&[u8]]) -> String {
        let proxies = TrustedProxies::parse("10.0.0.0/8, 192.0.2.1 , 2001:db8:ffff::/48").unwrap();
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append(HeaderName::from_static(FORWARDED_FOR), HeaderValue::from_bytes(value).unwrap());
        }
        proxies.client_behind(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn the_rightmost_address_that_is_no_proxy_of_ours_is_the_client() {
        assert_eq!(client("203.0.113.7", &[b"198.51.100.1"]), "203.0.113.7", "a stranger's word does not count");
        assert_eq!(client("10.0.0.1", &[b"198.51.100.1"]), "198.51.100.1");
        assert_eq!(client("10.0.0.1", &[b"6.6.6.6, 198.51.100.1, 10.9.9.9"]), "198.51.100.1", "what the client itself sent stands left of it");
        assert_eq!(client("10.0.0.1", &[b"6.6.6.6", b"198.51.100.1", b"192.0.2.1"]), "198.51.100.1", "several lines are one list");
        assert_eq!(client("10.0.0.1", &[b"10.1.1.1, 10.2.2.2"]), "10.1.1.1", "a client in our own network");
        assert_eq!(client("10.0.0.1", &[]), "10.0.0.1");
        assert_eq!(client("2001:db8:ffff::1", &[b"2001:db8:1::9"]), "2001:db8:1::9");
    }

    #[test]
    fn the_role_web_of_the_same_process_is_believed_by_its_pass_and_nobody_else() {
        let proxies = TrustedProxies::default().with_pass(HeaderValue::from_static("only this process knows"));
        let client = |pass: Option<&'static str>| {
            let mut headers = HeaderMap::new();
            headers.append(HeaderName::from_static(FORWARDED_FOR), HeaderValue::from_static("6.6.6.6, 198.51.100.1"));
            if let Some(pass) = pass {
                headers.append(WEB_PASS, HeaderValue::from_static(pass));
            }
            proxies.client_behind([127, 0, 0, 1].into(), &headers).to_string()
        };
        assert_eq!(client(Some("only this process knows")), "198.51.100.1", "who spoke to it, not what that one said");
        for wrong in [None, Some(""), Some("only this process know"), Some("only this process knows ")] {
            assert_eq!(client(wrong), "127.0.0.1", "{wrong:?}");
        }
    }

    #[test]
    fn addresses_are_read_in_every_form_that_proxies_write() {
        for (text, ip) in [
            ("198.51.100.1:4711", "198.51.100.1"),
            ("::ffff:198.51.100.1", "198.51.100.1"),
            ("[2001:db8::7]", "2001:db8::7"),
            ("[2001:db8::7]:4711", "2001:db8::7"),
            ("\t198.51.100.1 ", "198.51.100.1"),
        ] {
            assert_eq!(client("10.0.0.1", &[text.as_bytes()]), ip, "{text}");
        }
    }

    #[test]
    fn nonsense_in_the_header_is_never_taken_for_an_address() {
        for nonsense in [&b""[..], b",", b",,,,", b"unknown", b"_hidden", b"198.51.100.1, x", b"999.1.1.1", b"[::1", b"\xff\xfe", b"1.2.3.4\t5.6.7.8"]
        {
            assert_eq!(client("10.0.0.1", &[nonsense]), "10.0.0.1", "{}", String::from_utf8_lossy(nonsense));
        }
        assert_eq!(client("10.0.0.1", &["1.1.1.1,".repeat(10_000).as_bytes()]), "10.0.0.1");
    }

    #[test]
    fn a_list_of_proxies_with_a_mistake_is_refused() {
        for wrong in ["", "10.0.0.0/33", "10.0.0.0/8,", "proxy.example.com", "10.0.0.0/8;10.1.0.0/16"] {
            assert!(TrustedProxies::parse(wrong).is_none(), "{wrong}");
        }
    }
}
