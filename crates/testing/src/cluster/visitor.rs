//! Somebody who uses a cluster from outside, over real connections with TLS.

use std::{net::IpAddr, sync::Once, time::Duration};

use awc::ws::{Codec, Message};
use futures_util::StreamExt as _;
use reqwest::{Certificate, Client, Method, redirect::Policy};
use serde_json::Value;
use tokio_util::codec::Framed;

use crate::{
    Answer, Ear,
    app::{as_json, text_headers},
};

/// A client at one address of the cluster.
#[derive(Debug, Clone)]
pub struct Visitor {
    base: String,
    client: Client,
}

impl Visitor {
    pub(super) fn new(base: impl Into<String>, certificate: &[u8], from: Option<[u8; 4]>) -> Self {
        static TLS: Once = Once::new();
        TLS.call_once(|| drop(rustls::crypto::ring::default_provider().install_default()));
        let certificate = Certificate::from_pem(certificate).expect("a certificate");
        let client = Client::builder()
            .tls_certs_only([certificate])
            .redirect(Policy::none())
            .http1_only()
            .no_proxy()
            .local_address(from.map(IpAddr::from))
            .timeout(Duration::from_secs(60));
        Self { base: base.into(), client: client.build().expect("a client") }
    }

    /// Sends a request; an answer, or why none came.
    ///
    /// # Errors
    /// Where no whole answer came.
    pub async fn try_send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&Value>) -> Result<Answer, reqwest::Error> {
        let name = format!("{method} {path}");
        let mut request = self.client.request(Method::from_bytes(method.as_bytes()).expect("a method"), format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        let response = request.send().await?;
        let status = response.status().as_u16();
        let headers = text_headers(response.headers().iter().map(|(name, value)| (name.as_str(), value.as_bytes())));
        let body = response.bytes().await?;
        Ok(Answer { request: name, status, json: as_json(&headers, &body), headers, body })
    }

    /// The same where an answer has to come.
    pub async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&Value>) -> Answer {
        self.try_send(method, path, headers, body).await.unwrap_or_else(|error| panic!("{method} {path}: no answer but {error:?}"))
    }

    /// Asks for something.
    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], None).await
    }

    /// Posts something.
    pub async fn post(&self, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
        self.send("POST", path, headers, Some(body)).await
    }

    /// Opens a WebSocket.
    pub async fn ear(&self) -> Ear {
        let request = self.client.get(format!("{}/api/v1/ws", self.base)).header("connection", "Upgrade").header("upgrade", "websocket");
        let request = request.header("sec-websocket-version", "13").header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");
        let response = request.send().await.expect("the handshake is answered");
        assert_eq!(response.status(), 101, "a socket is opened");
        let upgraded = response.upgrade().await.expect("the connection is ours");
        let (out, heard) = Framed::<_, Codec>::new(upgraded, Codec::new().client_mode()).split::<Message>();
        Ear::of(out, heard)
    }
}
