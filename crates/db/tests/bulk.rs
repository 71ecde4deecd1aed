//! Rows that are written by the thousand come back as they were, on both databases.

#![expect(clippy::expect_used, reason = "helpers of tests are tests")]

use novashop_db::{
    Database, bulk,
    entities::{carts::cart, catalogue::product, reviews::review},
};
use novashop_testing::TestDatabase;
use sea_orm::{EntityTrait, QueryOrder, prelude::Uuid};
use serde_json::json;

/// Whatever could be taken for the end of a value, of an array, for no value, or for an escape.
const TEXTS: [&str; 16] = [
    "",
    "plain",
    "NULL",
    "null",
    "{",
    "}",
    "{}",
    ",",
    "a,b",
    "\"",
    "\\",
    "\\\"\\\\",
    "'; drop table products; --",
    " space \t\n\r ",
    "ñ 漢字 🫖 \u{feff}\u{7f}",
    "$1",
];

fn id(n: usize) -> Uuid {
    Uuid::from_u128(u128::try_from(n).expect("it fits"))
}

fn product(n: usize, text: &str) -> product::Model {
    let number = i64::try_from(n).expect("it fits");
    product::Model {
        id: id(n),
        category_id: None,
        slug: format!("{n}{text}"),
        name: text.into(),
        name_key: text.into(),
        description: text.repeat(3),
        status: "draft".into(),
        attributes: if n == 0 { json!({}) } else { json!({text: [text, null, 1.5, -3, true], "": {"\\": "\""}}) },
        price_amount: 1_000_000_000_000 + number,
        compare_at_amount: (n.is_multiple_of(2)).then_some(i64::MAX - number),
        sellable_variants: i32::MAX,
        rating_sum: 0,
        rating_count: 0,
        rating_score: 0,
        version: 1,
        created_at: number,
        updated_at: 0,
    }
}

fn review(n: usize, text: &str) -> review::Model {
    review::Model {
        id: id(n),
        product_id: id(n),
        user_id: None,
        rating: 5,
        title: text.into(),
        body: text.into(),
        verified_purchase: n.is_multiple_of(2),
        helpful_count: 0,
        hidden: n.is_multiple_of(3),
        answer: (n.is_multiple_of(2)).then(|| text.into()),
        answered_at: None,
        created_at: 0,
        updated_at: 0,
    }
}

fn cart(n: usize, text: &str) -> cart::Model {
    let token_hash = Some([text.as_bytes(), &[0, 0xff, b'"', b'\\', u8::try_from(n).expect("few")]].concat());
    cart::Model { id: id(n), user_id: None, token_hash, version: 1, coupon: None, created_at: 0, updated_at: 0, closed_at: None }
}

fn rows<T>(row: impl Fn(usize, &str) -> T) -> Vec<T> {
    TEXTS.iter().enumerate().map(|(n, text)| row(n, text)).collect()
}

#[tokio::test]
async fn rows_come_back_as_they_were() {
    let database = TestDatabase::new().await;
    let db = Database::connect(&database.options).await.expect("the test's database can be reached");
    let conn = db.writer();
    bulk::insert::<product::Entity, _>(conn, rows(product)).await.expect("products");
    bulk::insert::<review::Entity, _>(conn, rows(review)).await.expect("reviews");
    bulk::insert::<cart::Entity, _>(conn, rows(cart)).await.expect("carts");
    assert_eq!(product::Entity::find().order_by_asc(product::Column::Id).all(conn).await.expect("it runs"), rows(product));
    assert_eq!(review::Entity::find().order_by_asc(review::Column::Id).all(conn).await.expect("it runs"), rows(review));
    assert_eq!(cart::Entity::find().order_by_asc(cart::Column::Id).all(conn).await.expect("it runs"), rows(cart));
    assert!(bulk::insert::<cart::Entity, _>(conn, rows(cart)).await.is_err(), "what is there already is not there twice");
}
