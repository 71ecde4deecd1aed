//! The least that an answer can cost: an actix handler that has its bytes ready.

use actix_web::{App, HttpResponse, HttpServer, dev::ServerHandle, http::header, web};
use bytes::Bytes;

/// A bare server; it stops when it is dropped.
pub(crate) struct Bare {
    pub address: String,
    handle: ServerHandle,
}

impl Bare {
    /// Answers every request with these bytes, on as many workers as the shop has.
    pub(crate) fn start(bytes: Vec<u8>) -> Self {
        let bytes = Bytes::from(bytes);
        let server = HttpServer::new(move || {
            let bytes = bytes.clone();
            App::new().default_service(web::to(move || {
                let bytes = bytes.clone();
                async move {
                    HttpResponse::Ok()
                        .insert_header((header::ETAG, "\"0123456789abcdef\""))
                        .insert_header((header::CACHE_CONTROL, "public"))
                        .content_type("application/json")
                        .body(bytes)
                }
            }))
        })
        .disable_signals()
        .bind(("127.0.0.1", 0))
        .expect("some port is free");
        let address = format!("http://{}", server.addrs()[0]);
        let server = server.run();
        let handle = server.handle();
        std::thread::spawn(move || actix_web::rt::System::new().block_on(server));
        Self { address, handle }
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
    }
}
