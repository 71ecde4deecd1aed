//! Sending a mail again, because somebody asked for it.

use novashop_db::{self as db, DatabaseTransaction, mails::Mail as Row};
use novashop_types::{ErrorCode, MailId, admin::Mail, audit::AuditAction};
use serde_json::json;

use super::{
    accounts::{self, RESET, VERIFY},
    record,
};
use crate::{Actor, Context, Error, Result, audit};

/// Has a mail sent again. A link that works once is replaced by a fresh one, which goes to the same address and nowhere else.
///
/// # Errors
/// `not_found`; `conflict` where no mail server is configured, where the mail is on its way already, and where its link would no longer go to the
/// address of the account.
pub async fn resend(ctx: &Context, actor: &Actor, id: MailId) -> Result<Mail> {
    if ctx.mailer.is_none() {
        return Err(Error::refused(ErrorCode::Conflict, "No mail server is configured, so nothing can be sent."));
    }
    let secret = ctx.new_secret();
    ctx.db
        .write(async |tx| {
            let mail = record::row(tx, id).await?;
            let link = link(ctx, tx, &mail, &secret).await?;
            if !db::mails::requeue(tx, mail.id, link, ctx.now().0).await? {
                return Err(Error::refused(ErrorCode::Conflict, "The mail is on its way already."));
            }
            audit::record(ctx, tx, Some(actor), AuditAction::MailResent, ("mail", id), json!({"kind": mail.kind})).await?;
            record::shown(ctx, &record::row(tx, id).await?)
        })
        .await
}

/// A fresh link, where the mail bears one that works once.
async fn link(ctx: &Context, tx: &DatabaseTransaction, mail: &Row, secret: &str) -> Result<Option<String>> {
    let Some(template) = [&RESET, &VERIFY].into_iter().find(|template| template.kind == mail.kind) else { return Ok(None) };
    let user = match mail.user_id {
        Some(id) => db::users::find_locked(tx, id).await?,
        None => None,
    };
    // Whoever reads the mails of an account can open it: the link goes to its present address or not at all.
    let user = user.filter(|user| user.active && user.email == mail.recipient);
    let user = user.ok_or_else(|| Error::refused(ErrorCode::Conflict, "The account is blocked, or has another address by now."))?;
    accounts::fresh_link(ctx, tx, &user, template, secret).await.map(Some)
}
