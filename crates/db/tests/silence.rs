//! A PostgreSQL that says nothing any more: no refusal, no end of the connection, no answer.

#![expect(clippy::expect_used, reason = "helpers of tests are tests")]

use std::{
    collections::BTreeSet,
    future::Future,
    time::{Duration, Instant},
};

use futures_util::future::join_all;
use novashop_db::{Database, Error, Options, patiently, sql::Sql};
use novashop_testing::TestDatabase;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// Connections of each database here.
const CONNECTIONS: u32 = 4;
/// Nobody waits longer for a statement or for a connection, the machine's own slowness included.
const SOON: Duration = Duration::from_secs(12);

/// The way to a server, on which all that stood is forgotten at some moment, as a firewall does or a host that is exchanged for another: nothing of it
/// arrives any more, and nobody hears of that. Who comes later gets through.
struct Way {
    port: u16,
    forgotten: watch::Sender<u32>,
}

impl Way {
    async fn to(server: String) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("some port is free");
        let port = listener.local_addr().expect("it has an address").port();
        let forgotten = watch::Sender::new(0);
        let news = forgotten.clone();
        tokio::spawn(async move {
            while let Ok((mut client, _)) = listener.accept().await {
                let mut server = TcpStream::connect(&server).await.expect("PostgreSQL answers");
                let mut forgotten = news.subscribe();
                tokio::spawn(async move {
                    tokio::select! {
                        _ended = tokio::io::copy_bidirectional(&mut client, &mut server) => {}
                        _news = forgotten.changed() => std::future::pending().await,
                    }
                });
            }
        });
        Self { port, forgotten }
    }

    fn forget(&self) {
        self.forgotten.send_modify(|times| *times += 1);
    }
}

/// A database by such a way; nothing on SQLite, to which there is none.
async fn by_a_way() -> Option<(TestDatabase, Way, Database)> {
    let database = TestDatabase::new().await;
    let (account, place) = database.options.url.strip_prefix("postgres").and_then(|url| url.rsplit_once('@'))?;
    let (server, name) = place.split_once('/').expect("a server and a database");
    let way = Way::to(server.to_owned()).await;
    let url = format!("postgres{account}@127.0.0.1:{}/{name}", way.port);
    let options = Options { url, connections: CONNECTIONS, acquire_timeout: Duration::from_secs(5), ..database.options.clone() };
    let db = Database::connect(&options).await.expect("it can be reached");
    Some((database, way, db))
}

async fn read(db: &Database) -> Result<i64, Error> {
    Ok(Sql::new("select 1::bigint as value", []).number(db.reader()).await?.expect("a row"))
}

async fn write(db: &Database) -> Result<i64, Error> {
    db.write(async |tx| Ok(Sql::new("select 1::bigint as value", []).number(tx).await?.expect("a row"))).await
}

/// Uses every connection at once, so that all are open and laid aside; how many there were.
async fn warm(db: &Database) -> u32 {
    let slow = "select pg_backend_pid()::bigint as value from pg_sleep(0.1)";
    let all = join_all((0..CONNECTIONS).map(async |_| Sql::new(slow, []).number(db.reader()).await)).await;
    let different: BTreeSet<_> = all.into_iter().map(|done| done.expect("it runs")).collect();
    u32::try_from(different.len()).expect("a few")
}

/// It must say in time that the database is not there.
async fn unavailable<T: std::fmt::Debug>(what: &str, asked: impl Future<Output = Result<T, Error>>) {
    let from = Instant::now();
    let told = tokio::time::timeout(2 * SOON, asked).await;
    assert!(matches!(told, Ok(Err(Error::Unavailable(_)))), "{what}: {told:?} after {:?}", from.elapsed());
    assert!(from.elapsed() < SOON, "{what} took {:?}", from.elapsed());
}

/// All places of the pool must be free again, without a word from those who went silent.
async fn comes_back(db: &Database) {
    let from = Instant::now();
    while read(db).await.is_err() {
        assert!(from.elapsed() < SOON, "nothing is answered after {:?}", from.elapsed());
    }
    // One that went silent keeps its place until it has given no sign of life.
    while warm(db).await < CONNECTIONS {
        assert!(from.elapsed() < SOON, "not all places are free after {:?}", from.elapsed());
    }
    write(db).await.expect("a transaction is committed");
    assert!(from.elapsed() < SOON, "it took {:?}", from.elapsed());
    assert_eq!(db.pools().first().expect("there is one").1.open, CONNECTIONS, "none is kept that is silent");
}

#[tokio::test]
async fn a_statement_that_is_not_answered_is_given_up_and_its_connection_is_thrown_away() {
    let Some((_database, way, db)) = by_a_way().await else { return };
    warm(&db).await;
    way.forget();
    let reads = join_all((0..CONNECTIONS).map(|_| unavailable("a read", read(&db))));
    reads.await;
    comes_back(&db).await;
}

#[tokio::test]
async fn a_transaction_is_given_up_at_its_beginning_in_its_middle_and_at_its_end() {
    let Some((_database, way, db)) = by_a_way().await else { return };
    warm(&db).await;
    let forgets = async |in_it: bool| {
        let done: Result<(), Error> = db
            .write(async |tx| {
                way.forget();
                if in_it { Sql::new("select 1 as value", []).number(tx).await.map(drop) } else { Ok(()) }
            })
            .await;
        done
    };
    unavailable("a statement in it", forgets(true)).await;
    comes_back(&db).await;
    unavailable("its end", forgets(false)).await;
    comes_back(&db).await;
    way.forget();
    unavailable("its beginning", write(&db)).await;
    comes_back(&db).await;
}

#[tokio::test]
async fn a_connection_that_nobody_waits_for_keeps_no_place_when_it_goes_silent() {
    let Some((_database, way, db)) = by_a_way().await else { return };
    warm(&db).await;
    // Given up in the middle, as by a client that hangs up: a statement, and a transaction with one.
    let slow = "select 1::bigint as value from pg_sleep(5)";
    let reading = async { Sql::new(slow, []).number(db.reader()).await.map(drop) };
    let writing = async { db.write(async |tx| Sql::new(slow, []).number(tx).await.map(drop)).await };
    let both = async { tokio::join!(reading, writing) };
    tokio::time::timeout(Duration::from_millis(200), both).await.expect_err("they take longer");
    way.forget();
    // And those that lie there for so long that they are asked first.
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    comes_back(&db).await;
}

#[tokio::test]
async fn who_is_patient_waits_longer() {
    let Some((_database, _way, db)) = by_a_way().await else { return };
    let slow = async || Sql::new("select 1::bigint as value from pg_sleep(10)", []).number(db.reader()).await;
    let (usual, patient) = tokio::join!(slow(), patiently(Duration::from_secs(20), slow()));
    assert!(matches!(usual, Err(Error::Unavailable(_))), "{usual:?}");
    assert_eq!(patient.expect("it is waited for"), Some(1));
}
