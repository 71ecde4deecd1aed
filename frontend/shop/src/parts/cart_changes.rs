//! What has changed between the cart that somebody saw and the cart as it is.

use novashop_locales::{checkout as words, money};
use novashop_types::cart::{Cart, CartItem};

/// The cart in a text that is the same as long as nothing about it is.
#[must_use]
pub fn fingerprint(cart: &Cart) -> String {
    let lines = cart.items.iter().map(|line| format!("{}:{}:{}", line.variant_id, line.quantity, line.unit_price.amount));
    let lines: Vec<String> = lines.collect();
    format!("{} {}", cart.id.map(|id| id.to_string()).unwrap_or_default(), lines.join(" "))
}

/// The changes, a sentence each; none where it is as it was seen.
#[must_use]
pub fn changes(seen: &Cart, now: &Cart) -> Vec<String> {
    let line_in = |cart: &Cart, line: &CartItem| cart.items.iter().find(|other| other.variant_id == line.variant_id).cloned();
    let mut found = Vec::new();
    for line in &seen.items {
        let name = &line.product.name;
        match line_in(now, line) {
            None => found.push(words::change_gone(name)),
            Some(other) => {
                if other.unit_price != line.unit_price {
                    found.push(words::change_price(name, &money(line.unit_price), &money(other.unit_price)));
                }
                if other.quantity != line.quantity {
                    found.push(words::change_quantity(name, line.quantity, other.quantity));
                }
            }
        }
    }
    found.extend(now.items.iter().filter(|line| line_in(seen, line).is_none()).map(|line| words::change_new(&line.product.name)));
    if seen.total != now.total {
        found.push(words::change_total(&money(seen.total), &money(now.total)));
    }
    found
}

#[cfg(test)]
mod tests {
    use novashop_types::{CartItemId, Currency, Money};

    use super::*;
    use crate::parts::{cart_example::cart, cart_sums::with_quantity};

    #[test]
    fn a_cart_as_it_was_seen_has_no_changes() {
        assert!(changes(&cart(), &cart()).is_empty());
        assert_eq!(fingerprint(&cart()), fingerprint(&cart()));
    }

    #[test]
    fn every_change_is_said_and_makes_it_another_order() {
        let first = CartItemId(cart().items[0].id.0);
        let mut dearer = cart();
        dearer.items[0].unit_price = Money::new(1200, Currency::EUR);
        dearer.total = Money::new(2900, Currency::EUR);
        let mut gone = cart();
        with_quantity(&mut gone, first, 0);
        let mut more = cart();
        with_quantity(&mut more, first, 3);
        for (now, said) in [
            (&dearer, vec!["Large mug: €12.00 instead of €10.00", "Total: €29.00 instead of €25.00"]),
            (&gone, vec!["Large mug is no longer in the cart", "Total: €5.00 instead of €25.00"]),
            (&more, vec!["Large mug: 3 instead of 2 pieces", "Total: €35.00 instead of €25.00"]),
        ] {
            assert_eq!(changes(&cart(), now), said);
            assert_ne!(fingerprint(&cart()), fingerprint(now));
        }
        assert_eq!(changes(&gone, &cart()).first().map(String::as_str), Some("Large mug was added"));
    }
}
