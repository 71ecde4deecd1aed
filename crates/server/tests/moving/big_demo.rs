//! Many made-up products: the same in every shop, and a second run adds what is missing.

use novashop_db::{
    Database, Options,
    entities::catalogue::{product, variant},
    sql::Sql,
};
use novashop_testing::TestDatabase;

use crate::shop::{Folder, assert_sound, count, novashop, run};

/// The made-up products and their variants, without ids and times, which are those of the run.
async fn catalogue(url: &str) -> Vec<String> {
    let db = Database::connect(&Options { connections: 1, ..Options::new(url) }).await.expect("the database opens");
    let variants = "select * from variants where sku like 'GEN-%'";
    let variants: Vec<variant::Model> = Sql::new(variants, []).all(db.reader()).await.expect("they can be read");
    let products = "select * from products where id in (select product_id from variants where sku like 'GEN-%')";
    let products: Vec<product::Model> = Sql::new(products, []).all(db.reader()).await.expect("they can be read");
    db.close().await.expect("it closes");
    let variants = variants.into_iter().map(|v| format!("{} {} {:?} {} {}", v.sku, v.price_amount, v.compare_at_amount, v.stock, v.options));
    let products = products.into_iter().map(|p| format!("{} {} {} {} {}", p.slug, p.price_amount, p.rating_sum, p.sellable_variants, p.description));
    let mut lines: Vec<String> = variants.chain(products).collect();
    lines.sort_unstable();
    lines
}

#[actix_web::test]
async fn made_up_products_are_the_same_in_every_shop_and_holes_are_filled() {
    let (folder, target) = (Folder::new(), TestDatabase::new().await);
    let sqlite = format!("sqlite://{}", folder.at("one/novashop.db").display());
    run(novashop(&folder.at("one"), None).args(["demo", "--size", "4100"]));
    let one = catalogue(&sqlite).await;

    let (data, url) = (folder.at("two"), Some(target.options.url.as_str()));
    let url_text = target.options.url.as_str();
    run(novashop(&data, url).args(["demo", "--size", "2050"]));
    run(novashop(&data, url).args(["demo", "--size", "4100"]));
    assert!(catalogue(url_text).await == one, "the catalogues differ");
    assert_eq!(count(url_text, "select id from outbox where kind = 'event.catalogue.replaced'").await, 2, "one event a run");

    // As after a crash between two transactions that ran at the same time.
    let db = Database::connect(&target.options).await.expect("the database opens");
    let gone = "delete from products where id in (select product_id from variants where sku >= 'GEN-00500' and sku < 'GEN-02000')";
    Sql::new(gone, []).execute(db.writer()).await.expect("they can be deleted");
    db.close().await.expect("it closes");
    assert!(catalogue(url_text).await.len() < one.len());
    run(novashop(&data, url).args(["demo", "--size", "4100"]));
    assert!(catalogue(url_text).await == one, "the catalogues differ");
    assert_sound(url_text).await;
    let search = "select p.id from products p join product_search s on s.product_id = p.id where s.body like '%GEN 00007 1%'";
    assert_eq!(count(url_text, search).await, 1, "a SKU is among the words that its product is found by");
    assert!(run(novashop(&data, url).args(["demo", "--size", "4100"])).contains("There are 4100 made-up products already"));
}
