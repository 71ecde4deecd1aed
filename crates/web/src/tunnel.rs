//! WebSockets: the two handshakes are made apart, and then bytes go both ways unread.

use actix_http::ws;
use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use awc::error::WsClientError;
use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use novashop_types::ErrorCode;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::{forwarding, proxy, upstream::Upstream};

const BUFFER: usize = 16 * 1024;

/// Whether a request asks for a WebSocket.
pub(crate) fn is_asked_for(request: &HttpRequest) -> bool {
    request.headers().get(header::UPGRADE).is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"websocket"))
}

/// What the API's no means here. Its words stay unread: the client of the handshake tells the status alone.
fn refused(request: &HttpRequest, status: StatusCode) -> HttpResponse {
    let code = match status {
        StatusCode::UNAUTHORIZED => ErrorCode::Unauthorized,
        StatusCode::FORBIDDEN => ErrorCode::Forbidden,
        StatusCode::NOT_FOUND => ErrorCode::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => ErrorCode::MethodNotAllowed,
        StatusCode::TOO_MANY_REQUESTS => ErrorCode::TooManyRequests,
        StatusCode::INTERNAL_SERVER_ERROR => ErrorCode::Internal,
        status if status.is_server_error() => ErrorCode::Unavailable,
        // Also where something answers that knows no WebSocket.
        _ => ErrorCode::BadRequest,
    };
    proxy::refuse(request, code, "The API opened no WebSocket at this address.")
}

/// Opens a WebSocket to the API, and answers with one whose bytes are those of the other.
pub(crate) async fn open(request: &HttpRequest, mut payload: web::Payload, upstream: &Upstream) -> HttpResponse {
    let key = request.headers().get(header::SEC_WEBSOCKET_KEY).map(|key| ws::hash_key(key.as_bytes()));
    let (Ok(()), Some(accept)) = (ws::verify_handshake(request.head()), key) else {
        return HttpResponse::BadRequest().content_type("text/plain; charset=utf-8").body("This is no WebSocket handshake (RFC 6455, 4.2.1).\n");
    };
    let address = request.uri().path_and_query().map_or("/", |address| address.as_str());
    let mut call = upstream.client.ws(format!("{}{address}", upstream.base));
    // Extensions are agreed on between neighbours, and the rest of the handshake is our own.
    let own = |name: &header::HeaderName| {
        forwarding::is_ours(name) || name.as_str().starts_with("sec-websocket-") && *name != header::SEC_WEBSOCKET_PROTOCOL
    };
    for (name, value) in forwarding::end_to_end(request.headers()).filter(|(name, _)| !own(name)) {
        call = call.header(name.clone(), value.clone());
    }
    for (name, value) in forwarding::of_client(request, upstream.pass.as_ref()) {
        call = call.set_header(name, value);
    }
    let (opened, socket) = match call.connect().await {
        Ok(opened) => opened,
        Err(WsClientError::InvalidResponseStatus(status)) => return refused(request, status),
        Err(error) => {
            tracing::warn!(%error, api = upstream.base, "the API opened no WebSocket");
            return proxy::away(request);
        }
    };
    let parts = socket.into_parts();
    let (reader, mut writer) = tokio::io::split(parts.io);
    actix_web::rt::spawn(async move {
        while let Some(Ok(bytes)) = payload.next().await {
            if writer.write_all(&bytes).await.is_err() {
                break;
            }
        }
        // Whoever reads at the other end hears that nothing more comes, and ends too.
        let _ended = writer.shutdown().await;
    });
    let first = parts.read_buf.freeze();
    let rest = stream::try_unfold(reader, async |mut reader| {
        let mut buffer = bytes::BytesMut::with_capacity(BUFFER);
        let count = reader.read_buf(&mut buffer).await?;
        Ok::<_, std::io::Error>((count > 0).then(|| (buffer.freeze(), reader)))
    });
    let bytes = stream::iter((!first.is_empty()).then_some(Ok::<Bytes, std::io::Error>(first))).chain(rest);
    let mut response = HttpResponse::build(StatusCode::SWITCHING_PROTOCOLS);
    response.upgrade("websocket").insert_header((header::SEC_WEBSOCKET_ACCEPT, accept.as_slice()));
    if let Some(protocol) = opened.headers().get(header::SEC_WEBSOCKET_PROTOCOL) {
        response.insert_header((header::SEC_WEBSOCKET_PROTOCOL, protocol));
    }
    response.streaming(Box::pin(bytes))
}
