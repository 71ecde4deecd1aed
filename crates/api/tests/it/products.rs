//! Products and their variants.

use novashop_db::{ConnectionTrait, DbBackend};
use novashop_testing::{Answer, TestApp, first_variant};
use novashop_types::catalogue::ProductStatus;
use serde_json::{Value, json};

fn eur(amount: i64) -> Value {
    json!({"amount": amount, "currency": "EUR"})
}

fn names(list: &Answer) -> Vec<&str> {
    list.items().iter().map(|item| item["name"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn a_product_with_a_plain_price_has_one_variant() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let body = json!({"name": "Stoneware mug", "price": eur(1999), "compare_at_price": eur(2499), "stock": 3, "sku": "MUG", "attributes": {"Material": "Stoneware"}});
    let made = staff.post("/products", body).await.assert_status(201);
    assert_eq!(made.json["slug"], "stoneware-mug");
    assert_eq!(made.json["price"], eur(1999));
    assert_eq!(made.json["in_stock"], true);
    assert_eq!(made.json["options"], json!([]));
    assert_eq!(made.json["variants"].as_array().unwrap().len(), 1);
    assert_eq!(made.json["variants"][0]["sku"], "MUG");
    assert_eq!(made.json["variants"][0]["stock"], 3);
    let read = app.anonymous().get("/products/stoneware-mug").await.assert_status(200);
    assert_eq!(read.json, made.json);
}

#[actix_web::test]
async fn a_product_with_options_has_a_variant_for_each_and_shows_the_lowest_price() {
    let app = TestApp::new().await;
    let shirt = app.product("Shirt").price(2000).stock(0).variant("Size", "S").price(1500).stock(2).variant("Size", "M").create().await;
    let read = app.anonymous().get(format!("/products/{}", shirt.summary.id)).await.assert_status(200);
    assert_eq!(read.json["options"], json!([{"name": "Size", "values": ["S", "M"]}]));
    assert_eq!(read.json["price"], eur(1500));
    assert_eq!((&read.json["variants"][0]["in_stock"], &read.json["variants"][1]["in_stock"]), (&json!(false), &json!(true)));
}

#[actix_web::test]
async fn a_product_that_contradicts_itself_is_refused() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let variant = |size: &str| json!({"options": {"Size": size}, "price": eur(5)});
    let refused = async |body: Value| {
        let answer = staff.post("/products", body).await.assert_problem(422, "invalid");
        answer.text_at("/errors/0/pointer")
    };
    assert_eq!(refused(json!({"name": " ", "price": eur(1)})).await, "/name");
    assert_eq!(refused(json!({"name": "Mug", "price": eur(-1)})).await, "/price");
    assert_eq!(refused(json!({"name": "Mug", "price": {"amount": 1, "currency": "USD"}})).await, "/price/currency");
    assert_eq!(refused(json!({"name": "Mug", "price": eur(1), "stock": -1})).await, "/stock");
    assert_eq!(refused(json!({"name": "Mug", "price": eur(1), "category": "nothing"})).await, "/category");
    for body in [
        json!({"name": "Mug"}),
        json!({"name": "Mug", "price": eur(1), "options": [{"name": "Size", "values": ["S"]}], "variants": [variant("S")]}),
        json!({"name": "Mug", "options": [{"name": "Size", "values": ["S"]}]}),
        json!({"name": "Mug", "options": [{"name": "Size", "values": ["S"]}], "variants": [variant("S"), variant("S")]}),
        json!({"name": "Mug", "options": [{"name": "Size", "values": ["S"]}], "variants": [{"options": {"Colour": "red"}, "price": eur(1)}]}),
        json!({"name": "Mug", "options": [{"name": "Size", "values": ["S", "S"]}], "variants": [variant("S")]}),
    ] {
        staff.post("/products", body).await.assert_problem(422, "invalid");
    }
    assert_eq!(app.number("select count(*) as value from products").await, 0);
}

#[actix_web::test]
async fn a_slug_and_an_sku_are_given_once() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let body = |slug: &str, sku: &str| json!({"name": "Mug", "slug": slug, "sku": sku, "price": eur(1)});
    staff.post("/products", body("mug", "MUG")).await.assert_status(201);
    staff.post("/products", body("mug", "MUG-2")).await.assert_problem(409, "slug_taken");
    staff.post("/products", body("mug-2", "MUG")).await.assert_problem(409, "sku_taken");
    let second = staff.post("/products", json!({"name": "Mug", "price": eur(1)})).await.assert_status(201);
    assert_ne!(second.json["slug"], "mug", "a slug that is made up is a free one");
}

#[actix_web::test]
async fn a_product_is_found_by_every_slug_it_had_until_another_one_takes_it() {
    let app = TestApp::new().await;
    let (staff, nobody) = (app.staff().await, app.anonymous());
    let mug = app.product("Mug").create().await;
    let id = mug.summary.id.to_string();
    for slug in ["grey-mug", "stoneware-mug"] {
        staff.patch(format!("/products/{id}"), json!({"slug": slug})).await.assert_status(200);
    }
    for old in ["mug", "grey-mug", "stoneware-mug"] {
        let found = nobody.get(format!("/products/{old}")).await.assert_status(200);
        assert_eq!((found.text_at("/id"), found.text_at("/slug")), (id.clone(), "stoneware-mug".into()), "{old}");
        nobody.get(format!("/products/{old}/reviews")).await.assert_status(200);
    }
    // A new product means its own slug, whoever had it before.
    let other = app.product("Grey mug").create().await;
    assert_eq!(other.summary.slug, "grey-mug");
    assert_eq!(nobody.get("/products/grey-mug").await.assert_status(200).text_at("/id"), other.summary.id.to_string());
    // Back to the first: nothing leads in a circle.
    staff.patch(format!("/products/{id}"), json!({"slug": "mug"})).await.assert_status(200);
    assert_eq!(nobody.get("/products/stoneware-mug").await.assert_status(200).text_at("/slug"), "mug");
    // What is not on sale is not found by its old names either.
    staff.delete(format!("/products/{id}")).await.assert_status(204);
    nobody.get("/products/stoneware-mug").await.assert_problem(404, "not_found");
    staff.get("/products/stoneware-mug").await.assert_status(200);
}

#[actix_web::test]
async fn only_staff_see_what_is_not_on_sale() {
    let app = TestApp::new().await;
    let (staff, nobody) = (app.staff().await, app.anonymous());
    for status in [ProductStatus::Draft, ProductStatus::Archived] {
        let hidden = app.product("Hidden").status(status).create().await;
        let path = format!("/products/{}", hidden.summary.id);
        nobody.get(&path).await.assert_problem(404, "not_found");
        app.customer().await.get(&path).await.assert_problem(404, "not_found");
        let seen = staff.get(&path).await.assert_status(200);
        assert_eq!(seen.need_header("cache-control"), "private, no-store");
        let list = format!("/products?status={}", status.as_str());
        nobody.get(&list).await.assert_problem(401, "unauthorized");
        app.customer().await.get(&list).await.assert_problem(403, "forbidden");
        assert_eq!(names(&staff.get(&list).await.assert_status(200)), ["Hidden"]);
    }
    assert_eq!(nobody.get("/products").await.assert_status(200).items().len(), 0);
    assert_eq!(staff.get("/products?status=any").await.assert_status(200).items().len(), 2);
}

#[actix_web::test]
async fn an_archived_product_can_be_published_again() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let mug = app.product("Mug").create().await;
    let path = format!("/products/{}", mug.summary.id);
    staff.delete(&path).await.assert_status(204);
    app.anonymous().get(&path).await.assert_problem(404, "not_found");
    staff.patch(&path, json!({"status": "published"})).await.assert_status(200);
    app.anonymous().get(&path).await.assert_status(200);
}

#[actix_web::test]
async fn a_list_is_narrowed_by_price_stock_category_and_option() {
    let app = TestApp::new().await;
    app.category("Kitchen", None).await;
    app.category("Tea", Some("kitchen")).await;
    app.product("Pot").price(3000).category("kitchen").create().await;
    app.product("Green tea").price(700).stock(0).category("tea").create().await;
    app.product("Shirt").price(1500).variant("Size", "M").stock(0).variant("Size", "XL").create().await;
    let nobody = app.anonymous();
    let found = async |query: &str| {
        let list = nobody.get(format!("/products?sort=name&{query}")).await.assert_status(200);
        names(&list).into_iter().map(str::to_owned).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(found("").await, "Green tea, Pot, Shirt");
    assert_eq!(found("min_price=700&max_price=1500").await, "Green tea, Shirt");
    assert_eq!(found("in_stock=true").await, "Pot, Shirt");
    assert_eq!(found("in_stock=false").await, "Green tea");
    assert_eq!(found("category=kitchen").await, "Green tea, Pot");
    assert_eq!(found("category=tea").await, "Green tea");
    assert_eq!(found("category=nothing").await, "");
    let long = "a".repeat(121);
    app.anonymous().get(format!("/products?category={long}")).await.assert_problem(400, "invalid_parameter");
    assert_eq!(found("option.Size=M").await, "Shirt");
    assert_eq!(found("option.Size=S").await, "");
    assert_eq!(found("option.Size=M&in_stock=true").await, "Shirt");
    assert_eq!(found("option.Size=S&option.Size=XL").await, "Shirt");
    nobody.get("/products?option.=M").await.assert_problem(400, "unknown_parameter");
    for bad in ["min_price=-1", "min_price=x", "in_stock=maybe", "min_rating=6", "sort=random", "sort=relevance", "status=gone"] {
        let refused = nobody.get(format!("/products?{bad}")).await;
        assert_eq!(refused.status, 400, "{bad}: {}", refused.text());
    }
}

#[actix_web::test]
async fn a_list_is_sorted_as_asked() {
    let app = TestApp::new().await;
    for (name, price) in [("Beta", 300), ("alpha", 100), ("Gamma", 200)] {
        app.product(name).price(price).create().await;
        app.clock().advance(1);
    }
    let nobody = app.anonymous();
    for (sort, expected) in [
        ("newest", ["Gamma", "alpha", "Beta"]),
        ("price", ["alpha", "Gamma", "Beta"]),
        ("-price", ["Beta", "Gamma", "alpha"]),
        ("name", ["alpha", "Beta", "Gamma"]),
    ] {
        assert_eq!(names(&nobody.get(format!("/products?sort={sort}")).await.assert_status(200)), expected, "{sort}");
    }
}

#[actix_web::test]
async fn words_find_products_by_name_and_description_whatever_the_case() {
    let app = TestApp::new().await;
    app.product("Café crème cup").create().await;
    app.product("Mug").description("Heavy stoneware for tea").create().await;
    app.product("Hidden mug").status(ProductStatus::Draft).create().await;
    let nobody = app.anonymous();
    let found = async |q: &str| nobody.get(format!("/products?q={q}")).await.assert_status(200).items().len();
    assert_eq!(found("mug").await, 1);
    assert_eq!(found("MUG").await, 1);
    assert_eq!(found("stonew").await, 1, "the last word may be unfinished");
    assert_eq!(found("stoneware+cup").await, 0, "all words are meant");
    assert_eq!(found("caf%C3%A9").await, 1);
    assert_eq!(found("CR%C3%88ME").await, 1);
    for odd in ["%22", "*", "a+AND", "NOT", "%27%3B--", "%28", "a:b", "%25", "%F0%9F%8D%95", "-", "+", "%5C"] {
        nobody.get(format!("/products?q={odd}")).await.assert_status(200);
    }
    nobody.get(format!("/products?q={}", "a".repeat(201))).await.assert_problem(400, "invalid_parameter");
}

#[actix_web::test]
async fn facets_count_what_the_list_could_be_narrowed_to() {
    let app = TestApp::new().await;
    app.category("Tea", None).await;
    app.product("Green tea").category("tea").create().await;
    app.product("Shirt").variant("Size", "M").variant("Size", "L").create().await;
    let list = app.anonymous().get("/products?facets=true").await.assert_status(200);
    assert_eq!(list.json["facets"]["categories"][0]["slug"], "tea");
    assert_eq!(list.json["facets"]["categories"][0]["count"], 1);
    assert_eq!(list.json["facets"]["options"], json!([{"name": "Size", "values": [{"value": "L", "count": 1}, {"value": "M", "count": 1}]}]));
    assert_eq!(list.json["facets"]["complete"], true);
    assert!(app.anonymous().get("/products").await.assert_status(200).json.get("facets").is_none());
}

#[actix_web::test]
async fn of_a_large_list_only_so_many_products_are_counted_but_all_make_the_total() {
    let app = TestApp::uncached().await;
    app.category("Tea", None).await;
    app.product("Blue mug").category("tea").variant("Size", "M").create().await;
    app.category("Green tea", Some("tea")).await;
    app.category("Cups for tea of which there is nothing yet", Some("tea")).await;
    app.product("Green cup").category("green-tea").create().await;
    let db = &app.ctx().db;
    let id = match db.backend() {
        DbBackend::Postgres => "lpad(to_hex(n * 2 + length(slug) % 2), 32, '0')::uuid",
        _ => "unhex(printf('%032x', n * 2 + length(slug) % 2))",
    };
    let copies = format!(
        "insert into products (id, category_id, slug, name, name_key, description, status, attributes, price_amount, sellable_variants, rating_score, created_at, updated_at) \
         with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 10050) \
         select {id}, category_id, slug || '-' || n, name, name_key, description, status, attributes, price_amount, sellable_variants, rating_score, created_at, updated_at \
         from numbers cross join products",
    );
    db.writer().execute_unprepared(&copies).await.unwrap();
    for query in ["", "category=tea&", "min_price=1&"] {
        let list = app.anonymous().get(format!("/products?{query}facets=true&include_total=true")).await.assert_status(200);
        assert_eq!((&list.json["facets"]["complete"], &list.json["total"]), (&json!(false), &json!(20_102)), "{query}");
        let counted: i64 = list.json["facets"]["prices"].as_array().unwrap().iter().map(|price| price["count"].as_i64().unwrap()).sum();
        assert_eq!(counted, 10_000, "{query}");
    }
    let tree = app.anonymous().get("/products?category=tea&facets=true").await.assert_status(200);
    assert_eq!(tree.json["facets"]["categories"][1]["slug"], "green-tea");
    assert_eq!(tree.json["facets"]["categories"][1]["count"], 5_000, "each category has its share");
    let few = app.anonymous().get("/products?q=mug&facets=true&include_total=true").await.assert_status(200);
    assert_eq!((&few.json["facets"]["complete"], &few.json["total"]), (&json!(true), &json!(1)), "no words are kept of the copies");
}

#[actix_web::test]
async fn who_has_the_present_version_is_told_so_and_not_sent_it_again() {
    let app = TestApp::new().await;
    let mug = app.product("Mug").create().await;
    let nobody = app.anonymous();
    for path in ["/products".to_owned(), format!("/products/{}", mug.summary.id), "/categories".to_owned()] {
        let first = nobody.get(&path).await.assert_status(200);
        assert!(first.need_header("cache-control").starts_with("public"), "{path}");
        let tag = first.need_header("etag").to_owned();
        let again = nobody.get(&path).header("if-none-match", tag.clone()).await.assert_status(304);
        assert_eq!((again.need_header("etag"), again.body.len()), (tag.as_str(), 0));
        nobody.get(&path).header("if-none-match", format!("\"other\", W/{tag}")).await.assert_status(304);
        nobody.get(&path).header("if-none-match", "\"other\"").await.assert_status(200);
    }
}

#[actix_web::test]
async fn staff_who_were_second_to_change_a_product_are_told() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let mug = app.product("Mug").create().await;
    let path = format!("/products/{}", mug.summary.id);
    let tag = staff.get(&path).await.assert_status(200).need_header("etag").to_owned();
    let changed = staff.patch(&path, json!({"name": "Cup"})).header("if-match", tag.clone()).await.assert_status(200);
    assert_eq!(changed.json["version"].as_i64().unwrap(), mug.version + 1);
    staff.patch(&path, json!({"name": "Bowl"})).header("if-match", tag.clone()).await.assert_problem(412, "precondition_failed");
    staff.delete(&path).header("if-match", tag).await.assert_problem(412, "precondition_failed");
    let fresh = changed.need_header("etag").to_owned();
    staff.patch(&path, json!({"name": "Bowl"})).header("if-match", fresh).await.assert_status(200);
}

#[actix_web::test]
async fn variants_are_added_changed_and_taken_off_sale_but_for_the_last() {
    let app = TestApp::new().await;
    let staff = app.staff().await;
    let shirt = app.product("Shirt").price(2000).variant("Size", "M").create().await;
    let path = format!("/products/{}/variants", shirt.summary.id);
    let body = |size: &str| json!({"options": {"Size": size}, "price": eur(1500), "stock": 4});
    let large = staff.post(&path, body("L")).await.assert_status(201);
    staff.post(&path, body("L")).await.assert_problem(409, "options_taken");
    staff.post(&path, json!({"options": {}, "price": eur(1)})).await.assert_problem(422, "invalid");
    let read = app.anonymous().get(format!("/products/{}", shirt.summary.id)).await.assert_status(200);
    assert_eq!(read.json["options"][0]["values"], json!(["M", "L"]), "a new value is added to the option");
    assert_eq!(read.json["price"], eur(1500), "the lowest price is the product's");

    let own = format!("{path}/{}", large.text_at("/id"));
    let dearer = staff.patch(&own, json!({"price": eur(2500), "compare_at_price": eur(3000)})).await.assert_status(200);
    assert_eq!(dearer.json["compare_at_price"], eur(3000));
    staff.patch(&own, json!({"options": {"Size": "M"}})).await.assert_problem(409, "options_taken");
    staff.patch(format!("{path}/{}", app.ctx().new_id()), json!({})).await.assert_problem(404, "not_found");
    let other = app.product("Other").create().await;
    staff.patch(format!("/products/{}/variants/{}", other.summary.id, large.text_at("/id")), json!({})).await.assert_problem(404, "not_found");

    staff.delete(&own).await.assert_status(204);
    staff.delete(&own).await.assert_problem(404, "not_found");
    staff.delete(format!("{path}/{}", first_variant(&shirt))).await.assert_problem(409, "last_variant");
}
