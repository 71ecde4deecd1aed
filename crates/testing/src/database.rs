//! A database for one test: copied from a migrated template, gone when the test ends.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use novashop_db::{Database, Options, sql::Sql};
use tokio::sync::OnceCell;

/// The maintenance database of a PostgreSQL server that tests may fill: `postgres://user@host:port/postgres`.
pub const POSTGRES: &str = "NOVASHOP_TEST_POSTGRES";

/// A migrated database of one's own.
#[derive(Debug)]
pub struct TestDatabase {
    /// How to connect to it.
    pub options: Options,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Folder(PathBuf),
    Postgres { server: String, name: String },
}

/// The server of the PostgreSQL run, where this is one.
#[must_use]
pub fn postgres() -> Option<String> {
    std::env::var(POSTGRES).ok().filter(|url| !url.is_empty())
}

/// A name that no other test of this or another process has.
fn unique_name() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    format!("novashop_test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

fn sqlite_url(folder: &Path) -> String {
    format!("sqlite://{}?mode=rwc", folder.join("shop.sqlite").display())
}

/// The address of another database of the same server.
fn beside(server: &str, name: &str) -> String {
    let (address, query) = server.split_once('?').map_or((server, String::new()), |(address, query)| (address, format!("?{query}")));
    let (host, _) = address.rsplit_once('/').expect("NOVASHOP_TEST_POSTGRES ends in a database: postgres://user@host:port/postgres");
    format!("{host}/{name}{query}")
}

/// Runs a statement in the maintenance database. The names in it are ours.
async fn maintain(server: &str, sql: String) {
    let db = Database::connect(&Options { connections: 1, ..Options::new(server) }).await.expect("the server of NOVASHOP_TEST_POSTGRES answers");
    Sql::new(&sql, []).execute(db.writer()).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    db.close().await.expect("the connection closes");
}

async fn migrate(options: &Options) {
    let db = Database::connect(options).await.expect("a new database can be reached");
    db.migrate_up().await.expect("the migrations run");
    db.close().await.expect("the connections close");
}

/// The bytes of a migrated SQLite file, made once a process.
async fn sqlite_template() -> &'static [u8] {
    static TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();
    TEMPLATE
        .get_or_init(|| async {
            let empty = TestDatabase::empty().await;
            migrate(&empty.options).await;
            let Place::Folder(folder) = &empty.place else { panic!("SQLite lives in a folder") };
            std::fs::read(folder.join("shop.sqlite")).expect("closing the last connection left everything in the one file")
        })
        .await
}

/// The name of a migrated PostgreSQL database, made once a process. It stays: the server is a throw-away one.
async fn postgres_template(server: &str) -> &'static str {
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    TEMPLATE
        .get_or_init(|| async {
            let name = format!("novashop_template_{}", std::process::id());
            maintain(server, format!("drop database if exists {name}")).await;
            maintain(server, format!("create database {name}")).await;
            migrate(&Options::new(beside(server, &name))).await;
            name
        })
        .await
}

impl TestDatabase {
    /// A database with the schema and nothing in it.
    pub async fn new() -> Self {
        match postgres() {
            Some(server) => {
                let template = postgres_template(&server).await;
                let name = unique_name();
                maintain(&server, format!("create database {name} template {template}")).await;
                Self::in_postgres(server, name)
            }
            None => {
                let template = sqlite_template().await;
                let database = Self::in_folder();
                let Place::Folder(folder) = &database.place else { panic!("SQLite lives in a folder") };
                std::fs::write(folder.join("shop.sqlite"), template).expect("the folder for temporary files can be written");
                database
            }
        }
    }

    /// A database without even the schema: for the tests of the schema.
    pub async fn empty() -> Self {
        match postgres() {
            Some(server) => {
                let name = unique_name();
                maintain(&server, format!("create database {name}")).await;
                Self::in_postgres(server, name)
            }
            None => Self::in_folder(),
        }
    }

    fn in_postgres(server: String, name: String) -> Self {
        // Few connections: every test that runs at the same moment has a pool of its own.
        let options = Options { connections: 8, ..Options::new(beside(&server, &name)) };
        Self { options, place: Place::Postgres { server, name } }
    }

    fn in_folder() -> Self {
        let folder = std::env::temp_dir().join(unique_name());
        std::fs::create_dir_all(&folder).expect("the folder for temporary files can be written");
        Self { options: Options { connections: 4, ..Options::new(sqlite_url(&folder)) }, place: Place::Folder(folder) }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        match &self.place {
            // Files that are still open go when they are closed.
            Place::Folder(folder) => drop(std::fs::remove_dir_all(folder)),
            Place::Postgres { server, name } => {
                let (server, sql) = (server.clone(), format!("drop database if exists {name} with (force)"));
                // A runtime and a thread of its own: the test's runtime is busy dropping us.
                let dropping = std::thread::spawn(move || {
                    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
                    runtime.block_on(maintain(&server, sql));
                });
                // A database that could not be dropped must not hide why the test failed.
                drop(dropping.join());
            }
        }
    }
}
