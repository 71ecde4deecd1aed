//! Accounts for the people who run the shop.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use novashop_services::{Context, accounts};
use novashop_types::{
    Language,
    accounts::{Register, Role},
};
use validator::Validate;

use crate::Failed;

/// Makes an administrator; the password comes from the environment or from the keyboard.
pub(crate) async fn create_admin(ctx: &Context, username: String, email: String) -> Result<(), Failed> {
    let password = match std::env::var("NOVASHOP_ADMIN_PASSWORD") {
        Ok(password) => password,
        Err(_) => {
            let password = rpassword::prompt_password("Password (at least 10 characters): ")
                .map_err(|error| Failed::new(format!("No password: {error}. Set NOVASHOP_ADMIN_PASSWORD instead.")))?;
            let again = rpassword::prompt_password("The same again: ")?;
            if password != again {
                return Err(Failed::new("The two passwords differ."));
            }
            password
        }
    };
    create(ctx, username.clone(), email, password).await?;
    println!("The administrator {username} can sign in now.");
    Ok(())
}

async fn create(ctx: &Context, username: String, email: String, password: String) -> Result<(), Failed> {
    let new =
        Register { username, email, password, first_name: String::new(), last_name: String::new(), city: String::new(), address: String::new() };
    new.validate().map_err(|errors| Failed::new(format!("{errors}")))?;
    accounts::create(ctx, new, Role::Admin, Language::default()).await?;
    Ok(())
}

/// Makes the first administrator of a demo shop, where there is none; its password, to be shown once.
pub(crate) async fn first_admin(ctx: &Context) -> Result<Option<String>, Failed> {
    if novashop_db::users::count_other_admins(ctx.db.reader(), uuid::Uuid::nil()).await? > 0 {
        return Ok(None);
    }
    let mut bytes = [0_u8; 12];
    ctx.ids.secret(&mut bytes);
    let password = URL_SAFE_NO_PAD.encode(bytes);
    create(ctx, "admin".into(), "admin@novashop.example".into(), password.clone()).await?;
    Ok(Some(password))
}
