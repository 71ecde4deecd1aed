//! Mails about accounts: links that work once, and the notice that an address was changed.
//!
//! They call people by their username: it has letters and digits only, so nobody can write somebody else a letter in our name.

use novashop_db::{self as db, ConnectionTrait, mails::Mail, outbox::Waiting, users::User};
use novashop_types::Language;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    letter::{Letter, Part},
    words,
    writing::{self, Envelope},
};
use crate::{Context, Error, Result, context::hash_secret};

/// Within this time no second link for a password and no second notice goes to one address: nobody shall flood a mailbox, or void a link as fast as it comes.
const REPEAT_SECONDS: i64 = 60;

/// What differs between the mails with a link.
pub(super) struct Template {
    /// Also what the link is good for.
    pub(super) kind: &'static str,
    path: &'static str,
    /// How long the link works.
    seconds: i64,
    subject: fn(Language) -> String,
    text: fn(Language) -> String,
    button: fn(Language) -> String,
    note: fn(Language) -> String,
}

pub(super) const RESET: Template = Template {
    kind: "password_reset",
    path: "password/reset",
    seconds: 3600,
    subject: words::reset_subject,
    text: words::reset_text,
    button: words::reset_button,
    note: words::reset_note,
};

pub(super) const VERIFY: Template = Template {
    kind: "email_verification",
    path: "email/verify",
    seconds: 3 * 24 * 3600,
    subject: words::verify_subject,
    text: words::verify_text,
    button: words::verify_button,
    note: words::verify_note,
};

/// The language that an account is written to in.
pub(super) fn language(user: &User) -> Language {
    Language::parse(&user.language).unwrap_or_default()
}

/// A link that works once: its token is kept as a hash, and what the link says is forgotten when the mail is sent.
pub(super) async fn fresh_link(ctx: &Context, tx: &impl ConnectionTrait, user: &User, template: &Template, secret: &str) -> Result<String> {
    let now = ctx.now();
    let token = db::sessions::OneTimeToken {
        id: ctx.new_id(),
        user_id: user.id,
        purpose: template.kind.into(),
        token_hash: hash_secret(secret),
        email: user.email_key.clone(),
        created_at: now.0,
        expires_at: now.plus_seconds(template.seconds).0,
        used_at: None,
    };
    db::sessions::insert_one_time(tx, token).await?;
    Ok(format!("{}?token={secret}", address(ctx, template)))
}

/// Whether the link that a mail is to bring could still be used; a mail without one that works once brings nothing that runs out.
pub(super) async fn link_works(ctx: &Context, mail: &Mail) -> Result<bool> {
    let Some((_, secret)) = mail.secret_link.as_deref().and_then(|link| link.rsplit_once("?token=")) else { return Ok(true) };
    if ![RESET.kind, VERIFY.kind].contains(&mail.kind.as_str()) {
        return Ok(true);
    }
    Ok(db::sessions::find_one_time(ctx.db.reader(), &hash_secret(secret), &mail.kind, ctx.now().0).await?.is_some())
}

fn address(ctx: &Context, template: &Template) -> String {
    format!("{}/{}", ctx.shop.public_url, template.path)
}

#[derive(Deserialize)]
struct Asked {
    user_id: Option<Uuid>,
    email: Option<String>,
}

/// Writes a mail with a link that works once.
///
/// # Errors
/// Those of the database.
pub(super) async fn write_link(ctx: &Context, row: &Waiting, template: &Template) -> Result<()> {
    let now = ctx.now();
    let asked: Asked = writing::payload(row)?;
    let secret = ctx.new_secret();
    let written = ctx
        .db
        .write(async |tx| {
            if !db::outbox::finish(tx, row.id, now.0).await? {
                return Ok(None);
            }
            let user = match (&asked.email, asked.user_id) {
                (Some(email), _) => db::users::find_by_login(tx, email).await?,
                (None, Some(id)) => db::users::find(tx, id).await?,
                (None, None) => None,
            };
            let Some(user) = user.filter(|user| user.active) else { return Ok(None) };
            // A link to verify an address voids the one before it, so the last address always gets its own.
            if template.kind == RESET.kind
                && db::sessions::has_one_time_since(tx, user.id, template.kind, now.plus_seconds(-REPEAT_SECONDS).0).await?
            {
                return Ok(None);
            }
            let link = fresh_link(ctx, tx, &user, template, &secret).await?;
            db::mails::insert(tx, link_mail(ctx, &user, template, link.clone())?).await?;
            Ok::<_, Error>(Some(link))
        })
        .await?;
    if let Some(link) = written.filter(|_| ctx.shop.log_mail_links) {
        tracing::info!(mail.kind = template.kind, %link, "no mail server is configured: here is the link (development only)");
    }
    Ok(())
}

fn link_mail(ctx: &Context, user: &User, template: &Template, link: String) -> Result<Mail> {
    let language = language(user);
    let letter = Letter {
        language,
        subject: (template.subject)(language),
        heading: (template.subject)(language),
        parts: vec![
            Part::Paragraph(words::hello(language, &user.username)),
            Part::Paragraph((template.text)(language)),
            Part::Button { label: (template.button)(language), address: address(ctx, template), secret: true },
            Part::Note((template.note)(language)),
        ],
    };
    let envelope = Envelope { kind: template.kind, to: &user.email, user_id: Some(user.id), order_id: None, secret_link: Some(link) };
    writing::mail(ctx, envelope, &letter)
}

#[derive(Deserialize)]
struct Changed {
    user_id: Uuid,
    to: String,
}

/// Tells the old address of an account that it is no longer the one.
///
/// # Errors
/// Those of the database.
pub(super) async fn write_notice(ctx: &Context, row: &Waiting) -> Result<()> {
    const KIND: &str = "email_changed";
    let now = ctx.now();
    let Changed { user_id, to } = writing::payload(row)?;
    ctx.db
        .write(async |tx| {
            if !db::outbox::finish(tx, row.id, now.0).await? {
                return Ok(());
            }
            let Some(user) = db::users::find(tx, user_id).await? else { return Ok(()) };
            if !db::mails::has_since(tx, user.id, KIND, &to, now.plus_seconds(-REPEAT_SECONDS).0).await? {
                let letter = notice(&user);
                let envelope = Envelope { kind: KIND, to: &to, user_id: Some(user.id), order_id: None, secret_link: None };
                db::mails::insert(tx, writing::mail(ctx, envelope, &letter)?).await?;
            }
            Ok(())
        })
        .await
}

fn notice(user: &User) -> Letter {
    let language = language(user);
    Letter {
        language,
        subject: words::changed_subject(language),
        heading: words::changed_subject(language),
        parts: vec![
            Part::Paragraph(words::hello(language, &user.username)),
            Part::Paragraph(words::changed_text(language)),
            Part::Paragraph(words::changed_note(language)),
        ],
    }
}
