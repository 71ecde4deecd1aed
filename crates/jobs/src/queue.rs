//! The queue: how a ticket comes to a worker. In this process by SQLite in memory, or to whichever worker has room by Redis; both are apalis.
//!
//! It carries and nothing more: the job stands in the shop's database. A ticket that is lost is written anew after a while, one that is
//! carried twice is void the second time.

use std::time::Duration;

use apalis::prelude::{BackendExt, BoxDynError, Data, TaskSink, WorkerBuilder, WorkerBuilderExt};
use apalis_core::backend::Vacuum;
use apalis_redis::RedisStorage;
use apalis_sqlite::{SqliteConnectOptions, SqlitePoolOptions, SqliteStorage};
use novashop_db::jobs::Ticket;
use novashop_services::Stopping;
use redis::aio::ConnectionManagerConfig;

use crate::hands::{AT_ONCE, Hands};

/// How often a worker asks the queue. What it hands out itself it finds in this time too.
const ASK: Duration = Duration::from_millis(200);
/// How often a worker tells the queue that it lives.
const SIGN: Duration = Duration::from_secs(5);
/// A worker that missed so many signs is dead: its tickets go to others.
const MISSED: usize = 4;
/// What Redis does not answer in this time counts as away.
const PATIENCE: Duration = Duration::from_secs(2);

/// What went wrong with the queue; in one word for the log, since each storage has words of its own.
pub type Error = BoxDynError;

/// Where tickets are carried.
#[derive(Debug, Clone, Default)]
pub enum Place {
    /// Within this process.
    #[default]
    Here,
    /// By Redis, between all processes.
    Redis {
        /// `redis://…` or `rediss://…`.
        url: String,
        /// The beginning of all its keys: several shops may share a Redis.
        prefix: String,
    },
}

/// The queue; clones are the same one.
#[derive(Debug, Clone)]
pub enum Queue {
    /// Within this process.
    Here(SqliteStorage<Ticket>),
    /// By Redis.
    Redis(RedisStorage<Ticket>),
}

impl Queue {
    /// Opens it. Redis is not asked yet: it may come later.
    ///
    /// # Errors
    /// Where the address cannot be read, or there is no memory.
    pub async fn open(place: &Place) -> Result<Self, Error> {
        match place {
            Place::Here => {
                // One connection, for ever: with it the tables would go. It is not tested before it is used: a test that nobody waits for any
                // more, as when a worker ends, takes the connection along.
                let pool = SqlitePoolOptions::new().max_connections(1).min_connections(1).idle_timeout(None).max_lifetime(None);
                let pool = pool.test_before_acquire(false);
                let pool = pool.connect_with(SqliteConnectOptions::new().in_memory(true)).await?;
                SqliteStorage::migrations().run(&pool).await?;
                let config = apalis_sqlite::Config::default().queue("jobs").batch_size(1).lock_tasks(false);
                let config = config.heartbeat_interval(SIGN).missed_heartbeats(MISSED);
                Ok(Self::Here(SqliteStorage::new(&pool).with_config(config)))
            }
            Place::Redis { url, prefix } => {
                let settings = ConnectionManagerConfig::new().set_number_of_retries(1);
                let settings = settings.set_connection_timeout(Some(PATIENCE)).set_response_timeout(Some(PATIENCE));
                let connection = redis::Client::open(url.as_str())?.get_connection_manager_lazy(settings)?;
                let config = apalis_redis::Config::default().queue(format!("{prefix}:jobs")).batch_size(1).lock_tasks(false).emit_events(false);
                let config = config.heartbeat_interval(SIGN).missed_heartbeats(MISSED);
                Ok(Self::Redis(RedisStorage::new(connection).with_config(config)))
            }
        }
    }

    /// Sends a ticket on its way.
    ///
    /// # Errors
    /// Where Redis is away.
    pub async fn push(&self, ticket: Ticket) -> Result<(), Error> {
        match self {
            Self::Here(storage) => storage.clone().push(ticket).await?,
            Self::Redis(storage) => storage.clone().push(ticket).await?,
        }
        Ok(())
    }

    /// Gives tickets into hands until the process is asked to end. `name` is the worker's; no two may share one.
    ///
    /// # Errors
    /// Where Redis is away.
    pub async fn carry(&self, name: &str, hands: Hands, stopping: Stopping) -> Result<(), Error> {
        let asked = async move {
            stopping.wait().await;
            Ok::<_, std::io::Error>(())
        };
        // The two differ in their types alone.
        match self {
            Self::Here(storage) => {
                let worker = WorkerBuilder::new(name).backend(storage.clone().poll_with_interval(ASK)).concurrency(AT_ONCE).data(hands);
                worker.build(give).run_until(asked).await?;
            }
            Self::Redis(storage) => {
                let worker = WorkerBuilder::new(name).backend(storage.clone().poll_with_interval(ASK)).concurrency(AT_ONCE).data(hands);
                worker.build(give).run_until(asked).await?;
            }
        }
        Ok(())
    }

    /// Throws away what the queue keeps of tickets that arrived.
    ///
    /// # Errors
    /// Where Redis is away.
    pub async fn tidy(&self) -> Result<(), Error> {
        match self {
            Self::Here(storage) => drop(storage.clone().vacuum().await?),
            Self::Redis(storage) => {
                let mut storage = storage.clone();
                storage.vacuum().await?;
                // The names of finished tickets, which apalis keeps for its own board.
                let sets = [storage.get_config().done_jobs_set(), storage.get_config().dead_jobs_set()];
                redis::cmd("DEL").arg(&sets).query_async::<()>(storage.get_connection()).await?;
            }
        }
        Ok(())
    }
}

async fn give(ticket: Ticket, hands: Data<Hands>) -> Result<(), Error> {
    hands.give(ticket).await;
    Ok(())
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn whoever_stops_waiting_for_the_queue_takes_nothing_of_it_along() {
        let queue = Queue::open(&Place::Here).await.unwrap();
        let Queue::Here(storage) = &queue else { panic!("it is in this process") };
        for _ in 0..20 {
            drop(storage.pool().acquire().now_or_never());
            // For it to be given back.
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        queue.push(serde_json::from_str(r#"{"id": "0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5", "attempts": 0}"#).unwrap()).await.unwrap();
    }
}
