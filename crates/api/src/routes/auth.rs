//! Registering, signing in and out, passwords and addresses.

use actix_web::{
    HttpResponse,
    cookie::{Cookie, SameSite, time::Duration},
};
use novashop_services::{
    account_passwords, accounts,
    sessions::{self, Candidate, Origin, SESSION_SECONDS, Tokens},
};
use novashop_types::{
    ErrorCode, Problem,
    accounts::{EmailVerify, Login, PasswordForgot, PasswordReset, RefreshToken, Register, TokenPair, User},
};

use crate::{
    Answer, Ctx, Failure,
    extract::{Client, Customer, Input},
    limits::{Class, MailQuota, check_account, check_password_try},
    respond,
    routes::Route,
};

/// The addresses of this file.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![
        route!("/auth/register", post => register).limited(Class::Password),
        route!("/auth/login", post => login).limited(Class::Password),
        route!("/auth/refresh", post => refresh),
        route!("/auth/logout", post => logout),
        route!("/auth/password/forgot", post => forgot_password).limited(Class::Password),
        route!("/auth/password/reset", post => reset_password).limited(Class::Password),
        route!("/auth/email/verify", post => verify_email).limited(Class::Password),
    ]
}

const COOKIE: &str = "novashop_refresh";

/// A cookie that no script can read and that only the sign-in routes are sent; an empty one takes it back.
fn cookie(token: &str) -> Cookie<'static> {
    let seconds = if token.is_empty() { 0 } else { SESSION_SECONDS };
    Cookie::build(COOKIE, token.to_owned())
        .path("/api/v1/auth")
        .http_only(true)
        .secure(true)
        .same_site(SameSite::Strict)
        .max_age(Duration::seconds(seconds))
        .finish()
}

fn pair(tokens: Tokens, in_cookie: bool) -> HttpResponse {
    let cookie = in_cookie.then(|| cookie(&tokens.refresh));
    let body = TokenPair {
        access_token: tokens.access,
        refresh_token: (!in_cookie).then_some(tokens.refresh),
        token_type: "Bearer".into(),
        expires_in: sessions::access_token_seconds(),
    };
    let mut response = respond::json(&body);
    if let Some(cookie) = cookie {
        // Only a value that is no header could fail here, and ours is base64.
        let _added = response.add_cookie(&cookie);
    }
    response
}

/// Register
///
/// Makes a customer's account and sends a link to confirm the address. The account can be used at once.
#[utoipa::path(post, path = "/api/v1/auth/register", tag = "accounts", operation_id = "register", request_body = Register,
    params(("Accept-Language" = Option<String>, Header, description = "The language of mails to the account: `en` or `es`")),
    responses(
        (status = 201, description = "The account", body = User, headers(("Location" = String, description = "Where the account is"))),
        (status = 409, description = "`username_taken` or `email_taken`", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn register(ctx: Ctx, input: Input) -> Answer {
    let mails = MailQuota::of(input.request());
    let user = accounts::register(&ctx, input.json::<Register>()?, input.language(), &mails).await.map_err(|error| mails.failure(error))?;
    Ok(respond::created("/api/v1/users/me", &user))
}

/// Sign in
///
/// With `X-Cart-Token` the guest's cart is merged into the person's. With `"cookie": true` the refresh token is set as an
/// `HttpOnly` cookie and left out of the body.
#[utoipa::path(post, path = "/api/v1/auth/login", tag = "accounts", operation_id = "login", request_body = Login,
    params(("X-Cart-Token" = Option<String>, Header, description = "The guest's cart, to be merged")),
    responses((status = 200, description = "A pair of tokens", body = TokenPair), (status = 401, description = "`invalid_credentials`", body = Problem, content_type = "application/problem+json")))]
pub async fn login(ctx: Ctx, client: Client, input: Input) -> Answer {
    let login: Login = input.json()?;
    check_account(input.request(), "login", &login.login).await?;
    let mut candidate = Candidate::find(&ctx, &login.login).await?;
    let account = candidate.account().map_or_else(|| login.login.clone(), |id| id.to_string());
    if check_password_try(input.request(), &account).await.is_err() {
        // Answered like a wrong password, after the same time: 429 would tell that this name and one that was tried before are of one account.
        candidate = Candidate::default();
    }
    let origin = Origin { user_agent: client.user_agent, ip: client.ip, cart_token: input.cart_token() };
    Ok(pair(sessions::sign_in(&ctx, candidate, login.password, &origin).await?, login.cookie))
}

/// A new pair of tokens
///
/// The refresh token is spent; using it again ends the whole session. Without one in the body, the cookie's is taken,
/// if the request says `Content-Type: application/json` (which forms of other sites cannot).
#[utoipa::path(post, path = "/api/v1/auth/refresh", tag = "accounts", operation_id = "refresh", request_body(content = Option<RefreshToken>, description = "May be left out where the cookie is sent"),
    responses((status = 200, description = "A new pair of tokens", body = TokenPair), (status = 401, description = "`invalid_refresh_token`", body = Problem, content_type = "application/problem+json")))]
pub async fn refresh(ctx: Ctx, input: Input) -> Answer {
    let body: RefreshToken = input.json_or_default()?;
    let in_cookie = body.refresh_token.is_none();
    if in_cookie && input.request().cookie(COOKIE).is_some() {
        input.check_json_type()?;
    }
    let token = sent_token(&input, body)
        .ok_or_else(|| Failure::new(ErrorCode::InvalidRefreshToken, "Send `refresh_token`, or the cookie that signing in set."))?;
    Ok(pair(sessions::refresh(&ctx, &token).await?, in_cookie))
}

fn sent_token(input: &Input, body: RefreshToken) -> Option<String> {
    body.refresh_token.or_else(|| input.request().cookie(COOKIE).map(|cookie| cookie.value().to_owned())).filter(|token| token.len() <= 512)
}

/// Sign out
///
/// Ends this session: the access token stops working too.
#[utoipa::path(post, path = "/api/v1/auth/logout", tag = "accounts", operation_id = "logout", request_body(content = Option<RefreshToken>, description = "May be left out where the cookie is sent"),
    responses((status = 204, description = "Signed out")), security(("bearer" = [])))]
pub async fn logout(ctx: Ctx, Customer(actor): Customer, input: Input) -> Answer {
    let body: RefreshToken = input.json_or_default()?;
    sessions::sign_out(&ctx, &actor, sent_token(&input, body).as_deref()).await?;
    let mut response = respond::no_content();
    let _added = response.add_cookie(&cookie(""));
    Ok(response)
}

/// Ask for a new password
///
/// Always 202, whether or not the address has an account. The mail's link works once, for an hour.
#[utoipa::path(post, path = "/api/v1/auth/password/forgot", tag = "accounts", operation_id = "forgot_password", request_body = PasswordForgot,
    responses((status = 202, description = "If the address has an account, a mail is on its way")))]
pub async fn forgot_password(ctx: Ctx, input: Input) -> Answer {
    let forgot: PasswordForgot = input.json()?;
    check_account(input.request(), "forgot", &forgot.email).await?;
    account_passwords::forget(&ctx, &forgot.email).await?;
    Ok(respond::accepted())
}

/// Choose a new password
///
/// With the token of the mail's link. Ends all sessions.
#[utoipa::path(post, path = "/api/v1/auth/password/reset", tag = "accounts", operation_id = "reset_password", request_body = PasswordReset,
    responses(
        (status = 204, description = "The new password holds"),
        (status = 422, description = "`invalid_link`: it was used, is too old, or a newer one was sent; `invalid`: `errors` says which fields and why", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn reset_password(ctx: Ctx, input: Input) -> Answer {
    account_passwords::reset(&ctx, input.json()?).await?;
    Ok(respond::no_content())
}

/// Confirm an e-mail address
#[utoipa::path(post, path = "/api/v1/auth/email/verify", tag = "accounts", operation_id = "verify_email", request_body = EmailVerify,
    responses(
        (status = 204, description = "The address is confirmed"),
        (status = 422, description = "`invalid_link`: it was used, is too old, or a newer one was sent; `invalid`: `errors` says which fields and why", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn verify_email(ctx: Ctx, input: Input) -> Answer {
    accounts::verify_email(&ctx, &input.json::<EmailVerify>()?.token).await?;
    Ok(respond::no_content())
}
