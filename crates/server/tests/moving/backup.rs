//! A backup while the shop sells, and what comes of it elsewhere.

use std::{cell::RefCell, path::Path, rc::Rc};

use novashop_db::{Database, Options, sql::Sql};
use tokio::sync::Notify;

use crate::shop::{Customer, Folder, Shop, assert_same, assert_sound, demo, in_stock, novashop, order_as_guest, refuse, run, words};

/// Orders that were acknowledged: id, token, answer.
type Acknowledged = Rc<RefCell<Vec<(String, String, serde_json::Value)>>>;

fn keep_ordering(
    shop: &Rc<Shop>,
    variants: &Rc<Vec<(String, String)>>,
    first: usize,
    acknowledged: &Acknowledged,
) -> actix_web::rt::task::JoinHandle<()> {
    let (shop, variants, acknowledged) = (Rc::clone(shop), Rc::clone(variants), Rc::clone(acknowledged));
    actix_web::rt::spawn(async move {
        // The ten best stocked, so that nothing is sold out by it; the very best is left to the customer.
        for (variant, _) in variants.iter().skip(1).take(10).cycle().skip(first * 3).take(40) {
            if let Some(order) = order_as_guest(&shop, variant).await {
                acknowledged.borrow_mut().push(order);
            }
        }
    })
}

/// A reader that sees the shop as it was before the orders. While it reads, SQLite may not move what is newer from the write-ahead log into the
/// database file: so a backup that takes the file for the shop has none of the orders.
struct LongReader {
    over: Rc<Notify>,
    task: actix_web::rt::task::JoinHandle<Result<(), novashop_db::Error>>,
}

impl LongReader {
    async fn end(self) {
        self.over.notify_one();
        self.task.await.expect("the reader runs").expect("the reader reads");
    }
}

async fn hold_back_checkpoints(data: &Path) -> LongReader {
    let url = format!("sqlite://{}", data.join("novashop.db").display());
    let db = Database::connect(&Options { connections: 1, ..Options::new(url) }).await.expect("the database opens");
    let (begun, over) = (Rc::new(Notify::new()), Rc::new(Notify::new()));
    let task = actix_web::rt::spawn({
        let (begun, over) = (Rc::clone(&begun), Rc::clone(&over));
        async move {
            db.snapshot(async |tx| {
                Sql::new("select count(*) as value from orders", []).number(tx).await?;
                begun.notify_one();
                over.notified().await;
                Ok::<(), novashop_db::Error>(())
            })
            .await?;
            db.close().await
        }
    });
    begun.notified().await;
    LongReader { over, task }
}

#[actix_web::test]
async fn a_backup_taken_while_four_clients_order_restores_to_the_same_shop() {
    let folder = Folder::new();
    let data = demo(&folder);
    let file = folder.at("shop.novashop");
    let shop = Rc::new(Shop::open(&data, None).await);
    let variants = Rc::new(in_stock(&shop).await);
    let customer = Customer::shopping(&shop, &variants[0].0, &variants[0].1).await;
    // Her mails are written by now, so they are in the backup.
    let _recorded = customer.record(&shop).await;

    let reader = hold_back_checkpoints(&data).await;
    let acknowledged = Acknowledged::default();
    let clients: Vec<_> = (0..4).map(|first| keep_ordering(&shop, &variants, first, &acknowledged)).collect();
    while acknowledged.borrow().len() < 8 {
        actix_web::rt::task::yield_now().await;
        actix_web::rt::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    let before = acknowledged.borrow().clone();
    let mut command = novashop(&data, None);
    command.arg("backup").arg(&file);
    let output = actix_web::web::block(move || command.output()).await.expect("it ran").expect("the program starts");
    let after = acknowledged.borrow().len();
    reader.end().await;
    for client in clients {
        client.abort();
    }
    assert!(output.status.success(), "{}", words(&output));
    assert!(after > before.len(), "orders went on while the backup was taken: {after} of {}", before.len());
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&file).expect("a backup").permissions()) & 0o777, 0o600);
    assert_eq!(std::fs::read_dir(&folder.0).expect("the folder").count(), 2, "nothing but the shop and its backup is left");

    let restored = folder.at("elsewhere");
    run(novashop(&restored, None).arg("restore").arg(&file));
    let there = Shop::open(&restored, None).await;
    for (id, token, order) in &before {
        assert_eq!(there.get(&format!("/api/v1/orders/{id}"), &[("x-order-token", token)]).await["total"], order["total"]);
    }
    assert_same(&customer.record(&shop).await, &customer.record(&there).await);
    customer.go_on(&there).await;
    drop(there);
    assert_sound(&format!("sqlite://{}", restored.join("novashop.db").display())).await;

    refuse(novashop(&data, None).arg("backup").arg(&file), "exists already");
    run(novashop(&data, None).args(["backup", "--force"]).arg(&file));
    refuse(novashop(&restored, None).arg("restore").arg(&file), "never overwritten");
    assert_sound(&format!("sqlite://{}", restored.join("novashop.db").display())).await;
}

#[test]
fn without_a_shop_there_is_nothing_to_back_up_and_none_is_made() {
    let folder = Folder::new();
    refuse(novashop(&folder.at("nowhere"), None).arg("backup").arg(folder.at("b")), "There is no shop to back up");
    assert_eq!(std::fs::read_dir(&folder.0).expect("the folder").count(), 0);
}

#[test]
fn a_command_leaves_one_file_and_a_backup_holds_pictures_alone_wherever_the_shop_lives() {
    let folder = Folder::new();
    // In the address of a database `%` and `?` mean something; in the name of a folder they do not.
    let data = folder.at("50%25 off? #1");
    run(novashop(&data, None).args(["migrate", "up"]));
    let in_it = || {
        let mut names: Vec<_> = std::fs::read_dir(&data).expect("DATA_DIR").map(|entry| entry.expect("an entry").file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(in_it(), ["media", "novashop.db", "secret_key"], "no -wal and no -shm: the database was closed");
    let mut create = novashop(&data, None);
    run(create.args(["user", "create-admin", "maya", "maya@example.com"]).env("NOVASHOP_ADMIN_PASSWORD", "correct horse battery"));
    assert_eq!(in_it().len(), 3);

    // What a running shop writes to see whether it can.
    std::fs::write(data.join("media").join(novashop_services::vitals::PROBE), "ok").expect("the store can be written");
    let (file, restored) = (folder.at("100%.novashop"), folder.at("else?where"));
    assert!(run(novashop(&data, None).arg("backup").arg(&file)).contains("0 files of pictures"));
    assert!(run(novashop(&restored, None).arg("restore").arg(&file)).contains("1 accounts"));
    assert!(run(novashop(&restored, None).arg("verify")).contains("Nothing is broken"));
}

#[test]
fn a_filter_of_the_log_that_cannot_be_read_is_told() {
    let folder = Folder::new();
    let status = |filter: &str| run(novashop(&folder.at("data"), None).args(["migrate", "up"]).env("RUST_LOG", filter));
    let told = status("novashop_db=loudly");
    assert!(told.contains("RUST_LOG cannot be read") && told.contains("applied"), "{told}");
    assert!(!status("warn,novashop_db=debug").contains("RUST_LOG") && !status("").contains("RUST_LOG"));
}

#[test]
fn on_postgresql_both_say_which_commands_do_it() {
    let folder = Folder::new();
    let url = Some("postgres://nobody@127.0.0.1:1/nothing");
    refuse(novashop(&folder.at("data"), url).arg("backup").arg(folder.at("b")), "pg_dump");
    refuse(novashop(&folder.at("data"), url).arg("restore").arg(folder.at("b")), "pg_restore");
}
