//! A client of the WebSocket, over a real connection.

use std::{pin::Pin, time::Duration};

use awc::{
    error::{WsClientError, WsProtocolError},
    ws::{CloseCode, Frame, Message},
};
use futures_util::{Sink, SinkExt, Stream, StreamExt};
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::{Actor, Served};

/// After this a test has failed, rather than waiting for ever.
const HANGS: Duration = Duration::from_secs(20);
/// What has not come after this is not coming.
const SILENCE: Duration = Duration::from_millis(400);

/// Somebody who listens. It answers pings while it is asked for news.
pub struct Ear {
    out: Pin<Box<dyn Sink<Message, Error = WsProtocolError>>>,
    heard: Pin<Box<dyn Stream<Item = Result<Frame, WsProtocolError>>>>,
}

impl std::fmt::Debug for Ear {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ear")
    }
}

impl Served {
    /// Opens a socket.
    pub async fn ear(&self) -> Ear {
        self.try_ear(&[]).await.expect("a socket can be opened")
    }

    /// Opens a socket with these headers, or says with which status it was refused.
    ///
    /// # Errors
    /// The status.
    pub async fn try_ear(&self, headers: &[(&str, &str)]) -> Result<Ear, u16> {
        let mut request = self.client().ws(format!("{}/api/v1/ws", self.address.replace("http", "ws")));
        for (name, value) in headers {
            request = request.set_header(*name, *value);
        }
        match request.connect().await {
            Ok((_, framed)) => {
                let (out, heard) = framed.split();
                Ok(Ear::of(out, heard))
            }
            Err(WsClientError::InvalidResponseStatus(status)) => Err(status.as_u16()),
            Err(error) => panic!("no socket but {error}"),
        }
    }
}

impl Ear {
    /// Over both directions of a connection that has been opened.
    pub(crate) fn of(
        out: impl Sink<Message, Error = WsProtocolError> + 'static,
        heard: impl Stream<Item = Result<Frame, WsProtocolError>> + 'static,
    ) -> Self {
        Self { out: Box::pin(out), heard: Box::pin(heard) }
    }

    /// Says something.
    pub async fn say(&mut self, message: Value) {
        self.send(Message::Text(message.to_string().into())).await;
    }

    /// Sends any frame; whether it goes out is not told, the other side may have ended already.
    pub async fn send(&mut self, message: Message) {
        let _sent = self.out.send(message).await;
    }

    /// Says something and takes the answer.
    pub async fn ask(&mut self, message: Value) -> Value {
        self.say(message).await;
        self.hear().await
    }

    /// Listens to a topic, which has to be allowed.
    pub async fn listen(&mut self, topic: &str) {
        let answer = self.ask(json!({"type": "subscribe", "topic": topic})).await;
        assert_eq!(answer, json!({"type": "subscribed", "topic": topic}));
    }

    /// Signs in, which has to succeed.
    pub async fn sign_in(&mut self, who: &Actor) {
        let answer = self.ask(json!({"type": "auth", "token": who.account().access_token})).await;
        assert_eq!(answer["type"], "authenticated", "{answer}");
    }

    /// The next thing that is said.
    pub async fn hear(&mut self) -> Value {
        match self.hear_or_closed().await {
            Ok(text) => text,
            Err(code) => panic!("the socket was closed with {code:?} where something was to be said"),
        }
    }

    /// The next thing that is said, or the code with which the socket is closed from the other side.
    ///
    /// # Errors
    /// The code.
    pub async fn hear_or_closed(&mut self) -> Result<Value, Option<CloseCode>> {
        timeout(HANGS, self.next()).await.expect("something is said")
    }

    /// Makes sure that nothing is said.
    pub async fn hear_nothing(&mut self) {
        if let Ok(said) = timeout(SILENCE, self.next()).await {
            panic!("nothing was to be said, but it was {said:?}");
        }
    }

    /// The code with which the socket is closed from the other side, which has to happen; what is said before is passed over.
    pub async fn closed(&mut self) -> Option<CloseCode> {
        let closing = async {
            loop {
                if let Err(code) = self.next().await {
                    return code;
                }
            }
        };
        timeout(HANGS, closing).await.expect("the socket is closed")
    }

    async fn next(&mut self) -> Result<Value, Option<CloseCode>> {
        loop {
            match self.heard.next().await {
                Some(Ok(Frame::Text(text))) => return Ok(serde_json::from_slice(&text).expect("what is said is JSON")),
                Some(Ok(Frame::Ping(bytes))) => self.send(Message::Pong(bytes)).await,
                Some(Ok(Frame::Close(reason))) => return Err(reason.map(|reason| reason.code)),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(None),
            }
        }
    }
}
