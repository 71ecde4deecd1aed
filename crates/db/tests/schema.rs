//! The schema: the entities know the tables as they are, and a migration can be taken back.

#![expect(clippy::expect_used, reason = "helpers of tests are tests")]

use std::collections::BTreeSet;

use novashop_db::{Database, DbBackend, entities, schema, sql::Sql};
use novashop_testing::TestDatabase;
use sea_orm::{EntityTrait, IdenStatic, Iterable};

/// A table and its columns, as an entity knows them.
fn known<E: EntityTrait>(entity: E) -> (String, Vec<String>) {
    let mut columns: Vec<String> = E::Column::iter().map(|column| column.as_str().to_owned()).collect();
    columns.sort_unstable();
    (entity.table_name().to_owned(), columns)
}

macro_rules! all {
    ($($file:ident: $($entity:ident),+;)+) => {
        vec![$($(known(entities::$file::$entity::Entity)),+),+]
    };
}

fn every_entity() -> Vec<(String, Vec<String>)> {
    all! {
        accounts: user, session, refresh_token, one_time_token;
        catalogue: category, product, product_option, variant, variant_option, image, stock_movement;
        carts: cart, cart_item, wishlist_item;
        old_slugs: product_slug, category_slug;
        orders: order, order_item, order_event, payment;
        reviews: review, review_vote;
        shop: idempotency_key, mail, outbox, audit, counter, setting, import, job, low_stock_notice;
    }
}

/// A table that only the search knows: it is written and read by hand, because the two databases search differently.
const FOR_SEARCH: &str = "product_search";

async fn connect(database: &TestDatabase) -> Database {
    Database::connect(&database.options).await.expect("the test's database can be reached")
}

/// Everything that stands in the schema beside the migrations' own table.
async fn leftovers(db: &Database) -> i64 {
    let sql = match db.backend() {
        DbBackend::Postgres => {
            "select (select count(*) from pg_class where relnamespace = current_schema()::regnamespace and relname not like 'seaql_migrations%') \
             + (select count(*) from pg_proc where pronamespace = current_schema()::regnamespace and not exists \
                (select 1 from pg_depend where objid = pg_proc.oid and deptype = 'e')) as value"
        }
        _ => "select count(*) as value from sqlite_master where name not like 'sqlite_%' and name not like 'seaql_migrations%'",
    };
    Sql::new(sql, []).number(db.reader()).await.expect("the catalogue can be read").expect("a count")
}

#[tokio::test]
async fn the_entities_know_every_table_and_column_as_they_are() {
    let database = TestDatabase::new().await;
    let db = connect(&database).await;
    let entities = every_entity();
    let tables: BTreeSet<String> = schema::tables(db.reader()).await.unwrap().into_iter().filter(|table| table != FOR_SEARCH).collect();
    let in_entities: BTreeSet<String> = entities.iter().map(|(table, _)| table.clone()).collect();
    assert_eq!(tables, in_entities, "tables of the database, and of the entities");
    for (table, columns) in entities {
        let mut real = schema::columns(db.reader(), &table).await.unwrap();
        real.sort_unstable();
        assert_eq!(real, columns, "columns of {table} in the database, and in the entity");
    }
}

#[tokio::test]
async fn migrations_go_up_and_down_and_up_again() {
    let database = TestDatabase::empty().await;
    let db = connect(&database).await;
    db.migrate_up().await.unwrap();
    let migrations = db.migrations().await.unwrap();
    assert!(!migrations.is_empty() && migrations.iter().all(|(_, applied)| *applied), "{migrations:?}");
    db.migrate_up().await.unwrap();
    let first = (schema::tables(db.reader()).await.unwrap(), leftovers(&db).await);

    db.migrate_down(u32::try_from(migrations.len()).unwrap()).await.unwrap();
    assert_eq!(leftovers(&db).await, 0, "what is left: {:?}", schema::tables(db.reader()).await.unwrap());
    assert!(db.migrations().await.unwrap().iter().all(|(_, applied)| !applied));

    db.migrate_up().await.unwrap();
    assert_eq!((schema::tables(db.reader()).await.unwrap(), leftovers(&db).await), first);
}

#[tokio::test]
async fn several_processes_may_open_a_shop_that_is_not_there_yet() {
    for _ in 0..20 {
        let database = TestDatabase::empty().await;
        // Each with connections of its own, and at the very same time.
        let opened = futures_util::future::join_all((0..4).map(|_| Database::connect(&database.options))).await;
        for db in opened {
            db.expect("it waits for the one that makes the file").ping().await.unwrap();
        }
    }
}

#[tokio::test]
async fn several_processes_may_migrate_at_once() {
    let database = TestDatabase::empty().await;
    let process = async || {
        let db = connect(&database).await;
        // As `serve` does it: look first, then migrate.
        db.migrations().await.expect("the versions can be read, also where there is no schema");
        db.migrate_up().await
    };
    let (first, second, third, fourth) = tokio::join!(process(), process(), process(), process());
    for outcome in [first, second, third, fourth] {
        outcome.unwrap();
    }
    let db = connect(&database).await;
    assert!(db.migrations().await.unwrap().iter().all(|(_, applied)| *applied));
}

#[tokio::test]
async fn an_older_program_runs_on_a_newer_schema() {
    let database = TestDatabase::new().await;
    let db = connect(&database).await;
    assert!(db.newer_migrations().await.unwrap().is_empty());
    let newer = "insert into seaql_migrations (version, applied_at) values ('m9999_of_a_newer_program', 0)";
    Sql::new(newer, []).execute(db.writer()).await.unwrap();
    assert_eq!(db.newer_migrations().await.unwrap(), ["m9999_of_a_newer_program"]);
    assert!(db.migrations().await.unwrap().iter().all(|(_, applied)| *applied));
    db.migrate_up().await.unwrap();
}

#[tokio::test]
async fn a_transaction_that_gives_an_error_leaves_nothing() {
    let database = TestDatabase::new().await;
    let db = connect(&database).await;
    let insert = "insert into counters (name, value) values ('test', 1)";
    let refused: Result<(), novashop_db::Error> = db
        .write(async |tx| {
            Sql::new(insert, []).execute(tx).await?;
            Sql::new(insert, []).execute(tx).await?;
            Ok(())
        })
        .await;
    assert!(matches!(refused, Err(novashop_db::Error::Unique(_))), "{refused:?}");
    let count = "select count(*) as value from counters where name = 'test'";
    assert_eq!(Sql::new(count, []).number(db.reader()).await.unwrap(), Some(0));
}
