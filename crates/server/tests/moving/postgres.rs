//! A shop goes to PostgreSQL: these run where NOVASHOP_TEST_POSTGRES names a server.

use novashop_db::{Database, schema, sql::Sql};
use novashop_testing::TestDatabase;

use crate::shop::{Customer, Folder, Shop, assert_same, assert_sound, count, demo, in_stock, novashop, refuse, run};

fn on_postgres() -> bool {
    std::env::var("NOVASHOP_TEST_POSTGRES").is_ok_and(|server| !server.is_empty())
}

#[actix_web::test]
async fn a_shop_that_moved_to_postgresql_answers_as_before() {
    if !on_postgres() {
        return;
    }
    let (folder, target) = (Folder::new(), TestDatabase::empty().await);
    let (data, url) = (demo(&folder), target.options.url.as_str());
    let shop = Shop::open(&data, None).await;
    let variants = in_stock(&shop).await;
    let customer = Customer::shopping(&shop, &variants[0].0, &variants[0].1).await;
    let before = customer.record(&shop).await;
    refuse(novashop(&data, None).args(["move", "--to", url]), "Stop it first");
    drop(shop);

    let said = run(novashop(&data, None).args(["move", "--to", url]));
    let db = Database::connect(&target.options).await.unwrap();
    for table in schema::tables(db.reader()).await.unwrap() {
        let line = said.lines().find(|line| line.split_whitespace().next() == Some(table.as_str()));
        assert!(line.is_some_and(|line| line.ends_with("same")), "{table} was not copied: {said}");
    }
    db.close().await.unwrap();

    let there = Shop::open(&data, Some(url)).await;
    assert_same(&before, &customer.record(&there).await);
    customer.go_on(&there).await;
    drop(there);
    assert_sound(url).await;
    refuse(novashop(&data, None).args(["move", "--to", url]), "The target is not empty");
}

#[actix_web::test]
async fn a_copy_that_differs_in_one_row_is_taken_back() {
    if !on_postgres() {
        return;
    }
    let (folder, target) = (Folder::new(), TestDatabase::new().await);
    let (data, url) = (demo(&folder), target.options.url.as_str());
    let db = Database::connect(&target.options).await.unwrap();
    // A database that quietly makes something else of one row.
    let function = "create function other_title() returns trigger language plpgsql as \
                    $$ begin if new.rating = 1 then new.helpful_count := new.helpful_count + 1; end if; return new; end $$";
    Sql::new(function, []).execute(db.writer()).await.unwrap();
    Sql::new("create trigger other_title before insert on reviews for each row execute function other_title()", [])
        .execute(db.writer())
        .await
        .unwrap();
    db.close().await.unwrap();

    refuse(novashop(&data, None).args(["move", "--to", url]), "The copy differs from the original");
    assert_eq!(count(url, "select id from users").await, 0);
    // The shop itself is as it was, and can be used.
    drop(Shop::open(&data, None).await);
}

#[actix_web::test]
async fn a_move_goes_only_from_a_shop_to_postgresql() {
    let folder = Folder::new();
    refuse(novashop(&folder.at("data"), None).args(["move", "--to", "postgres://nobody@127.0.0.1:1/nothing"]), "There is no shop to move");
    refuse(novashop(&folder.at("data"), None).args(["move", "--to", "mysql://x"]), "postgres://user:password@host/database");
    refuse(novashop(&folder.at("data"), Some("postgres://x@127.0.0.1:1/x")).args(["move", "--to", "postgres://y"]), "on PostgreSQL already");
    assert_eq!(std::fs::read_dir(&folder.0).unwrap().count(), 0);
}
