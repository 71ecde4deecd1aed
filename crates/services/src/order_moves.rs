//! What happens to an order once it is placed: it is paid, sent, delivered or cancelled.
//!
//! Every move is one conditional update of the order as it was read: of two who move it at once, one is refused.

use std::collections::BTreeMap;

use novashop_db::{self as db, DatabaseTransaction, orders::Name};
use novashop_domain::orders::{may_move, next_states};
use novashop_types::{
    ErrorCode, OrderId,
    audit::AuditAction,
    catalogue::StockMovementKind,
    orders::{NOTE, Order, OrderCancel, OrderNote, OrderStatus, OrderTransition, PaymentCreate, PaymentStatus, event_data},
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    Actor, Context, Error, Result, audit,
    idempotency::{self, Answer, Repeatable},
    mails::{Canceller, OrderMail, order_mail},
    orders, outbox,
    panics::caught,
    stock::{self, Why},
};

/// How an order moves.
struct Move<'a> {
    to: OrderStatus,
    by: Canceller,
    actor: Option<&'a Actor>,
    tracking: Option<&'a str>,
    reason: Option<&'a str>,
}

/// The owner calls an order off: its stock is given back.
///
/// # Errors
/// `transition_not_allowed` where it is on its way or cancelled already.
pub async fn cancel(ctx: &Context, actor: Option<&Actor>, id: OrderId, body: &OrderCancel) -> Result<Order> {
    ctx.db
        .write(async |tx| {
            let order = read(tx, id).await?;
            let reason = body.reason.as_deref().and_then(worded);
            apply(ctx, tx, &order, &Move { to: OrderStatus::Cancelled, by: Canceller::Customer, actor, tracking: None, reason }).await?;
            reload(ctx, tx, id).await
        })
        .await
}

/// Staff move an order on.
///
/// # Errors
/// `transition_not_allowed`, `precondition_failed` where it is not of the version that staff read, `invalid` for tracking with another state.
pub async fn transition(ctx: &Context, actor: &Actor, id: OrderId, if_match: Option<i64>, body: &OrderTransition) -> Result<Order> {
    let tracking = body.tracking.as_deref().and_then(worded);
    if tracking.is_some() && body.to != OrderStatus::Fulfilled {
        return Err(Error::invalid_field("/tracking", "not_applicable", "goes with fulfilled only"));
    }
    ctx.db
        .write(async |tx| {
            let order = read(tx, id).await?;
            if if_match.is_some_and(|version| version != order.version) {
                return Err(Error::refused(ErrorCode::PreconditionFailed, "The order is not as it was when you read it."));
            }
            let step = Move { to: body.to, by: Canceller::Staff, actor: Some(actor), tracking, reason: body.reason.as_deref().and_then(worded) };
            apply(ctx, tx, &order, &step).await?;
            let details =
                json!({"number": order.number.to_string(), "from": order.status, "to": body.to, "tracking": step.tracking, "reason": step.reason});
            audit::record(ctx, tx, Some(actor), AuditAction::OrderMoved, ("order", id), details).await?;
            orders::load_with_notes(ctx, tx, read(tx, id).await?).await
        })
        .await
}

/// Staff write down what to remember about an order. Shoppers never see it, so its version stays: nobody's `If-Match` fails for a note.
///
/// # Errors
/// `not_found`, those of [`idempotency::once`].
pub async fn note(ctx: &Context, actor: &Actor, id: OrderId, body: &OrderNote, request: &Repeatable) -> Result<Answer> {
    // The order stands first: its kept answers are found, and go, with whose order it is.
    let scope = format!("order:{id} user:{} POST /api/v1/admin/orders/{{id}}/notes", actor.user_id);
    idempotency::once(ctx, &scope, request, async |tx| {
        let order = read(tx, id).await?;
        let event = db::orders::Event {
            id: ctx.new_id(),
            order_id: id.0,
            kind: NOTE.to_owned(),
            data: json!({"text": body.text.trim()}),
            actor_id: Some(actor.user_id.0),
            created_at: ctx.now().0,
        };
        db::orders::insert_event(tx, event).await?;
        audit::record(ctx, tx, Some(actor), AuditAction::OrderNoted, ("order", id), json!({"number": order.number.to_string()})).await?;
        let order = orders::load_with_notes(ctx, tx, order).await?;
        Answer::created(format!("/api/v1/admin/orders/{id}"), &order)
    })
    .await
}

/// Cancels every unpaid order whose time is over, each in a transaction of its own, until the process is asked to end; how many. `at_once` are
/// looked for at the same time.
///
/// An order that cannot be cancelled is told of, and those behind it are cancelled nevertheless.
///
/// # Errors
/// What the first one failed with, once all were tried; at once where the database is away.
pub async fn cancel_expired(ctx: &Context, at_once: u32) -> Result<u64> {
    let (mut cancelled, mut last, mut failed) = (0, None, None);
    while !ctx.stopping.is_asked() {
        let expired = db::orders::list_expired(ctx.db.reader(), ctx.now().0, last, at_once).await?;
        for order in &expired {
            let done = caught(cancel_one_expired(ctx, OrderId(order.id))).await;
            match done.unwrap_or_else(|panicked| Err(Error::internal("cancelling an order", panicked))) {
                Ok(done) => cancelled += u64::from(done),
                Err(error @ Error::Database(db::Error::Unavailable(_))) => return Err(error),
                Err(error) => {
                    tracing::error!(order.id = %order.id, %error, "an order whose time is over cannot be cancelled");
                    failed.get_or_insert(error);
                }
            }
        }
        last = expired.last().copied();
        if expired.len() < usize::try_from(at_once).unwrap_or(usize::MAX) {
            break;
        }
    }
    if cancelled > 0 {
        tracing::info!(cancelled, "unpaid orders were cancelled and gave their stock back");
    }
    failed.map_or(Ok(cancelled), Err)
}

/// `false` where it was paid or cancelled in the meantime.
async fn cancel_one_expired(ctx: &Context, id: OrderId) -> Result<bool> {
    let step = Move { to: OrderStatus::Cancelled, by: Canceller::Time, actor: None, tracking: None, reason: Some("not paid in time") };
    let done: Result<bool> = ctx
        .db
        .write(async |tx| {
            let order = read(tx, id).await?;
            let due = order.status == OrderStatus::PendingPayment.as_str() && order.expires_at.is_some_and(|at| at <= ctx.now().0);
            if due {
                apply(ctx, tx, &order, &step).await?;
            }
            Ok(due)
        })
        .await;
    match done {
        Err(error) if error.refusal().is_some() => Ok(false),
        done => done,
    }
}

/// Starts a payment, or gives the one that waits already.
///
/// # Errors
/// `conflict` where there is nothing to pay, those of [`idempotency::once`].
pub async fn pay(ctx: &Context, id: OrderId, body: &PaymentCreate, request: &Repeatable) -> Result<Answer> {
    // Whoever comes here has shown that the order is theirs; the order's id tells guests apart.
    let scope = format!("order:{id} POST /api/v1/orders/{{id}}/payments");
    idempotency::once(ctx, &scope, request, async |tx| {
        let order = read(tx, id).await?;
        let order = orders::load_one(ctx, tx, order).await?;
        let waits = order.payment.status == PaymentStatus::Pending && order.payment.provider == body.provider;
        if order.status != OrderStatus::PendingPayment || !waits {
            return Err(Error::refused(ErrorCode::Conflict, "There is nothing to pay for this order."));
        }
        Answer::created(format!("/api/v1/orders/{id}"), &order.payment)
    })
    .await
}

/// Moves an order as it was read, with all that follows from it.
async fn apply(ctx: &Context, tx: &DatabaseTransaction, order: &orders::Row, step: &Move<'_>) -> Result<()> {
    let from = orders::status(order)?;
    let now = ctx.now().0;
    if !may_move(from, step.to) {
        return Err(not_allowed(from, step.to));
    }
    if !db::orders::update_status(tx, order, step.to.as_str(), now).await? {
        return Err(Error::refused(ErrorCode::TransitionNotAllowed, "Somebody else moved the order just now."));
    }
    let mut events = Vec::new();
    match step.to {
        OrderStatus::Paid => {
            db::orders::update_pending_payments(tx, order.id, PaymentStatus::Captured.as_str(), now).await?;
        }
        OrderStatus::Cancelled => {
            events = give_back(ctx, tx, order.id, step).await?;
            // Money that came already stays as captured until it is given back by a refund.
            db::orders::update_pending_payments(tx, order.id, PaymentStatus::Cancelled.as_str(), now).await?;
        }
        _ => {}
    }
    let event = db::orders::Event {
        id: ctx.new_id(),
        order_id: order.id,
        kind: step.to.as_str().to_owned(),
        data: event_data(step.tracking, step.reason),
        actor_id: step.actor.map(|actor| actor.user_id.0),
        created_at: now,
    };
    db::orders::insert_event(tx, event).await?;
    events.insert(0, ("order.updated", orders::event_of(order, step.to, order.version.saturating_add(1))));
    let more = OrderMail {
        tracking: step.tracking.map(str::to_owned),
        reason: step.reason.map(str::to_owned),
        cancelled_by: (step.to == OrderStatus::Cancelled).then_some(step.by),
    };
    outbox::events_and_mail(ctx, tx, events, order_mail(order, step.to, &more)).await
}

/// Gives a cancelled order's stock back: once, because the order was moved first and is moved only once.
async fn give_back(ctx: &Context, tx: &DatabaseTransaction, order_id: Uuid, step: &Move<'_>) -> Result<Vec<(&'static str, serde_json::Value)>> {
    let mut given: BTreeMap<Uuid, i64> = BTreeMap::new();
    for item in db::orders::list_items(tx, &[order_id]).await? {
        *given.entry(item.variant_id).or_default() += item.quantity;
    }
    let changed = stock::give_back_all(tx, &given).await?;
    stock::adjust_products(tx, &changed).await?;
    let why = Why {
        kind: StockMovementKind::Returned,
        reason: step.reason.unwrap_or_default(),
        order_id: Some(order_id),
        actor_id: step.actor.map(|actor| actor.user_id),
    };
    stock::write_ledger(ctx, tx, &changed, &why).await?;
    Ok(stock::events(&changed))
}

async fn read(tx: &DatabaseTransaction, id: OrderId) -> Result<orders::Row> {
    db::orders::find(tx, Name::Id(id.0)).await?.ok_or_else(orders::no_order)
}

async fn reload(ctx: &Context, tx: &DatabaseTransaction, id: OrderId) -> Result<Order> {
    let order = read(tx, id).await?;
    orders::load_one(ctx, tx, order).await
}

/// A text that says something.
fn worded(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

fn not_allowed(from: OrderStatus, to: OrderStatus) -> Error {
    let next = next_states(from);
    let possible = if next.is_empty() { "it stays as it is".to_owned() } else { format!("possible: {}", next.join(", ")) };
    Error::refused(ErrorCode::TransitionNotAllowed, format!("The order is {} and cannot become {}; {possible}.", from.as_str(), to.as_str()))
}
