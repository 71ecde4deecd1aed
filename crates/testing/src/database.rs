//! A database for one test: copied from a migrated template, gone when the test ends.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use novashop_db::{Database, Options, databases};
use tokio::sync::OnceCell;

/// The maintenance database of a PostgreSQL server that tests may fill: `postgres://user@host:port/postgres`.
pub const POSTGRES: &str = "NOVASHOP_TEST_POSTGRES";

/// Tests hold more connections than there are, on machines that are busy with other tests: nobody is turned away for that.
const PATIENCE: Duration = Duration::from_secs(30);

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
    databases::beside(server, name).expect("NOVASHOP_TEST_POSTGRES ends in a database: postgres://user@host:port/postgres")
}

/// Makes a database on the server.
async fn create(server: &str, name: &str, template: Option<&str>) {
    databases::create(server, name, template).await.unwrap_or_else(|error| panic!("{name} cannot be made on the server of {POSTGRES}: {error}"));
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
            databases::remove(server, &name).await.expect("what an earlier process left can be dropped");
            create(server, &name, None).await;
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
                create(&server, &name, Some(template)).await;
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
                create(&server, &name, None).await;
                Self::in_postgres(server, name)
            }
            None => Self::in_folder(),
        }
    }

    fn in_postgres(server: String, name: String) -> Self {
        // Few connections: every test that runs at the same moment has a pool of its own.
        let options = Options { connections: 8, acquire_timeout: PATIENCE, ..Options::new(beside(&server, &name)) };
        Self { options, place: Place::Postgres { server, name } }
    }

    fn in_folder() -> Self {
        let folder = std::env::temp_dir().join(unique_name());
        std::fs::create_dir_all(&folder).expect("the folder for temporary files can be written");
        Self { options: Options { connections: 4, acquire_timeout: PATIENCE, ..Options::new(sqlite_url(&folder)) }, place: Place::Folder(folder) }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        match &self.place {
            // Files that are still open go when they are closed.
            Place::Folder(folder) => drop(std::fs::remove_dir_all(folder)),
            Place::Postgres { server, name } => {
                let (server, name) = (server.clone(), name.clone());
                // A runtime and a thread of its own: the test's runtime is busy dropping us.
                let dropping = std::thread::spawn(move || {
                    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
                    runtime.block_on(databases::remove(&server, &name)).expect("a test's database can be dropped");
                });
                // A database that could not be dropped must not hide why the test failed.
                drop(dropping.join());
            }
        }
    }
}
