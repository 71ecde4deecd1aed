//! Signing in and out: sessions, access tokens, rotating refresh tokens.

use novashop_db as db;
use novashop_types::{
    ErrorCode, SessionId, Timestamp, UserId,
    accounts::{Role, Session},
};

use crate::{
    Actor, Context, Error, Result, carts,
    context::hash_secret,
    tokens::{ACCESS_TOKEN_SECONDS, Claims},
};

/// How long a session lasts without being used.
pub const SESSION_SECONDS: i64 = 30 * 24 * 3600;

/// Where somebody signs in from.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// What the browser or program calls itself.
    pub user_agent: String,
    /// Its network address.
    pub ip: String,
    /// The token of a guest's cart, to be merged into the person's.
    pub cart_token: Option<String>,
}

/// A new pair of tokens.
#[derive(Clone)]
pub struct Tokens {
    /// For the `Authorization` header.
    pub access: String,
    /// Works once.
    pub refresh: String,
}

/// Who stands behind an access token, as of now: a session that ended or an account that was closed counts on the next request.
///
/// # Errors
/// `invalid_token` or `token_expired`.
pub async fn authenticate(ctx: &Context, token: &str) -> Result<Actor> {
    authenticate_until(ctx, token).await.map(|(actor, _)| actor)
}

/// The same, and until when the token is good at most: for what outlasts a request.
///
/// # Errors
/// Those of [`authenticate`].
pub async fn authenticate_until(ctx: &Context, token: &str) -> Result<(Actor, Timestamp)> {
    let now = ctx.now();
    let Claims { sub, sid, sv, exp, .. } = ctx.tokens.check(token, now)?;
    let standing = db::sessions::find_standing(ctx.db.reader(), sid.0, sub.0).await?;
    let ended = || Error::refused(ErrorCode::InvalidToken, "The session of this access token has ended. Sign in again.");
    let standing = standing.filter(|s| s.ended_at.is_none() && s.version == sv && s.active && s.expires_at > now.0).ok_or_else(ended)?;
    let role = Role::parse(&standing.role).ok_or_else(ended)?;
    Ok((Actor { user_id: sub, session_id: sid, role }, Timestamp(exp.saturating_mul(1000))))
}

/// Whom a sign-in is about: an account, or nobody.
#[derive(Clone, Default)]
pub struct Candidate(Option<db::users::User>);

impl Candidate {
    /// Looks up what was typed: a username, or an address.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn find(ctx: &Context, login: &str) -> Result<Self> {
        Ok(Self(db::users::find_by_login(ctx.db.reader(), &login.to_lowercase()).await?))
    }

    /// Which account it is, for what is counted by account. It must not be told.
    #[must_use]
    pub fn account(&self) -> Option<UserId> {
        self.0.as_ref().map(|user| UserId(user.id))
    }
}

/// Signs in. The same words and the same time whether or not the account exists.
///
/// # Errors
/// `invalid_credentials`.
pub async fn sign_in(ctx: &Context, Candidate(user): Candidate, password: String, origin: &Origin) -> Result<Tokens> {
    let fits = ctx.passwords.verify(password, user.as_ref().map(|user| user.password_hash.clone())).await?;
    let user = user.filter(|user| fits && user.active).ok_or_else(|| Error::code(ErrorCode::InvalidCredentials))?;
    let now = ctx.now();
    let user_id = UserId(user.id);
    ctx.db
        .write(async |tx| {
            // The password was checked before this transaction: whoever changed it, or the account, meanwhile has ended this sign-in too.
            let unchanged = db::users::find_locked(tx, user.id).await?.is_some_and(|now| now.active && now.password_hash == user.password_hash);
            if !unchanged {
                return Err(Error::code(ErrorCode::InvalidCredentials));
            }
            let session_id = SessionId(ctx.new_id());
            let row = db::sessions::Session {
                id: session_id.0,
                user_id: user.id,
                version: 1,
                user_agent: origin.user_agent.clone(),
                ip: origin.ip.clone(),
                created_at: now.0,
                last_used_at: now.0,
                expires_at: now.plus_seconds(SESSION_SECONDS).0,
                ended_at: None,
                ended_because: None,
            };
            db::sessions::insert(tx, row).await?;
            if let Some(token) = &origin.cart_token {
                carts::merge(ctx, tx, user_id, token).await?;
            }
            issue(ctx, tx, user_id, session_id, 1, now).await
        })
        .await
}

async fn issue(ctx: &Context, tx: &impl db::ConnectionTrait, user: UserId, session: SessionId, version: i64, now: Timestamp) -> Result<Tokens> {
    let refresh = ctx.new_secret();
    let row = db::sessions::RefreshToken {
        id: ctx.new_id(),
        session_id: session.0,
        token_hash: hash_secret(&refresh),
        created_at: now.0,
        expires_at: now.plus_seconds(SESSION_SECONDS).0,
        used_at: None,
    };
    db::sessions::insert_refresh(tx, row).await?;
    Ok(Tokens { access: ctx.tokens.issue(user, session, version, ctx.new_id(), now)?, refresh })
}

/// A new pair for a refresh token. The old one is spent; using it again ends the whole session.
///
/// # Errors
/// `invalid_refresh_token`.
pub async fn refresh(ctx: &Context, token: &str) -> Result<Tokens> {
    let now = ctx.now();
    let hash = hash_secret(token);
    let pair = ctx
        .db
        .write(async |tx| {
            let spent = db::sessions::spend_refresh(tx, &hash, now.0).await?;
            let Some(known) = db::sessions::find_refresh(tx, &hash).await? else { return Ok(None) };
            let Some(session) = db::sessions::find(tx, known.session_id).await? else { return Ok(None) };
            if !spent {
                // Two people hold this token: whoever they are, both must sign in again. This has to be committed.
                if known.used_at.is_some() {
                    db::sessions::end(tx, session.user_id, session.id, "refresh token used twice", now.0).await?;
                }
                return Ok(None);
            }
            let active = db::users::find(tx, session.user_id).await?.is_some_and(|user| user.active);
            if !active || session.ended_at.is_some() || session.expires_at <= now.0 {
                return Ok(None);
            }
            db::sessions::touch(tx, session.id, now.0, now.plus_seconds(SESSION_SECONDS).0).await?;
            issue(ctx, tx, UserId(session.user_id), SessionId(session.id), session.version, now).await.map(Some)
        })
        .await?;
    pair.ok_or_else(|| Error::code(ErrorCode::InvalidRefreshToken))
}

/// Signs out here: the access token stops working too.
///
/// # Errors
/// Those of the database.
pub async fn sign_out(ctx: &Context, actor: &Actor, refresh_token: Option<&str>) -> Result<()> {
    let now = ctx.now().0;
    ctx.db
        .write(async |tx| {
            db::sessions::end(tx, actor.user_id.0, actor.session_id.0, "signed out", now).await?;
            // A refresh token of another session of the same account ends that one as well: it was handed in to be ended.
            if let Some(token) = refresh_token
                && let Some(known) = db::sessions::find_refresh(tx, &hash_secret(token)).await?
            {
                db::sessions::end(tx, actor.user_id.0, known.session_id, "signed out", now).await?;
            }
            Ok(())
        })
        .await
}

/// Where the account is signed in, newest first.
///
/// # Errors
/// Those of the database.
pub async fn list(ctx: &Context, actor: &Actor) -> Result<Vec<Session>> {
    let rows = db::sessions::list_open(ctx.db.reader(), actor.user_id.0, ctx.now().0).await?;
    Ok(rows
        .into_iter()
        .map(|row| Session {
            id: SessionId(row.id),
            current: row.id == actor.session_id.0,
            user_agent: row.user_agent,
            ip: row.ip,
            created_at: Timestamp(row.created_at),
            last_used_at: Timestamp(row.last_used_at),
        })
        .collect())
}

/// Ends one of the account's sessions.
///
/// # Errors
/// `not_found` where the account has no such session.
pub async fn end(ctx: &Context, actor: &Actor, id: &str) -> Result<()> {
    let missing = || Error::not_found("session");
    let id: SessionId = id.parse().map_err(|_| missing())?;
    let ended = db::sessions::end(ctx.db.writer(), actor.user_id.0, id.0, "ended by its owner", ctx.now().0).await?;
    if ended { Ok(()) } else { Err(missing()) }
}

/// Seconds an access token is good for.
#[must_use]
pub const fn access_token_seconds() -> i64 {
    ACCESS_TOKEN_SECONDS
}
