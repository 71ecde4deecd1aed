//! Past orders of the demo shop, so that staff have something to look at: by its customers, in every state, over the last ninety days.

use std::collections::HashMap;

use novashop_db::{
    self as db, ConnectionTrait,
    entities::{
        accounts::user,
        catalogue::{product, stock_movement, variant},
        orders::{order, order_event, order_item, payment},
        reviews::review,
    },
    sql::{Sql, insert_all},
};
use novashop_types::{
    Language,
    catalogue::StockMovementKind,
    orders::{OrderStatus, PaymentStatus, event_data},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{Context, Error, Result, demo_dice::Dice, import_people::NO_PASSWORD, outbox};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// How many orders of each state; those that arrived come first in time.
const STATES: [(OrderStatus, usize); 4] =
    [(OrderStatus::Delivered, 38), (OrderStatus::Cancelled, 5), (OrderStatus::Fulfilled, 8), (OrderStatus::Paid, 9)];

/// Where the customers live: town, country, a postal code.
const TOWNS: [(&str, &str, &str); 44] = [
    ("Gothenburg", "SE", "411 04"),
    ("Leipzig", "DE", "04109"),
    ("Porto", "PT", "4050-253"),
    ("Tampere", "FI", "33100"),
    ("Dublin", "IE", "D08 F8C2"),
    ("Cardiff", "GB", "CF10 2EF"),
    ("Bath", "GB", "BA1 1LZ"),
    ("Graz", "AT", "8010"),
    ("Brno", "CZ", "602 00"),
    ("Galway", "IE", "H91 E2R8"),
    ("Turku", "FI", "20100"),
    ("Lyon", "FR", "69002"),
    ("Bern", "CH", "3011"),
    ("Oslo", "NO", "0155"),
    ("Hamburg", "DE", "20099"),
    ("Nantes", "FR", "44000"),
    ("Gdańsk", "PL", "80-831"),
    ("Aarhus", "DK", "8000"),
    ("Leeds", "GB", "LS1 4DY"),
    ("Utrecht", "NL", "3511 CB"),
    ("Bologna", "IT", "40124"),
    ("Turin", "IT", "10121"),
    ("Groningen", "NL", "9712 HN"),
    ("Verona", "IT", "37121"),
    ("Freiburg", "DE", "79098"),
    ("Ghent", "BE", "9000"),
    ("Kraków", "PL", "31-005"),
    ("Bristol", "GB", "BS1 4ST"),
    ("Inverness", "GB", "IV1 1LX"),
    ("Chania", "GR", "731 32"),
    ("Brussels", "BE", "1000"),
    ("Olomouc", "CZ", "779 00"),
    ("Malmö", "SE", "211 22"),
    ("Salzburg", "AT", "5020"),
    ("Lille", "FR", "59800"),
    ("Zagreb", "HR", "10000"),
    ("Basel", "CH", "4051"),
    ("Tartu", "EE", "51007"),
    ("Valencia", "ES", "46002"),
    ("Girona", "ES", "17004"),
    ("Zaragoza", "ES", "50003"),
    ("A Coruña", "ES", "15001"),
    ("Seville", "ES", "41004"),
    ("Santander", "ES", "39002"),
];

const STREETS: [&str; 12] = [
    "Mill Lane",
    "Station Road",
    "Harbour Street",
    "Linden Street",
    "Church Square",
    "Garden Street",
    "Market Street",
    "Castle Hill",
    "School Lane",
    "River Walk",
    "Orchard Way",
    "Bridge Street",
];

/// What the orders are made of.
struct Shop {
    people: Vec<user::Model>,
    products: HashMap<Uuid, product::Model>,
    /// In stock, with enough behind them that a cancelled order never was one too many.
    variants: Vec<variant::Model>,
    /// Of customers who say that they bought: who, what, when.
    bought: Vec<review::Model>,
}

/// What is written.
#[derive(Default)]
struct Rows {
    orders: Vec<order::Model>,
    items: Vec<order_item::Model>,
    events: Vec<order_event::Model>,
    payments: Vec<payment::Model>,
    /// Per variant: when, how many, of which order.
    moves: HashMap<Uuid, Vec<(i64, i64, Uuid)>>,
}

/// Writes the orders, and dates the catalogue back to before them; how many orders.
///
/// # Errors
/// Those of the database.
pub async fn write(ctx: &Context) -> Result<usize> {
    ctx.db.write(async |tx| write_in(ctx, tx).await).await
}

async fn write_in(ctx: &Context, tx: &impl ConnectionTrait) -> Result<usize> {
    let shop = read(tx).await?;
    if shop.people.is_empty() || shop.variants.is_empty() {
        return Ok(0);
    }
    let mut dice = Dice::new(90);
    let mut drafts: Vec<(i64, OrderStatus, Option<&review::Model>)> = Vec::new();
    let mut bought = shop.bought.iter().filter(|review| review.created_at > ctx.now().0 - 80 * DAY);
    for (status, count) in STATES {
        for _ in 0..count {
            let review = if status == OrderStatus::Delivered { bought.next() } else { None };
            let (from, to) = age(status);
            // Who reviewed a thing had bought it some nine days before.
            let placed = match review {
                Some(review) => review.created_at - 9 * DAY - dice.between(0, 10 * HOUR),
                None => ctx.now().0 - dice.between(from, to),
            };
            drafts.push((placed, status, review));
        }
    }
    drafts.sort_by_key(|draft| draft.0);
    let count = i64::try_from(drafts.len()).unwrap_or_default();
    let first = db::imports::take_numbers(tx, "order_number", count).await? - count + 1;
    let mut rows = Rows::default();
    for (number, (placed, status, review)) in (first..).zip(drafts) {
        draw(ctx, &shop, &mut dice, &mut rows, number, placed, status, review);
    }
    age_catalogue(tx, ctx.now().0).await?;
    let total = rows.orders.len();
    insert_all::<order::Entity, _>(tx, rows.orders).await?;
    insert_all::<order_item::Entity, _>(tx, rows.items).await?;
    insert_all::<order_event::Entity, _>(tx, rows.events).await?;
    insert_all::<payment::Entity, _>(tx, rows.payments).await?;
    ledger(ctx, tx, &shop, rows.moves).await?;
    // The catalogue has other dates now.
    outbox::event(ctx, tx, "catalogue.imported", json!({"orders": total})).await?;
    Ok(total)
}

async fn read(tx: &impl ConnectionTrait) -> Result<Shop> {
    let people = Sql::new("select * from users where password_hash = $1 order by username_key", [NO_PASSWORD.into()]).all(tx).await?;
    let products: Vec<product::Model> = Sql::new("select * from products where status = 'published'", []).all(tx).await?;
    let variants = "select v.* from variants v join products p on p.id = v.product_id \
        where v.deleted_at is null and p.status = 'published' and v.stock >= 20 order by v.sku";
    let bought = "select r.* from reviews r join products p on p.id = r.product_id \
        where r.verified_purchase and r.user_id is not null order by r.created_at desc, p.slug";
    Ok(Shop {
        people,
        products: products.into_iter().map(|row| (row.id, row)).collect(),
        variants: Sql::new(variants, []).all(tx).await?,
        bought: Sql::new(bought, []).all(tx).await?,
    })
}

/// How long ago an order of this state was placed, at least and at most.
const fn age(status: OrderStatus) -> (i64, i64) {
    match status {
        OrderStatus::Delivered | OrderStatus::Refunded => (8 * DAY, 89 * DAY),
        OrderStatus::Cancelled => (2 * DAY, 70 * DAY),
        OrderStatus::Fulfilled => (2 * DAY, 5 * DAY),
        OrderStatus::Paid => (3 * HOUR, 40 * HOUR),
        OrderStatus::PendingPayment => (2 * MINUTE, 20 * MINUTE),
    }
}

#[expect(clippy::too_many_arguments, reason = "one order and where it is written; a struct for one call would say no more")]
fn draw(ctx: &Context, shop: &Shop, dice: &mut Dice, rows: &mut Rows, number: i64, placed: i64, status: OrderStatus, review: Option<&review::Model>) {
    let reviewer = review.and_then(|review| shop.people.iter().find(|person| Some(person.id) == review.user_id));
    let Some(person) = reviewer.or_else(|| dice.pick(&shop.people)) else { return };
    let id = ctx.new_id();
    let first = review.and_then(|review| shop.variants.iter().find(|variant| variant.product_id == review.product_id));
    let mut lines: Vec<&variant::Model> = first.into_iter().collect();
    let wanted = 1 + dice.below(3);
    for variant in std::iter::repeat_with(|| dice.pick(&shop.variants)).take(20).flatten() {
        if lines.len() < wanted && !lines.iter().any(|line| line.product_id == variant.product_id) {
            lines.push(variant);
        }
    }
    let mut subtotal = 0;
    for (position, variant) in (0..).zip(lines) {
        let quantity = if variant.price_amount < 4_000 { dice.between(1, 3) } else { 1 };
        let line_amount = variant.price_amount * quantity;
        subtotal += line_amount;
        rows.moves.entry(variant.id).or_default().push((placed, -quantity, id));
        if status == OrderStatus::Cancelled {
            rows.moves.entry(variant.id).or_default().push((placed + 5 * HOUR, quantity, id));
        }
        rows.items.push(order_item::Model {
            id: ctx.new_id(),
            order_id: id,
            position,
            variant_id: variant.id,
            product_id: variant.product_id,
            name: shop.products.get(&variant.product_id).map(|product| product.name.clone()).unwrap_or_default(),
            sku: variant.sku.clone(),
            options: variant.options.clone(),
            quantity,
            unit_amount: variant.price_amount,
            line_amount,
        });
    }
    let updated_at = history(ctx, dice, rows, id, number, placed, status);
    pay(ctx, rows, id, subtotal, placed, updated_at, status);
    let address = address(person, dice);
    rows.orders.push(order::Model {
        id,
        number,
        // The cart it came from is not kept: only that it was one of its own.
        cart_id: ctx.new_id(),
        user_id: Some(person.id),
        access_token_hash: None,
        email: person.email.clone(),
        language: Language::default().code().into(),
        status: status.as_str().into(),
        currency: ctx.shop.currency.code().into(),
        subtotal,
        discount: 0,
        shipping: 0,
        tax: 0,
        total: subtotal,
        shipping_address: address.clone(),
        billing_address: address,
        shipping_method: "standard".into(),
        placed_at: placed,
        // Waits for staff, who shall find some waiting: it is not cancelled by itself.
        expires_at: None,
        updated_at,
        version: 1,
    });
}

fn pay(ctx: &Context, rows: &mut Rows, order_id: Uuid, amount: i64, placed: i64, updated_at: i64, status: OrderStatus) {
    let state = match status {
        OrderStatus::PendingPayment => PaymentStatus::Pending,
        OrderStatus::Cancelled => PaymentStatus::Cancelled,
        _ => PaymentStatus::Captured,
    };
    rows.payments.push(payment::Model {
        id: ctx.new_id(),
        order_id,
        provider: "manual".into(),
        reference: None,
        status: state.as_str().into(),
        amount,
        refunded: if status == OrderStatus::Refunded { amount } else { 0 },
        currency: ctx.shop.currency.code().into(),
        created_at: placed,
        updated_at,
    });
}

/// What happened to an order on the way to its state; when the last of it was.
fn history(ctx: &Context, dice: &mut Dice, rows: &mut Rows, order_id: Uuid, number: i64, placed: i64, status: OrderStatus) -> i64 {
    let paid = placed + dice.between(20 * MINUTE, 2 * HOUR);
    let sent = placed + DAY + dice.between(2 * HOUR, 20 * HOUR);
    let arrived = sent + 2 * DAY + dice.between(0, 36 * HOUR);
    let mut steps = vec![("placed", placed, event_data(None, None))];
    if status == OrderStatus::Cancelled {
        steps.push(("cancelled", placed + 5 * HOUR, event_data(None, Some("Ordered twice by mistake"))));
    } else if status != OrderStatus::PendingPayment {
        steps.push(("paid", paid, event_data(None, None)));
    }
    if matches!(status, OrderStatus::Fulfilled | OrderStatus::Delivered | OrderStatus::Refunded) {
        let parcel = format!("NS{:09}EU", number * 7_919 + dice.between(100_000_000, 899_000_000));
        steps.push(("fulfilled", sent, event_data(Some(&parcel), None)));
    }
    if matches!(status, OrderStatus::Delivered | OrderStatus::Refunded) {
        steps.push(("delivered", arrived, event_data(None, None)));
    }
    if status == OrderStatus::Refunded {
        steps.push(("refunded", arrived + DAY, event_data(None, Some("Arrived damaged"))));
    }
    let last = steps.last().map_or(placed, |step| step.1);
    rows.events.extend(steps.into_iter().map(|(kind, created_at, data)| order_event::Model {
        id: ctx.new_id(),
        order_id,
        kind: kind.into(),
        data,
        actor_id: None,
        created_at,
    }));
    last
}

fn address(person: &user::Model, dice: &mut Dice) -> Value {
    let (country, postal_code) = TOWNS.iter().find(|town| town.0 == person.city).map_or(("DE", "10115"), |town| (town.1, town.2));
    let name = format!("{} {}", person.first_name, person.last_name);
    let name = if name.trim().is_empty() { person.username.as_str() } else { name.trim() };
    let city = if person.city.is_empty() { "Berlin" } else { person.city.as_str() };
    let line1 = format!("{} {}", dice.between(1, 120), dice.word(&STREETS));
    json!({"name": name, "line1": line1, "line2": "", "city": city, "postal_code": postal_code, "region": "", "country": country})
}

/// The products were there before their first order and their first review.
async fn age_catalogue(tx: &impl ConnectionTrait, now: i64) -> Result<()> {
    let products: Vec<product::Model> = Sql::new("select * from products order by slug", []).all(tx).await?;
    let mut dice = Dice::new(120);
    let reviews: Vec<review::Model> = Sql::new("select * from reviews", []).all(tx).await?;
    for product in products {
        let first = reviews.iter().filter(|review| review.product_id == product.id).map(|review| review.created_at).min().unwrap_or(now);
        let made = first.min(now - 100 * DAY) - 10 * DAY - dice.between(0, 60 * DAY);
        Sql::new("update products set created_at = $1, updated_at = $1 where id = $2", [made.into(), product.id.into()]).execute(tx).await?;
        let ledger = "update stock_movements set created_at = $1 where variant_id in (select id from variants where product_id = $2)";
        Sql::new(ledger, [made.into(), product.id.into()]).execute(tx).await?;
        Sql::new("update variants set created_at = $1 where product_id = $2", [made.into(), product.id.into()]).execute(tx).await?;
    }
    Ok(())
}

/// Writes the ledgers of what was sold anew, so that they begin with what there was before and end with what there is.
async fn ledger(ctx: &Context, tx: &impl ConnectionTrait, shop: &Shop, moves: HashMap<Uuid, Vec<(i64, i64, Uuid)>>) -> Result<()> {
    let mut delete = Sql::new("delete from stock_movements where variant_id in ", []);
    delete.bind_list(moves.keys().copied());
    let begun: Vec<variant::Model> = Sql::new("select * from variants", []).all(tx).await?;
    delete.execute(tx).await?;
    let mut rows = Vec::new();
    let mut all: Vec<_> = moves.into_iter().collect();
    all.sort_by_key(|(id, _)| *id);
    for (variant_id, mut moves) in all {
        let Some(present) = shop.variants.iter().find(|variant| variant.id == variant_id) else { continue };
        let made = begun.iter().find(|variant| variant.id == variant_id).map_or(present.created_at, |variant| variant.created_at);
        moves.sort_by_key(|step| step.0);
        let mut stock = present.stock - moves.iter().map(|step| step.1).sum::<i64>();
        let row = |delta, stock_after, kind: StockMovementKind, order_id, created_at| {
            let (id, kind) = (ctx.new_id(), kind.as_str().to_owned());
            stock_movement::Model { id, variant_id, delta, stock_after, kind, reason: String::new(), order_id, actor_id: None, created_at }
        };
        rows.push(row(stock, stock, StockMovementKind::Initial, None, made));
        for (at, delta, order_id) in moves {
            stock += delta;
            let kind = if delta < 0 { StockMovementKind::Sold } else { StockMovementKind::Returned };
            rows.push(row(delta, stock, kind, Some(order_id), at));
        }
    }
    insert_all::<stock_movement::Entity, _>(tx, rows).await.map_err(Error::from)
}
