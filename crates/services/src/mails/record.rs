//! What was written to whom, for administrators.

use novashop_db::{self as db, ConnectionTrait, mails::Mail as Row};
use novashop_types::{
    MailId, OrderId, Page, Timestamp,
    admin::{Mail, MailStatus, MailSummary},
    audit::AuditAction,
};
use serde_json::json;

use super::{
    html,
    letter::{HIDDEN_LINK, Letter},
    text,
};
use crate::{Actor, Context, Error, Result, audit};

/// The shop, as its mails call it.
pub(super) const SHOP_NAME: &str = "NovaShop";

/// The letter of a mail; mails from before there were letters have none.
pub(super) fn letter(mail: &Row) -> Result<Option<Letter>> {
    let read = |content| serde_json::from_value(content).map_err(|error| Error::internal("what a mail says", error));
    mail.content.clone().map(read).transpose()
}

/// Where the secret link of a mail leads: one that works once is kept until the mail is sent, that of a guest's order is made anew.
pub(super) fn secret_link(ctx: &Context, mail: &Row, letter: Option<&Letter>) -> Option<String> {
    let Some(letter) = letter else { return mail.secret_link.clone() };
    let address = letter.secret_address()?;
    let of_order = || mail.order_id.map(|id| format!("{address}?token={}", ctx.tokens.for_order(OrderId(id))));
    mail.secret_link.clone().or_else(of_order)
}

/// A mail as plain text.
pub(super) fn text(ctx: &Context, mail: &Row, letter: Option<&Letter>, secret: Option<&str>) -> String {
    match letter {
        Some(letter) => text::text(letter, secret, SHOP_NAME, &ctx.shop.public_url),
        None => mail.body.replace(HIDDEN_LINK, secret.unwrap_or(HIDDEN_LINK)),
    }
}

/// A letter as HTML.
pub(super) fn html(ctx: &Context, letter: &Letter, secret: Option<&str>) -> String {
    html::html(letter, secret, SHOP_NAME, &ctx.shop.public_url)
}

fn summary(mail: &Row) -> MailSummary {
    MailSummary {
        id: MailId(mail.id),
        kind: mail.kind.clone(),
        to: mail.recipient.clone(),
        subject: mail.subject.clone(),
        status: MailStatus::parse(&mail.status),
        attempts: mail.attempts,
        last_error: mail.last_error.clone(),
        created_at: Timestamp(mail.created_at),
        next_at: mail.next_at.map(Timestamp),
        sent_at: mail.sent_at.map(Timestamp),
    }
}

/// A mail as administrators see it, without its secret link.
pub(super) fn shown(ctx: &Context, mail: &Row) -> Result<Mail> {
    let letter = letter(mail)?;
    let html = letter.as_ref().map(|letter| html(ctx, letter, None));
    Ok(Mail { summary: summary(mail), text: mail.body.clone(), html, link: None })
}

/// Mails from newest to oldest, without their texts.
///
/// # Errors
/// `invalid_cursor`.
pub async fn list(ctx: &Context, cursor: Option<&str>, limit: u32, include_total: bool) -> Result<Page<MailSummary>> {
    let after = cursor.map(|cursor| ctx.cursors.open("mails", cursor)).transpose()?;
    let rows = db::mails::list(ctx.db.reader(), after, limit + 1).await?;
    let total = if include_total { Some(db::mails::count(ctx.db.reader()).await?) } else { None };
    Ok(ctx.cursors.page("mails", rows, limit, total, |mail| (mail.created_at, mail.id)).map(|mail| summary(&mail)))
}

/// That there is a mail with this id.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Context, id: &str) -> Result<MailId> {
    let id: MailId = id.parse().map_err(|_| no_mail())?;
    row(ctx.db.reader(), id).await.map(|_| id)
}

pub(super) async fn row(conn: &impl ConnectionTrait, id: MailId) -> Result<Row> {
    db::mails::find(conn, id.0).await?.ok_or_else(no_mail)
}

fn no_mail() -> Error {
    Error::not_found("mail")
}

/// A mail. Its secret link is shown only while no mail server is configured, and reading it is audited.
///
/// # Errors
/// `not_found`.
pub async fn read(ctx: &Context, actor: &Actor, id: &str) -> Result<Mail> {
    let id: MailId = id.parse().map_err(|_| no_mail())?;
    let mail = row(ctx.db.reader(), id).await?;
    let link = if ctx.mailer.is_none() { secret_link(ctx, &mail, letter(&mail)?.as_ref()) } else { None };
    if link.is_some() {
        let details = json!({"kind": mail.kind});
        ctx.db.write(async |tx| audit::record(ctx, tx, Some(actor), AuditAction::MailLinkRead, ("mail", id), details.clone()).await).await?;
    }
    Ok(Mail { link, ..shown(ctx, &mail)? })
}
