//! Ends connections that keep the server waiting between two requests.
//!
//! actix-web counts the time for the head of the first request only. A client that sends one whole request and then the head of the next a
//! byte at a time, or a body that nobody reads any more, or that does not read the end of its answer, would hold its connection for ever. So every
//! connection notes since when it has no request at work, and one that has none for too long is cut off.

use std::{
    any::Any,
    cell::{Cell, RefCell},
    net::{Shutdown, TcpStream},
    os::fd::AsFd,
    pin::Pin,
    rc::{Rc, Weak},
    task::{Context, Poll},
    time::{Duration, Instant},
};

use actix_web::{
    Error, HttpRequest,
    body::{BodySize, BoxBody, MessageBody},
    dev::{Extensions, ServiceRequest, ServiceResponse},
    http::{ConnectionType, StatusCode},
    middleware::Next,
    rt, web,
};
use bytes::Bytes;
use novashop_services::Context as Shop;

/// A connection, as far as the watch knows it.
struct Connection {
    /// A second handle on the socket: the first one belongs to actix-web. It goes with the connection.
    socket: TcpStream,
    at_work: Cell<usize>,
    waiting_since: Cell<Instant>,
}

impl Connection {
    fn is_overdue(&self, patience: Duration) -> bool {
        self.at_work.get() == 0 && self.waiting_since.get().elapsed() > patience
    }
}

thread_local! {
    /// The connections of this worker.
    static WATCHED: RefCell<Vec<Weak<Connection>>> = const { RefCell::new(Vec::new()) };
}

/// Notes every connection of a worker, for as long as it lives.
pub(crate) fn watch(patience: Duration) -> impl Fn(&dyn Any, &mut Extensions) + Send + Sync + 'static {
    move |stream, extensions| {
        // Without another handle (no more may be open) the connection goes unwatched rather than unserved.
        let Some(Ok(socket)) = stream.downcast_ref::<rt::net::TcpStream>().map(|stream| stream.as_fd().try_clone_to_owned()) else { return };
        let connection = Rc::new(Connection { socket: socket.into(), at_work: Cell::new(0), waiting_since: Cell::new(Instant::now()) });
        let first = WATCHED.with_borrow_mut(|watched| {
            watched.push(Rc::downgrade(&connection));
            watched.len() == 1
        });
        extensions.insert(connection);
        if first {
            rt::spawn(sweep(patience));
        }
    }
}

/// Looks at the worker's connections again and again, until there are none.
async fn sweep(patience: Duration) {
    loop {
        rt::time::sleep((patience / 8).min(Duration::from_secs(5))).await;
        let left = WATCHED.with_borrow_mut(|watched| {
            watched.retain(|connection| connection.upgrade().is_some_and(|connection| !cut_off(&connection, patience)));
            watched.len()
        });
        if left == 0 {
            return;
        }
    }
}

/// Ends a connection that is overdue, and tells whether it was.
fn cut_off(connection: &Connection, patience: Duration) -> bool {
    let overdue = connection.is_overdue(patience);
    if overdue && let Err(error) = connection.socket.shutdown(Shutdown::Both) {
        tracing::debug!(%error, "a connection had gone before it was cut off");
    }
    overdue
}

/// A handle on a request's connection that can end it whatever is still to be sent: for a client that does not read.
pub(crate) struct Wire(Rc<Connection>);

impl Wire {
    /// That of a request; none where it did not come over the network.
    pub(crate) fn of(request: &HttpRequest) -> Option<Self> {
        request.conn_data::<Rc<Connection>>().map(|connection| Self(Rc::clone(connection)))
    }

    /// Ends the connection.
    pub(crate) fn cut(self) {
        if let Err(error) = self.0.socket.shutdown(Shutdown::Both) {
            tracing::debug!(%error, "a connection had gone before it was cut off");
        }
    }
}

/// A request at work.
struct AtWork(Rc<Connection>);

impl AtWork {
    fn begin(connection: &Rc<Connection>) -> Self {
        connection.at_work.update(|requests| requests + 1);
        Self(Rc::clone(connection))
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        self.0.at_work.update(|requests| requests.saturating_sub(1));
        self.0.waiting_since.set(Instant::now());
    }
}

/// Notes that a request is at work until the last of its answer is handed to the connection; of a process that takes its leave, it is the last one.
///
/// # Errors
/// Those of what it wraps.
pub(crate) async fn note_work(request: ServiceRequest, next: Next<impl MessageBody + 'static>) -> Result<ServiceResponse<Answered>, Error> {
    let work = request.conn_data::<Rc<Connection>>().map(AtWork::begin);
    let ctx = request.app_data::<web::Data<Shop>>().cloned();
    let mut response = next.call(request).await?;
    // Asked after the work: it may have taken long. A WebSocket is told in its own way.
    if ctx.is_some_and(|ctx| ctx.stopping.is_leaving()) && response.status() != StatusCode::SWITCHING_PROTOCOLS {
        response.response_mut().head_mut().set_connection_type(ConnectionType::Close);
    }
    Ok(response.map_body(|_, body| Answered { body: body.boxed(), _work: work }))
}

/// The body of an answer; when it is dropped, the request is done.
pub(crate) struct Answered {
    body: BoxBody,
    _work: Option<AtWork>,
}

impl MessageBody for Answered {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.body).poll_next(cx)
    }

    fn try_into_bytes(self) -> Result<Bytes, Self> {
        let Self { body, _work } = self;
        body.try_into_bytes().map_err(|body| Self { body, _work })
    }
}
