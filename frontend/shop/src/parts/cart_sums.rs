//! What a cart will look like when a change has arrived, by the rules of the shop itself.

use novashop_domain::totals::add_up;
use novashop_types::{CartItemId, Money, cart::Cart};

/// Sets how many of a line there are (none takes it out) and adds up anew. The shop's own answer follows and counts.
pub fn with_quantity(cart: &mut Cart, item: CartItemId, quantity: i64) {
    if quantity <= 0 {
        cart.items.retain(|line| line.id != item);
        cart.warnings.retain(|warning| warning.item_id != item);
    }
    for line in cart.items.iter_mut().filter(|line| line.id == item) {
        line.quantity = quantity;
        if let Ok(total) = line.unit_price.times(quantity) {
            line.line_total = total;
        }
    }
    cart.item_count = cart.items.iter().map(|line| line.quantity).sum();
    if let Ok(totals) = add_up(cart.items.iter().map(|line| (line.unit_price.amount, line.quantity)), 0) {
        cart.subtotal = Money::new(totals.subtotal, cart.subtotal.currency);
        cart.total = Money::new(totals.total, cart.total.currency);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parts::cart_example::cart;

    #[test]
    fn a_new_quantity_changes_the_line_and_the_total() {
        let mut cart = cart();
        let first = cart.items[0].id;
        with_quantity(&mut cart, first, 5);
        assert_eq!((cart.items[0].line_total.amount, cart.total.amount, cart.item_count), (5000, 5500, 6));
    }

    #[test]
    fn a_line_that_is_taken_out_takes_its_warnings_along() {
        let mut cart = cart();
        let second = cart.items[1].id;
        with_quantity(&mut cart, second, 0);
        assert_eq!((cart.items.len(), cart.warnings.len(), cart.subtotal.amount, cart.item_count), (1, 0, 2000, 2));
    }

    #[test]
    fn a_line_that_is_not_there_changes_nothing() {
        let mut changed = cart();
        with_quantity(&mut changed, CartItemId(uuid::Uuid::nil()), 3);
        assert_eq!(changed, cart());
    }
}
