//! Hot queries use their indexes on both databases: none reads a table from end to end, and a page is not sorted but read in order.
//!
//! What is explained is what the program asks: the queries run, and their statements are recorded.

#![expect(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "helpers of tests are tests")]

mod asked;

use asked::Shop;
use novashop_db::{
    self as db,
    audit_subjects::Subject,
    carts::Owner,
    orders,
    outbox::Sort,
    product_filters,
    product_filters::{Filter, Order, Place},
    products::Key,
};
use novashop_types::{ProductId, UserId, reviews::ReviewSort};
use sea_orm::prelude::Uuid;

const ORDERS: [(Order, &str); 5] =
    [(Order::Newest, "newest"), (Order::Price, "price"), (Order::PriceDescending, "price"), (Order::Name, "name"), (Order::Rating, "rating")];

/// The id that `fill.sql` makes of a number.
const fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn published() -> Filter {
    Filter { status: Some("published"), ..Filter::default() }
}

/// A place in a list with much before it and much behind it.
fn place(order: Order) -> (Place, Uuid) {
    let place = match order {
        Order::Newest | Order::Relevance => Place::Number(3500),
        Order::Price => Place::Number(3000),
        Order::PriceDescending => Place::Number(17_000),
        Order::Name => Place::Text("product 2".into()),
        Order::Rating => Place::Number(400),
    };
    (place, id(1_000_001))
}

#[tokio::test]
async fn a_list_of_products_is_read_along_the_index_of_its_order() {
    for shop in Shop::every_kind().await {
        let conn = shop.db.reader();
        for (order, index) in ORDERS {
            let index = format!("products_{index}");
            shop.walks(product_filters::list(conn, &published(), order, None, 20), &index).await;
            shop.walks(product_filters::list(conn, &published(), order, Some(&place(order)), 20), &index).await;
            shop.finds(product_filters::list(conn, &published(), order, None, 20), &["products_pkey", "images_product"]).await;
        }
        let range = Filter { min_price: Some(5000), max_price: Some(6000), ..published() };
        shop.walks(product_filters::list(conn, &range, Order::Price, None, 20), "products_price").await;
        let size = Filter { in_stock: Some(true), options: vec![("Size".into(), vec!["M".into()])], ..published() };
        shop.walks(product_filters::list(conn, &size, Order::Newest, None, 20), "products_newest").await;
    }
}

#[tokio::test]
async fn a_list_of_a_category_is_read_along_the_index_of_the_category_and_its_order() {
    for shop in Shop::every_kind().await {
        let conn = shop.db.reader();
        for key in [Key::Slug("category-2".into()), Key::Id(id(12))] {
            let filter = Filter { category: Some(key), ..published() };
            let in_stock = Filter { in_stock: Some(true), ..filter.clone() };
            for (order, index) in ORDERS {
                let index = format!("products_category_{index}");
                shop.walks(product_filters::list(conn, &filter, order, None, 20), &index).await;
                shop.walks(product_filters::list(conn, &filter, order, Some(&place(order)), 20), &index).await;
                shop.walks(product_filters::list(conn, &in_stock, order, None, 20), &index).await;
            }
        }
    }
}

#[tokio::test]
async fn what_a_list_could_be_narrowed_to_is_counted_along_indexes() {
    for shop in Shop::every_kind().await {
        let conn = shop.db.reader();
        let postgres = shop.db.backend() == db::DbBackend::Postgres;
        let options = "variant_options_product";
        let range = Filter { min_price: Some(5000), max_price: Some(5200), in_stock: Some(true), ..published() };
        let cheap = Filter { max_price: Some(20), ..published() };
        let category = Filter { category: Some(Key::Id(id(12))), ..published() };
        let search = Filter { words: Some(vec!["stoneware".into()]), ..published() };
        let words = if postgres { "product_search_words" } else { "product_fts" };
        shop.finds(db::facets::count(conn, &range, &[2_500]), &[options, "variants_pkey", "products_price"]).await;
        shop.finds(db::facets::count(conn, &cheap, &[2_500]), &["products_price"]).await;
        shop.finds(db::facets::count(conn, &category, &[2_500]), &[options]).await;
        shop.finds(db::facets::count(conn, &search, &[2_500]), &[words, options]).await;
        for filter in [range, category, search] {
            shop.finds(product_filters::count(conn, &filter), &[]).await;
        }
        // PostgreSQL knows that this shop has fewer products than are counted, and reads them all from end to end.
        if !postgres {
            let good = Filter { min_rating: Some(100), ..published() };
            shop.finds(db::facets::count(conn, &published(), &[2_500]), &["products_newest", options]).await;
            shop.finds(db::facets::count(conn, &good, &[2_500]), &["products_rating"]).await;
            shop.finds(product_filters::count(conn, &published()), &[]).await;
            shop.finds(db::categories::list_counted(conn), &[]).await;
        }
    }
}

#[tokio::test]
async fn search_and_suggestions_read_the_index_of_the_words() {
    for shop in Shop::every_kind().await {
        let conn = shop.db.reader();
        let postgres = shop.db.backend() == db::DbBackend::Postgres;
        let words: &[&str] = if postgres { &["product_search_words", "products_pkey"] } else { &["product_fts", "products_pkey"] };
        let trigrams: &[&str] = if postgres { &["product_search_trigrams", "products_pkey"] } else { &["product_trigrams", "products_pkey"] };
        let search = Filter { words: Some(vec!["stoneware".into()]), ..published() };
        shop.finds(product_filters::list(conn, &search, Order::Relevance, None, 20), words).await;
        shop.finds(product_filters::list(conn, &Filter { category: Some(Key::Id(id(2))), ..search }, Order::Newest, None, 20), words).await;
        shop.finds(db::suggestions::list_beginning(conn, &["stonew".into()], 200), words).await;
        shop.finds(db::suggestions::list_sharing(conn, &["sto".into(), "ton".into(), "new".into()], 200), trigrams).await;
    }
}

#[tokio::test]
async fn the_page_of_a_product_is_found_by_id_and_by_slug() {
    for shop in Shop::every_kind().await {
        let conn = shop.db.reader();
        let slug = if shop.db.backend() == db::DbBackend::Postgres { "products_slug_key" } else { "sqlite_autoindex_products_2" };
        for (key, index) in [(Key::Id(id(1_000_001)), "products_pkey"), (Key::Slug("product-7".into()), slug)] {
            shop.finds(db::products::find_detail(conn, &key, false), &[index, "images_product"]).await;
            shop.finds(db::products::find_id(conn, &key, false), &[index]).await;
        }
        let product = ProductId(id(1_000_001));
        shop.finds(db::product_variants::list(conn, product.0), &["variants_product"]).await;
        for (sort, index) in [
            (ReviewSort::Newest, "reviews_newest"),
            (ReviewSort::Highest, "reviews_rating"),
            (ReviewSort::Lowest, "reviews_rating"),
            (ReviewSort::Helpful, "reviews_helpful"),
        ] {
            let filter = db::reviews::Filter { product, rating: None, with_hidden: false };
            shop.walks(db::reviews::list(conn, &filter, sort, None, 21), index).await;
            shop.walks(db::reviews::list(conn, &filter, sort, Some((3, 1500, id(1))), 21), index).await;
        }
        let (maya, postgres) = (UserId(id(4_000_002)), shop.db.backend() == db::DbBackend::Postgres);
        let own = if postgres { "reviews_product_id_user_id_key" } else { "sqlite_autoindex_reviews_2" };
        shop.finds(db::reviews::find_of(conn, product, maya), &[own]).await;
        shop.finds(db::reviews::list_helpful(conn, product, maya, 1000), &["review_votes_user", "reviews_pkey"]).await;
    }
}

#[tokio::test]
async fn a_cart_is_found_by_its_owner_and_changed_by_its_key() {
    for shop in Shop::every_kind().await {
        let (conn, writer) = (shop.db.reader(), shop.db.writer());
        let (maya, guest) = (Owner::User(UserId(id(4_000_001))), Owner::Guest(id(3_001).as_bytes().to_vec()));
        for (owner, index) in [(&maya, "carts_user"), (&guest, "carts_token")] {
            shop.finds(db::carts::find(conn, owner), &[index]).await;
            shop.finds(db::carts::touch(writer, owner, None, 1), &[index]).await;
            shop.finds(db::carts::find_line(conn, owner, id(7_000_001)), &["cart_items_pkey", "variants_pkey", "products_pkey"]).await;
            shop.finds(db::carts::close(writer, owner, 1), &[index, "users_pkey"]).await;
        }
        shop.finds(db::carts::lines(conn, id(6_000_001)), &["variants_pkey", "products_pkey"]).await;
        shop.finds(db::carts::shown_lines(conn, id(6_000_001)), &["variants_pkey", "products_pkey", "images_product"]).await;
        shop.finds(db::carts::list_offers(conn, id(1_000_001)), &["variants_product"]).await;
        shop.finds(db::product_variants::retire(writer, id(2_000_001), 1), &["cart_items_variant"]).await;
        shop.walks(db::wishlist::list(conn, UserId(id(4_000_001)), Some((900, id(1))), 21), "wishlist_items_newest").await;
    }
}

#[tokio::test]
async fn stock_is_taken_and_counted_by_the_keys_of_variants_and_products() {
    for shop in Shop::every_kind().await {
        let (conn, writer) = (shop.db.reader(), shop.db.writer());
        let five = |first: u128| (0..5).map(|n| (id(first + 7 * n), 1)).collect();
        shop.finds(db::stock::take(writer, &five(2_000_003)), &["variants_pkey"]).await;
        shop.finds(db::stock::give_back(writer, &five(2_000_003)), &["variants_pkey"]).await;
        shop.finds(db::stock::adjust_sellable(writer, &five(1_000_003)), &["products_pkey"]).await;
        shop.walks(db::stock::list_movements(conn, id(2_000_001), None, 21), "stock_movements_variant").await;
        shop.walks(db::stock::list_movements(conn, id(2_000_001), Some((5000, id(1))), 21), "stock_movements_variant").await;
    }
}

#[tokio::test]
async fn orders_are_listed_along_the_index_of_their_owner_or_their_state() {
    for shop in Shop::every_kind().await {
        let conn = shop.db.reader();
        let postgres = shop.db.backend() == db::DbBackend::Postgres;
        let number = if postgres { "orders_number_key" } else { "sqlite_autoindex_orders_2" };
        let maya = Some(id(4_000_001));
        for below in [None, Some(4000)] {
            // One person's orders are few: whether they are sorted is the planner's choice.
            let own = orders::Filter { user_id: maya, ..orders::Filter::default() };
            shop.finds(orders::list(conn, &own, below, 21), &["orders_user"]).await;
            let delivered = orders::Filter { status: Some("delivered"), ..own };
            shop.finds(orders::list(conn, &delivered, below, 21), &["orders_user_status"]).await;
            let paid = orders::Filter { status: Some("paid"), ..orders::Filter::default() };
            shop.walks(orders::list(conn, &paid, below, 21), "orders_status").await;
            shop.walks(orders::list(conn, &orders::Filter::default(), below, 21), number).await;
        }
        let of_a_day = orders::Filter { from: Some(100), to: Some(200), ..orders::Filter::default() };
        shop.finds(orders::list(conn, &of_a_day, None, 21), &["orders_placed"]).await;
        shop.finds(orders::find(conn, orders::Name::Number(7)), &[number]).await;
        shop.finds(orders::find(conn, orders::Name::Id(id(8_000_001))), &["orders_pkey"]).await;
        let two = [id(8_000_001), id(8_000_007)];
        shop.finds(orders::list_items(conn, &two), &["order_items_order"]).await;
        shop.finds(orders::list_events(conn, &two), &["order_events_order"]).await;
        shop.finds(orders::list_payments(conn, &two), &["payments_order"]).await;
        // Orders that wait for their payment are few.
        shop.finds(orders::list_expired(conn, 600, None, 100), &[]).await;
    }
}

#[tokio::test]
async fn the_figures_of_the_shop_read_what_they_count_and_no_more() {
    for shop in Shop::every_kind().await {
        let conn = shop.db.reader();
        let days = if shop.db.backend() == db::DbBackend::Postgres { "orders_sold_placed" } else { "orders_sold" };
        shop.finds(db::stats::list_days(conn, 100, 200), &[days]).await;
        // A small part of all orders, as a month is of years: for a large one PostgreSQL rightly reads all lines.
        shop.finds(db::stats::list_best_sellers(conn, 100, 110, 10), &["order_items_order"]).await;
        shop.walks(db::stats::list_low_stock(conn, 20), "variants_low").await;
        shop.finds(db::stats::count_waiting(conn), &["orders_status"]).await;
        shop.finds(db::stats::count_new_customers(conn, 100, 200), &["users_newest"]).await;
        let every = db::reviews::LatestFilter::default();
        let hidden = db::reviews::LatestFilter { hidden: Some(true), ..every };
        for after in [None, Some((4000, id(1)))] {
            shop.walks(db::reviews::list_latest(conn, &every, after, 21), "reviews_latest").await;
            shop.walks(db::reviews::list_latest(conn, &hidden, after, 21), "reviews_hidden").await;
        }
    }
}

#[tokio::test]
async fn who_asks_is_known_by_keys() {
    for shop in Shop::every_kind().await {
        let conn = shop.db.reader();
        shop.finds(db::sessions::find_standing(conn, id(5_000_001), id(4_000_002)), &["sessions_pkey", "users_pkey"]).await;
        shop.finds(db::sessions::list_open(conn, id(4_000_002), 1), &["sessions_user"]).await;
        shop.finds(db::sessions::find_refresh(conn, &[0; 32]), &[]).await;
        shop.finds(db::users::find_by_login(conn, "user7"), &[]).await;
        shop.finds(db::users::find_by_login(conn, "7@example.com"), &[]).await;
        shop.finds(db::idempotency::find(conn, "user:1", "key-1"), &["idempotency_keys_pkey"]).await;
        shop.walks(db::users::list(conn, None, Some((500, id(1))), 21), "users_newest").await;
        shop.walks(db::mails::list(conn, Some((500, id(1))), 21), "mails_newest").await;
    }
}

#[tokio::test]
async fn the_audit_log_is_read_along_the_index_of_what_is_asked() {
    for shop in Shop::every_kind().await {
        let conn = shop.db.reader();
        let every = db::audit::Filter::default();
        let by_maya = db::audit::Filter { actor: Some(id(4_000_001)), ..every.clone() };
        let hidden = db::audit::Filter { action: Some("review.hidden"), ..every.clone() };
        for after in [None, Some((500, id(1)))] {
            shop.walks(db::audit::list(conn, &every, after, 21), "audit_newest").await;
            shop.walks(db::audit::list(conn, &by_maya, after, 21), "audit_actor").await;
            // PostgreSQL may as well sort so few; that it finds them by their index is seen as it counts them.
            if shop.db.backend() != db::DbBackend::Postgres {
                shop.walks(db::audit::list(conn, &hidden, after, 21), "audit_action").await;
            }
        }
        shop.finds(db::audit::count(conn, &hidden), &["audit_action"]).await;
        // What was done to a few things is little: whether it is sorted is the planner's choice.
        let subject = |kind: &str, id: &str| Subject { kind: kind.to_owned(), id: id.to_owned() };
        let few = Some(vec![subject("product", "user7"), subject("product", "user8"), subject("file", "user9")]);
        shop.finds(db::audit::list(conn, &db::audit::Filter { subjects: few, ..every }, None, 21), &["audit_subject"]).await;
        shop.finds(db::audit_subjects::find(conn, "1007"), &["variants_sku"]).await;
        let two =
            [("product", id(1_000_001)), ("variant", id(2_000_001)), ("order", id(8_000_001)), ("review", id(11_000_001)), ("mail", id(4_000_001))];
        shop.finds(db::audit_subjects::list_names(conn, &two), &["products_pkey", "variants_pkey", "orders_pkey", "reviews_pkey"]).await;
    }
}

#[tokio::test]
async fn what_is_due_and_what_is_forgotten_is_found_by_its_time() {
    for shop in Shop::every_kind().await {
        let (conn, writer) = (shop.db.reader(), shop.db.writer());
        shop.finds(db::outbox::claim(writer, Sort::Event, 6000, 7000, 100), &["outbox_waiting"]).await;
        shop.finds(db::outbox::is_due(conn, Sort::Mail, 6000), &["outbox_waiting"]).await;
        shop.finds(db::mails::is_due(conn, 6000), &["mails_due"]).await;
        shop.finds(db::mails::claim(writer, 6000, 7000), &["mails_due"]).await;
        shop.finds(db::mails::waiting(conn), &["mails_due"]).await;
        shop.finds(db::mails::delete_old(writer, 5), &["mails_newest"]).await;
        shop.finds(db::jobs::is_due(conn, 6000), &["jobs_due"]).await;
        shop.finds(db::jobs::hand_out(writer, 6000, 7000, 8), &["jobs_due", "jobs_pkey"]).await;
        // By their state or by when they ended.
        shop.finds(db::jobs::delete_old(writer, 5, 5), &[]).await;
        shop.walks(db::jobs::list(conn, None, Some((500, id(1))), 21), "jobs_newest").await;
        shop.walks(db::jobs::list(conn, Some("dead"), Some((5000, id(1))), 21), "jobs_status").await;
        shop.finds(db::abandoned_carts::list(conn, 3100, 500), &["carts_abandoned"]).await;
        shop.finds(db::outbox::delete_delivered(writer, 5), &["outbox_delivered"]).await;
        shop.finds(db::idempotency::delete_expired(writer, 5), &["idempotency_keys_expiring"]).await;
        shop.finds(
            db::sessions::delete_old(writer, 5),
            &["sessions_expiring", "sessions_ended", "one_time_tokens_expiring", "refresh_tokens_expiring"],
        )
        .await;
    }
}

#[tokio::test]
async fn what_a_worker_picks_is_picked_once_and_not_again_for_each_row() {
    for shop in Shop::every_kind().await {
        let writer = shop.db.writer();
        shop.picks_once(db::outbox::claim(writer, Sort::Event, 6000, 7000, 100)).await;
        shop.picks_once(db::mails::claim(writer, 6000, 7000)).await;
        shop.picks_once(db::jobs::hand_out(writer, 6000, 7000, 8)).await;
    }
}
