//! The application on a port, with several workers: for tests whose requests must be under way at the same time.

use std::{net::TcpListener, rc::Rc};

use actix_web::dev::ServerHandle;
use novashop_api::network::{self, Listen};

use crate::{
    Answer, TestApp,
    actors::Request,
    app::{as_json, text_headers},
};

/// A running server; it stops when it is dropped.
pub struct Served {
    /// `http://127.0.0.1:<port>`.
    pub address: String,
    client: awc::Client,
    handle: ServerHandle,
}

impl std::fmt::Debug for Served {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Served at {}", self.address)
    }
}

impl TestApp {
    /// Opens a port of this machine. Actors use it with [`crate::Actor::over`].
    pub async fn serve(&self) -> Rc<Served> {
        let socket = TcpListener::bind(("127.0.0.1", 0)).expect("some port is free");
        let (listen, stopping) = (Listen { socket, workers: Some(4), shutdown_seconds: 0 }, self.ctx().stopping.clone());
        let closing = async move { stopping.wait().await };
        let (server, address) = network::listen(self.ctx().clone(), self.options().clone(), listen, closing).expect("it can be listened on");
        let address = format!("http://{address}");
        let handle = server.handle();
        actix_web::rt::spawn(server);
        // No limit of the client's own may put the requests one after the other.
        let connector = awc::Connector::new().limit(0);
        let client = awc::Client::builder().connector(connector).timeout(std::time::Duration::from_secs(60)).finish();
        Rc::new(Served { address, client, handle })
    }
}

impl Served {
    pub(crate) const fn client(&self) -> &awc::Client {
        &self.client
    }

    pub(crate) async fn call(&self, request: Request) -> Answer {
        let name = format!("{} {}", request.method, request.path);
        let method = awc::http::Method::from_bytes(request.method.as_str().as_bytes()).expect("a method");
        let mut call = self.client.request(method, format!("{}{}", self.address, request.path));
        for (header, value) in &request.headers {
            call = call.append_header((header.as_str(), value.as_str()));
        }
        let mut response = call.send_body(request.body).await.unwrap_or_else(|error| panic!("{name}: no answer but {error}"));
        let headers = text_headers(response.headers().iter().map(|(name, value)| (name.as_str(), value.as_bytes())));
        let body = response.body().limit(16 * 1024 * 1024).await.unwrap_or_else(|error| panic!("{name}: no body but {error}"));
        Answer { request: name, status: response.status().as_u16(), json: as_json(&headers, &body), headers, body }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Asking is enough: nobody waits for the server to end.
        drop(self.handle.stop(false));
    }
}
