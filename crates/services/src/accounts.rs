//! Accounts: registering, the profile, e-mail addresses, what administrators change. Passwords are in `account_passwords`.

use novashop_db::{self as db, ConnectionTrait, users::User as Row};
use novashop_domain::passwords;
use novashop_types::{
    ErrorCode, Language, Page, Timestamp, UserId,
    accounts::{AccountExport, AdminUser, AdminUserPatch, ExportedMail, Register, Role, User, UserPatch},
    audit::AuditAction,
};
use serde_json::json;

use crate::{Actor, Context, Error, Result, audit, carts, context::hash_secret, mails::Recipients, orders, reviews, sessions, wishlist};

/// Registers a customer and sends a link to verify the address.
///
/// # Errors
/// `username_taken`, `email_taken`, `invalid` for a password that is too common, those of [`Recipients`].
pub async fn register(ctx: &Context, new: Register, language: Language, recipients: &impl Recipients) -> Result<User> {
    create(ctx, new, Role::Customer, language, recipients).await
}

/// Makes an account with a role: for the command line.
///
/// # Errors
/// Those of [`register`].
pub async fn create(ctx: &Context, new: Register, role: Role, language: Language, recipients: &impl Recipients) -> Result<User> {
    check_password(&new.password, &new.username, &new.email, "/password")?;
    let password_hash = ctx.passwords.hash(new.password).await?;
    let now = ctx.now().0;
    let row = Row {
        id: ctx.new_id(),
        username_key: new.username.to_lowercase(),
        username: new.username,
        email_key: new.email.to_lowercase(),
        email: new.email,
        password_hash,
        first_name: new.first_name,
        last_name: new.last_name,
        city: new.city,
        address: new.address,
        language: language.code().into(),
        role: role.as_str().into(),
        active: true,
        email_verified_at: None,
        created_at: now,
        updated_at: now,
        deleted_at: None,
    };
    ctx.db
        .write(async |tx| {
            db::users::insert(tx, row.clone()).await.map_err(taken)?;
            recipients.may_get_a_mail(&row.email)?;
            ask_to_verify(ctx, tx, UserId(row.id)).await
        })
        .await?;
    Ok(user(&row))
}

fn taken(error: db::Error) -> Error {
    if error.is_unique("users", "username_key") {
        Error::code(ErrorCode::UsernameTaken)
    } else if error.is_unique("users", "email_key") {
        Error::code(ErrorCode::EmailTaken)
    } else {
        error.into()
    }
}

/// Refuses a password that is easily guessed.
pub(crate) fn check_password(password: &str, username: &str, email: &str, pointer: &str) -> Result<()> {
    passwords::check(password, username, email).map_err(|weak| Error::invalid_field(pointer, "weak", weak.to_string()))
}

async fn ask_to_verify(ctx: &Context, tx: &impl ConnectionTrait, id: UserId) -> Result<()> {
    db::outbox::insert(tx, ctx.new_id(), "mail.email_verification", json!({"user_id": id}), ctx.now().0).await?;
    Ok(())
}

/// The account as it goes out.
#[must_use]
pub fn user(row: &Row) -> User {
    User {
        id: UserId(row.id),
        username: row.username.clone(),
        email: row.email.clone(),
        first_name: row.first_name.clone(),
        last_name: row.last_name.clone(),
        city: row.city.clone(),
        address: row.address.clone(),
        language: Language::parse(&row.language).unwrap_or_default(),
        role: Role::parse(&row.role).unwrap_or(Role::Customer),
        email_verified: row.email_verified_at.is_some(),
        created_at: Timestamp(row.created_at),
    }
}

/// The account, or `not_found`.
pub(crate) async fn row(conn: &impl ConnectionTrait, id: UserId) -> Result<Row> {
    db::users::find(conn, id.0).await?.ok_or_else(|| Error::not_found("account"))
}

/// The account for a change: nobody else changes it until the transaction ends.
pub(crate) async fn locked(tx: &impl ConnectionTrait, id: UserId) -> Result<Row> {
    db::users::find_locked(tx, id.0).await?.ok_or_else(|| Error::not_found("account"))
}

/// The account of the one who asks.
///
/// # Errors
/// Those of the database.
pub async fn me(ctx: &Context, actor: &Actor) -> Result<User> {
    Ok(user(&row(ctx.db.reader(), actor.user_id).await?))
}

/// Changes one's profile. A new address has to be verified again.
///
/// # Errors
/// `username_taken`, `email_taken`, those of [`Recipients`].
pub async fn update_me(ctx: &Context, actor: &Actor, patch: UserPatch, recipients: &impl Recipients) -> Result<User> {
    let UserPatch { username, current_password, email, first_name, last_name, city, address, language } = patch;
    let now = ctx.now().0;
    // Whoever gets the mails of an account can choose its password: a borrowed token alone must not move it to another address.
    let checked = match &email {
        Some(email) => {
            let present = row(ctx.db.reader(), actor.user_id).await?;
            if email.to_lowercase() == present.email_key {
                None
            } else {
                let password =
                    current_password.ok_or_else(|| Error::invalid_field("/current_password", "required", "is needed to change the address"))?;
                if !ctx.passwords.verify(password, Some(present.password_hash.clone())).await? {
                    return Err(Error::invalid_field("/current_password", "wrong", "is not the present password"));
                }
                Some(present.password_hash)
            }
        }
        None => None,
    };
    ctx.db
        .write(async |tx| {
            let mut row = locked(tx, actor.user_id).await?;
            let set = |field: &mut String, value: &Option<String>| {
                if let Some(value) = value {
                    field.clone_from(value);
                }
            };
            let old_name = row.username.clone();
            set(&mut row.username, &username);
            set(&mut row.first_name, &first_name);
            set(&mut row.last_name, &last_name);
            set(&mut row.city, &city);
            set(&mut row.address, &address);
            if let Some(language) = language {
                language.code().clone_into(&mut row.language);
            }
            row.username_key = row.username.to_lowercase();
            let new_address = email.as_ref().is_some_and(|email| email.to_lowercase() != row.email_key);
            // The password was checked before this transaction: whoever changed it, or the address, meanwhile has ended this change too.
            if new_address && checked.as_ref() != Some(&row.password_hash) {
                return Err(Error::refused(ErrorCode::Conflict, "The account was changed meanwhile."));
            }
            let old_address = row.email.clone();
            if username.as_ref().is_some_and(|username| *username != old_name) {
                reviews::author_changed(ctx, tx, actor.user_id).await?;
            }
            set(&mut row.email, &email);
            if new_address {
                row.email_key = row.email.to_lowercase();
                row.email_verified_at = None;
                // A reset link that went to the old address must not open the account any more.
                db::sessions::delete_one_time(tx, row.id, "password_reset").await?;
                ask_to_verify(ctx, tx, actor.user_id).await?;
                // Whoever holds a borrowed token could change it: the owner hears of it at the old address.
                let notice = json!({"user_id": row.id, "to": old_address});
                db::outbox::insert(tx, ctx.new_id(), "mail.email_changed", notice, now).await?;
            }
            row.updated_at = now;
            db::users::update(tx, &row).await.map_err(taken)?;
            if new_address {
                recipients.may_get_a_mail(&row.email)?;
            }
            Ok(user(&row))
        })
        .await
}

/// Deletes one's account: personal data goes, the orders' figures stay.
///
/// # Errors
/// `conflict` for the last administrator.
pub async fn delete_me(ctx: &Context, actor: &Actor) -> Result<()> {
    let now = ctx.now().0;
    ctx.db
        .write(async |tx| {
            let mut row = locked(tx, actor.user_id).await?;
            keep_an_admin(tx, &row).await?;
            let nobody =
                json!({"name": "deleted", "line1": "deleted", "line2": "", "city": "deleted", "postal_code": "", "region": "", "country": "XX"});
            reviews::author_changed(ctx, tx, actor.user_id).await?;
            db::users::erase_traces(tx, row.id, nobody).await?;
            row.username = format!("deleted-{}", row.id);
            row.username_key.clone_from(&row.username);
            row.email = format!("deleted-{}@example.invalid", row.id);
            row.email_key.clone_from(&row.email);
            row.password_hash = "!".into();
            for field in [&mut row.first_name, &mut row.last_name, &mut row.city, &mut row.address] {
                field.clear();
            }
            row.active = false;
            row.email_verified_at = None;
            row.updated_at = now;
            row.deleted_at = Some(now);
            db::users::update(tx, &row).await?;
            audit::record(ctx, tx, Some(actor), AuditAction::UserDeleted, ("user", row.id), json!({})).await
        })
        .await
}

async fn keep_an_admin(tx: &impl ConnectionTrait, row: &Row) -> Result<()> {
    if row.role == Role::Admin.as_str() && row.active && db::users::count_other_admins(tx, row.id).await? == 0 {
        return Err(Error::refused(ErrorCode::Conflict, "This is the shop's last administrator. Give somebody else the role first."));
    }
    Ok(())
}

/// Confirms an e-mail address with the token of a link.
///
/// # Errors
/// `invalid_link`.
pub async fn verify_email(ctx: &Context, token: &str) -> Result<()> {
    let now = ctx.now().0;
    let hash = hash_secret(token);
    ctx.db
        .write(async |tx| {
            let invalid = || Error::code(ErrorCode::InvalidLink);
            let token = db::sessions::find_one_time(tx, &hash, "email_verification", now).await?.ok_or_else(invalid)?;
            let mut row = locked(tx, UserId(token.user_id)).await?;
            if row.email_key != token.email || !db::sessions::use_one_time(tx, &token, now).await? {
                return Err(invalid());
            }
            row.email_verified_at = Some(now);
            db::users::update(tx, &row).await?;
            Ok(())
        })
        .await
}

/// Everything stored about the account.
///
/// # Errors
/// Those of the database.
pub async fn export(ctx: &Context, actor: &Actor) -> Result<AccountExport> {
    let mails = db::mails::list_for_user(ctx.db.reader(), actor.user_id.0).await?;
    Ok(AccountExport {
        exported_at: ctx.now(),
        user: me(ctx, actor).await?,
        sessions: sessions::list(ctx, actor).await?,
        orders: orders::list_for_export(ctx, actor.user_id).await?,
        reviews: reviews::list_for_user(ctx, actor.user_id).await?,
        wishlist: wishlist::list_for_export(ctx, actor.user_id).await?,
        cart: carts::read(ctx, &carts::Owner::User(actor.user_id)).await?,
        mails: mails
            .into_iter()
            .map(|mail| ExportedMail { kind: mail.kind, subject: mail.subject, created_at: Timestamp(mail.created_at) })
            .collect(),
    })
}

fn admin_user(row: &Row) -> AdminUser {
    AdminUser { user: user(row), active: row.active }
}

/// Accounts from newest to oldest.
///
/// # Errors
/// `invalid_cursor`.
pub async fn list(ctx: &Context, q: Option<&str>, cursor: Option<&str>, limit: u32, include_total: bool) -> Result<Page<AdminUser>> {
    let conn = ctx.db.reader();
    let query = format!("users q={}", q.unwrap_or_default());
    let after = cursor.map(|cursor| ctx.cursors.open(&query, cursor)).transpose()?;
    let rows = db::users::list(conn, q, after, limit + 1).await?;
    let total = if include_total { Some(db::users::count(conn, q).await?) } else { None };
    Ok(ctx.cursors.page(&query, rows, limit, total, |row| (row.created_at, row.id)).map(|row| admin_user(&row)))
}

fn id(text: &str) -> Result<UserId> {
    text.parse().map_err(|_| Error::not_found("account"))
}

/// An account for an administrator.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Context, user_id: &str) -> Result<AdminUser> {
    Ok(admin_user(&row(ctx.db.reader(), id(user_id)?).await?))
}

/// Changes what an account may do. Its sessions end, so that the change counts on the next request.
///
/// # Errors
/// `conflict` for the last administrator.
pub async fn update(ctx: &Context, actor: &Actor, user_id: UserId, patch: AdminUserPatch) -> Result<AdminUser> {
    let AdminUserPatch { role, active } = patch;
    let now = ctx.now().0;
    ctx.db
        .write(async |tx| {
            let mut row = locked(tx, user_id).await?;
            let before = (row.role.clone(), row.active);
            let new_role = role.map_or_else(|| row.role.clone(), |role| role.as_str().to_owned());
            let stays_admin = new_role == Role::Admin.as_str() && active.unwrap_or(row.active);
            if !stays_admin {
                keep_an_admin(tx, &row).await?;
            }
            row.role = new_role;
            row.active = active.unwrap_or(row.active);
            if before != (row.role.clone(), row.active) {
                row.updated_at = now;
                db::users::update(tx, &row).await?;
                db::sessions::end_all(tx, row.id, None, "account changed by an administrator", now).await?;
                let mut details = serde_json::Map::new();
                if before.0 != row.role {
                    details.insert("role".into(), json!({"from": before.0, "to": row.role}));
                }
                if before.1 != row.active {
                    details.insert("active".into(), json!({"from": before.1, "to": row.active}));
                }
                audit::record(ctx, tx, Some(actor), AuditAction::UserUpdated, ("user", row.id), details.into()).await?;
            }
            Ok(admin_user(&row))
        })
        .await
}
