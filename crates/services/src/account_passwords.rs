//! How an account comes by another password: by its owner, by a link, by whoever runs the machine.

use novashop_db as db;
use novashop_types::{
    ErrorCode, SessionId, UserId,
    accounts::{PasswordChange, PasswordReset, User},
    audit::AuditAction,
};
use serde_json::json;

use crate::{
    Actor, Context, Error, Result,
    accounts::{check_password, locked, row, user},
    audit,
    context::hash_secret,
};

/// Changes one's password and ends the other sessions.
///
/// # Errors
/// `invalid` where the present password is wrong or the new one too common.
pub async fn change(ctx: &Context, actor: &Actor, change: PasswordChange) -> Result<()> {
    let present = row(ctx.db.reader(), actor.user_id).await?;
    if !ctx.passwords.verify(change.current_password, Some(present.password_hash.clone())).await? {
        return Err(Error::invalid_field("/current_password", "wrong", "is not the present password"));
    }
    check_password(&change.new_password, &present.username, &present.email, "/new_password")?;
    let hash = ctx.passwords.hash(change.new_password).await?;
    let (keep, expected) = (Some(actor.session_id), Some(present.password_hash.as_str()));
    ctx.db.write(async |tx| write(ctx, tx, actor.user_id, &hash, keep, expected).await.map(drop)).await
}

/// Sets the password of an account that nobody can sign in to any more, and ends all its sessions. For the command line: whoever has the
/// database may do so.
///
/// # Errors
/// `not_found`, `invalid` for a password that is too common.
pub async fn set_for(ctx: &Context, login: &str, password: String) -> Result<User> {
    let present = db::users::find_by_login(ctx.db.reader(), &login.to_lowercase()).await?.ok_or_else(|| Error::not_found("account"))?;
    check_password(&password, &present.username, &present.email, "/password")?;
    let hash = ctx.passwords.hash(password).await?;
    ctx.db
        .write(async |tx| {
            let present = write(ctx, tx, UserId(present.id), &hash, None, None).await?;
            audit::record(ctx, tx, None, AuditAction::PasswordSet, ("user", present.id), json!({"by": "command line"})).await?;
            Ok(user(&present))
        })
        .await
}

/// Writes a password where the present one is still `expected`, so that of two changes at once one wins and the other is told. Ends the
/// sessions but `keep`.
async fn write(
    ctx: &Context,
    tx: &impl db::ConnectionTrait,
    id: UserId,
    hash: &str,
    keep: Option<SessionId>,
    expected: Option<&str>,
) -> Result<db::users::User> {
    let now = ctx.now().0;
    let mut row = locked(tx, id).await?;
    if expected.is_some_and(|expected| expected != row.password_hash) {
        return Err(Error::refused(ErrorCode::Conflict, "The password was changed meanwhile."));
    }
    hash.clone_into(&mut row.password_hash);
    row.updated_at = now;
    db::users::update(tx, &row).await?;
    db::sessions::delete_one_time(tx, row.id, "password_reset").await?;
    db::sessions::end_all(tx, row.id, keep.map(|session| session.0), "password changed", now).await?;
    Ok(row)
}

/// Asks for a link to choose a new password. Does the same work whether or not the account exists: the relay finds out.
///
/// # Errors
/// Those of the database.
pub async fn forget(ctx: &Context, email: &str) -> Result<()> {
    let payload = json!({"email": email.to_lowercase()});
    db::outbox::insert(ctx.db.writer(), ctx.new_id(), "mail.password_reset", payload, ctx.now().0).await?;
    Ok(())
}

/// Sets a new password with the token of a link, and ends all sessions.
///
/// # Errors
/// `invalid_link`, `invalid` for a password that is too common.
pub async fn reset(ctx: &Context, reset: PasswordReset) -> Result<()> {
    let now = ctx.now().0;
    let invalid = || Error::code(ErrorCode::InvalidLink);
    let hash = hash_secret(&reset.token);
    let token = db::sessions::find_one_time(ctx.db.reader(), &hash, "password_reset", now).await?.ok_or_else(invalid)?;
    let user = db::users::find(ctx.db.reader(), token.user_id).await?.ok_or_else(invalid)?;
    check_password(&reset.password, &user.username, &user.email, "/password")?;
    let password_hash = ctx.passwords.hash(reset.password).await?;
    ctx.db
        .write(async |tx| {
            let mut row = locked(tx, UserId(token.user_id)).await?;
            if !db::sessions::use_one_time(tx, &token, now).await? {
                return Err(invalid());
            }
            row.password_hash.clone_from(&password_hash);
            // Whoever reads the mail of the address has shown that it is theirs.
            if row.email_key == token.email && row.email_verified_at.is_none() {
                row.email_verified_at = Some(now);
            }
            row.updated_at = now;
            db::users::update(tx, &row).await?;
            db::sessions::end_all(tx, row.id, None, "password reset", now).await?;
            Ok(())
        })
        .await
}
