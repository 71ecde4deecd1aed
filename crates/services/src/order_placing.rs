//! Placing an order: one transaction in which everything happens, or nothing.

use std::collections::{BTreeMap, HashMap};

use novashop_db::{
    self as db, DatabaseTransaction,
    carts::{Line, Owner},
    orders::{Event, Item, Payment},
};
use novashop_domain::{
    shipping,
    totals::{self, Totals},
};
use novashop_types::{
    ErrorCode, Language, VariantId,
    catalogue::StockMovementKind,
    errors::ShortLine,
    orders::{Address, Order, OrderCreate, OrderStatus, PaymentStatus, event_data},
};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    Actor, Context, Error, Result,
    context::hash_secret,
    idempotency::{self, Answer, Repeatable},
    mails::{OrderMail, Recipients, order_mail},
    orders, outbox,
    stock::{self, Changed, Why},
};

/// Makes an order of what is in the cart: that of the person who is signed in, or the guest's whose token this is.
///
/// # Errors
/// `empty_cart`, `out_of_stock` with every short line, `invalid` where a guest gives no e-mail address, those of [`idempotency::once`] and of
/// [`Recipients`].
pub async fn place(
    ctx: &Context,
    actor: Option<&Actor>,
    cart_token: Option<&str>,
    request: &Repeatable,
    body: &OrderCreate,
    language: Language,
    recipients: &impl Recipients,
) -> Result<Answer> {
    const ROUTE: &str = "POST /api/v1/orders";
    if actor.is_none() && body.email.is_none() {
        return Err(Error::invalid_field("/email", "required", "is needed to order without an account"));
    }
    let (owner, scope) = match (actor, cart_token) {
        (Some(actor), _) => (Owner::User(actor.user_id), idempotency::user_scope(actor.user_id, ROUTE)),
        (None, Some(token)) => {
            let hash = hash_secret(token);
            let scope = idempotency::guest_scope(&hash, ROUTE);
            (Owner::Guest(hash), scope)
        }
        (None, None) => return Err(empty_cart()),
    };
    let answer = idempotency::once(ctx, &scope, request, async |tx| {
        let order = place_in(ctx, tx, actor, &owner, body, language, recipients).await?;
        Answer::created(format!("/api/v1/orders/{}", order.id), &order)
    })
    .await?;
    if actor.is_none() { with_access_token(ctx, answer) } else { Ok(answer) }
}

/// Gives a guest the order's token. It is not in the answer that is kept for repeats: what is kept could be read.
fn with_access_token(ctx: &Context, answer: Answer) -> Result<Answer> {
    let failed = |error| Error::internal("an order as JSON", error);
    let mut order: Order = serde_json::from_str(&answer.body).map_err(failed)?;
    order.access_token = Some(ctx.tokens.for_order(order.id));
    Ok(Answer { body: serde_json::to_string(&order).map_err(failed)?, ..answer })
}

async fn place_in(
    ctx: &Context,
    tx: &DatabaseTransaction,
    actor: Option<&Actor>,
    owner: &Owner,
    body: &OrderCreate,
    language: Language,
    recipients: &impl Recipients,
) -> Result<Order> {
    // Whoever closes the cart has it: a rival finds none.
    let cart = db::carts::close(tx, owner, ctx.now().0).await?.ok_or_else(empty_cart)?;
    let lines = db::carts::lines(tx, cart.id).await?;
    if lines.is_empty() {
        return Err(empty_cart());
    }
    let confirmed = cart.email.as_ref().filter(|_| cart.email_verified_at.is_some()).map(|email| email.to_lowercase());
    let email = body.email.clone().or(cart.email).unwrap_or_default();
    let taken = take_stock(tx, &lines).await?;
    stock::adjust_products(tx, &taken).await?;
    if confirmed != Some(email.to_lowercase()) {
        // Whatever address somebody types gets mails from us.
        recipients.may_get_a_mail(&email)?;
    }
    write(ctx, tx, &Draft { cart_id: cart.id, email, actor, body, language }, &lines, &taken).await
}

/// Takes every line's stock, or tells of every line that is short.
async fn take_stock(tx: &DatabaseTransaction, lines: &[Line]) -> Result<Vec<Changed>> {
    let wanted: BTreeMap<Uuid, i64> = lines.iter().filter(|line| line.available() > 0).map(|line| (line.variant_id, line.quantity)).collect();
    let taken = stock::take_all(tx, &wanted).await?;
    if taken.len() == lines.len() {
        return Ok(taken);
    }
    let is_taken = |line: &&Line| taken.iter().any(|taken| taken.variant_id == line.variant_id);
    let short: Vec<&Line> = lines.iter().filter(|line| !is_taken(line)).collect();
    // Somebody may have taken some since the lines were read: what is said is what there is now.
    let levels = db::stock::list(tx, short.iter().filter(|line| line.available() > 0).map(|line| line.variant_id)).await?;
    let now: HashMap<Uuid, i64> = levels.into_iter().map(|level| (level.id, if level.deleted_at.is_none() { level.stock } else { 0 })).collect();
    let short = short.into_iter().map(|line| {
        let available = now.get(&line.variant_id).copied().unwrap_or(0);
        ShortLine { variant_id: VariantId(line.variant_id), name: line.name.clone(), requested: line.quantity, available }
    });
    Err(Error::out_of_stock(short.collect()))
}

struct Draft<'a> {
    cart_id: Uuid,
    email: String,
    actor: Option<&'a Actor>,
    body: &'a OrderCreate,
    language: Language,
}

/// Writes the order and what belongs to it. Its number comes as late as can be: the next order waits for it until this one is committed.
async fn write(ctx: &Context, tx: &DatabaseTransaction, draft: &Draft<'_>, lines: &[Line], taken: &[Changed]) -> Result<Order> {
    let shipping =
        shipping::find(&draft.body.shipping_method).ok_or_else(|| Error::internal("a way to send", draft.body.shipping_method.as_str()))?;
    let totals = totals::add_up(lines.iter().map(|line| (line.price_amount, line.quantity)), shipping.amount)?;
    let id = ctx.new_id();
    let items = items(ctx, id, lines)?;
    let number = db::orders::next_number(tx).await?.ok_or_else(|| Error::internal("an order's number", "the counter is not there"))?;
    let row = row(ctx, id, number, draft, totals)?;
    let event = Event {
        id: ctx.new_id(),
        order_id: id,
        kind: "placed".to_owned(),
        data: event_data(None, None),
        actor_id: draft.actor.map(|actor| actor.user_id.0),
        created_at: row.placed_at,
    };
    let payment = Payment {
        id: ctx.new_id(),
        order_id: id,
        provider: draft.body.payment.provider.clone(),
        reference: None,
        status: PaymentStatus::Pending.as_str().to_owned(),
        amount: totals.total,
        refunded: 0,
        currency: row.currency.clone(),
        created_at: row.placed_at,
        updated_at: row.placed_at,
    };
    db::orders::insert(tx, row.clone(), items.clone(), event.clone(), payment.clone()).await?;
    let why = Why { kind: StockMovementKind::Sold, reason: "", order_id: Some(id), actor_id: draft.actor.map(|actor| actor.user_id) };
    stock::write_ledger(ctx, tx, taken, &why).await?;
    let mut events = vec![("order.placed", orders::event_of(&row, OrderStatus::PendingPayment, row.version))];
    events.extend(stock::events(taken));
    let mail = order_mail(&row, OrderStatus::PendingPayment, &OrderMail::default());
    outbox::events_and_mail(ctx, tx, events, mail).await?;
    orders::wire(ctx, row, items, vec![event], Some(payment))
}

fn row(ctx: &Context, id: Uuid, number: i64, draft: &Draft<'_>, totals: Totals) -> Result<orders::Row> {
    let now = ctx.now();
    let body = draft.body;
    Ok(orders::Row {
        id,
        number,
        cart_id: draft.cart_id,
        user_id: draft.actor.map(|actor| actor.user_id.0),
        access_token_hash: draft.actor.is_none().then(|| hash_secret(&ctx.tokens.for_order(id.into()))),
        email: draft.email.clone(),
        language: draft.language.code().to_owned(),
        status: OrderStatus::PendingPayment.as_str().to_owned(),
        currency: ctx.shop.currency.code().to_owned(),
        subtotal: totals.subtotal,
        discount: totals.discount,
        shipping: totals.shipping,
        tax: totals.tax,
        total: totals.total,
        shipping_address: json_of(&body.shipping_address)?,
        billing_address: json_of(body.billing_address.as_ref().unwrap_or(&body.shipping_address))?,
        shipping_method: body.shipping_method.clone(),
        placed_at: now.0,
        expires_at: Some(now.plus_seconds(ctx.shop.unpaid_order_seconds).0),
        updated_at: now.0,
        version: 1,
    })
}

/// What is sold, as it is now: names, options and prices of an order never change.
fn items(ctx: &Context, order_id: Uuid, lines: &[Line]) -> Result<Vec<Item>> {
    let item = |(line, position): (&Line, i32)| {
        Ok(Item {
            id: ctx.new_id(),
            order_id,
            position,
            variant_id: line.variant_id,
            product_id: line.product_id,
            name: line.name.clone(),
            sku: line.sku.clone(),
            options: line.options.clone(),
            quantity: line.quantity,
            unit_amount: line.price_amount,
            line_amount: ctx.money(line.price_amount).times(line.quantity)?.amount,
        })
    };
    lines.iter().zip(0..).map(item).collect()
}

fn json_of(address: &Address) -> Result<Value> {
    serde_json::to_value(address).map_err(|error| Error::internal("an address as JSON", error))
}

fn empty_cart() -> Error {
    Error::refused(ErrorCode::EmptyCart, "There is nothing in the cart.")
}
