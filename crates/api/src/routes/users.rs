//! Accounts: one's own, and all of them for administrators.

use novashop_services::{account_passwords, accounts, sessions};
use novashop_types::{
    ErrorCode, Page, Problem,
    accounts::{AccountExport, AdminUser, AdminUserPatch, PasswordChange, Sessions, User, UserPatch},
};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    Answer, Ctx, Failure,
    extract::{Admin, Customer, Input},
    limits::{Class, MailQuota, check_password_try},
    respond,
    routes::Route,
};

/// The addresses of this file. `/users/me` stands before `/users/{id}`: the first match answers.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![
        route!("/users/me", get => get_me, patch => update_me, delete => delete_me),
        route!("/users/me/password", put => change_password).limited(Class::Password),
        route!("/users/me/sessions", get => list_sessions),
        route!("/users/me/sessions/{id}", delete => end_session),
        route!("/users/me/export", get => export_me),
        route!("/users", get => list_users),
        route!("/users/{id}", get => get_user, patch => update_user),
    ]
}

/// My account
#[utoipa::path(get, path = "/api/v1/users/me", tag = "accounts", operation_id = "get_me", responses((status = 200, description = "The account", body = User)), security(("bearer" = [])))]
pub async fn get_me(ctx: Ctx, Customer(actor): Customer, input: Input) -> Answer {
    input.no_query()?;
    Ok(respond::json(&accounts::me(&ctx, &actor).await?))
}

/// Change my account
///
/// A new e-mail address has to be confirmed again.
#[utoipa::path(patch, path = "/api/v1/users/me", tag = "accounts", operation_id = "update_me", request_body = UserPatch,
    responses((status = 200, description = "The account as it is now", body = User), (status = 409, description = "`username_taken` or `email_taken`", body = Problem, content_type = "application/problem+json")),
    security(("bearer" = [])))]
pub async fn update_me(ctx: Ctx, Customer(actor): Customer, input: Input) -> Answer {
    let patch: UserPatch = input.json()?;
    if patch.email.is_some() && patch.current_password.is_some() {
        check_password_try(input.request(), &actor.user_id.to_string()).await?;
    }
    let mails = MailQuota::of(input.request());
    Ok(respond::json(&accounts::update_me(&ctx, &actor, patch, &mails).await.map_err(|error| mails.failure(error))?))
}

/// Delete my account
///
/// Erases personal data; the orders' figures stay. Cannot be undone.
#[utoipa::path(delete, path = "/api/v1/users/me", tag = "accounts", operation_id = "delete_me",
    responses((status = 204, description = "Deleted"), (status = 409, description = "`conflict`: the shop's last administrator", body = Problem, content_type = "application/problem+json")),
    security(("bearer" = [])))]
pub async fn delete_me(ctx: Ctx, Customer(actor): Customer, input: Input) -> Answer {
    input.no_query()?;
    accounts::delete_me(&ctx, &actor).await?;
    Ok(respond::no_content())
}

/// Change my password
///
/// Ends the other sessions; this one goes on.
#[utoipa::path(put, path = "/api/v1/users/me/password", tag = "accounts", operation_id = "change_password", request_body = PasswordChange,
    responses((status = 204, description = "The new password holds"), (status = 409, description = "`conflict`: it was changed meanwhile", body = Problem, content_type = "application/problem+json")),
    security(("bearer" = [])))]
pub async fn change_password(ctx: Ctx, Customer(actor): Customer, input: Input) -> Answer {
    let change: PasswordChange = input.json()?;
    check_password_try(input.request(), &actor.user_id.to_string()).await?;
    account_passwords::change(&ctx, &actor, change).await?;
    Ok(respond::no_content())
}

/// Where I am signed in
#[utoipa::path(get, path = "/api/v1/users/me/sessions", tag = "accounts", operation_id = "list_sessions", responses((status = 200, description = "The open sessions, newest first", body = Sessions)), security(("bearer" = [])))]
pub async fn list_sessions(ctx: Ctx, Customer(actor): Customer, input: Input) -> Answer {
    input.no_query()?;
    Ok(respond::json(&Sessions { items: sessions::list(&ctx, &actor).await? }))
}

/// Sign out somewhere else
#[utoipa::path(delete, path = "/api/v1/users/me/sessions/{id}", tag = "accounts", operation_id = "end_session", params(("id" = novashop_types::SessionId, Path, description = "The session's id")),
    responses((status = 204, description = "The session has ended")), security(("bearer" = [])))]
pub async fn end_session(ctx: Ctx, Customer(actor): Customer, input: Input) -> Answer {
    input.no_query()?;
    sessions::end(&ctx, &actor, input.path("id")).await?;
    Ok(respond::no_content())
}

/// Everything stored about me
#[utoipa::path(get, path = "/api/v1/users/me/export", tag = "accounts", operation_id = "export_me", responses((status = 200, description = "The export", body = AccountExport)), security(("bearer" = [])))]
pub async fn export_me(ctx: Ctx, Customer(actor): Customer, input: Input) -> Answer {
    input.no_query()?;
    Ok(respond::json(&accounts::export(&ctx, &actor).await?))
}

/// What a list of accounts can be asked.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UsersQuery {
    /// Part of a username, an address or a name.
    #[param(max_length = 100)]
    q: Option<String>,
    /// Entries on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u32>,
    /// Where to go on.
    cursor: Option<String>,
    /// Whether to count all of them.
    include_total: Option<bool>,
}

/// All accounts
#[utoipa::path(get, path = "/api/v1/users", tag = "accounts", operation_id = "list_users", params(UsersQuery), responses((status = 200, description = "A page, newest first", body = Page<AdminUser>)), security(("bearer" = ["admin"])))]
pub async fn list_users(ctx: Ctx, _: Admin, input: Input) -> Answer {
    let query: UsersQuery = input.query()?;
    let limit = input.limit(query.limit)?;
    if query.q.as_ref().is_some_and(|q| q.chars().count() > 100) {
        return Err(Failure::new(ErrorCode::InvalidParameter, "`q` may have up to 100 characters."));
    }
    let page = accounts::list(&ctx, query.q.as_deref(), query.cursor.as_deref(), limit, query.include_total.unwrap_or(false)).await?;
    Ok(respond::page(&input, &page))
}

/// An account
#[utoipa::path(get, path = "/api/v1/users/{id}", tag = "accounts", operation_id = "get_user", params(("id" = novashop_types::UserId, Path, description = "The account's id")), responses((status = 200, description = "The account", body = AdminUser)), security(("bearer" = ["admin"])))]
pub async fn get_user(ctx: Ctx, _: Admin, input: Input) -> Answer {
    input.no_query()?;
    Ok(respond::json(&accounts::find(&ctx, input.path("id")).await?))
}

/// Change what an account may do
///
/// Ends the account's sessions, so that the change counts on its next request.
#[utoipa::path(patch, path = "/api/v1/users/{id}", tag = "accounts", operation_id = "update_user", params(("id" = novashop_types::UserId, Path, description = "The account's id")), request_body = AdminUserPatch,
    responses((status = 200, description = "The account as it is now", body = AdminUser), (status = 409, description = "`conflict`: the shop's last administrator", body = Problem, content_type = "application/problem+json")),
    security(("bearer" = ["admin"])))]
pub async fn update_user(ctx: Ctx, Admin(actor): Admin, input: Input) -> Answer {
    let found = accounts::find(&ctx, input.path("id")).await?;
    Ok(respond::json(&accounts::update(&ctx, &actor, found.user.id, input.json::<AdminUserPatch>()?).await?))
}
