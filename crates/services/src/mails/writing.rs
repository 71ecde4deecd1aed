//! Writing the mails that the outbox asks for. A mail is written in the transaction that marks its row as handed on: once, whoever else tries.

use novashop_db::{self as db, outbox::Waiting};
use novashop_types::admin::MailStatus;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::{accounts, letter::Letter, mailer::one_line, orders, record, staff};
use crate::{Context, Error, Result};

/// Writes what an outbox row asks for. A row that nobody knows is an error: it stays, and is found.
///
/// # Errors
/// Those of the database.
pub async fn write(ctx: &Context, row: &Waiting) -> Result<()> {
    match row.kind.strip_prefix("mail.").unwrap_or_default() {
        "password_reset" => accounts::write_link(ctx, row, &accounts::RESET).await,
        "email_verification" => accounts::write_link(ctx, row, &accounts::VERIFY).await,
        "email_changed" => accounts::write_notice(ctx, row).await,
        "low_stock" => staff::write_low_stock(ctx, row).await,
        "sales_report" => staff::write_report(ctx, row).await,
        kind if kind.starts_with("order_") => orders::write(ctx, row, kind).await,
        _ => Err(Error::internal("an outbox row", format!("there are no mails of the kind {}", row.kind))),
    }
}

/// What a row says.
pub(super) fn payload<T: DeserializeOwned>(row: &Waiting) -> Result<T> {
    serde_json::from_value(row.payload.clone()).map_err(|error| Error::internal("what an outbox row says", error))
}

/// To whom a mail goes, and why.
pub(super) struct Envelope<'a> {
    pub(super) kind: &'a str,
    pub(super) to: &'a str,
    pub(super) user_id: Option<Uuid>,
    pub(super) order_id: Option<Uuid>,
    /// A link that works once.
    pub(super) secret_link: Option<String>,
}

/// A mail that waits to be sent; where no mail server is configured it is only kept.
pub(super) fn mail(ctx: &Context, envelope: Envelope<'_>, letter: &Letter) -> Result<db::mails::Mail> {
    let now = ctx.now().0;
    let (status, next_at) = if ctx.mailer.is_some() { (MailStatus::Queued, Some(now)) } else { (MailStatus::Kept, None) };
    let mut mail = db::mails::Mail {
        id: ctx.new_id(),
        user_id: envelope.user_id,
        order_id: envelope.order_id,
        kind: envelope.kind.to_owned(),
        recipient: envelope.to.to_owned(),
        subject: one_line(&letter.subject),
        body: String::new(),
        content: Some(serde_json::to_value(letter).map_err(|error| Error::internal("a letter as JSON", error))?),
        secret_link: envelope.secret_link,
        status: status.as_str().to_owned(),
        attempts: 0,
        last_error: None,
        resent: 0,
        created_at: now,
        next_at,
        sent_at: None,
    };
    mail.body = record::text(ctx, &mail, Some(letter), None);
    Ok(mail)
}
