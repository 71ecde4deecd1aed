//! Orders: who may see which, and how they are read. Placing them is in `order_placing`, what happens to them later in `order_moves`.

use std::collections::HashMap;

use novashop_db::{
    self as db, ConnectionTrait,
    orders::{Event, Filter, Item, Name, Payment as PaymentRow},
};
use novashop_types::{
    Currency, Money, OrderId, Page, ProductId, Timestamp, UserId, VariantId,
    orders::{Address, NOTE, Order, OrderEvent, OrderItem, OrderStatus, Payment, PaymentStatus},
};
use serde_json::{Value, json};
use subtle::ConstantTimeEq;

pub use crate::order_moves::{cancel, cancel_expired, note, pay, transition};
pub use crate::order_placing::place;
use crate::{Actor, Context, Error, Result, context::hash_secret};

/// An order's row, found for somebody who may see it.
pub(crate) type Row = db::orders::Order;

/// Who asks for an order.
#[derive(Debug, Clone, Default)]
pub struct Access {
    /// Who is signed in.
    pub actor: Option<Actor>,
    /// The token that came with a guest's order.
    pub token: Option<String>,
}

impl Access {
    fn may_see(&self, order: &Row) -> bool {
        let owns = |actor: &Actor| actor.is_staff() || order.user_id == Some(actor.user_id.0);
        let knows = |token: &String, hash: &Vec<u8>| bool::from(hash_secret(token).as_slice().ct_eq(hash.as_slice()));
        self.actor.as_ref().is_some_and(owns)
            || self.token.as_ref().zip(order.access_token_hash.as_ref()).is_some_and(|(token, hash)| knows(token, hash))
    }

    /// Whether it is the customer's own order, and not staff looking at somebody's.
    fn owns(&self, order: &Row) -> bool {
        let as_guest = Self { actor: None, token: self.token.clone() };
        as_guest.may_see(order) || self.actor.is_some_and(|actor| order.user_id == Some(actor.user_id.0))
    }
}

/// The order with this id or number, for its owner or for staff.
///
/// # Errors
/// `not_found`, also where it is somebody else's.
pub async fn find(ctx: &Context, access: &Access, name: &str) -> Result<Order> {
    let row = find_row(ctx, name).await?.filter(|row| access.may_see(row)).ok_or_else(no_order)?;
    load_one(ctx, ctx.db.reader(), row).await
}

/// Any order with this id or number, for staff, with their notes.
///
/// # Errors
/// `not_found`.
pub async fn find_for_staff(ctx: &Context, name: &str) -> Result<Order> {
    let row = find_row(ctx, name).await?.ok_or_else(no_order)?;
    load_with_notes(ctx, ctx.db.reader(), row).await
}

/// The id of the order with this id or number, for its owner alone.
///
/// # Errors
/// `not_found`, also where it is somebody else's.
pub async fn find_own(ctx: &Context, access: &Access, name: &str) -> Result<OrderId> {
    find_row(ctx, name).await?.filter(|row| access.owns(row)).map(|row| OrderId(row.id)).ok_or_else(no_order)
}

/// The id of any order with this id or number, for staff.
///
/// # Errors
/// `not_found`.
pub async fn find_any(ctx: &Context, name: &str) -> Result<OrderId> {
    find_row(ctx, name).await?.map(|row| OrderId(row.id)).ok_or_else(no_order)
}

/// That whoever asks may see an order. One statement.
///
/// # Errors
/// `not_found`, also where it is somebody else's.
pub async fn check_seen(ctx: &Context, access: &Access, id: OrderId) -> Result<()> {
    db::orders::find(ctx.db.reader(), Name::Id(id.0)).await?.filter(|row| access.may_see(row)).map(drop).ok_or_else(no_order)
}

/// What those who listen are told of an order as it is now.
pub(crate) fn event_of(row: &Row, status: OrderStatus, version: i64) -> Value {
    json!({
        "order_id": row.id, "number": row.number.to_string(), "user_id": row.user_id, "status": status, "version": version,
        "total": {"amount": row.total, "currency": row.currency},
    })
}

async fn find_row(ctx: &Context, name: &str) -> Result<Option<Row>> {
    let name = match (name.parse::<OrderId>(), name.parse::<i64>()) {
        (Ok(id), _) => Name::Id(id.0),
        // One number has one spelling: neither “+1001” nor “01001”.
        (_, Ok(number)) if number.to_string() == name => Name::Number(number),
        _ => return Ok(None),
    };
    Ok(db::orders::find(ctx.db.reader(), name).await?)
}

/// Which orders staff look for.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// In this state.
    pub status: Option<OrderStatus>,
    /// A number, or a part of an e-mail address or of a name.
    pub q: Option<String>,
    /// Placed then or later.
    pub from: Option<Timestamp>,
    /// Placed before.
    pub to: Option<Timestamp>,
}

/// Which part of a list.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// How many.
    pub limit: u32,
    /// After which.
    pub cursor: Option<&'a str>,
    /// Whether to count all.
    pub total: bool,
}

/// A person's orders, newest first.
///
/// # Errors
/// `invalid_cursor`, those of the database.
pub async fn list_own(ctx: &Context, user: UserId, status: Option<OrderStatus>, part: Part<'_>) -> Result<Page<Order>> {
    let filter = Filter { user_id: Some(user.0), status: status.map(OrderStatus::as_str), ..Filter::default() };
    list(ctx, &filter, part).await
}

/// Everybody's orders, newest first.
///
/// # Errors
/// `invalid_cursor`, those of the database.
pub async fn search(ctx: &Context, search: &Search, part: Part<'_>) -> Result<Page<Order>> {
    let filter = Filter {
        user_id: None,
        status: search.status.map(OrderStatus::as_str),
        text: search.q.as_deref().map(str::trim).filter(|q| !q.is_empty()).map(str::to_owned),
        from: search.from.map(|from| from.0),
        to: search.to.map(|to| to.0),
    };
    list(ctx, &filter, part).await
}

async fn list(ctx: &Context, filter: &Filter, part: Part<'_>) -> Result<Page<Order>> {
    let query = format!("orders {filter:?}");
    let below: Option<i64> = part.cursor.map(|cursor| ctx.cursors.open(&query, cursor)).transpose()?;
    let rows = db::orders::list(ctx.db.reader(), filter, below, part.limit.saturating_add(1)).await?;
    let total = if part.total { u64::try_from(db::orders::count(ctx.db.reader(), filter).await?).ok() } else { None };
    let page = ctx.cursors.page(&query, rows, part.limit, total, |row| row.number);
    Ok(Page { items: load(ctx, ctx.db.reader(), page.items).await?, next_cursor: page.next_cursor, total: page.total })
}

/// All orders of a person, newest first.
///
/// # Errors
/// Those of the database.
pub async fn list_for_export(ctx: &Context, user: UserId) -> Result<Vec<Order>> {
    /// Few enough that their ids fit in one statement on both databases.
    const BATCH: u32 = 1000;
    let filter = Filter { user_id: Some(user.0), ..Filter::default() };
    let (mut orders, mut below) = (Vec::new(), None);
    loop {
        let rows = db::orders::list(ctx.db.reader(), &filter, below, BATCH).await?;
        let Some(last) = rows.last() else { return Ok(orders) };
        below = Some(last.number);
        orders.extend(load(ctx, ctx.db.reader(), rows).await?);
    }
}

/// Orders with their lines, events and payments: three statements for any number of them. Notes are left out: shoppers read this too.
pub(crate) async fn load(ctx: &Context, conn: &impl ConnectionTrait, rows: Vec<Row>) -> Result<Vec<Order>> {
    load_events(ctx, conn, rows, |event| event.kind != NOTE).await
}

async fn load_events(ctx: &Context, conn: &impl ConnectionTrait, rows: Vec<Row>, shown: impl Fn(&Event) -> bool) -> Result<Vec<Order>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut items = group(db::orders::list_items(conn, &ids).await?, |item| item.order_id);
    let events = db::orders::list_events(conn, &ids).await?.into_iter().filter(shown).collect();
    let mut events = group(events, |event: &Event| event.order_id);
    let mut payments = group(db::orders::list_payments(conn, &ids).await?, |payment| payment.order_id);
    rows.into_iter()
        .map(|row| {
            let id = row.id;
            let payment = payments.remove(&id).and_then(|mut payments| payments.pop());
            wire(ctx, row, items.remove(&id).unwrap_or_default(), events.remove(&id).unwrap_or_default(), payment)
        })
        .collect()
}

pub(crate) async fn load_one(ctx: &Context, conn: &impl ConnectionTrait, row: Row) -> Result<Order> {
    load(ctx, conn, vec![row]).await?.pop().ok_or_else(no_order)
}

/// An order as staff see it.
pub(crate) async fn load_with_notes(ctx: &Context, conn: &impl ConnectionTrait, row: Row) -> Result<Order> {
    load_events(ctx, conn, vec![row], |_| true).await?.pop().ok_or_else(no_order)
}

fn group<T>(rows: Vec<T>, order: impl Fn(&T) -> uuid::Uuid) -> HashMap<uuid::Uuid, Vec<T>> {
    let mut groups: HashMap<uuid::Uuid, Vec<T>> = HashMap::new();
    for row in rows {
        groups.entry(order(&row)).or_default().push(row);
    }
    groups
}

/// An order as it goes out.
pub(crate) fn wire(ctx: &Context, row: Row, items: Vec<Item>, events: Vec<Event>, payment: Option<PaymentRow>) -> Result<Order> {
    let currency = Currency::parse(&row.currency).unwrap_or(ctx.shop.currency);
    let money = |amount| Money::new(amount, currency);
    let payment = payment.ok_or_else(|| Error::internal("an order", "an order without a payment"))?;
    Ok(Order {
        id: OrderId(row.id),
        number: row.number.to_string(),
        status: status(&row)?,
        items: items.into_iter().map(|item| wire_item(item, currency)).collect(),
        subtotal: money(row.subtotal),
        discount: money(row.discount),
        shipping: money(row.shipping),
        tax: money(row.tax),
        total: money(row.total),
        email: row.email,
        shipping_address: address(row.shipping_address)?,
        billing_address: address(row.billing_address)?,
        shipping_method: row.shipping_method,
        payment: wire_payment(ctx, &payment, currency),
        events: events.into_iter().map(wire_event).collect(),
        placed_at: Timestamp(row.placed_at),
        expires_at: row.expires_at.map(Timestamp),
        version: row.version,
        access_token: None,
    })
}

/// Where an order stands.
pub(crate) fn status(row: &Row) -> Result<OrderStatus> {
    OrderStatus::parse(&row.status).ok_or_else(|| Error::internal("an order's status", row.status.clone()))
}

fn wire_payment(ctx: &Context, row: &PaymentRow, currency: Currency) -> Payment {
    let status = PaymentStatus::parse(&row.status).unwrap_or(PaymentStatus::Pending);
    Payment {
        provider: row.provider.clone(),
        status,
        amount: Money::new(row.amount, currency),
        instructions: ctx.shop.payment_instructions.clone().filter(|_| status == PaymentStatus::Pending),
    }
}

fn wire_item(row: Item, currency: Currency) -> OrderItem {
    OrderItem {
        variant_id: VariantId(row.variant_id),
        product_id: ProductId(row.product_id),
        name: row.name,
        sku: row.sku,
        options: row.options.as_object().cloned().unwrap_or_default(),
        quantity: row.quantity,
        unit_price: Money::new(row.unit_amount, currency),
        line_total: Money::new(row.line_amount, currency),
    }
}

fn wire_event(row: Event) -> OrderEvent {
    let text = |name: &str| row.data.get(name).and_then(|value| value.as_str()).map(str::to_owned);
    let writer = row.actor_id.filter(|_| row.kind == NOTE).map(UserId);
    OrderEvent {
        at: Timestamp(row.created_at),
        tracking: text("tracking"),
        reason: text("reason"),
        text: text("text"),
        actor_id: writer,
        kind: row.kind,
    }
}

fn address(json: serde_json::Value) -> Result<Address> {
    serde_json::from_value(json).map_err(|error| Error::internal("an order's address", error))
}

pub(crate) fn no_order() -> Error {
    Error::not_found("order")
}
