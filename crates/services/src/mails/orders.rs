//! Mails about orders, to whoever placed them.
//!
//! Nothing that a shopper wrote stands in them, neither name nor address nor reason: with an order to a stranger's address anybody could
//! otherwise write letters in our name. It stands on the order's page, which the mail leads to.

use novashop_db::{self as db, outbox::Waiting};
use novashop_types::{
    Language, Money,
    orders::{Order, OrderItem, OrderStatus, PaymentStatus},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    letter::{Figure, Letter, Line, Part},
    words,
    writing::{self, Envelope},
};
use crate::{Context, Error, Result, orders};

/// Who called an order off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Canceller {
    /// Whoever placed it.
    Customer,
    /// Somebody who runs the shop.
    Staff,
    /// Nobody: it was not paid in time.
    Time,
}

/// What happened to an order, as far as its mail has to say more than the order does.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct OrderMail {
    /// The parcel's number.
    pub(crate) tracking: Option<String>,
    /// Why staff called it off.
    pub(crate) reason: Option<String>,
    /// Who called it off.
    pub(crate) cancelled_by: Option<Canceller>,
}

#[derive(Deserialize)]
struct Asked {
    order_id: Uuid,
    #[serde(flatten)]
    more: OrderMail,
}

/// The outbox row that asks for the mail about an order's new state; `None` where there is nothing to write about.
pub(crate) fn order_mail(order: &orders::Row, status: OrderStatus, more: &OrderMail) -> Option<(&'static str, Value)> {
    let kind = match status {
        OrderStatus::PendingPayment => "mail.order_placed",
        OrderStatus::Paid => "mail.order_paid",
        OrderStatus::Fulfilled => "mail.order_fulfilled",
        OrderStatus::Delivered => "mail.order_delivered",
        OrderStatus::Cancelled => "mail.order_cancelled",
        OrderStatus::Refunded => return None,
    };
    let OrderMail { tracking, reason, cancelled_by } = more;
    // With the account's id what waits is forgotten together with the account.
    Some((kind, json!({"order_id": order.id, "user_id": order.user_id, "tracking": tracking, "reason": reason, "cancelled_by": cancelled_by})))
}

/// Writes the mail of a kind about an order.
///
/// # Errors
/// Those of the database.
pub(super) async fn write(ctx: &Context, row: &Waiting, kind: &str) -> Result<()> {
    let Asked { order_id, more } = writing::payload(row)?;
    let found = db::orders::find(ctx.db.reader(), db::orders::Name::Id(order_id)).await?.ok_or_else(orders::no_order)?;
    let language = Language::parse(&found.language).unwrap_or_default();
    let user_id = found.user_id;
    let order = orders::load_one(ctx, ctx.db.reader(), found).await?;
    let letter = letter(ctx, kind, language, &order, user_id.is_none(), &more)?;
    let envelope = Envelope { kind, to: &order.email, user_id, order_id: Some(order_id), secret_link: None };
    let mail = writing::mail(ctx, envelope, &letter)?;
    ctx.db
        .write(async |tx| {
            if db::outbox::finish(tx, row.id, ctx.now().0).await? {
                db::mails::insert(tx, mail.clone()).await?;
            }
            Ok(())
        })
        .await
}

/// What a kind of mail says of an order; `guest` is who has no account to see it by.
pub(super) fn letter(ctx: &Context, kind: &str, language: Language, order: &Order, guest: bool, more: &OrderMail) -> Result<Letter> {
    let number = order.number.as_str();
    let total = order.total.localized(language);
    let (subject, heading, mut parts) = match kind {
        "order_placed" => {
            let text = words::placed_text(language, number, &order.placed_at.day(language));
            let parts = vec![Part::Paragraph(text), how_to_pay(ctx, language, order)];
            (words::placed_subject(language, number), words::placed_heading(language), parts)
        }
        "order_paid" => {
            let text = Part::Paragraph(words::paid_text(language, number, &total));
            (words::paid_subject(language, number), words::paid_heading(language), vec![text])
        }
        "order_fulfilled" => {
            let mut parts = vec![Part::Paragraph(words::fulfilled_text(language, number))];
            parts.extend(more.tracking.as_ref().map(|tracking| Part::Panel { heading: words::tracking(language), texts: vec![tracking.clone()] }));
            (words::fulfilled_subject(language, number), words::fulfilled_heading(language), parts)
        }
        "order_delivered" => {
            let text = Part::Paragraph(words::delivered_text(language, number));
            (words::delivered_subject(language, number), words::delivered_heading(language), vec![text])
        }
        "order_cancelled" => (words::cancelled_subject(language, number), words::cancelled_heading(language), cancelled(language, order, more)),
        _ => return Err(Error::internal("a mail about an order", format!("there are none of the kind {kind}"))),
    };
    parts.push(Part::Lines(order.items.iter().map(|item| line(language, item)).collect()));
    parts.push(Part::Figures(sums(language, order)));
    let address = format!("{}/orders/{number}", ctx.shop.public_url);
    parts.push(Part::Button { label: words::see_order(language), address, secret: guest });
    if kind == "order_delivered" {
        parts.push(Part::Note(words::delivered_note(language)));
    }
    if guest {
        parts.push(Part::Note(words::keep_link(language)));
    }
    Ok(Letter { language, subject, heading, parts })
}

fn how_to_pay(ctx: &Context, language: Language, order: &Order) -> Part {
    let mut texts = vec![words::pay_by(language, &order.total.localized(language), &order.number)];
    texts.extend(ctx.shop.payment_instructions.clone());
    if let Some(until) = order.expires_at {
        let time = until.to_string().get(11..16).unwrap_or_default().to_owned();
        texts.push(words::pay_until(language, &words::at_time(language, &until.day(language), &time)));
    }
    Part::Panel { heading: words::how_to_pay(language), texts }
}

fn cancelled(language: Language, order: &Order, more: &OrderMail) -> Vec<Part> {
    let number = order.number.as_str();
    let who = match more.cancelled_by {
        Some(Canceller::Customer) => words::cancelled_by_customer(language, number),
        Some(Canceller::Time) => words::cancelled_by_time(language, number),
        Some(Canceller::Staff) | None => words::cancelled_by_staff(language, number),
    };
    let mut parts = vec![Part::Paragraph(who)];
    // A reason of the shopper's own is nobody's business in a mail.
    if let Some(reason) = more.reason.as_ref().filter(|_| more.cancelled_by == Some(Canceller::Staff)) {
        parts.push(Part::Panel { heading: words::reason(language), texts: vec![reason.clone()] });
    }
    let money = if order.payment.status == PaymentStatus::Captured {
        words::money_back(language, &order.payment.amount.localized(language))
    } else {
        words::nothing_to_pay(language)
    };
    parts.push(Part::Paragraph(money));
    parts
}

fn line(language: Language, item: &OrderItem) -> Line {
    let options = item.options.values().filter_map(Value::as_str);
    let pieces = words::pieces(language, item.quantity, &item.unit_price.localized(language));
    let details: Vec<&str> = options.chain([pieces.as_str()]).collect();
    Line { name: item.name.clone(), details: details.join(" · "), amount: item.line_total.localized(language) }
}

fn sums(language: Language, order: &Order) -> Vec<Figure> {
    let shown = |name: String, amount: Money| (amount.amount != 0).then(|| Figure::new(name, amount.localized(language)));
    let delivery = if order.shipping.amount == 0 { words::free(language) } else { order.shipping.localized(language) };
    let mut figures = vec![Figure::new(words::subtotal(language), order.subtotal.localized(language))];
    let discount = (order.discount.amount != 0).then(|| Figure::new(words::discount(language), format!("−{}", order.discount.localized(language))));
    figures.extend(discount);
    figures.push(Figure::new(words::delivery(language), delivery));
    figures.extend(shown(words::tax(language), order.tax));
    figures.push(Figure::new(words::total(language), order.total.localized(language)).strong());
    figures
}
