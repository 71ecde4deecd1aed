//! As many made-up products as one likes, the same in every run: for trying the shop at size.

use std::{collections::HashSet, ops::Range};

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use novashop_db::{
    self as db, ConnectionTrait, DbBackend,
    entities::{
        accounts::user,
        catalogue::{category, product, product_option, stock_movement, variant, variant_option},
        reviews::review,
        shop::low_stock_notice,
    },
    product_search::Found,
    sql::Sql,
};
use novashop_types::catalogue::{ProductStatus, StockMovementKind};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::{Context, Result, demo_dice::Dice, import_people::NO_PASSWORD, import_write::score, imports::Progress, outbox};

const DAY: i64 = 24 * 3_600_000;
/// Products in a transaction: long enough to be fast, short enough that a shop that runs meanwhile gets its turn.
const BATCH: u64 = 2_000;
/// Transactions at the same time on PostgreSQL: some are written while others are made up. SQLite has one writer.
const AT_ONCE: usize = 4;

const LOOKS: [&str; 24] = [
    "Plain",
    "Ribbed",
    "Brushed",
    "Glazed",
    "Woven",
    "Folded",
    "Slim",
    "Tall",
    "Low",
    "Round",
    "Square",
    "Speckled",
    "Striped",
    "Checked",
    "Quilted",
    "Ridged",
    "Waxed",
    "Washed",
    "Hand-made",
    "Everyday",
    "Small",
    "Large",
    "Soft",
    "Sturdy",
];
const COLOURS: [&str; 16] =
    ["Oat", "Moss", "Ink", "Rust", "Sand", "Slate", "Clay", "Sage", "Plum", "Teal", "Cream", "Charcoal", "Ochre", "Dusty blue", "Brick", "Pine"];
const COUNTRIES: [&str; 8] = ["Portugal", "Italy", "Germany", "Sweden", "Spain", "Poland", "France", "Czechia"];

/// What lies in a category: its slug, materials, things, sizes, and the cheapest and dearest price.
type Shelf = (&'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str], i64, i64);

const SHELVES: [Shelf; 12] = [
    (
        "cooking",
        &["steel", "cast-iron", "copper", "beech", "oak"],
        &["saucepan", "skillet", "ladle", "chopping board", "colander", "whisk", "roasting tin", "grater"],
        &["Small", "Medium", "Large"],
        900,
        14_900,
    ),
    (
        "tableware",
        &["stoneware", "porcelain", "glass", "earthenware"],
        &["plate", "bowl", "mug", "tumbler", "jug", "platter", "cup", "butter dish"],
        &["1 piece", "4 pieces", "6 pieces"],
        700,
        8_900,
    ),
    (
        "coffee-tea",
        &["steel", "porcelain", "glass", "enamel"],
        &["teapot", "kettle", "coffee pot", "dripper", "tea tin", "milk jug", "strainer"],
        &["0.4 l", "0.8 l", "1.2 l"],
        1_200,
        11_900,
    ),
    (
        "lighting",
        &["brass", "paper", "oak", "opal glass", "linen"],
        &["table lamp", "pendant", "floor lamp", "wall light", "lantern", "candlestick"],
        &["25 cm", "35 cm", "50 cm"],
        1_900,
        24_900,
    ),
    (
        "textiles",
        &["linen", "wool", "cotton", "hemp"],
        &["throw", "cushion", "towel", "tablecloth", "pillowcase", "bath mat", "runner"],
        &["Small", "Medium", "Large"],
        1_400,
        16_900,
    ),
    (
        "plants-pots",
        &["terracotta", "zinc", "stoneware", "oak"],
        &["pot", "planter", "watering can", "plant stand", "saucer", "trowel"],
        &["12 cm", "18 cm", "25 cm"],
        600,
        7_900,
    ),
    (
        "tops-knitwear",
        &["merino", "cotton", "lambswool", "linen"],
        &["jumper", "cardigan", "shirt", "tee", "vest", "scarf", "beanie"],
        &["S", "M", "L"],
        2_400,
        17_900,
    ),
    (
        "bags",
        &["canvas", "leather", "waxed cotton", "felt"],
        &["tote", "backpack", "satchel", "pouch", "weekend bag", "wallet"],
        &["Small", "Medium", "Large"],
        2_900,
        28_900,
    ),
    (
        "shoes",
        &["leather", "suede", "canvas", "wool"],
        &["boot", "derby", "sandal", "slipper", "plimsoll", "clog"],
        &["39", "41", "43"],
        3_900,
        24_900,
    ),
    (
        "stationery",
        &["linen", "brass", "paper", "cork"],
        &["notebook", "pen", "desk tray", "letter set", "pencil case", "diary", "ruler"],
        &["A6", "A5", "A4"],
        500,
        8_900,
    ),
    (
        "audio",
        &["walnut", "aluminium", "oak", "fabric"],
        &["speaker", "radio", "headphones", "record crate", "headphone stand"],
        &["Compact", "Standard", "Tall"],
        3_900,
        49_900,
    ),
    (
        "toys-games",
        &["beech", "maple", "wool", "cotton"],
        &["blocks", "puzzle", "train", "bear", "spinning top", "domino set", "kite"],
        &["Small", "Medium", "Large"],
        900,
        6_900,
    ),
];

const OPINIONS: [(i32, &str, &str); 10] = [
    (5, "Just right", "Looks like the picture and feels better than it looks."),
    (5, "Would buy again", "Six weeks of daily use and no complaint so far."),
    (4, "Good, not perfect", "The finish has one small flaw on the underside, which nobody will ever see but me."),
    (4, "Solid", "A little heavier than I thought, which turned out to be a good thing."),
    (5, "A present that worked", "My sister asked where it came from."),
    (3, "It is fine", "Does its work. I had hoped for a warmer colour."),
    (4, "Well packed", "Came in paper only, without a scratch."),
    (2, "Smaller than I thought", "Measure before you order. I did not, and it shows."),
    (5, "Lovely", ""),
    (3, "Average", "Nothing wrong with it, nothing special about it."),
];

/// What a batch writes.
#[derive(Default)]
struct Rows {
    products: Vec<product::Model>,
    options: Vec<product_option::Model>,
    variants: Vec<variant::Model>,
    variant_options: Vec<variant_option::Model>,
    movements: Vec<stock_movement::Model>,
    reviews: Vec<review::Model>,
    found: Vec<Found>,
}

/// Adds products until there are `size` made-up ones; how many were added.
///
/// Nothing is told about each of them: one event at the end says that the catalogue is another.
///
/// # Errors
/// Those of the database. What was written by then stays, and a second run adds what is missing.
pub async fn fill(ctx: &Context, size: u64, progress: &Progress<'_>) -> Result<u64> {
    let present = u64::try_from(db::imports::count_skus(ctx.db.reader(), "GEN-%-1").await?).unwrap_or_default();
    let wanted = size.saturating_sub(present);
    if wanted == 0 {
        return Ok(0);
    }
    let categories = db::imports::list_categories(ctx.db.reader()).await?;
    let people: Vec<user::Model> =
        Sql::new("select * from users where password_hash = $1 order by username_key limit 200", [NO_PASSWORD.into()]).all(ctx.db.reader()).await?;
    let shop = Shop { ctx, categories: &categories, people: &people };
    let at_once = if ctx.db.backend() == DbBackend::Postgres { AT_ONCE } else { 1 };
    let batches = (0..size.div_ceil(BATCH)).map(|n| n * BATCH..size.min((n + 1) * BATCH));
    let mut written = stream::iter(batches).map(|numbers| shop.add(numbers, present > 0)).buffer_unordered(at_once);
    let (mut added, total) = (0, usize::try_from(wanted).unwrap_or(usize::MAX));
    while let Some(more) = written.try_next().await? {
        added += more;
        progress("products", usize::try_from(added).unwrap_or_default(), total);
    }
    ctx.db.write(async |tx| outbox::event(ctx, tx, "catalogue.replaced", json!({"created": added})).await).await?;
    ctx.db.analyze().await?;
    Ok(added)
}

/// What the made-up products need of the shop.
struct Shop<'a> {
    ctx: &'a Context,
    categories: &'a [category::Model],
    people: &'a [user::Model],
}

impl Shop<'_> {
    /// Adds the products of these numbers in one transaction; how many. With `some_are_there` those that are there already are left out.
    async fn add(&self, numbers: Range<u64>, some_are_there: bool) -> Result<u64> {
        let mut missing: Vec<u64> = numbers.collect();
        if some_are_there {
            let skus: Vec<String> = missing.iter().map(|number| sku(*number, 0)).collect();
            let there = db::imports::list_sku_owners(self.ctx.db.reader(), &skus).await?;
            let there: HashSet<&str> = there.iter().map(|owner| owner.sku.as_str()).collect();
            missing.retain(|number| !there.contains(sku(*number, 0).as_str()));
        }
        let missing = &missing;
        self.ctx.db.write(async |tx| self.write(tx, missing).await).await?;
        Ok(u64::try_from(missing.len()).unwrap_or_default())
    }

    async fn write(&self, tx: &impl ConnectionTrait, numbers: &[u64]) -> Result<()> {
        // A second run adds what a crash took away; the event at the end brings all of it to the disk.
        db::bulk::commit_without_waiting(tx).await?;
        let mut rows = Rows::default();
        for number in numbers {
            product(self.ctx, &mut rows, *number, self.categories, self.people);
        }
        db::bulk::insert::<product::Entity, _>(tx, rows.products).await?;
        db::bulk::insert::<product_option::Entity, _>(tx, rows.options).await?;
        let noticed = db::low_stock::notices_of_new(&rows.variants, self.ctx.now().0);
        db::bulk::insert::<variant::Entity, _>(tx, rows.variants).await?;
        db::bulk::insert::<low_stock_notice::Entity, _>(tx, noticed).await?;
        db::bulk::insert::<variant_option::Entity, _>(tx, rows.variant_options).await?;
        db::bulk::insert::<stock_movement::Entity, _>(tx, rows.movements).await?;
        db::bulk::insert::<review::Entity, _>(tx, rows.reviews).await?;
        Ok(db::product_search::write_search(tx, rows.found).await?)
    }
}

/// The SKU of a made-up product's variant.
fn sku(number: u64, position: i32) -> String {
    format!("GEN-{:05}-{}", number + 1, position + 1)
}

/// The product of a number: everything about it follows from the number.
fn product(ctx: &Context, rows: &mut Rows, number: u64, categories: &[category::Model], people: &[user::Model]) {
    let mut dice = Dice::new(number);
    let Some((shelf, materials, things, sizes, cheapest, dearest)) = dice.pick(&SHELVES).copied() else { return };
    let (look, material, thing) = (dice.word(&LOOKS), dice.word(materials), dice.word(things));
    let name = format!("{look} {material} {thing}");
    let id = ctx.new_id();
    let created_at = ctx.now().0 - dice.between(0, 700 * DAY);
    // Prices end in 00, 50 or 90, as they do in shops.
    let base = dice.between(cheapest, dearest) / 100 * 100 + dice.pick(&[0, 50, 90]).copied().unwrap_or_default();
    let reduced = dice.below(6) == 0;
    let made_in = dice.word(&COUNTRIES);
    let category = categories.iter().find(|category| category.slug == shelf);
    let row = product::Model {
        id,
        category_id: category.map(|category| category.id),
        slug: format!("{}-{:05}", novashop_domain::slugs::from_name(&name, "product"), number + 1),
        name_key: name.to_lowercase(),
        description: format!(
            "A {} {thing} in {material}, made in {made_in} in small runs.\n\nIt is meant to be used, looked after and passed on. Colours vary a little from piece to piece.",
            look.to_lowercase()
        ),
        name,
        status: ProductStatus::Published.as_str().into(),
        attributes: json!({"Material": capital(material), "Made in": made_in}),
        price_amount: 0,
        compare_at_amount: None,
        sellable_variants: 0,
        rating_sum: 0,
        rating_count: 0,
        rating_score: 0,
        version: 1,
        created_at,
        updated_at: created_at,
    };
    let start = rows.variants.len();
    let prices = Prices { base, reduced, rising: !matches!(shelf, "tops-knitwear" | "shoes") };
    variants(ctx, rows, &mut dice, &row, number, sizes, &prices);
    let made = rows.variants.get(start..).unwrap_or_default();
    let words = made.iter().map(|variant| (variant.sku.as_str(), &variant.options));
    rows.found.push(Found::new(id, &row.name, &row.description, &row.attributes, category.map(|category| category.name.as_str()), words));
    let cheapest = made.iter().min_by_key(|variant| (variant.price_amount, variant.position));
    let sellable = made.iter().filter(|variant| variant.stock > 0).count();
    let (price_amount, compare_at_amount) = cheapest.map_or((0, None), |variant| (variant.price_amount, variant.compare_at_amount));
    let (rating_sum, rating_count) = reviews(ctx, rows, &mut dice, id, created_at, people);
    rows.products.push(product::Model {
        price_amount,
        compare_at_amount,
        sellable_variants: i32::try_from(sellable).unwrap_or_default(),
        rating_sum,
        rating_count,
        rating_score: score(rating_sum, rating_count),
        ..row
    });
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What the variants of a product cost.
struct Prices {
    base: i64,
    /// Whether they cost more before.
    reduced: bool,
    /// Whether the larger ones cost more.
    rising: bool,
}

fn variants(ctx: &Context, rows: &mut Rows, dice: &mut Dice, product: &product::Model, number: u64, sizes: &[&str], prices: &Prices) {
    let base = prices.base;
    let count = 1 + dice.below(3);
    // One in four products comes in colours, the others in sizes; a single variant has no options.
    let colours = dice.below(4) == 0;
    let start = dice.below(COLOURS.len());
    let values: Vec<&str> =
        if colours { COLOURS.iter().cycle().skip(start).take(count).copied().collect() } else { sizes.iter().take(count).copied().collect() };
    let name = if colours { "Colour" } else { "Size" };
    if count > 1 {
        rows.options.push(product_option::Model { product_id: product.id, position: 0, name: name.into(), choices: json!(values) });
    }
    for (position, value) in (0..).zip(values) {
        let id = ctx.new_id();
        let mut options = Map::new();
        if count > 1 {
            options.insert(name.into(), Value::from(value));
            rows.variant_options.push(variant_option::Model { variant_id: id, product_id: product.id, name: name.into(), value: value.into() });
        }
        let price_amount = if colours || !prices.rising { base } else { base + base / 4 / 100 * 100 * i64::from(position) };
        // One in nine is sold out, as it is in shops.
        let stock = if dice.below(9) == 0 { 0 } else { dice.between(1, 120) };
        if stock > 0 {
            let kind = StockMovementKind::Initial.as_str().to_owned();
            let reason = String::new();
            let created_at = product.created_at;
            let row = stock_movement::Model {
                id: ctx.new_id(),
                variant_id: id,
                delta: stock,
                stock_after: stock,
                kind,
                reason,
                order_id: None,
                actor_id: None,
                created_at,
            };
            rows.movements.push(row);
        }
        rows.variants.push(variant::Model {
            id,
            product_id: product.id,
            sku: sku(number, position),
            options_key: novashop_domain::variants::options_key(&options),
            options: Value::Object(options),
            position,
            price_amount,
            compare_at_amount: prices.reduced.then(|| price_amount + price_amount / 5 / 100 * 100 + 100),
            stock,
            created_at: product.created_at,
            updated_at: product.created_at,
            deleted_at: None,
        });
    }
}

/// Up to three reviews by customers of the demo shop; the sum of their ratings and how many.
fn reviews(ctx: &Context, rows: &mut Rows, dice: &mut Dice, product_id: Uuid, since: i64, people: &[user::Model]) -> (i64, i64) {
    let (mut sum, mut count) = (0, 0);
    let wanted = dice.below(4).min(people.len());
    let start = dice.below(people.len());
    for person in people.iter().cycle().skip(start).take(wanted) {
        let Some((rating, title, body)) = dice.pick(&OPINIONS).copied() else { continue };
        let at = dice.between(since, ctx.now().0);
        sum += i64::from(rating);
        count += 1;
        rows.reviews.push(review::Model {
            id: ctx.new_id(),
            product_id,
            user_id: Some(person.id),
            rating,
            title: title.into(),
            body: body.into(),
            verified_purchase: false,
            helpful_count: 0,
            hidden: false,
            answer: None,
            answered_at: None,
            created_at: at,
            updated_at: at,
        });
    }
    (sum, count)
}
