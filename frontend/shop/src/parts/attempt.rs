//! Ordering once, however often it is tried: the key of an attempt is kept until the shop's answer to it is known.

use novashop_client::storage::tab;
use novashop_types::{UserId, orders::OrderCreate};
use serde::{Deserialize, Serialize};

use crate::parts::kept;

const NAME: &str = "nova.checkout";
/// More attempts than this without an answer are not kept: the oldest will have ended long ago.
const KEPT: usize = 4;

/// An order that was sent and whose answer is not known yet.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Attempt {
    /// The same key again means the same order.
    pub key: String,
    /// What was sent: the same key needs the same words.
    pub order: OrderCreate,
    /// What the cart looked like: another cart is another order.
    cart: String,
}

/// The attempts without an answer, oldest first.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Attempts(Vec<Attempt>);

impl Attempts {
    /// Those of this tab and this person or guest.
    #[must_use]
    pub fn read(who: Option<UserId>) -> Self {
        kept::read(NAME, who).unwrap_or_default()
    }

    /// The attempt for this order: the one that was made before for the same, or a new one with the key given.
    pub fn for_order(&mut self, order: &OrderCreate, cart: &str, fresh: impl FnOnce() -> String) -> Attempt {
        let words = serde_json::to_string(order).unwrap_or_default();
        let same = |attempt: &&Attempt| attempt.cart == cart && serde_json::to_string(&attempt.order).is_ok_and(|other| other == words);
        if let Some(attempt) = self.0.iter().find(same) {
            return attempt.clone();
        }
        let attempt = Attempt { key: fresh(), order: order.clone(), cart: cart.to_owned() };
        if self.0.len() >= KEPT {
            self.0.remove(0);
        }
        self.0.push(attempt.clone());
        attempt
    }

    /// The answer to an attempt is known.
    pub fn answered(&mut self, key: &str) {
        self.0.retain(|attempt| attempt.key != key);
    }

    /// The last one that waits for its answer.
    #[must_use]
    pub fn last(&self) -> Option<&Attempt> {
        self.0.last()
    }

    /// Keeps them for a reload.
    pub fn keep(&self, who: Option<UserId>) {
        if self.0.is_empty() {
            tab::forget(NAME);
        } else {
            kept::keep(NAME, who, self);
        }
    }
}

#[cfg(test)]
mod tests {
    use novashop_types::orders::{Address, PaymentCreate};

    use super::*;

    fn order(city: &str) -> OrderCreate {
        let text = |text: &str| text.to_owned();
        OrderCreate {
            email: Some(text("maya@example.com")),
            shipping_address: Address {
                name: text("Maya"),
                line1: text("Rua da Rosa 14"),
                line2: String::new(),
                city: text(city),
                postal_code: String::new(),
                region: String::new(),
                country: text("PT"),
            },
            billing_address: None,
            shipping_method: text("standard"),
            payment: PaymentCreate { provider: text("manual") },
        }
    }

    #[test]
    fn the_same_order_has_the_same_key_until_it_is_answered() {
        let mut attempts = Attempts::default();
        assert_eq!(attempts.for_order(&order("Lisbon"), "a", || "1".into()).key, "1");
        assert_eq!(attempts.for_order(&order("Lisbon"), "a", || "2".into()).key, "1");
        attempts.answered("1");
        assert_eq!(attempts.for_order(&order("Lisbon"), "a", || "3".into()).key, "3");
    }

    #[test]
    fn another_address_or_another_cart_is_another_order() {
        let mut attempts = Attempts::default();
        attempts.for_order(&order("Lisbon"), "a", || "1".into());
        assert_eq!(attempts.for_order(&order("Porto"), "a", || "2".into()).key, "2");
        assert_eq!(attempts.for_order(&order("Lisbon"), "b", || "3".into()).key, "3");
        assert_eq!(attempts.last().map(|attempt| attempt.key.as_str()), Some("3"));
    }

    #[test]
    fn attempts_outlive_a_reload_and_do_not_pile_up() {
        let mut attempts = Attempts::default();
        for key in 0..9 {
            attempts.for_order(&order(&key.to_string()), "a", || key.to_string());
        }
        let mut again: Attempts = serde_json::from_str(&serde_json::to_string(&attempts).unwrap()).unwrap();
        assert_eq!(again.0.len(), KEPT);
        assert_eq!(again.for_order(&order("8"), "a", || "new".into()).key, "8");
    }
}
