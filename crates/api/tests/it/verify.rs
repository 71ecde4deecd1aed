//! `novashop verify`: a shop that was used is sound, and every check names the one row that was tampered with.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use novashop_db::{ConnectionTrait, DbBackend, checks::Row, sql::Sql};
use novashop_services::{
    Context, Error,
    images::Media,
    verify::{self, Report},
};
use novashop_testing::{
    TestApp, first_variant,
    pictures::{multipart, png},
    shopping::order,
};
use novashop_types::{ErrorCode, orders::OrderStatus};
use object_store::local::LocalFileSystem;
use serde_json::json;

/// A shop in which a little of everything happened.
async fn used_shop() -> TestApp {
    let app = TestApp::new().await;
    let (staff, maya, other) = (app.staff().await, app.customer().await, app.customer().await);
    let top = app.category("Kitchen", None).await;
    app.category("Tea", Some(&top.slug)).await;
    let mug = app.product("Mug").price(1999).stock(50).category("tea").variant("Size", "M").variant("Size", "L").create().await;
    let pot = app.product("Pot").price(4900).stock(9).create().await;
    let states = [
        vec![],
        vec![OrderStatus::Paid],
        vec![OrderStatus::Paid, OrderStatus::Fulfilled, OrderStatus::Delivered],
        vec![OrderStatus::Cancelled],
        vec![OrderStatus::Paid, OrderStatus::Cancelled],
    ];
    for (n, states) in states.iter().enumerate() {
        maya.put_in_cart(first_variant(&mug), 2).await;
        maya.put_in_cart(first_variant(&pot), 1).await;
        let placed = maya.post("/orders", order()).header("idempotency-key", format!("order-{n}")).await.assert_status(201);
        let id = placed.text_at("/id");
        if n == 0 {
            let body = json!({"provider": "manual"});
            maya.post(format!("/orders/{id}/payments"), body).header("idempotency-key", "payment").await.assert_status(201);
            let note = staff.post(format!("/admin/orders/{id}/notes"), json!({"text": "Wants it on Friday."}));
            note.header("idempotency-key", "note").await.assert_status(201);
        }
        app.move_order(&id, states).await;
    }
    let guest = app.anonymous();
    guest.put_in_cart(first_variant(&pot), 1).await;
    guest.post("/orders", order()).header("idempotency-key", "guest").await.assert_status(201);
    guest.put_in_cart(first_variant(&mug), 1).await;
    let path = format!("/variants/{}/stock", first_variant(&pot));
    staff.post(path, json!({"set": 40, "reason": "counted"})).header("idempotency-key", "count").await.assert_status(201);
    let reviews = format!("/products/{}/reviews", mug.summary.id);
    let written = maya.post(&reviews, json!({"rating": 4, "title": "Good"})).await.assert_status(201).text_at("/id");
    for reader in [&other, &staff] {
        reader.put(format!("/reviews/{written}/helpful"), json!({})).await.assert_status(204);
    }
    let hidden = other.post(&reviews, json!({"rating": 1})).await.assert_status(201).text_at("/id");
    staff.patch(format!("/reviews/{hidden}"), json!({"hidden": true})).await.assert_status(200);
    maya.put(format!("/wishlist/{}", pot.summary.id), json!({})).await.assert_status(204);
    let (kind, body) = multipart(&[("file", &png()), ("alt", b"A mug")]);
    staff.post(format!("/products/{}/images", mug.summary.id), json!(null)).body(&kind, body).await.assert_status(201);
    // To another name and back: the other one is remembered.
    for (path, slug) in [(format!("/products/{}", pot.summary.id), "pot"), (format!("/categories/{}", top.id), "kitchen")] {
        for slug in ["renamed", slug] {
            staff.patch(&path, json!({"slug": slug})).await.assert_status(200);
        }
    }
    app.run_outbox().await;
    app.run_schedule().await;
    // One event that still waits.
    other.delete(format!("/reviews/{written}/helpful")).await.assert_status(204);
    staff.patch(format!("/reviews/{hidden}"), json!({"hidden": false})).await.assert_status(200);
    app
}

/// What is broken, warnings included: the check, how many rows, and the first row's id.
fn broken(report: &Report) -> BTreeMap<String, (i64, Option<String>)> {
    let found = report.checks.iter().filter(|check| check.broken > 0);
    found.map(|check| (check.name.clone(), (check.broken, check.rows.first().and_then(|row| row.id.clone())))).collect()
}

#[actix_web::test]
async fn a_shop_that_was_used_is_sound() {
    let app = used_shop().await;
    let report = verify::run(app.ctx()).await.unwrap();
    assert_eq!(broken(&report), BTreeMap::new());
    assert!(report.ok);
    let nothing: Vec<&str> = report.checks.iter().filter(|check| check.looked_at == 0).map(|check| check.name.as_str()).collect();
    let unused = [
        "imports.actor_id_points_at_a_row",
        "low_stock_notices.variant_id_points_at_a_row",
        "mails.user_id_points_at_a_row",
        "one_time_tokens.user_id_points_at_a_row",
    ];
    assert!(nothing.iter().all(|name| unused.contains(name)), "nothing was looked at by {nothing:?}");
}

/// A row to tamper with: its table, how to find it, and what to do with it.
struct Tampering {
    check: &'static str,
    /// A query for the id that the check must name.
    row: &'static str,
    /// `$row` is that id.
    sql: &'static str,
    /// Other checks that this must break too.
    also: &'static [&'static str],
}

const fn tampering(check: &'static str, row: &'static str, sql: &'static str) -> Tampering {
    Tampering { check, row, sql, also: &[] }
}

const PAID: &str = "select id from orders where status = 'paid'";
const PENDING: &str = "select id from orders where status = 'pending_payment' and user_id is not null";
const MUG: &str = "select id from products where slug = 'mug'";
const SMALL_MUG: &str =
    "select id from variants where stock > 0 and product_id = (select id from products where slug = 'mug') order by position limit 1";

/// One for every check that is not about references.
const TAMPERINGS: &[Tampering] = &[
    tampering("stock_is_its_ledger", SMALL_MUG, "update variants set stock = stock + 1 where id = $row"),
    Tampering {
        check: "stock_is_not_negative",
        row: SMALL_MUG,
        sql: "update variants set stock = -1 where id = $row",
        also: &["stock_is_its_ledger", "sellable_is_variants_in_stock"],
    },
    Tampering {
        check: "sold_is_what_left",
        row: PAID,
        sql: "update stock_movements set order_id = null where order_id = $row and variant_id = (select min_id from \
            (select variant_id as min_id from order_items where order_id = $row order by position limit 1) as first)",
        also: &[],
    },
    Tampering { check: "order_total_is_its_parts", row: PAID, sql: "update orders set shipping = 1 where id = $row", also: &[] },
    Tampering {
        check: "order_subtotal_is_its_lines",
        row: PAID,
        sql: "update orders set subtotal = subtotal + 5, discount = 5 where id = $row",
        also: &[],
    },
    Tampering {
        check: "line_is_quantity_times_price",
        row: "select id from order_items where quantity = 2 and order_id = (select id from orders where status = 'paid')",
        sql: "update order_items set unit_amount = unit_amount + 1 where id = $row",
        also: &[],
    },
    Tampering {
        check: "order_numbers_have_no_gap",
        row: "select id from orders where number = 1006",
        sql: "update orders set number = 1007 where id = $row",
        also: &["order_counter_is_the_last_number"],
    },
    Tampering { check: "order_stands_where_its_history_ends", row: PAID, sql: "update orders set status = 'fulfilled' where id = $row", also: &[] },
    tampering(
        "ordered_cart_is_closed",
        "select cart_id as id from orders where status = 'paid'",
        "update carts set closed_at = null where id = $row",
    ),
    tampering(
        "closed_cart_has_its_order",
        "select cart_id as id from orders where status = 'paid'",
        "update orders set cart_id = id where cart_id = $row",
    ),
    tampering(
        "payment_is_of_its_order",
        "select id from payments where order_id = (select id from orders where status = 'paid')",
        "update payments set amount = amount + 1 where id = $row",
    ),
    tampering(
        "refunds_stay_within_the_payment",
        "select id from payments where order_id = (select id from orders where status = 'delivered')",
        "update payments set refunded = amount + 1 where id = $row",
    ),
    tampering("order_is_paid_as_it_says", PENDING, "update payments set status = 'captured' where order_id = $row"),
    tampering("rating_is_its_reviews", MUG, "update products set rating_sum = rating_sum + 1 where id = $row"),
    tampering("helpful_is_its_votes", "select id from reviews where rating = 4", "update reviews set helpful_count = 7 where id = $row"),
    Tampering {
        check: "product_has_a_variant",
        row: "select id from products where slug = 'pot'",
        sql: "update variants set deleted_at = 1 where product_id = $row",
        also: &["sellable_is_variants_in_stock"],
    },
    tampering("price_is_the_cheapest_variants", MUG, "update products set price_amount = 1 where id = $row"),
    tampering("sellable_is_variants_in_stock", MUG, "update products set sellable_variants = 9 where id = $row"),
    tampering("categories_are_a_tree", "select id from categories where slug = 'tea'", "update categories set parent_id = id where id = $row"),
    tampering(
        "session_has_one_refresh_token",
        "select session_id as id from refresh_tokens order by id limit 1",
        "update refresh_tokens set session_id = $row, used_at = null where id = (select max_id from \
            (select id as max_id from refresh_tokens order by id desc limit 1) as last)",
    ),
    tampering("product_can_be_found", MUG, "update products set name = 'Cup' where id = $row"),
    tampering("unpaid_orders_expire", PENDING, "update orders set expires_at = 1 where id = $row"),
    tampering("outbox_moves_on", "select id from outbox where delivered_at is null limit 1", "update outbox set attempts = 10 where id = $row"),
    tampering("jobs_move_on", "select id from jobs limit 1", "update jobs set status = 'dead' where id = $row"),
    // What no conversion takes: an answer that is empty, broken off, no JSON, about no id; a scope of no order.
    tampering("key_has_its_effect", "", "update idempotency_keys set body = '' where key = 'order-1'"),
    tampering("key_has_its_effect", "", "update idempotency_keys set body = '{' where key = 'order-1'"),
    tampering("key_has_its_effect", "", "update idempotency_keys set body = '{\"id\":}' where key = 'order-1'"),
    tampering("key_has_its_effect", "", "update idempotency_keys set body = '{\"id\":\"of the order\"}' where key = 'count'"),
    tampering("key_has_its_effect", "", "update idempotency_keys set scope = 'order:1001 POST /api/v1/orders/{id}/payments' where key = 'payment'"),
    tampering("order_counter_is_the_last_number", "", "update counters set value = value + 1 where name = 'order_number'"),
];

/// What differs: an index that only SQLite keeps by triggers.
const ON_SQLITE: &[Tampering] = &[tampering(
    "words_are_indexed",
    "select product_id as id from product_search where title = 'Mug'",
    "delete from product_fts_docsize where id = (select doc from product_search where product_id = $row)",
)];

/// An id as this database writes it into a statement.
fn literal(backend: DbBackend, id: &str) -> String {
    match backend {
        DbBackend::Postgres => format!("'{id}'"),
        _ => format!("x'{}'", id.replace('-', "")),
    }
}

/// Lets statements break what the database itself holds; on PostgreSQL for a transaction, on SQLite for the one writer.
async fn disarm(app: &TestApp) {
    if app.ctx().db.backend() == DbBackend::Sqlite {
        app.ctx().db.writer().execute_unprepared("pragma foreign_keys = off; pragma ignore_check_constraints = on").await.unwrap();
    }
}

const DROP_CHECKS: &str = "set local session_replication_role = replica; do $$ declare c record; begin \
    for c in select conrelid::regclass as t, conname from pg_constraint where contype = 'c' and connamespace = current_schema()::regnamespace loop \
    execute format('alter table %s drop constraint %I', c.t, c.conname); end loop; end $$";

/// The report on the shop after these statements, which are taken back again.
async fn report_after(app: &TestApp, sql: &str) -> Report {
    let report = std::cell::RefCell::new(None);
    let taken_back: Result<(), Error> = app
        .ctx()
        .db
        .write(async |tx| {
            if tx.get_database_backend() == DbBackend::Postgres {
                tx.execute_unprepared(DROP_CHECKS).await.unwrap();
            }
            let changed = tx.execute_unprepared(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
            assert_eq!(changed.rows_affected(), 1, "{sql}");
            *report.borrow_mut() = Some(verify::run_in(app.ctx(), tx).await?);
            Err(Error::code(ErrorCode::Conflict))
        })
        .await;
    assert!(taken_back.is_err_and(|error| error.refusal().is_some()));
    report.into_inner().unwrap()
}

/// The id that a query gives.
async fn id_of(app: &TestApp, row: &str) -> String {
    let wide = format!("select id, '' as label, '' as actual, '' as expected from ({row}) as asked");
    let row = Sql::new(wide, []).one::<Row>(app.ctx().db.reader()).await.unwrap_or_else(|error| panic!("{row}: {error}"));
    row.and_then(|row| row.id).expect("the row is there").to_string()
}

#[actix_web::test]
async fn every_check_names_the_row_that_was_tampered_with_and_no_other() {
    let app = used_shop().await;
    disarm(&app).await;
    let backend = app.ctx().db.backend();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let tamperings = TAMPERINGS.iter().chain(if backend == DbBackend::Sqlite { ON_SQLITE } else { &[] });
    for Tampering { check, row, sql, also } in tamperings {
        let id = match *row {
            "" => None,
            row => Some(id_of(&app, row).await),
        };
        let sql = sql.replace("$row", &id.as_deref().map(|id| literal(backend, id)).unwrap_or_default());
        let report = report_after(&app, &sql).await;
        let found = broken(&report);
        assert_eq!(found.get(*check), Some(&(1, id)), "{check}: {found:?}");
        let expected: BTreeSet<&str> = also.iter().copied().chain([*check]).collect();
        assert_eq!(found.keys().map(String::as_str).collect::<BTreeSet<_>>(), expected, "{check}");
        let warns = report.checks.iter().any(|found| found.name == *check && found.warning);
        assert_eq!(report.ok, warns, "{check}: only a warning leaves the shop sound");
        seen.insert((*check).to_owned());
    }
    let all: BTreeSet<String> = novashop_db::checks::all(backend, 0).into_iter().map(|check| check.name.to_owned()).collect();
    assert_eq!(seen, all, "every check was tampered with");
    assert_eq!(broken(&verify::run(app.ctx()).await.unwrap()), BTreeMap::new(), "and all of it was taken back");
}

#[actix_web::test]
async fn every_row_that_points_at_nothing_is_named() {
    let app = used_shop().await;
    disarm(&app).await;
    let backend = app.ctx().db.backend();
    let nowhere = literal(backend, "00000000-0000-7000-8000-000000000000");
    for reference in novashop_db::checks::references(app.ctx().db.reader()).await.unwrap() {
        let (child, column) = (&reference.child, &reference.child_column);
        if app.number(&format!("select count(*) as value from {child}")).await == 0 {
            continue;
        }
        let place = if backend == DbBackend::Postgres { "ctid" } else { "rowid" };
        let sql = format!("update {child} set {column} = {nowhere} where {place} = (select {place} from {child} limit 1)");
        let found = broken(&report_after(&app, &sql).await);
        let name = format!("{child}.{column}_points_at_a_row");
        let (count, id) = found.get(&name).unwrap_or_else(|| panic!("{name}: {found:?}"));
        assert_eq!(*count, 1, "{name}");
        assert!(id.is_some(), "{name}");
    }
}

#[actix_web::test]
async fn a_key_whose_order_is_gone_is_named() {
    let app = used_shop().await;
    disarm(&app).await;
    for (key, sql) in [
        ("order-1", "update orders set id = cart_id where status = 'paid'"),
        (
            "payment",
            "update payments set order_id = id where order_id = (select id from orders where status = 'pending_payment' and user_id is not null)",
        ),
        ("note", "update order_events set kind = 'placed' where kind = 'note'"),
        ("count", "update stock_movements set id = variant_id where reason = 'counted'"),
    ] {
        let report = report_after(&app, sql).await;
        let check = report.checks.iter().find(|check| check.name == "key_has_its_effect").unwrap();
        assert_eq!(check.broken, 1, "{key}: {check:?}");
        assert!(check.rows[0].label.ends_with(&format!(" {key}")), "{check:?}");
    }
}

#[actix_web::test]
async fn a_picture_without_its_files_is_a_warning() {
    use object_store::ObjectStoreExt;
    let app = used_shop().await;
    let product = app.anonymous().get("/products/mug").await.assert_status(200);
    let url = product.text_at("/images/0/sources/0/url");
    app.ctx().media.store.delete(&object_store::path::Path::from(url.trim_start_matches("/media/"))).await.unwrap();
    let report = verify::run(app.ctx()).await.unwrap();
    let image = product.text_at("/images/0/id");
    assert_eq!(broken(&report), BTreeMap::from([("picture_has_its_files".to_owned(), (1, Some(image)))]));
    assert!(report.ok, "a warning leaves the shop sound");
}

#[actix_web::test]
async fn a_store_of_pictures_that_is_away_is_a_warning_beside_what_the_database_said() {
    let app = used_shop().await;
    let place = std::env::temp_dir().join(format!("novashop_verified_without_pictures_{}", std::process::id()));
    std::fs::create_dir_all(&place).unwrap();
    let store = LocalFileSystem::new_with_prefix(&place).unwrap();
    // A file where the folder was: nobody finds anything in it, nor that there is nothing.
    std::fs::remove_dir(&place).unwrap();
    std::fs::write(&place, "").unwrap();
    let ctx = Context { media: Media::new(Arc::new(store)), ..app.ctx().get_ref().clone() };
    app.ctx().db.writer().execute_unprepared("update orders set shipping = shipping + 1 where status = 'paid'").await.unwrap();
    let report = verify::run(&ctx).await.unwrap();
    std::fs::remove_file(&place).unwrap();
    let found = broken(&report);
    assert_eq!(found.keys().collect::<Vec<_>>(), ["order_total_is_its_parts", "picture_has_its_files"]);
    let files = report.checks.iter().find(|check| check.name == "picture_has_its_files").unwrap();
    assert_eq!((files.looked_at, files.broken, files.warning), (0, 1, true), "{files:?}");
    assert!(files.rows[0].actual.starts_with("not to be looked at: "), "{files:?}");
}

#[actix_web::test]
async fn a_hundred_broken_rows_are_named_and_all_are_counted() {
    let app = TestApp::new().await;
    for name in ["Mug", "Pot"] {
        let sizes = (0..60).map(|size| size.to_string());
        sizes.fold(app.product(name).stock(1), |product, size| product.variant("Size", &size)).create().await;
    }
    app.ctx().db.writer().execute_unprepared("update variants set stock = 2").await.unwrap();
    let report = verify::run(app.ctx()).await.unwrap();
    let check = report.checks.iter().find(|check| check.name == "stock_is_its_ledger").unwrap();
    assert_eq!((check.looked_at, check.broken, check.rows.len()), (120, 120, 100));
}
