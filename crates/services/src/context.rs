//! What every use case is given: database, settings, time, ids, keys.

use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use novashop_db::Database;
use novashop_links::{Carrier, Events};
use novashop_types::{Currency, Money, SessionId, Timestamp, UserId, accounts::Role};
use uuid::Uuid;

use crate::{Mailer, Stopping, cursors::Cursors, images::Media, passwords::Passwords, tokens::Tokens};

/// Tells the time. A parameter, so that tests can set it.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// Makes ids and secrets. A parameter, so that tests are repeatable.
pub trait IdSource: Send + Sync + std::fmt::Debug {
    /// A new UUIDv7 (RFC 9562): ids grow with time, so new rows lie at the end of their index.
    fn id(&self, now: Timestamp) -> Uuid;
    /// Fills a buffer with bytes nobody can guess.
    fn secret(&self, bytes: &mut [u8]);
}

/// What the shop's owner decides.
#[derive(Debug, Clone)]
pub struct ShopSettings {
    /// The one currency of the shop.
    pub currency: Currency,
    /// Where the browser app lives, for links in mails; no slash at the end.
    pub public_url: String,
    /// How long an unpaid order holds its stock.
    pub unpaid_order_seconds: i64,
    /// How a transfer of money reaches the shop, in the owner's words: shown to whoever has to pay.
    pub payment_instructions: Option<String>,
    /// Whether one-time links are logged: in development only, while no mail server is configured.
    pub log_mail_links: bool,
}

impl Default for ShopSettings {
    fn default() -> Self {
        Self {
            currency: Currency::EUR,
            public_url: "http://localhost:3000".into(),
            unpaid_order_seconds: 30 * 60,
            payment_instructions: None,
            log_mail_links: false,
        }
    }
}

/// Everything a use case needs; cheap to clone.
#[derive(Debug, Clone)]
pub struct Context {
    /// The database.
    pub db: Database,
    /// What the owner decided.
    pub shop: Arc<ShopSettings>,
    /// Hashes and checks passwords.
    pub passwords: Passwords,
    /// Makes and checks access tokens.
    pub tokens: Arc<Tokens>,
    /// Makes and checks cursors.
    pub cursors: Arc<Cursors>,
    /// What those who listen in this process hear.
    pub events: Events,
    /// What takes events to all processes.
    pub carrier: Arc<dyn Carrier>,
    /// That this process was asked to end.
    pub stopping: Stopping,
    /// Where pictures are kept.
    pub media: Media,
    /// Sends mails, where a mail server is configured.
    pub mailer: Option<Mailer>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Makes ids and secrets.
    pub ids: Arc<dyn IdSource>,
}

impl Context {
    /// Now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A new id.
    #[must_use]
    pub fn new_id(&self) -> Uuid {
        self.ids.id(self.clock.now())
    }

    /// A secret of 256 bits in 43 characters.
    #[must_use]
    pub fn new_secret(&self) -> String {
        let mut bytes = [0_u8; 32];
        self.ids.secret(&mut bytes);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// An amount in the shop's currency.
    #[must_use]
    pub fn money(&self, amount: i64) -> Money {
        Money::new(amount, self.shop.currency)
    }
}

/// SHA-256 of a secret that we made: it has 256 bits, so no slow hash is needed to store it.
#[must_use]
pub fn hash_secret(secret: &str) -> Vec<u8> {
    use sha2::{Digest, Sha256};
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// Who is asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    /// The account.
    pub user_id: UserId,
    /// Where it is signed in.
    pub session_id: SessionId,
    /// What it may do, as of now.
    pub role: Role,
}

impl Actor {
    /// Whether the actor runs the shop.
    #[must_use]
    pub fn is_staff(&self) -> bool {
        self.role >= Role::Staff
    }
}
