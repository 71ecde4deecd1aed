//! What a cart or an order adds up to.

use novashop_types::money::{Overflow, sum};

/// The parts of a total, in minor units of one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// The sum of the lines.
    pub subtotal: i64,
    /// What is taken off.
    pub discount: i64,
    /// What sending costs.
    pub shipping: i64,
    /// What goes to the state.
    pub tax: i64,
    /// What is to be paid.
    pub total: i64,
}

/// Adds up lines of (unit price, quantity) and what sending costs. Discount and tax are zero until the shop has rules for them.
///
/// # Errors
/// [`Overflow`] where a sum does not fit 64 bits.
pub fn add_up(lines: impl IntoIterator<Item = (i64, i64)>, shipping: i64) -> Result<Totals, Overflow> {
    let line_totals: Vec<i64> = lines.into_iter().map(|(price, quantity)| price.checked_mul(quantity).ok_or(Overflow)).collect::<Result<_, _>>()?;
    let subtotal = sum(line_totals)?;
    Ok(Totals { subtotal, shipping, total: sum([subtotal, shipping])?, ..Totals::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_add_up_and_overflow_is_an_error() {
        assert_eq!(add_up([(1999, 2), (500, 1)], 0).unwrap().total, 4498);
        assert_eq!(add_up([], 0).unwrap(), Totals::default());
        assert_eq!(add_up([(i64::MAX, 2)], 0), Err(Overflow));
    }

    #[test]
    fn what_sending_costs_is_a_part_of_the_total() {
        assert_eq!(add_up([(1999, 2)], 490).unwrap(), Totals { subtotal: 3998, shipping: 490, total: 4488, ..Totals::default() });
        assert_eq!(add_up([(i64::MAX, 1)], 1), Err(Overflow));
    }
}
