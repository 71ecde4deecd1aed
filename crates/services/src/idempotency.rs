//! Requests that may be repeated: the same key and the same request give the first answer again, and the effect happens once.

use novashop_db::{self as db, DatabaseTransaction};
use novashop_types::{ErrorCode, UserId};
use serde::Serialize;
use serde_json::json;

use crate::{Context, Error, Result};

/// How long an answer is kept.
const KEEP_SECONDS: i64 = 24 * 60 * 60;

/// What a request brings so that it can be repeated.
#[derive(Debug, Clone, Default)]
pub struct Repeatable {
    /// Its Idempotency-Key, where it has one.
    pub key: Option<String>,
    /// A digest of the whole request: the same key with another digest is another request.
    pub fingerprint: Vec<u8>,
}

/// An answer that can be given again, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status (RFC 9110).
    pub status: u16,
    /// JSON.
    pub body: String,
    /// Where the new thing is.
    pub location: Option<String>,
    /// Whether this is the answer of an earlier request.
    pub replayed: bool,
}

impl Answer {
    /// The answer to a request that changed something.
    ///
    /// # Errors
    /// Where it cannot be written as JSON: a defect.
    pub fn ok(body: &impl Serialize) -> Result<Self> {
        let body = serde_json::to_string(body).map_err(|error| Error::internal("an answer as JSON", error))?;
        Ok(Self { status: 200, body, location: None, replayed: false })
    }

    /// The answer to a request that made something.
    ///
    /// # Errors
    /// Where it cannot be written as JSON: a defect.
    pub fn created(location: String, body: &impl Serialize) -> Result<Self> {
        let body = serde_json::to_string(body).map_err(|error| Error::internal("an answer as JSON", error))?;
        Ok(Self { status: 201, body, location: Some(location), replayed: false })
    }
}

/// The scope of a person's keys on a route: `POST /api/v1/orders`.
#[must_use]
pub fn user_scope(user: UserId, route: &str) -> String {
    format!("user:{user} {route}")
}

/// The scope of a guest's keys on a route; the guest is known by the hash of a token.
#[must_use]
pub fn guest_scope(token_hash: &[u8], route: &str) -> String {
    let hex: String = token_hash.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("cart:{hex} {route}")
}

/// Does `work` in a transaction, once for a key: a repeat gets the answer that the first request got.
///
/// The key is claimed first and its answer kept last, in the transaction of the effect: so they come and go together,
/// and a request that was refused leaves no key. Whoever comes while the first is still running waits for it.
///
/// # Errors
/// `idempotency_key_reused` where the key belongs to another request, `idempotency_in_progress` where the first one takes too long,
/// and those of `work`.
pub async fn once(ctx: &Context, scope: &str, request: &Repeatable, work: impl AsyncFn(&DatabaseTransaction) -> Result<Answer>) -> Result<Answer> {
    let Some(key) = request.key.as_deref() else {
        return ctx.db.write(work).await;
    };
    ctx.db
        .write(async |tx| {
            if let Some(earlier) = claim(ctx, tx, scope, key, &request.fingerprint).await? {
                return Ok(earlier);
            }
            let answer = work(tx).await?;
            let headers = json!({"location": answer.location});
            db::idempotency::keep(tx, scope, key, i32::from(answer.status), &answer.body, headers).await?;
            Ok(answer)
        })
        .await
}

/// Claims the key for this transaction, or gives the answer that is kept under it.
async fn claim(ctx: &Context, tx: &DatabaseTransaction, scope: &str, key: &str, fingerprint: &[u8]) -> Result<Option<Answer>> {
    let now = ctx.now();
    let claimed = db::idempotency::claim(tx, scope, key, fingerprint, now.0, now.plus_seconds(KEEP_SECONDS).0).await;
    match claimed {
        Ok(true) => return Ok(None),
        Ok(false) => {}
        Err(db::Error::LockTimeout(_)) => return Err(Error::code(ErrorCode::IdempotencyInProgress)),
        Err(error) => return Err(error.into()),
    }
    // Gone in between only where a clean-up took it: its day is over, so the next attempt may claim it.
    let Some(kept) = db::idempotency::find(tx, scope, key).await? else {
        return Err(Error::code(ErrorCode::IdempotencyInProgress));
    };
    if kept.fingerprint != fingerprint {
        return Err(Error::refused(ErrorCode::IdempotencyKeyReused, "This Idempotency-Key came with another request before."));
    }
    Ok(Some(Answer {
        status: u16::try_from(kept.status).unwrap_or(200),
        body: kept.body,
        location: kept.headers.get("location").and_then(|value| value.as_str()).map(str::to_owned),
        replayed: true,
    }))
}
