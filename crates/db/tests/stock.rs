//! Stock under rivals, below the services: what is taken in one statement is taken as it is at that moment, and nobody waits for nobody.

#![expect(clippy::expect_used, reason = "helpers of tests are tests")]

use std::{collections::BTreeMap, time::Duration};

use novashop_db::{Database, DbBackend, Error, sql::Sql, stock};
use novashop_testing::TestDatabase;
use sea_orm::{ConnectionTrait, prelude::Uuid};

const fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

/// One product whose variants, numbered from 0, have so many in stock.
async fn shop(stocks: &[i64]) -> (TestDatabase, Database) {
    let database = TestDatabase::new().await;
    let db = Database::connect(&database.options).await.expect("the test's database can be reached");
    let product = "insert into products (id, slug, name, name_key, status, attributes, created_at, updated_at) values ($1, 'mug', '', '', 'published', '{}', 0, 0)";
    Sql::new(product, [id(1).into()]).execute(db.writer()).await.expect("a product");
    for (n, stock) in (0..).zip(stocks) {
        let variant = "insert into variants (id, product_id, sku, options, options_key, price_amount, stock, created_at, updated_at) \
             values ($1, $2, $3, '{}', $3, 1, $4, 0, 0)";
        let values = [id(n).into(), id(1).into(), n.to_string().into(), (*stock).into()];
        Sql::new(variant, values).execute(db.writer()).await.expect("a variant");
    }
    (database, db)
}

fn of(wanted: &[(u128, i64)]) -> BTreeMap<Uuid, i64> {
    wanted.iter().map(|(n, quantity)| (id(*n), *quantity)).collect()
}

async fn number(db: &Database, sql: &str) -> i64 {
    Sql::new(sql, []).number(db.reader()).await.expect("the statement runs").expect("a row")
}

/// Until another transaction waits for a lock; on SQLite it waits for its turn.
async fn until_somebody_waits(db: &Database) {
    let waiting = "select count(*) as value from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    while db.backend() == DbBackend::Postgres && number(db, waiting).await == 0 {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

#[tokio::test]
async fn what_is_there_is_taken_and_what_is_short_stays() {
    let (_database, db) = shop(&[5, 1, 0, 2]).await;
    let taken = stock::take(db.writer(), &of(&[(0, 5), (1, 2), (2, 1), (3, 1), (9, 1)])).await.expect("it runs");
    assert_eq!(taken.iter().map(|level| (level.id.as_u128(), level.stock)).collect::<Vec<_>>(), [(0, 0), (3, 1)]);
    assert_eq!(number(&db, "select cast(sum(stock) as bigint) as value from variants").await, 2);
    let given = stock::give_back(db.writer(), &of(&[(0, 5), (1, 1)])).await.expect("it runs");
    assert_eq!(given.iter().map(|level| (level.id.as_u128(), level.stock)).collect::<Vec<_>>(), [(0, 5), (1, 2)]);
    assert!(stock::take(db.writer(), &BTreeMap::new()).await.expect("nothing to do").is_empty());
}

#[tokio::test]
async fn who_waited_for_a_rival_takes_from_what_the_rival_left() {
    // How many there are, by how much the rival changes it, how many are wanted, how many are left.
    for (stock, rival, wanted, left) in [(7_i64, -5_i64, 2, Some(0_i64)), (7, -5, 3, None), (0, 5, 2, Some(3))] {
        let (_database, db) = shop(&[stock]).await;
        let waiting = db
            .write(async |tx| {
                if rival < 0 {
                    stock::take(tx, &of(&[(0, -rival)])).await?;
                } else {
                    stock::give_back(tx, &of(&[(0, rival)])).await?;
                }
                let own = db.clone();
                let waiting = tokio::spawn(async move { stock::take(own.writer(), &of(&[(0, wanted)])).await });
                until_somebody_waits(&db).await;
                Ok::<_, Error>(waiting)
            })
            .await
            .expect("the rival is done");
        let taken = waiting.await.expect("no panic").expect("it runs");
        assert_eq!(taken.first().map(|level| level.stock), left, "{stock} in stock, changed by {rival}, {wanted} wanted");
    }
}

#[tokio::test]
async fn rivals_who_want_the_same_in_any_order_never_lock_each_other_out() {
    let (_database, db) = shop(&[100_000; 40]).await;
    if db.backend() == DbBackend::Postgres {
        db.writer().execute_unprepared("vacuum analyze variants").await.expect("it runs");
    }
    let rivals = (0..16_u128).map(|rival| {
        let db = db.clone();
        tokio::spawn(async move {
            for round in 0..40_u128 {
                // Each wants another dozen.
                let wanted: BTreeMap<Uuid, i64> = (0..12).map(|n| (id((n * (2 * rival + 3) + round * 7) % 40), 1)).collect();
                stock::take(db.writer(), &wanted).await.expect("nobody is in the way");
                stock::give_back(db.writer(), &wanted).await.expect("nobody is in the way");
            }
        })
    });
    for rival in rivals.collect::<Vec<_>>() {
        rival.await.expect("no panic");
    }
    assert_eq!(number(&db, "select cast(sum(stock) as bigint) as value from variants").await, 4_000_000);
    if db.backend() == DbBackend::Postgres {
        assert_eq!(number(&db, "select deadlocks as value from pg_stat_database where datname = current_database()").await, 0);
    }
}
