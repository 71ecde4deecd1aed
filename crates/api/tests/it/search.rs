//! Suggestions while somebody types.

use novashop_testing::TestApp;

#[actix_web::test]
async fn suggestions_forgive_typing_errors_and_unfinished_words() {
    let app = TestApp::new().await;
    app.category("Tableware", None).await;
    app.product("Stoneware mug").create().await;
    app.product("Linen towel").create().await;
    app.product("Stoneware draft").status(novashop_types::catalogue::ProductStatus::Draft).create().await;
    let nobody = app.anonymous();
    for typed in ["stoneware", "stonware", "STONEW", "sto", "mug"] {
        let found = nobody.get(format!("/search/suggest?q={typed}")).await.assert_status(200);
        let names: Vec<_> = found.json["products"].as_array().unwrap().iter().map(|product| product["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["Stoneware mug"], "{typed}");
    }
    let found = nobody.get("/search/suggest?q=tablewear").await.assert_status(200);
    assert_eq!(found.json["categories"][0]["slug"], "tableware");
    let nothing = nobody.get("/search/suggest?q=zzzzzz").await.assert_status(200);
    assert!(nothing.json["products"].as_array().unwrap().is_empty());
}

#[actix_web::test]
async fn whatever_is_typed_is_answered() {
    let app = TestApp::new().await;
    app.product("Mug").create().await;
    let nobody = app.anonymous();
    for odd in ["%22", "*", "%27", "%25", "_", "a%20b%20c", "%F0%9F%8D%95", "%28", "-", "NOT", "%E6%9D%AF", "%5C"] {
        nobody.get(format!("/search/suggest?q={odd}")).await.assert_status(200);
    }
    nobody.get("/search/suggest").await.assert_problem(400, "invalid_parameter");
    nobody.get("/search/suggest?q=").await.assert_problem(400, "invalid_parameter");
    nobody.get(format!("/search/suggest?q={}", "a".repeat(101))).await.assert_problem(400, "invalid_parameter");
}

#[actix_web::test]
async fn a_plural_and_a_word_without_its_accents_find_the_product() {
    let app = TestApp::new().await;
    app.product("Travel mug").create().await;
    app.product("Lámpara de mesa").create().await;
    app.product("Bread knife").create().await;
    let nobody = app.anonymous();
    for (typed, name) in [
        ("mugs", "Travel mug"),
        ("lampara", "Lámpara de mesa"),
        ("l%C3%A1mparas", "Lámpara de mesa"),
        ("lamparas", "Lámpara de mesa"),
        ("knives", "Bread knife"),
    ] {
        let found = nobody.get(format!("/products?q={typed}")).await.assert_status(200);
        assert_eq!(found.json["items"][0]["name"], name, "{typed}");
        assert_eq!(found.json["items"].as_array().unwrap().len(), 1, "{typed}");
    }
}

/// The best match first, the same on both databases: more of the words in the name before fewer, whatever stands in the texts.
#[actix_web::test]
async fn what_has_the_words_in_its_name_comes_before_what_has_them_in_its_text() {
    let app = TestApp::new().await;
    let long = "Thrown by hand in a small workshop and glazed inside. ".repeat(40);
    for (name, text) in [
        ("Shelf", format!("For a blue mug. {}", "Blue mug, blue mug. ".repeat(60))),
        ("Blue towel", format!("{long} Goes with every mug.")),
        ("Mugs in blue", long.clone()),
        ("Mug rack", format!("{long} Painted blue.")),
    ] {
        app.product(name).description(&text).create().await;
        app.clock().advance(1);
    }
    let nobody = app.anonymous();
    let found = async |typed: &str| {
        let list = nobody.get(format!("/products?q={typed}")).await.assert_status(200);
        list.items().iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    for typed in ["blue+mug", "mug+blue", "BLU+MUG", "mugs+blue"] {
        let names = found(typed).await;
        assert_eq!((names[0].as_str(), names[3].as_str(), names.len()), ("Mugs in blue", "Shelf", 4), "{typed}: {names:?}");
    }
    let in_the_name = |names: &[String]| {
        let mut first = names[..2].to_vec();
        first.sort_unstable();
        first
    };
    assert_eq!(in_the_name(&found("mug").await), ["Mug rack", "Mugs in blue"]);
    assert_eq!(in_the_name(&found("blu").await), ["Blue towel", "Mugs in blue"], "a beginning counts as the word");
    // Page by page as well.
    let mut names = Vec::new();
    let mut cursor = String::new();
    for _ in 0..4 {
        let page = nobody.get(format!("/products?q=blue+mug&limit=1{cursor}")).await.assert_status(200);
        names.push(page.items()[0]["name"].as_str().unwrap().to_owned());
        cursor = page.json["next_cursor"].as_str().map(|next| format!("&cursor={next}")).unwrap_or_default();
    }
    assert_eq!((names, cursor), (found("blue+mug").await, String::new()));
}
