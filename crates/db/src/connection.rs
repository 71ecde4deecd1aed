//! The connection, and the one way to write: a transaction that is tried again when another was in its way.

use std::{sync::Arc, time::Duration};

use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, RuntimeErr, SqliteTransactionMode, TransactionOptions,
    sqlx::{self, Connection as _, PgConnection},
};
use tokio::{sync::Notify, time::timeout};

use crate::{
    Error,
    held::SIGN_OF_LIFE,
    lane::{ASKED_AFTER, Lane},
    lanes::Lanes,
    statements,
    transaction::DatabaseTransaction,
};

/// How often a transaction is tried when others are in its way.
const ATTEMPTS: u32 = 8;

/// Connections of a lane at least: one thread works on many requests at once, and some of them hold theirs for a whole transaction.
const IN_A_LANE: u32 = 4;

/// Readers of a SQLite file: one for each thread, and one while another waits for the disk. More would not read faster, and each keeps the memory of its
/// largest search: 13 to 23 MB were seen, in a shop of 100,000 products. Eight, from seven threads on, took 164 MiB in all.
const READERS: std::ops::RangeInclusive<u32> = 3..=8;

/// Pages of SQLite that the writer keeps, and each of the readers, as `pragma cache_size` takes it (KiB, negative). Together 40 MB at
/// most: what is not in them is mostly in the system's own cache.
const WRITER_CACHE: &str = "-8000";
const READER_CACHE: &str = "-4000";

/// How to connect.
#[derive(Debug, Clone)]
pub struct Options {
    /// `sqlite://path?mode=rwc` or `postgres://…`.
    pub url: String,
    /// Connections for PostgreSQL, or readers for SQLite.
    pub connections: u32,
    /// Threads that answer requests. Where PostgreSQL has connections enough, each has some of its own.
    pub threads: u32,
    /// How long to wait for a free connection.
    pub acquire_timeout: Duration,
    /// SQLite only: the file must be there, and while it is open nobody else gets in.
    pub alone: bool,
}

impl Options {
    /// Sensible sizes for one process.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), connections: 16, threads: 1, acquire_timeout: Duration::from_secs(5), alone: false }
    }
}

/// How busy a pool of connections is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pool {
    /// Connections that are open.
    pub open: u32,
    /// Those of them that nobody uses at the moment.
    pub idle: u32,
    /// How many there can be.
    pub limit: u32,
}

impl Pool {
    fn of(lanes: &Lanes) -> Self {
        lanes.all().map(Self::of_one).fold(Self { open: 0, idle: 0, limit: 0 }, |sum, pool| Self {
            open: sum.open.saturating_add(pool.open),
            idle: sum.idle.saturating_add(pool.idle),
            limit: sum.limit.saturating_add(pool.limit),
        })
    }

    fn of_one(lane: &Lane) -> Self {
        let pool = lane.pool();
        let pool = match pool.get_database_backend() {
            DbBackend::Postgres => Self::read(pool.get_postgres_connection_pool()),
            _ => Self::read(pool.get_sqlite_connection_pool()),
        };
        Self { idle: pool.idle.saturating_add(u32::try_from(lane.kept()).unwrap_or(u32::MAX)), ..pool }
    }

    fn read<D: sea_orm::sqlx::Database>(pool: &sea_orm::sqlx::Pool<D>) -> Self {
        Self { open: pool.size(), idle: u32::try_from(pool.num_idle()).unwrap_or(u32::MAX), limit: pool.options().get_max_connections() }
    }
}

/// The shop's database.
///
/// SQLite has one writer: transactions go through a pool of one connection, where they queue up fairly,
/// while readers see the last committed state (WAL). On PostgreSQL both are the same pools.
#[derive(Debug, Clone)]
pub struct Database {
    readers: Lanes,
    writers: Lanes,
    committed: Arc<Notify>,
}

impl Database {
    /// Connects; a SQLite file that is not there is made.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where nothing answers; [`Error::Busy`] where others use a file that is wanted alone.
    pub async fn connect(options: &Options) -> Result<Self, Error> {
        if options.alone {
            let only = sea_orm::Database::connect(sqlite_options(options, 1, WRITER_CACHE, options.acquire_timeout)).await?;
            let only = Lanes::one(Lane::new(only, 1));
            return Ok(Self { readers: only.clone(), writers: only, committed: Arc::default() });
        }
        if options.url.starts_with("sqlite:") {
            let mut writer = open_file(sqlite_options(options, 1, WRITER_CACHE, Duration::from_secs(30))).await?;
            let most = options.threads.saturating_add(1).clamp(*READERS.start(), *READERS.end());
            let readers = sqlite_options(options, options.connections.clamp(1, most), READER_CACHE, options.acquire_timeout);
            let mut reader = open_file(readers).await?;
            statements::watch(&mut reader);
            statements::watch(&mut writer);
            let (reader, writer) = (Lane::new(reader, options.connections), Lane::new(writer, 1));
            return Ok(Self { readers: Lanes::one(reader), writers: Lanes::one(writer), committed: Arc::default() });
        }
        let lanes = lanes(options);
        let mut connect = ConnectOptions::new(&options.url);
        connect
            .max_connections(options.connections / lanes)
            .acquire_timeout(options.acquire_timeout)
            .connect_timeout(options.acquire_timeout)
            .test_before_acquire(false)
            .map_sqlx_postgres_before_acquire(|connection, pooled| {
                Box::pin(async move { Ok(pooled.idle_for < ASKED_AFTER || matches!(timeout(SIGN_OF_LIFE, connection.ping()).await, Ok(Ok(())))) })
            })
            .map_sqlx_postgres_pool_opts(|pool| pool.after_connect(|connection, _| Box::pin(ends_with_us(connection))))
            .sqlx_logging(false);
        let pool = async |connect: &ConnectOptions| {
            let mut pool = sea_orm::Database::connect(connect.clone()).await.map_err(|error| without_address(error, &options.url))?;
            statements::watch(&mut pool);
            Ok::<_, Error>(Lane::new(pool, options.connections / lanes))
        };
        let first = pool(&connect).await?;
        // That one tells whether anybody answers; the others connect from the threads that use them.
        connect.connect_lazy(true);
        let mut others = Vec::new();
        for _ in 1..lanes {
            others.push(pool(&connect).await?);
        }
        let pools = Lanes::several(first, others);
        Ok(Self { readers: pools.clone(), writers: pools, committed: Arc::default() })
    }

    /// The connection for reads that need no transaction.
    #[must_use]
    pub fn reader(&self) -> &Lane {
        self.readers.mine()
    }

    /// The connection for single statements that write.
    #[must_use]
    pub fn writer(&self) -> &Lane {
        self.writers.mine()
    }

    /// Which database it is.
    #[must_use]
    pub fn backend(&self) -> DbBackend {
        self.reader().get_database_backend()
    }

    /// The pools by name: readers and the writer on SQLite, one for both on PostgreSQL.
    #[must_use]
    pub fn pools(&self) -> Vec<(&'static str, Pool)> {
        match self.backend() {
            DbBackend::Postgres => vec![("all", Pool::of(&self.readers))],
            _ => vec![("readers", Pool::of(&self.readers)), ("writer", Pool::of(&self.writers))],
        }
    }

    /// Runs `work` in one transaction: committed where it gives `Ok`, rolled back where it gives an error.
    ///
    /// `work` runs again, in a new transaction, when another one was in its way; so it must do nothing but read and write the database.
    /// On SQLite it begins `IMMEDIATE`: a transaction that will write takes its place in the queue at once instead of failing half-way.
    ///
    /// # Errors
    /// What `work` gives, or what the database does.
    pub async fn write<T, E: From<Error> + AsBusy>(&self, work: impl AsyncFn(&DatabaseTransaction) -> Result<T, E>) -> Result<T, E> {
        retried(async || self.attempt(&work).await).await
    }

    /// Begins a transaction of sea-orm's own that writes, without a limit for its statements.
    pub(crate) async fn begin_writing(&self) -> Result<sea_orm::DatabaseTransaction, Error> {
        self.writers.mine().begin_without_limit(immediate()).await.map_err(Error::from)
    }

    async fn attempt<T, E: From<Error>>(&self, work: impl AsyncFn(&DatabaseTransaction) -> Result<T, E>) -> Result<T, E> {
        let transaction = self.writers.mine().begin("begin", immediate()).await.map_err(Error::from)?;
        // Boxed: what a use case keeps over its statements would else lie in every future around it.
        let value = Box::pin(work(&transaction)).await?;
        transaction.commit().await.map_err(Error::from)?;
        self.committed.notify_one();
        Ok(value)
    }

    /// Waits until this process has committed a transaction since the last time somebody waited. For one waiter.
    pub async fn committed(&self) {
        self.committed.notified().await;
    }

    /// Runs reads that all see the same state, that of their beginning, however long they take. Nobody waits for them.
    ///
    /// # Errors
    /// What `work` gives, or what the database does.
    pub async fn snapshot<T, E: From<Error>>(&self, work: impl AsyncFn(&DatabaseTransaction) -> Result<T, E>) -> Result<T, E> {
        // On SQLite every transaction sees one state, from its first read on.
        let on_postgres = "begin isolation level repeatable read, read only";
        let transaction = self.readers.mine().begin(on_postgres, TransactionOptions::default()).await.map_err(Error::from)?;
        let value = work(&transaction).await?;
        transaction.rollback().await.map_err(Error::from)?;
        Ok(value)
    }

    /// Answers whether the database can be reached.
    ///
    /// # Errors
    /// [`Error::Unavailable`] or what else it says.
    pub async fn ping(&self) -> Result<(), Error> {
        self.readers.mine().ping().await.map_err(Error::from)
    }

    /// Closes the connections.
    ///
    /// # Errors
    /// What the database says.
    pub async fn close(self) -> Result<(), Error> {
        self.readers.close().await?;
        self.writers.close().await?;
        Ok(())
    }
}

/// On SQLite: other writers are kept out from the beginning.
fn immediate() -> TransactionOptions {
    TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..TransactionOptions::default() }
}

/// Does something again while other transactions are in its way.
pub(crate) async fn retried<T, E: AsBusy>(attempt: impl AsyncFn() -> Result<T, E>) -> Result<T, E> {
    let mut tried = 1;
    loop {
        match attempt().await {
            Err(error) if error.is_busy() && tried < ATTEMPTS => {
                // No jitter source down here: the attempts of two rivals drift apart by what they wait for.
                tokio::time::sleep(Duration::from_millis(5 * u64::from(tried * tried))).await;
                tried += 1;
            }
            outcome => return outcome,
        }
    }
}

/// How many lanes there are room for: one for each thread and one for what is done besides, of [`IN_A_LANE`] connections at least.
fn lanes(options: &Options) -> u32 {
    if options.threads < 2 {
        return 1;
    }
    (options.connections / IN_A_LANE).clamp(1, options.threads.saturating_add(1))
}

/// Has PostgreSQL (14 and newer) look every two seconds whether somebody still waits for a statement. Without it one that was given up goes on to
/// its end, and with it its locks, on a connection beyond those of the pool.
async fn ends_with_us(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    let sql = "select set_config('client_connection_check_interval', '2s', false) where current_setting('server_version_num')::int >= 140000";
    match sqlx::raw_sql(sql).execute(connection).await {
        // Some systems cannot tell that a connection was closed, and refuse the setting.
        Ok(_) | Err(sqlx::Error::Database(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

/// An address that sea-orm cannot read is repeated whole in its words, password included: these say what is wrong and nothing of it.
fn without_address(error: DbErr, url: &str) -> DbErr {
    if error.to_string().contains(url) {
        let words = "the address cannot be read; `@ : / ? # [ ] %` in its name or password must be percent-encoded, and a port is up to 65535";
        return DbErr::Conn(RuntimeErr::Internal(words.into()));
    }
    error
}

/// Tells whether trying again may help.
pub trait AsBusy {
    /// Whether another transaction was in the way.
    fn is_busy(&self) -> bool;
}

impl AsBusy for Error {
    fn is_busy(&self) -> bool {
        matches!(self, Self::Busy(_))
    }
}

impl From<Error> for DbErr {
    fn from(error: Error) -> Self {
        match error {
            Error::Busy(inner) | Error::LockTimeout(inner) | Error::Unavailable(inner) | Error::Other(inner) => inner,
            Error::Unique(message) | Error::ForeignKey(message) => Self::Custom(message),
        }
    }
}

/// Several processes may open a file that is not there yet. One of them gives it its log (WAL), and meanwhile SQLite turns the others away at once,
/// whatever `busy_timeout` says.
async fn open_file(connect: ConnectOptions) -> Result<DatabaseConnection, Error> {
    let mut attempt = 1;
    loop {
        match sea_orm::Database::connect(connect.clone()).await.map_err(Error::from) {
            Err(Error::Busy(_)) if attempt < ATTEMPTS => {
                tokio::time::sleep(Duration::from_millis(50 * u64::from(attempt))).await;
                attempt += 1;
            }
            outcome => return outcome,
        }
    }
}

fn sqlite_options(options: &Options, connections: u32, cache: &'static str, acquire_timeout: Duration) -> ConnectOptions {
    let mut connect = ConnectOptions::new(&options.url);
    let alone = options.alone;
    connect.max_connections(connections).min_connections(1).acquire_timeout(acquire_timeout).sqlx_logging(false).map_sqlx_sqlite_opts(
        move |sqlite| {
            use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteLockingMode, SqliteSynchronous};
            sqlite
                .create_if_missing(!alone)
                .locking_mode(if alone { SqliteLockingMode::Exclusive } else { SqliteLockingMode::Normal })
                .journal_mode(SqliteJournalMode::Wal)
                // FULL: an acknowledged order is on the disk, also when the power goes.
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(if alone { 1 } else { 10 }))
                .pragma("cache_size", cache)
                .pragma("temp_store", "memory")
        },
    );
    connect
}
