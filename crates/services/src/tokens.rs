//! Access tokens: JWT (RFC 7519) signed with HS256, good for 15 minutes and only as long as their session.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, errors::ErrorKind};
use novashop_types::{ErrorCode, OrderId, SessionId, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{Error, Result};

/// How long an access token is good for, in seconds.
pub const ACCESS_TOKEN_SECONDS: i64 = 15 * 60;
const ISSUER: &str = "novashop";
const AUDIENCE: &str = "novashop-api";
/// How far the clocks of the shop's machines may be apart.
const CLOCK_SECONDS: i64 = 60;
/// No token of ours is longer; what is, is not even decoded.
const MAX_LENGTH: usize = 2048;

/// What an access token says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claims {
    /// The account.
    pub sub: UserId,
    /// Its session.
    pub sid: SessionId,
    /// The session's version: it grows when the session ends.
    pub sv: i64,
    /// This token's own id.
    pub jti: Uuid,
    /// Who made it.
    pub iss: String,
    /// Whom it is for.
    pub aud: String,
    /// When it was made, in seconds since 1970.
    pub iat: i64,
    /// When it expires, in seconds since 1970.
    pub exp: i64,
    /// When it begins to be good, in seconds since 1970. Ours are at once and do not say so; whatever says so must keep to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nbf: Option<i64>,
}

/// Makes and checks access tokens.
pub struct Tokens {
    kid: String,
    order_key: [u8; 32],
    encoding: EncodingKey,
    decoding: DecodingKey,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tokens").field("kid", &self.kid).finish_non_exhaustive()
    }
}

impl Tokens {
    /// With the shop's secret, of at least 32 bytes.
    #[must_use]
    pub fn new(secret: &[u8]) -> Self {
        let digest = Sha256::new().chain_update(b"novashop key id\0").chain_update(secret).finalize();
        let kid = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        let order_key = Sha256::new().chain_update(b"novashop order key\0").chain_update(secret).finalize().into();
        Self { kid, order_key, encoding: EncodingKey::from_secret(secret), decoding: DecodingKey::from_secret(secret) }
    }

    /// A token for a session.
    ///
    /// # Errors
    /// Only if signing fails, which it does not with a secret.
    pub fn issue(&self, user: UserId, session: SessionId, session_version: i64, jti: Uuid, now: Timestamp) -> Result<String> {
        let iat = now.0 / 1000;
        let claims = Claims {
            sub: user,
            sid: session,
            sv: session_version,
            jti,
            iss: ISSUER.into(),
            aud: AUDIENCE.into(),
            iat,
            exp: iat + ACCESS_TOKEN_SECONDS,
            nbf: None,
        };
        let header = Header { kid: Some(self.kid.clone()), ..Header::new(Algorithm::HS256) };
        jsonwebtoken::encode(&header, &claims, &self.encoding).map_err(|error| Error::internal("signing an access token", error))
    }

    /// The token with which a guest sees an order again. Made of the shop's secret and the order's id, so that it need not be kept:
    /// a repeated request gets it again, and whoever reads the database does not. (The key comes first and both parts have a fixed length.)
    #[must_use]
    pub fn for_order(&self, order: OrderId) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::new().chain_update(self.order_key).chain_update(order.0.as_bytes()).finalize())
    }

    /// What a token says, once its signature, algorithm, key, issuer, audience and time are right.
    ///
    /// # Errors
    /// `token_expired` or `invalid_token`.
    pub fn check(&self, token: &str, now: Timestamp) -> Result<Claims> {
        let invalid = || Error::refused(ErrorCode::InvalidToken, "The access token was not made by this shop, or it was changed.");
        if token.len() > MAX_LENGTH {
            return Err(invalid());
        }
        let header = jsonwebtoken::decode_header(token).map_err(|_| invalid())?;
        if header.kid.as_deref() != Some(self.kid.as_str()) {
            return Err(invalid());
        }
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        // The time is compared below with the shop's clock, which tests can set.
        validation.validate_exp = false;
        let claims = jsonwebtoken::decode::<Claims>(token, &self.decoding, &validation)
            .map_err(|error| match error.kind() {
                ErrorKind::ExpiredSignature => Error::code(ErrorCode::TokenExpired),
                _ => invalid(),
            })?
            .claims;
        // Made in the future: the key was used by somebody else, or a clock is wrong. Neither is a reason to let it pass.
        if claims.iat.max(claims.nbf.unwrap_or(claims.iat)) > now.0 / 1000 + CLOCK_SECONDS {
            return Err(invalid());
        }
        if claims.exp <= now.0 / 1000 {
            return Err(Error::refused(ErrorCode::TokenExpired, "The access token has expired. Get a new pair with the refresh token."));
        }
        Ok(claims)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: Timestamp = Timestamp(1_790_000_000_000);

    proptest! {
        #[test]
        fn no_text_is_a_token(text in ".*", head in ".*", claims in ".*", signature in prop::collection::vec(any::<u8>(), 0..40)) {
            let tokens = Tokens::new(b"0123456789abcdef0123456789abcdef");
            prop_assert!(tokens.check(&text, NOW).is_err());
            let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
            let parts = format!("{}.{}.{}", encode(head.as_bytes()), encode(claims.as_bytes()), encode(&signature));
            prop_assert!(tokens.check(&parts, NOW).is_err());
            // The right header with anything behind it.
            let own = tokens.issue(UserId(Uuid::nil()), SessionId(Uuid::nil()), 1, Uuid::nil(), NOW).unwrap();
            let header = own.split('.').next().unwrap();
            let forged = format!("{header}.{}.{}", encode(claims.as_bytes()), encode(&signature));
            prop_assert!(tokens.check(&forged, NOW).is_err());
            let (message, _) = own.rsplit_once('.').unwrap();
            let signed = [message, ".", &encode(&signature)].concat();
            prop_assert!(tokens.check(&signed, NOW).is_err());
        }
    }

    #[test]
    fn only_our_own_unexpired_tokens_pass() {
        let tokens = Tokens::new(b"0123456789abcdef0123456789abcdef");
        let token = tokens.issue(UserId(Uuid::nil()), SessionId(Uuid::nil()), 1, Uuid::nil(), NOW).unwrap();
        assert!(tokens.check(&token, NOW).is_ok());
        let code = |error: Error| error.refusal().unwrap().code;
        assert_eq!(code(tokens.check(&token, NOW.plus_seconds(900)).unwrap_err()), ErrorCode::TokenExpired);
        assert_eq!(code(tokens.check(&token[..token.len() - 2], NOW).unwrap_err()), ErrorCode::InvalidToken);
        assert_eq!(code(tokens.check(&"a".repeat(10_000), NOW).unwrap_err()), ErrorCode::InvalidToken);
        let other = Tokens::new(b"another secret of thirty-two byte");
        assert_eq!(code(other.check(&token, NOW).unwrap_err()), ErrorCode::InvalidToken);
    }
}
