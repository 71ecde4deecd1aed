//! The door to news over WebSockets.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderValue},
    rt, web,
};
use novashop_types::{ErrorCode, Problem};

use crate::{
    Answer, Ctx, Failure,
    connections::Wire,
    extract::{Caller, Input, client_address},
    limits::Client,
    live::{Full, Live, Opener, Socket},
    routes::Route,
};

/// The addresses of this file.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![route!("/ws", get => open_socket)]
}

/// What the door knows: the sockets, and the origins of other sites that may open one.
#[derive(Debug, Clone)]
pub struct Door {
    /// The sockets of this process.
    pub live: Live,
    /// As for CORS.
    pub origins: Vec<String>,
}

/// How long whoever finds no place should wait.
const COME_AGAIN_SECONDS: i64 = 30;

/// News as they happen, over a WebSocket (RFC 6455)
///
/// Send one JSON object a text message, up to 4 KiB:
///
/// - `{"type": "auth", "token": "<access token>"}`, for what is not public; answered by `authenticated` with `expires_at`. Send a newer token of
///   the same session before that: topics stay.
/// - `{"type": "subscribe", "topic": "product:<id>"}`: `product.stock`, `product.updated`; anyone
/// - `{"type": "subscribe", "topic": "orders"}`: `order.placed`, `order.updated` of one's own orders
/// - `{"type": "subscribe", "topic": "order:<id>", "token": "<its access_token>"}`: of one order; without `token` for its owner and for staff
/// - `{"type": "subscribe", "topic": "admin:orders"}`: of all orders; staff
/// - `{"type": "unsubscribe", "topic": "…"}`
///
/// Answers are `subscribed`, `unsubscribed` and `error` with a `code` as in problem documents. News have `type`, `id`, `at` and `data`: see the schemas
/// `LiveRequest` and `LiveMessage`. What happened before `subscribed` is not told, and an event may come twice under one `id`: so subscribe
/// first and then read how things stand. Answer pings, as every WebSocket client does. Close code 1001 means that the shop is stopping and 1013 that
/// you missed something: connect again after a moment that grows and differs from others'.
///
/// After a line that dropped, name the `id` of the last event that came, whatever its topic, with every topic:
/// `{"type": "subscribe", "topic": "…", "last_event_id": "…"}`. `subscribed` with `"resumed": true` is followed by all that was missed of it, in order
/// and once. `"resumed": false` means that it is more than five minutes ago, or too much, or that nobody knows: read how things stand.
#[utoipa::path(get, path = "/api/v1/ws", tag = "live", operation_id = "open_socket",
    responses((status = 101, description = "The connection speaks WebSocket from here on"),
        (status = 400, description = "`bad_request`: not a WebSocket handshake (GET with `Connection: Upgrade`, `Upgrade: websocket`, `Sec-WebSocket-Version: 13`, `Sec-WebSocket-Key`); `unknown_parameter`: it takes nothing in the query", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: the page is of an origin that is not listed", body = Problem, content_type = "application/problem+json")))]
pub async fn open_socket(ctx: Ctx, caller: Caller, door: web::Data<Door>, request: HttpRequest, body: web::Payload) -> Answer {
    Input::without_body(&request).no_query()?;
    if !may_come_from(&request, &door, &ctx.shop.public_url) {
        return Err(Failure::new(ErrorCode::Forbidden, "Pages of this origin may not open a socket here."));
    }
    let places = door.live.enter(client_address(&request)).map_err(full)?;
    let (response, session, said) = actix_ws::handle(&request, body).map_err(|_| no_handshake())?;
    let said = said.max_frame_size(door.live.settings().message_bytes).aggregate_continuations();
    let opener = Opener { wire: Wire::of(&request), client: Client::of(&request), places, token: caller.0.and(bearer(&request)) };
    rt::spawn(Socket::serve(ctx, door.live.clone(), (session, said), opener));
    Ok(switched(response))
}

/// A browser names the origin of the page; programs that are no browser need not. It is our own, or one of those that CORS lets in.
fn may_come_from(request: &HttpRequest, door: &Door, public_url: &str) -> bool {
    let Some(origin) = request.headers().get(header::ORIGIN) else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    let own = authority.is_some() && authority == host;
    own || site(public_url) == origin || door.origins.iter().any(|listed| listed == origin)
}

/// The origin of an address: `https://shop.example.com` of `https://shop.example.com/en`.
fn site(url: &str) -> String {
    url.split('/').take(3).collect::<Vec<_>>().join("/")
}

fn bearer(request: &HttpRequest) -> Option<String> {
    let (_scheme, token) = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    Some(token.trim().to_owned())
}

fn full(full: Full) -> Failure {
    match full {
        Full::Client(limit) => {
            Failure::too_many_requests(format!("You may have {limit} sockets open. Close one, or try again later."), COME_AGAIN_SECONDS)
        }
        Full::Process => {
            Failure::new(ErrorCode::Unavailable, "There is no place for another socket just now. Everything but live news works without.")
        }
    }
}

fn no_handshake() -> Failure {
    let words = "This address speaks WebSocket (RFC 6455) only: a GET with `Connection: Upgrade`, `Upgrade: websocket`, \
                 `Sec-WebSocket-Version: 13` and `Sec-WebSocket-Key`.";
    Failure::new(ErrorCode::BadRequest, words).with_header(header::UPGRADE, HeaderValue::from_static("websocket"))
}

/// What goes through a socket is nobody's to keep or to change on the way.
fn switched(mut response: HttpResponse) -> HttpResponse {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
