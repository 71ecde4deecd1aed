//! How long a client may keep the server waiting, and how much of it: the settings of every server of the API, those of the tests included.

use std::{
    io,
    net::{SocketAddr, TcpListener},
    time::Duration,
};

use actix_web::{HttpServer, dev::Server, web};
use novashop_services::Context;

use crate::{app, connections};

/// How long the server waits for its clients.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For the head of the first request, and, beyond [`Self::keep_alive`], of every further one.
    pub head: Duration,
    /// For a whole JSON body.
    pub body: Duration,
    /// For a whole upload: 10 MiB at 1 Mbit/s take 84 seconds.
    pub upload: Duration,
    /// For the next request on a connection.
    pub keep_alive: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { head: seconds(10), body: seconds(20), upload: seconds(120), keep_alive: seconds(75) }
    }
}

/// Connections of a worker; when they are taken, the next ones wait in the backlog.
const CONNECTIONS: usize = 4096;

/// Where a server listens, and how it ends.
#[derive(Debug)]
pub struct Listen {
    /// The port.
    pub socket: TcpListener,
    /// How many threads answer; as many as there are cores where it is left out.
    pub workers: Option<usize>,
    /// How long it waits for requests in flight when it ends, in seconds.
    pub shutdown_seconds: u64,
}

/// A server of the API, and its address. It closes its port when `closing` ends; from now on those who listen to it hear the events of this process.
///
/// # Errors
/// Where the socket cannot be listened on.
pub fn listen(
    ctx: web::Data<Context>,
    options: app::Options,
    listen: Listen,
    closing: impl Future<Output = ()> + 'static,
) -> io::Result<(Server, SocketAddr)> {
    let patience = options.patience;
    let address = listen.socket.local_addr()?;
    actix_web::rt::spawn(options.live.listen(&ctx));
    let mut server = HttpServer::new(move || app::build(ctx.clone(), options.clone()))
        .client_request_timeout(patience.head)
        .keep_alive(patience.keep_alive)
        .max_connections(CONNECTIONS)
        .on_connect(connections::watch(patience.keep_alive + patience.head))
        .disable_signals()
        .shutdown_timeout(listen.shutdown_seconds);
    if let Some(workers) = listen.workers {
        server = server.workers(workers);
    }
    let server = server.listen(listen.socket)?.run();
    let handle = server.handle();
    // Not by a signal of the server's own: that would end the whole process, whatever its other roles still have in hand.
    actix_web::rt::spawn(async move {
        closing.await;
        handle.stop(true).await;
    });
    Ok((server, address))
}
