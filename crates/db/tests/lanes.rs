//! Connections to PostgreSQL that are kept between statements: they save a trip, and keep nobody from theirs.

#![expect(clippy::expect_used, reason = "helpers of tests are tests")]

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use novashop_db::{Database, Error, Options, sql::Sql};
use novashop_testing::TestDatabase;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// A database with so many connections; nothing on SQLite, which keeps none.
async fn postgres(connections: u32) -> Option<(TestDatabase, Database)> {
    let database = TestDatabase::new().await;
    let options = Options { connections, ..database.options.clone() };
    let db = options.url.starts_with("postgres").then_some(Database::connect(&options))?.await;
    Some((database, db.expect("the test's database can be reached")))
}

async fn number(db: &Database, sql: &str) -> Result<i64, Error> {
    Ok(Sql::new(sql, []).number(db.reader()).await?.expect("a row"))
}

async fn own_process(db: &Database) -> i64 {
    number(db, "select pg_backend_pid()::bigint as value").await.expect("the statement runs")
}

/// Hands on what is sent to a server, and counts how often something came for it.
async fn counting(server: String) -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("some port is free");
    let port = listener.local_addr().expect("it has an address").port();
    let sent = Arc::new(AtomicUsize::new(0));
    let counted = sent.clone();
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let server = TcpStream::connect(&server).await.expect("PostgreSQL answers");
            let ((mut from, mut back), (mut answers, mut to)) = (client.into_split(), server.into_split());
            tokio::spawn(async move { tokio::io::copy(&mut answers, &mut back).await });
            let counted = counted.clone();
            tokio::spawn(async move {
                let mut bytes = vec![0; 65536];
                while let Ok(length @ 1..) = from.read(&mut bytes).await {
                    counted.fetch_add(1, Ordering::SeqCst);
                    if to.write_all(bytes.get(..length).expect("it was read")).await.is_err() {
                        return;
                    }
                }
            });
        }
    });
    (port, sent)
}

#[tokio::test]
async fn a_statement_is_one_trip() {
    let Some((database, _)) = postgres(1).await else { return };
    let (account, place) = database.options.url.rsplit_once('@').expect("somebody at some place");
    let (server, name) = place.split_once('/').expect("a server and a database");
    let (port, sent) = counting(server.to_owned()).await;
    let options = Options { url: format!("{account}@127.0.0.1:{port}/{name}"), connections: 2, ..database.options.clone() };
    let db = Database::connect(&options).await.expect("it can be reached");
    number(&db, "select 1::bigint as value").await.expect("prepared once");
    tokio::time::sleep(Duration::from_millis(100)).await;
    let before = sent.load(Ordering::SeqCst);
    for _ in 0..20 {
        number(&db, "select 1::bigint as value").await.expect("it runs");
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(sent.load(Ordering::SeqCst) - before, 20, "nobody asks a connection that just answered whether it still stands");
}

#[tokio::test]
async fn a_transaction_gets_the_connection_that_a_statement_kept() {
    let Some((_database, db)) = postgres(1).await else { return };
    let started = Instant::now();
    for turn in 0..20_i64 {
        number(&db, "select 1::bigint as value").await.expect("it runs");
        let seen: Result<_, Error> = db.write(async |tx| Sql::new("select $1 as value", [turn.into()]).number(tx).await).await;
        assert_eq!(seen.expect("it gets the only connection"), Some(turn));
    }
    assert!(started.elapsed() < Duration::from_secs(4), "waited {:?}", started.elapsed());
}

#[tokio::test]
async fn many_readers_and_writers_share_few_connections() {
    let Some((_database, db)) = postgres(3).await else { return };
    let started = Instant::now();
    let people = (0..24_i64).map(async |person| {
        for turn in 0..10_i64 {
            if (person + turn) % 3 == 0 {
                let slow = "select 1::bigint as value from pg_sleep(0.002)";
                let done: Result<_, Error> = db.write(async |tx| Sql::new(slow, []).number(tx).await).await;
                done.expect("a writer gets its turn");
            } else {
                number(&db, "select 1::bigint as value").await.expect("a reader gets its turn");
            }
        }
    });
    futures_util::future::join_all(people).await;
    assert!(started.elapsed() < Duration::from_secs(4), "waited {:?}", started.elapsed());
    // Those that go back are asked first.
    tokio::time::sleep(Duration::from_millis(200)).await;
    let pools = db.pools();
    let (_, pool) = pools.first().expect("there is one");
    assert_eq!(pool.open, pool.idle, "none was lost: {pool:?}");
}

#[tokio::test]
async fn a_connection_that_fell_while_it_was_kept_is_not_used() {
    let Some((database, db)) = postgres(2).await else { return };
    let kept = own_process(&db).await;
    let other = Database::connect(&database.options).await.expect("it can be reached");
    let ended = Sql::new("select pg_terminate_backend($1::int)::int::bigint as value", [kept.into()]).number(other.reader()).await;
    assert_eq!(ended.expect("it runs"), Some(1));
    // Those that were used within the last second are not asked: a statement on one of them fails, as it does on any that falls meanwhile.
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    assert_ne!(own_process(&db).await, kept);
}

#[tokio::test]
async fn the_only_connection_is_found_again_after_a_pause() {
    let Some((_database, db)) = postgres(1).await else { return };
    number(&db, "select 1::bigint as value").await.expect("it runs");
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    let started = Instant::now();
    number(&db, "select 1::bigint as value").await.expect("it runs");
    assert!(started.elapsed() < Duration::from_secs(1), "waited {:?} for itself", started.elapsed());
}

#[tokio::test]
async fn what_was_given_up_is_not_answered_to_somebody_else() {
    let Some((_database, db)) = postgres(1).await else { return };
    let first = own_process(&db).await;
    let slow = number(&db, "select 7::bigint as value from pg_sleep(1)");
    tokio::time::timeout(Duration::from_millis(50), slow).await.expect_err("it takes longer");
    assert_eq!(number(&db, "select 8::bigint as value").await.expect("it runs"), 8);
    assert_eq!(own_process(&db).await, first, "the connection is as good as before");
}
