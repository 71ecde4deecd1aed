//! Prices that are changed in proportion.

use novashop_types::money::MAX_PRICE;

/// A price and so many percent of it, rounded half up to a whole minor unit; `None` where no price is as high, or as low.
#[must_use]
pub fn by_percent(amount: i64, percent: i32) -> Option<i64> {
    let hundredths = amount.checked_mul(100_i64.checked_add(i64::from(percent))?)?.checked_add(50)?;
    Some(hundredths.div_euclid(100)).filter(|price| (0..=MAX_PRICE).contains(price))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_rounded_half_up_and_stays_a_price() {
        for (amount, percent, price) in [
            (1999, -10, Some(1799)),
            (1999, 10, Some(2199)),
            (5, 10, Some(6)),
            (5, -10, Some(5)),
            (1, -90, Some(0)),
            (0, 900, Some(0)),
            (MAX_PRICE, 0, Some(MAX_PRICE)),
            (MAX_PRICE, 1, None),
            (i64::MAX, 900, None),
        ] {
            assert_eq!(by_percent(amount, percent), price, "{amount} and {percent} %");
        }
    }
}
