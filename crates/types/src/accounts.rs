//! Accounts: people, their sessions, signing in.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::{Validate, ValidationError};

use crate::{Language, SessionId, Timestamp, UserId, flat::read_flat, patch::present};

/// What an account may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Buys.
    Customer,
    /// Runs the catalogue and the orders.
    Staff,
    /// Everything, accounts and mails included.
    Admin,
}

impl Role {
    /// The word on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Staff => "staff",
            Self::Admin => "admin",
        }
    }

    /// The role a word means.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Customer, Self::Staff, Self::Admin].into_iter().find(|role| role.as_str() == word)
    }
}

/// A person's account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct User {
    /// The account's id.
    pub id: UserId,
    /// Unique whatever the case.
    #[schema(example = "maya")]
    pub username: String,
    /// Unique whatever the case.
    #[schema(example = "maya@example.com")]
    pub email: String,
    /// May be empty.
    #[schema(example = "Maya")]
    pub first_name: String,
    /// May be empty.
    #[schema(example = "Lindqvist")]
    pub last_name: String,
    /// May be empty.
    #[schema(example = "Lisbon")]
    pub city: String,
    /// May be empty.
    #[schema(example = "Rua da Rosa 14")]
    pub address: String,
    /// The language of mails to the account: at first the one in which it was made.
    pub language: Language,
    /// What the account may do.
    pub role: Role,
    /// Whether the address was confirmed by the link that was sent to it.
    pub email_verified: bool,
    /// When the account was made.
    pub created_at: Timestamp,
}

/// An account as an administrator sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(from = "AdminUserRead")]
pub struct AdminUser {
    /// The account.
    #[serde(flatten)]
    pub user: User,
    /// An inactive account cannot sign in.
    pub active: bool,
}

read_flat!(AdminUserRead for AdminUser {
    user: User {
        id: UserId, username: String, email: String, first_name: String, last_name: String, city: String, address: String,
        language: Language, role: Role, email_verified: bool, created_at: Timestamp,
    },
    active: bool,
});

fn valid_username(name: &str) -> Result<(), ValidationError> {
    let fits = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'));
    if fits { Ok(()) } else { Err(reason("format", "may have letters, digits, dots, underscores and hyphens")) }
}

/// An e-mail address by the HTML standard's grammar, with a dot in its domain. The domain is a name: with a literal (`maya@[127.0.0.1]`)
/// anybody could send our mail server to any machine.
///
/// # Errors
/// Where it is none.
pub fn email_address(text: &str) -> Result<(), ValidationError> {
    let fits = text.len() <= 254 && text.rsplit_once('@').is_some_and(|(local, domain)| valid_local_part(local) && valid_domain(domain));
    if fits { Ok(()) } else { Err(reason("email", "must be an e-mail address such as maya@example.com")) }
}

/// What may stand before the `@`: the characters of HTML's own e-mail fields
/// (<https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address>), up to 64 of them (RFC 5321, 4.5.3.1.1).
///
/// By hand and not by `validator`'s regular expressions: those would be half of what a shopper downloads. A test compares both.
fn valid_local_part(local: &str) -> bool {
    (1..=64).contains(&local.len()) && local.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&byte))
}

/// Labels of letters, digits and inner hyphens; at least two, and the last one has a letter: mail servers take no bare `localhost`.
fn valid_domain(domain: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    domain.split('.').all(label) && domain.rsplit_once('.').is_some_and(|(_, last)| last.contains(|letter: char| letter.is_ascii_alphabetic()))
}

pub(crate) fn reason(code: &'static str, message: &'static str) -> ValidationError {
    ValidationError::new(code).with_message(message.into())
}

/// A new account.
#[derive(Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// 3 to 32 letters, digits, dots, underscores or hyphens.
    #[validate(length(min = 3, max = 32, message = "must have 3 to 32 characters"), custom(function = "valid_username"))]
    #[schema(example = "maya", min_length = 3, max_length = 32, pattern = r"^[A-Za-z0-9._-]+$")]
    pub username: String,
    /// Where mails go; must be unique.
    #[validate(custom(function = "email_address"))]
    #[schema(example = "maya@example.com", format = Email, max_length = 254)]
    pub email: String,
    /// At least 10 characters, and not among the most common passwords.
    #[validate(length(min = 10, max = 1024, message = "must have 10 to 1024 characters"))]
    #[schema(example = "correct horse battery", min_length = 10, max_length = 1024, format = Password)]
    pub password: String,
    /// Given name.
    #[serde(default)]
    #[validate(length(max = 100, message = "may have up to 100 characters"))]
    #[schema(max_length = 100)]
    pub first_name: String,
    /// Family name.
    #[serde(default)]
    #[validate(length(max = 100, message = "may have up to 100 characters"))]
    #[schema(max_length = 100)]
    pub last_name: String,
    /// Town.
    #[serde(default)]
    #[validate(length(max = 100, message = "may have up to 100 characters"))]
    #[schema(max_length = 100)]
    pub city: String,
    /// Street and number.
    #[serde(default)]
    #[validate(length(max = 300, message = "may have up to 300 characters"))]
    #[schema(max_length = 300)]
    pub address: String,
}

/// Changes to one's own profile; fields that are absent stay.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UserPatch {
    /// A new username.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(length(min = 3, max = 32, message = "must have 3 to 32 characters"), custom(function = "valid_username"))]
    #[schema(min_length = 3, max_length = 32, pattern = r"^[A-Za-z0-9._-]+$", nullable = false)]
    pub username: Option<String>,
    /// The present password: needed for a new address, which would open the account by a mail to it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(length(min = 1, max = 1024, message = "must have 1 to 1024 characters"))]
    #[schema(min_length = 1, max_length = 1024, format = Password, nullable = false)]
    pub current_password: Option<String>,
    /// A new address; it has to be verified again. Needs `current_password`.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "email_address"))]
    #[schema(format = Email, max_length = 254, nullable = false)]
    pub email: Option<String>,
    /// Given name.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(length(max = 100, message = "may have up to 100 characters"))]
    #[schema(max_length = 100, nullable = false)]
    pub first_name: Option<String>,
    /// Family name.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(length(max = 100, message = "may have up to 100 characters"))]
    #[schema(max_length = 100, nullable = false)]
    pub last_name: Option<String>,
    /// Town.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(length(max = 100, message = "may have up to 100 characters"))]
    #[schema(max_length = 100, nullable = false)]
    pub city: Option<String>,
    /// Street and number.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(length(max = 300, message = "may have up to 300 characters"))]
    #[schema(max_length = 300, nullable = false)]
    pub address: Option<String>,
    /// The language of mails to the account.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub language: Option<Language>,
}

/// An administrator's changes to an account; both end the account's sessions.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdminUserPatch {
    /// The new role.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub role: Option<Role>,
    /// `false` keeps the account from signing in.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub active: Option<bool>,
}

/// Signing in.
#[derive(Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Login {
    /// The username or the e-mail address.
    #[validate(length(min = 1, max = 254, message = "must have 1 to 254 characters"))]
    #[schema(example = "maya", min_length = 1, max_length = 254)]
    pub login: String,
    /// The password.
    #[validate(length(min = 1, max = 1024, message = "must have 1 to 1024 characters"))]
    #[schema(example = "correct horse battery", min_length = 1, max_length = 1024, format = Password)]
    pub password: String,
    /// For browsers: the refresh token comes as an `HttpOnly` cookie instead of in the body.
    #[serde(default)]
    pub cookie: bool,
}

/// A refresh token, sent back. A browser that signed in with `cookie` sends its cookie and leaves it out.
#[derive(Clone, Default, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefreshToken {
    /// The refresh token.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(length(min = 1, max = 512, message = "must have 1 to 512 characters"))]
    #[schema(example = "kRzvT1m0…", min_length = 1, max_length = 512, nullable = false)]
    pub refresh_token: Option<String>,
}

/// A pair of tokens.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct TokenPair {
    /// For the `Authorization` header.
    #[schema(example = "eyJhbGciOiJIUzI1NiIs…")]
    pub access_token: String,
    /// Works once, for the next pair. Left out where it went into a cookie.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "kRzvT1m0…", nullable = false)]
    pub refresh_token: Option<String>,
    /// Always `Bearer` (RFC 6750).
    #[schema(example = "Bearer")]
    pub token_type: String,
    /// Seconds until the access token expires.
    #[schema(example = 900)]
    pub expires_in: i64,
}

/// Asking for a new password.
#[derive(Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordForgot {
    /// The account's address.
    #[validate(custom(function = "email_address"))]
    #[schema(example = "maya@example.com", format = Email, max_length = 254)]
    pub email: String,
}

/// Setting a new password with the token of a mail.
#[derive(Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordReset {
    /// The token of the link.
    #[validate(length(min = 1, max = 512, message = "must have 1 to 512 characters"))]
    #[schema(min_length = 1, max_length = 512)]
    pub token: String,
    /// The new password.
    #[validate(length(min = 10, max = 1024, message = "must have 10 to 1024 characters"))]
    #[schema(min_length = 10, max_length = 1024, format = Password)]
    pub password: String,
}

/// Changing one's password.
#[derive(Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    /// The present password.
    #[validate(length(min = 1, max = 1024, message = "must have 1 to 1024 characters"))]
    #[schema(min_length = 1, max_length = 1024, format = Password)]
    pub current_password: String,
    /// The new password.
    #[validate(length(min = 10, max = 1024, message = "must have 10 to 1024 characters"))]
    #[schema(min_length = 10, max_length = 1024, format = Password)]
    pub new_password: String,
}

/// Confirming an e-mail address.
#[derive(Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EmailVerify {
    /// The token of the link.
    #[validate(length(min = 1, max = 512, message = "must have 1 to 512 characters"))]
    #[schema(min_length = 1, max_length = 512)]
    pub token: String,
}

/// One place where the account is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Session {
    /// The session's id.
    pub id: SessionId,
    /// Whether this request came from it.
    pub current: bool,
    /// What the browser or program called itself when it signed in.
    #[schema(example = "Mozilla/5.0 (X11; Linux x86_64) …")]
    pub user_agent: String,
    /// The network address it signed in from.
    #[schema(example = "203.0.113.7")]
    pub ip: String,
    /// When it signed in.
    pub created_at: Timestamp,
    /// When its tokens were last renewed.
    pub last_used_at: Timestamp,
}

/// The sessions of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Sessions {
    /// Newest first.
    pub items: Vec<Session>,
}

/// Everything stored about an account.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct AccountExport {
    /// When the export was made.
    pub exported_at: Timestamp,
    /// The profile.
    pub user: User,
    /// Where it is or was signed in.
    pub sessions: Vec<Session>,
    /// Its orders.
    pub orders: Vec<crate::orders::Order>,
    /// Its reviews.
    pub reviews: Vec<crate::reviews::Review>,
    /// The products on its wishlist.
    pub wishlist: Vec<crate::catalogue::ProductSummary>,
    /// Its cart.
    pub cart: crate::cart::Cart,
    /// What was mailed to it: when, why, and the subject.
    pub mails: Vec<ExportedMail>,
}

/// A mail in an [`AccountExport`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExportedMail {
    /// Why it was written.
    #[schema(example = "password_reset")]
    pub kind: String,
    /// Its subject.
    pub subject: String,
    /// When it was written.
    pub created_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_mail_servers_would_take_are_taken() {
        for good in ["maya@example.com", "m.l+shop@mail.example.org"] {
            assert!(email_address(good).is_ok(), "{good}");
        }
        for bad in ["", "maya", "maya@localhost", "@example.com", "maya@", "a b@example.com", "maya@exa mple.com"] {
            assert!(email_address(bad).is_err(), "{bad}");
        }
    }

    proptest::proptest! {
        #[test]
        fn addresses_are_judged_as_validator_judges_them(text in "[a-z0-9.@_ \\[+-]{0,12}@?[a-z0-9.-]{0,12}\\.?[a-z0-9-]{0,4}") {
            use validator::ValidateEmail;
            let named = text.rsplit_once('@').and_then(|(_, domain)| domain.rsplit_once('.')).is_some_and(|(_, last)| last.contains(char::is_alphabetic));
            let theirs = text.len() <= 254 && named && !text.contains('[') && text.is_ascii() && text.as_str().validate_email();
            proptest::prop_assert_eq!(email_address(&text).is_ok(), theirs, "{}", text);
        }
    }
}
