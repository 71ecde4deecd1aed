//! The link to Redis: one connection for all, kept up by one task, and given up at once while Redis is away.

use std::{
    sync::{
        PoisonError, RwLock,
        atomic::{AtomicU32, AtomicU64, Ordering},
    },
    time::Duration,
};

use redis::{AsyncConnectionConfig, Client, RedisResult, aio::MultiplexedConnection};
use tokio::{
    sync::Notify,
    time::{sleep, timeout},
};

/// How long a connection may take to come about, and an answer to a question whether somebody is there.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often Redis is asked whether it is there, and asked again while it is not.
const BEAT: Duration = Duration::from_secs(1);
/// So many commands in a row may come too late. Then nobody waits for Redis any more until it answers again.
const LATE_IN_A_ROW: u32 = 5;

/// Why Redis did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Away {
    /// There is no connection.
    #[error("there is no link to Redis")]
    NoLink,
    /// No answer came in time: nobody knows whether it was done.
    #[error("Redis did not answer in time")]
    Late,
    /// It said no, or the connection broke.
    #[error("Redis: {0}")]
    Broken(String),
}

/// How the link is and what came of it since the start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pulse {
    /// Whether there is a connection.
    pub up: bool,
    /// Commands that failed or came too late.
    pub errors: u64,
    /// Events that were taken to all processes.
    pub published: u64,
    /// Events that came from there.
    pub heard: u64,
}

/// The link to Redis.
pub struct Link {
    client: Client,
    prefix: String,
    /// Whoever asks waits for so long at least; for nothing but in tests.
    least: Duration,
    connection: RwLock<Option<MultiplexedConnection>>,
    lost: Notify,
    late: AtomicU32,
    errors: AtomicU64,
    pub(crate) published: AtomicU64,
    pub(crate) heard: AtomicU64,
}

impl std::fmt::Debug for Link {
    /// Without the address: a password may stand in it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Link({}, {:?})", self.prefix, self.pulse())
    }
}

impl Link {
    /// A link to the server at `redis://` or `rediss://…`; every key begins with the prefix. Nothing is asked of the server before [`Self::keep`].
    ///
    /// # Errors
    /// Where that is no address of a Redis.
    pub fn new(url: &str, prefix: &str) -> Result<Self, Away> {
        let client = Client::open(url).map_err(|error| Away::Broken(error.to_string()))?;
        Ok(Self {
            client,
            prefix: prefix.to_owned(),
            least: Duration::ZERO,
            connection: RwLock::default(),
            lost: Notify::new(),
            late: AtomicU32::new(0),
            errors: AtomicU64::new(0),
            published: AtomicU64::new(0),
            heard: AtomicU64::new(0),
        })
    }

    /// The same, where no answer is given up sooner than this: for a test of what processes share, whatever the machine does meanwhile.
    #[must_use]
    pub fn patient(self, least: Duration) -> Self {
        Self { least, ..self }
    }

    /// Connects, and connects again whenever the link is lost, until it is dropped: the work of one task. It tells the log of a change, and of nothing else.
    pub async fn keep(&self) {
        let mut told_away = false;
        loop {
            match self.connect(PATIENCE).await {
                Ok(connection) => {
                    if std::mem::take(&mut told_away) {
                        tracing::info!("Redis answers again");
                    }
                    self.set(Some(connection));
                    self.watch().await;
                }
                Err(error) if !told_away => {
                    told_away = true;
                    tracing::warn!(%error, "Redis is away: every process goes on by itself until it is back");
                }
                Err(_) => {}
            }
            sleep(BEAT / 4).await;
        }
    }

    /// Returns when the link is lost.
    async fn watch(&self) {
        loop {
            tokio::select! {
                () = self.lost.notified() => return,
                () = sleep(BEAT) => {
                    if self.ask(PATIENCE, |mut connection| async move { redis::cmd("PING").exec_async(&mut connection).await }).await.is_err() {
                        self.lose();
                    }
                }
            }
        }
    }

    /// A connection of one's own. What is asked on it may take so long.
    pub(crate) async fn connect(&self, patience: Duration) -> Result<MultiplexedConnection, Away> {
        let config = AsyncConnectionConfig::new().set_connection_timeout(Some(PATIENCE)).set_response_timeout(Some(patience.max(self.least)));
        let connecting = async {
            let mut connection = self.client.get_multiplexed_async_connection_with_config(&config).await?;
            // One that is just starting takes connections before it takes commands.
            redis::cmd("PING").exec_async(&mut connection).await?;
            RedisResult::Ok(connection)
        };
        match timeout(PATIENCE * 2, connecting).await {
            Ok(Ok(connection)) => Ok(connection),
            Ok(Err(error)) => Err(Away::Broken(error.to_string())),
            Err(_) => Err(Away::Late),
        }
    }

    fn set(&self, connection: Option<MultiplexedConnection>) {
        self.late.store(0, Ordering::Relaxed);
        *self.connection.write().unwrap_or_else(PoisonError::into_inner) = connection;
    }

    fn lose(&self) {
        if self.connection.write().unwrap_or_else(PoisonError::into_inner).take().is_some() {
            self.lost.notify_one();
        }
    }

    /// Asks Redis, where there is a link, and waits no longer than this.
    pub(crate) async fn ask<T, F>(&self, patience: Duration, command: impl FnOnce(MultiplexedConnection) -> F + Send) -> Result<T, Away>
    where
        F: Future<Output = RedisResult<T>> + Send,
    {
        let connection = self.connection.read().unwrap_or_else(PoisonError::into_inner).clone().ok_or(Away::NoLink)?;
        let answer = match timeout(patience.max(self.least), command(connection)).await {
            Ok(Ok(answer)) => {
                self.late.store(0, Ordering::Relaxed);
                return Ok(answer);
            }
            Ok(Err(error)) => {
                if error.is_unrecoverable_error() || error.is_io_error() && !error.is_timeout() {
                    self.lose();
                }
                Away::Broken(error.to_string())
            }
            Err(_) => {
                if self.late.fetch_add(1, Ordering::Relaxed).saturating_add(1) >= LATE_IN_A_ROW {
                    self.lose();
                }
                Away::Late
            }
        };
        self.errors.fetch_add(1, Ordering::Relaxed);
        Err(answer)
    }

    /// A key of this shop.
    pub(crate) fn key(&self, name: &str) -> String {
        format!("{}:{name}", self.prefix)
    }

    /// Whether there is a connection.
    #[must_use]
    pub fn is_up(&self) -> bool {
        self.connection.read().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// How it is.
    #[must_use]
    pub fn pulse(&self) -> Pulse {
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Pulse { up: self.is_up(), errors: count(&self.errors), published: count(&self.published), heard: count(&self.heard) }
    }
}
