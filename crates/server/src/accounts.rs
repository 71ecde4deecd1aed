//! Accounts for the people who run the shop.

use std::io::{self, IsTerminal as _};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use novashop_services::{Context, account_passwords, accounts, mails::Anybody};
use novashop_types::{
    ErrorCode, Language,
    accounts::{Register, Role},
};
use validator::Validate;

use crate::Failed;

/// Makes an administrator.
pub(crate) async fn create_admin(ctx: &Context, username: String, email: String) -> Result<(), Failed> {
    let password = new_password()?;
    create(ctx, username.clone(), email, password).await?;
    println!("The administrator {username} can sign in now.");
    Ok(())
}

/// Lets somebody in again who cannot be helped by mail.
pub(crate) async fn set_password(ctx: &Context, login: &str) -> Result<(), Failed> {
    // Not from the environment: what stands there is the first administrator's.
    let password = typed()?;
    if !(10..=1024).contains(&password.chars().count()) {
        return Err(Failed::new("A password has 10 to 1024 characters."));
    }
    let user = account_passwords::set_for(ctx, login, password).await.map_err(|error| match error.refusal() {
        Some(refusal) if refusal.code == ErrorCode::NotFound => Failed::new(format!("Nobody has the username or the address `{login}`.")),
        Some(refusal) => Failed::new(refusal.detail.replace("/password", "The password")),
        None => Failed::from(error),
    })?;
    println!("{} ({}) has the new password from now on; all sessions have ended.", user.username, user.role.as_str());
    Ok(())
}

/// A password from the environment, else as it is typed.
fn new_password() -> Result<String, Failed> {
    std::env::var("NOVASHOP_ADMIN_PASSWORD").or_else(|_| typed())
}

/// A password from the keyboard, or where nobody sits at one, the first line of standard input.
fn typed() -> Result<String, Failed> {
    let none =
        |why: &dyn std::fmt::Display| Failed::new(format!("No password ({why}): pipe it in, or for `create-admin` set NOVASHOP_ADMIN_PASSWORD."));
    if !io::stdin().is_terminal() {
        let mut line = String::new();
        io::stdin().read_line(&mut line).map_err(|error| none(&error))?;
        let password = line.trim_end_matches(['\r', '\n']);
        return if password.is_empty() { Err(none(&"standard input is empty")) } else { Ok(password.to_owned()) };
    }
    let password = rpassword::prompt_password("Password (at least 10 characters): ").map_err(|error| none(&error))?;
    let again = rpassword::prompt_password("The same again: ").map_err(|error| none(&error))?;
    if password == again { Ok(password) } else { Err(Failed::new("The two passwords differ.")) }
}

async fn create(ctx: &Context, username: String, email: String, password: String) -> Result<(), Failed> {
    let new =
        Register { username, email, password, first_name: String::new(), last_name: String::new(), city: String::new(), address: String::new() };
    new.validate().map_err(|errors| Failed::new(format!("{errors}")))?;
    accounts::create(ctx, new, Role::Admin, Language::default(), &Anybody).await?;
    Ok(())
}

/// Makes the first administrator of a demo shop, where there is none; its password, to be shown once.
pub(crate) async fn first_admin(ctx: &Context) -> Result<Option<String>, Failed> {
    if has_admin(ctx).await? {
        return Ok(None);
    }
    let mut bytes = [0_u8; 12];
    ctx.ids.secret(&mut bytes);
    let password = URL_SAFE_NO_PAD.encode(bytes);
    create(ctx, "admin".into(), "admin@novashop.example".into(), password.clone()).await?;
    Ok(Some(password))
}

/// Whether anybody may run the shop.
pub(crate) async fn has_admin(ctx: &Context) -> Result<bool, Failed> {
    Ok(novashop_db::users::count_other_admins(ctx.db.reader(), uuid::Uuid::nil()).await? > 0)
}
