//! Mails: rows that the relay writes from the outbox. Sending them by SMTP comes later; until then an administrator reads them.

use novashop_db::{self as db, outbox::Waiting};
use novashop_types::{
    MailId, Page, Timestamp,
    admin::{Mail, MailStatus, MailSummary},
};
use serde_json::json;

use crate::{Actor, Context, Error, Result, audit, context::hash_secret};

/// How long a link to choose a new password works.
const RESET_SECONDS: i64 = 3600;
/// How long a link to verify an address works.
const VERIFY_SECONDS: i64 = 3 * 24 * 3600;
/// Within this time no second link for a password and no second notice goes to one address: nobody shall flood a mailbox, or void a link as fast as it comes.
const REPEAT_SECONDS: i64 = 60;

/// What differs between the mails with a link.
struct Template {
    kind: &'static str,
    subject: &'static str,
    path: &'static str,
    seconds: i64,
    text: &'static str,
}

const RESET: Template = Template {
    kind: "password_reset",
    subject: "Choose a new password",
    path: "password/reset",
    seconds: RESET_SECONDS,
    text: "Hello {name},\n\nsomebody asked for a new password for your account. If that was you, choose one here within the next hour:\n\n[link]\n\nIf it was not you, do nothing: your password stays as it is.\n",
};

const VERIFY: Template = Template {
    kind: "email_verification",
    subject: "Confirm your e-mail address",
    path: "email/verify",
    seconds: VERIFY_SECONDS,
    text: "Hello {name},\n\nwelcome to NovaShop. Please confirm that this address is yours within the next three days:\n\n[link]\n\nIf you did not register, do nothing.\n",
};

const CHANGED: &str = "Hello {name},\n\nthe e-mail address of your account was changed, and this is no longer it. If that was you, there is nothing to do. If not, answer this mail: we give you your account back.\n";

/// Writes the mail that an outbox row asks for.
///
/// # Errors
/// Those of the database.
pub async fn write(ctx: &Context, row: &Waiting) -> Result<()> {
    if row.kind == "mail.email_changed" { write_notice(ctx, row).await } else { write_link(ctx, row).await }
}

/// Tells the old address of an account that it is no longer the one.
async fn write_notice(ctx: &Context, row: &Waiting) -> Result<()> {
    let now = ctx.now();
    let text = |name: &str| row.payload.get(name).and_then(|value| value.as_str());
    ctx.db
        .write(async |tx| {
            let user = match text("user_id").and_then(|id| id.parse().ok()) {
                Some(id) => db::users::find(tx, id).await?,
                None => None,
            };
            if let (Some(user), Some(to)) = (user, text("to"))
                && !db::mails::has_since(tx, user.id, "email_changed", to, now.plus_seconds(-REPEAT_SECONDS).0).await?
            {
                let subject = "Your e-mail address was changed";
                let mail = mail(ctx, &user, "email_changed", to, subject, CHANGED, None);
                db::mails::insert(tx, mail).await?;
            }
            db::outbox::mark_delivered(tx, &[row.id], now.0).await?;
            Ok(())
        })
        .await
}

fn mail(ctx: &Context, user: &db::users::User, kind: &str, to: &str, subject: &str, text: &str, link: Option<String>) -> db::mails::Mail {
    db::mails::Mail {
        id: ctx.new_id(),
        user_id: Some(user.id),
        kind: kind.into(),
        recipient: to.into(),
        subject: subject.into(),
        // By the username: it has letters and digits only, so nobody can write somebody else a letter in our name.
        body: text.replace("{name}", &user.username),
        secret_link: link,
        status: MailStatus::Kept.as_str().into(),
        attempts: 0,
        last_error: None,
        created_at: ctx.now().0,
        sent_at: None,
    }
}

/// Writes a mail with a one-time link, and marks the row as handed on: all in one transaction.
///
/// # Errors
/// Those of the database.
async fn write_link(ctx: &Context, row: &Waiting) -> Result<()> {
    let now = ctx.now();
    let template = if row.kind == "mail.password_reset" { &RESET } else { &VERIFY };
    let secret = ctx.new_secret();
    let link = format!("{}/{}?token={secret}", ctx.shop.public_url, template.path);
    let written = ctx
        .db
        .write(async |tx| {
            let user = match row.payload.get("email").and_then(|email| email.as_str()) {
                Some(email) => db::users::find_by_login(tx, email).await?,
                None => match row.payload.get("user_id").and_then(|id| id.as_str()).and_then(|id| id.parse().ok()) {
                    Some(id) => db::users::find(tx, id).await?,
                    None => None,
                },
            };
            let mut written = user.filter(|user| user.active);
            if let Some(user) = &written
                && db::sessions::has_one_time_since(tx, user.id, template.kind, now.plus_seconds(-REPEAT_SECONDS).0).await?
                // A link to verify an address voids the one before it, so the last address always gets its own.
                && row.kind == "mail.password_reset"
            {
                written = None;
            }
            if let Some(user) = &written {
                let token = db::sessions::OneTimeToken {
                    id: ctx.new_id(),
                    user_id: user.id,
                    purpose: template.kind.into(),
                    token_hash: hash_secret(&secret),
                    email: user.email_key.clone(),
                    created_at: now.0,
                    expires_at: now.plus_seconds(template.seconds).0,
                    used_at: None,
                };
                db::sessions::insert_one_time(tx, token).await?;
                let mail = mail(ctx, user, template.kind, &user.email, template.subject, template.text, Some(link.clone()));
                db::mails::insert(tx, mail).await?;
            }
            db::outbox::mark_delivered(tx, &[row.id], now.0).await?;
            Ok::<_, Error>(written.is_some())
        })
        .await?;
    if written && ctx.shop.log_mail_links {
        tracing::info!(mail.kind = template.kind, link = %link, "no mail server is configured: here is the link (development only)");
    }
    Ok(())
}

fn summary(mail: &db::mails::Mail) -> MailSummary {
    MailSummary {
        id: MailId(mail.id),
        kind: mail.kind.clone(),
        to: mail.recipient.clone(),
        subject: mail.subject.clone(),
        status: MailStatus::parse(&mail.status),
        created_at: Timestamp(mail.created_at),
    }
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

/// A mail. Its one-time link is shown only while no mail server is configured, and reading it is audited.
///
/// # Errors
/// `not_found`.
pub async fn read(ctx: &Context, actor: &Actor, id: &str) -> Result<Mail> {
    let missing = || Error::not_found("mail");
    let id: MailId = id.parse().map_err(|_| missing())?;
    let mail = db::mails::find(ctx.db.reader(), id.0).await?.ok_or_else(missing)?;
    let link = mail.secret_link.clone().filter(|_| ctx.shop.show_mail_links);
    if link.is_some() {
        let details = json!({"kind": mail.kind});
        ctx.db.write(async |tx| audit::record(ctx, tx, Some(actor), "mail.link_read", ("mail", id), details.clone()).await).await?;
    }
    Ok(Mail { summary: summary(&mail), text: mail.body, link })
}
