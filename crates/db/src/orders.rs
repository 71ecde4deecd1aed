//! Orders, what is in them, what happened to them, and their payments.

use sea_orm::{ConnectionTrait, FromQueryResult, prelude::Uuid};

use crate::{
    Error,
    entities::orders::{order, order_event, order_item, payment},
    sql::{Inserts, Sql, insert_all},
};

/// An order's row.
pub type Order = order::Model;
/// A line of an order.
pub type Item = order_item::Model;
/// Something that happened to an order.
pub type Event = order_event::Model;
/// A payment.
pub type Payment = payment::Model;

/// What an order is called by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// Its id.
    Id(Uuid),
    /// Its number.
    Number(i64),
}

/// Which orders are listed.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// One person's.
    pub user_id: Option<Uuid>,
    /// In this state.
    pub status: Option<&'static str>,
    /// With this number, or with this text in the e-mail address or the customer's name.
    pub text: Option<String>,
    /// Placed at this instant or later.
    pub from: Option<i64>,
    /// Placed before this instant.
    pub to: Option<i64>,
}

/// The next order's number. Whoever takes one makes the next one wait until the transaction ends: so no number is left out.
///
/// # Errors
/// What the database says.
pub async fn next_number(conn: &impl ConnectionTrait) -> Result<Option<i64>, Error> {
    Sql::new("update counters set value = value + 1 where name = 'order_number' returning value", []).number(conn).await
}

/// Writes an order and all that begins with it, in one trip.
///
/// # Errors
/// What the database says.
pub async fn insert(conn: &impl ConnectionTrait, order: Order, items: Vec<Item>, event: Event, payment: Payment) -> Result<(), Error> {
    let (backend, mut inserts) = (conn.get_database_backend(), Inserts::default());
    inserts.add::<order::Entity, _>(backend, vec![order]).add::<order_item::Entity, _>(backend, items);
    inserts.add::<order_event::Entity, _>(backend, vec![event]).add::<payment::Entity, _>(backend, vec![payment]);
    inserts.run(conn).await
}

/// Writes something that happened to an order.
///
/// # Errors
/// What the database says.
pub async fn insert_event(conn: &impl ConnectionTrait, event: Event) -> Result<(), Error> {
    insert_all::<order_event::Entity, _>(conn, vec![event]).await
}

/// An order.
///
/// # Errors
/// What the database says.
pub async fn find(conn: &impl ConnectionTrait, name: Name) -> Result<Option<Order>, Error> {
    match name {
        Name::Id(id) => Sql::new("select * from orders where id = $1", [id.into()]).one(conn).await,
        Name::Number(number) => Sql::new("select * from orders where number = $1", [number.into()]).one(conn).await,
    }
}

/// Orders from the highest number down, those below `below`.
///
/// # Errors
/// What the database says.
pub async fn list(conn: &impl ConnectionTrait, filter: &Filter, below: Option<i64>, limit: u32) -> Result<Vec<Order>, Error> {
    let mut sql = Sql::new("select o.* from orders o where 1 = 1", []);
    narrow(&mut sql, filter);
    if let Some(below) = below {
        sql.push(" and o.number < ").bind(below);
    }
    // Bound, unlike other limits: so the statement is planned for the state that is asked for. Few orders are paid, and nearly all delivered.
    sql.push(" order by o.number desc limit ").bind(i64::from(limit));
    sql.all(conn).await
}

/// How many orders a filter leaves.
///
/// # Errors
/// What the database says.
pub async fn count(conn: &impl ConnectionTrait, filter: &Filter) -> Result<i64, Error> {
    let mut sql = Sql::new("select count(*) as value from orders o where 1 = 1", []);
    narrow(&mut sql, filter);
    Ok(sql.number(conn).await?.unwrap_or(0))
}

fn narrow(sql: &mut Sql, filter: &Filter) {
    if let Some(user_id) = filter.user_id {
        sql.push(" and o.user_id = ").bind(user_id);
    }
    if let Some(status) = filter.status {
        sql.push(" and o.status = ").bind(status);
    }
    if let Some(from) = filter.from {
        sql.push(" and o.placed_at >= ").bind(from);
    }
    if let Some(to) = filter.to {
        sql.push(" and o.placed_at < ").bind(to);
    }
    if let Some(text) = &filter.text {
        // A number, for instance “1042” or “#1042”; no order has the number -1.
        let number = text.trim_start_matches('#').parse::<i64>().unwrap_or(-1);
        let pattern = format!("%{}%", text.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_"));
        sql.push(" and (o.number = ").bind(number);
        for column in ["o.email", "o.shipping_address ->> 'name'", "o.billing_address ->> 'name'"] {
            like(sql, column, &pattern);
        }
        sql.push(" or exists (select 1 from users u where u.id = o.user_id and (1 = 0");
        like(sql, "u.first_name || ' ' || u.last_name", &pattern);
        sql.push(")))");
    }
}

/// `lower` knows only ASCII on SQLite, and in some locales of PostgreSQL: so the text as it was typed counts too.
fn like(sql: &mut Sql, column: &str, pattern: &str) {
    sql.push(&format!(" or {column} like ")).bind(pattern).push(r" escape '\'");
    sql.push(&format!(" or lower({column}) like ")).bind(pattern.to_lowercase()).push(r" escape '\'");
}

/// The lines of several orders, each order's in their order.
///
/// # Errors
/// What the database says.
pub async fn list_items(conn: &impl ConnectionTrait, orders: &[Uuid]) -> Result<Vec<Item>, Error> {
    let mut sql = Sql::new("select * from order_items where order_id in ", []);
    sql.bind_list(orders.iter().copied()).push(" order by order_id, position");
    sql.all(conn).await
}

/// What happened to several orders, oldest first.
///
/// # Errors
/// What the database says.
pub async fn list_events(conn: &impl ConnectionTrait, orders: &[Uuid]) -> Result<Vec<Event>, Error> {
    let mut sql = Sql::new("select * from order_events where order_id in ", []);
    sql.bind_list(orders.iter().copied()).push(" order by order_id, created_at, id");
    sql.all(conn).await
}

/// The payments of several orders, oldest first.
///
/// # Errors
/// What the database says.
pub async fn list_payments(conn: &impl ConnectionTrait, orders: &[Uuid]) -> Result<Vec<Payment>, Error> {
    let mut sql = Sql::new("select * from payments where order_id in ", []);
    sql.bind_list(orders.iter().copied()).push(" order by order_id, created_at, id");
    sql.all(conn).await
}

/// Moves an order on, where it is still as it was read; `false` where somebody else was first. It expires no more.
///
/// # Errors
/// What the database says.
pub async fn update_status(conn: &impl ConnectionTrait, order: &Order, to: &str, now: i64) -> Result<bool, Error> {
    let sql = "update orders set status = $1, version = version + 1, updated_at = $2, expires_at = null \
         where id = $3 and status = $4 and version = $5";
    let values = [to.into(), now.into(), order.id.into(), order.status.as_str().into(), order.version.into()];
    Ok(Sql::new(sql, values).execute(conn).await? == 1)
}

/// Settles the payments of an order that are still waiting.
///
/// # Errors
/// What the database says.
pub async fn update_pending_payments(conn: &impl ConnectionTrait, order_id: Uuid, to: &str, now: i64) -> Result<u64, Error> {
    let sql = "update payments set status = $1, updated_at = $2 where order_id = $3 and status = 'pending'";
    Sql::new(sql, [to.into(), now.into(), order_id.into()]).execute(conn).await
}

/// An unpaid order and when its time is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct Expired {
    /// The order.
    pub id: Uuid,
    /// When its time was over.
    pub expires_at: i64,
}

/// Unpaid orders whose time is over, those first that waited longest, from behind one of them.
///
/// # Errors
/// What the database says.
pub async fn list_expired(conn: &impl ConnectionTrait, now: i64, after: Option<Expired>, limit: u32) -> Result<Vec<Expired>, Error> {
    let mut sql = Sql::new("select id, expires_at from orders where status = 'pending_payment' and expires_at <= $1", [now.into()]);
    if let Some(Expired { id, expires_at }) = after {
        sql.push(" and (expires_at, id) > (").bind(expires_at).push(", ").bind(id).push(")");
    }
    sql.push(" order by expires_at, id").limit(limit);
    sql.all(conn).await
}
