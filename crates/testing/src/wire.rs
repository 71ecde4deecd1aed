//! A bare connection to a server: for what no proper client would send, or so slowly.

use std::time::Duration;

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{sleep, timeout},
};

use crate::Served;

/// After this a test has failed, rather than waiting for ever.
const HANGS: Duration = Duration::from_secs(20);

/// A connection.
#[derive(Debug)]
pub struct Wire {
    stream: TcpStream,
    read: Vec<u8>,
}

/// An answer, as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raw {
    /// The status.
    pub status: u16,
    /// The status line and the headers, in lower case.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Raw {
    /// The code of the problem it is, where it is one.
    #[must_use]
    pub fn code(&self) -> String {
        let json: Value = serde_json::from_slice(&self.body).unwrap_or_default();
        json["code"].as_str().unwrap_or_default().to_owned()
    }

    /// Whether the server says that it ends the connection.
    #[must_use]
    pub fn closes(&self) -> bool {
        self.head.contains("\r\nconnection: close")
    }
}

impl Served {
    /// Opens a connection.
    pub async fn wire(&self) -> Wire {
        let address = self.address.trim_start_matches("http://");
        Wire { stream: TcpStream::connect(address).await.expect("the server listens"), read: Vec::new() }
    }
}

impl Wire {
    /// Sends bytes; whether the server still took them.
    pub async fn send(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        timeout(HANGS, self.stream.write_all(bytes.as_ref())).await.expect("the server reads or ends the connection").is_ok()
    }

    /// Sends a piece again and again, at most so many bytes, until the server answers or ends the connection.
    pub async fn flood(&mut self, piece: &[u8], bytes: usize) {
        let flooding = async {
            let mut chunk = [0; 4096];
            for _ in 0..=bytes / piece.len() {
                let (mut reader, mut writer) = self.stream.split();
                tokio::select! {
                    biased;
                    read = reader.read(&mut chunk) => return chunk[..read.unwrap_or(0)].to_vec(),
                    written = writer.write_all(piece) => if written.is_err() { return Vec::new() },
                }
            }
            Vec::new()
        };
        let answer = timeout(HANGS, flooding).await.expect("the server reads, answers or ends the connection");
        self.read.extend(answer);
    }

    /// Sends a piece again and again, slowly, until the server has answered or ended the connection; whether it did of its own accord.
    pub async fn trickle(&mut self, piece: &[u8]) -> bool {
        for _ in 0..400 {
            if self.stream.write_all(piece).await.is_err() || self.arrives(Duration::from_millis(25)).await {
                return true;
            }
        }
        false
    }

    /// Whether something more, or the end, comes within this time.
    async fn arrives(&mut self, within: Duration) -> bool {
        let mut chunk = [0; 4096];
        match timeout(within, self.stream.read(&mut chunk)).await {
            Ok(Ok(length)) => {
                self.read.extend_from_slice(&chunk[..length]);
                true
            }
            Ok(Err(_)) => true,
            Err(_) => false,
        }
    }

    /// The next answer; the head of an interim one (100) too. `None` where the connection ended without one.
    pub async fn answer(&mut self) -> Option<Raw> {
        timeout(HANGS, self.read_answer()).await.expect("the server answers or ends the connection")
    }

    async fn read_answer(&mut self) -> Option<Raw> {
        let end = loop {
            match self.read.windows(4).position(|window| window == b"\r\n\r\n") {
                Some(end) => break end,
                None => self.more().await?,
            }
        };
        let head = String::from_utf8_lossy(&self.read[..end]).to_lowercase();
        self.read.drain(..end + 4);
        let status = head.split(' ').nth(1)?.parse().ok()?;
        let length = head.split_once("\r\ncontent-length: ").and_then(|(_, rest)| rest.lines().next()?.parse().ok()).unwrap_or(0);
        while self.read.len() < length {
            self.more().await?;
        }
        let body = self.read.drain(..length).collect();
        Some(Raw { status, head, body })
    }

    async fn more(&mut self) -> Option<()> {
        let mut chunk = [0; 4096];
        let length = self.stream.read(&mut chunk).await.ok().filter(|length| *length > 0)?;
        self.read.extend_from_slice(&chunk[..length]);
        Some(())
    }

    /// Everything until the server ends the connection, which it has to do.
    pub async fn rest(&mut self) -> Vec<u8> {
        let ended = timeout(HANGS, async { while self.more().await.is_some() {} }).await;
        ended.expect("the server ends the connection");
        std::mem::take(&mut self.read)
    }

    /// Does nothing for a while, as slow clients do.
    pub async fn pause(&self, milliseconds: u64) {
        sleep(Duration::from_millis(milliseconds)).await;
    }
}
