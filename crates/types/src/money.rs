//! Money: whole minor units and a currency. Never a float, never a silent wrap.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use utoipa::ToSchema;

/// An ISO 4217 currency code, three capital letters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, ToSchema)]
#[schema(value_type = String, pattern = "^[A-Z]{3}$", example = "EUR")]
pub struct Currency([u8; 3]);

impl Currency {
    /// The euro, the default of a new shop.
    pub const EUR: Self = Self(*b"EUR");

    /// Reads a code such as `EUR`; `None` where it is not three capital ASCII letters.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }

    /// The code, such as `EUR`.
    #[must_use]
    pub fn code(&self) -> &str {
        // Only capital ASCII letters are ever stored, so this is always text.
        str::from_utf8(&self.0).unwrap_or("XXX")
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::parse(&code).ok_or_else(|| de::Error::custom("expected an ISO 4217 currency code: three capital letters such as EUR"))
    }
}

/// An amount of money: a whole number of minor units (cents) and its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Minor units: 1999 is 19.99 in a currency with two decimals.
    #[schema(example = 1999)]
    pub amount: i64,
    /// ISO 4217 code.
    pub currency: Currency,
}

/// The largest price a variant can have, in minor units. Keeps every sum of a cart far from overflow.
pub const MAX_PRICE: i64 = 100_000_000_000;

/// What the document says of the money of a request that is a price.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// Minor units: 1999 is 19.99 in a currency with two decimals.
    #[schema(example = 1999, minimum = 0, maximum = 100_000_000_000_i64)]
    pub amount: i64,
    /// ISO 4217 code: the currency of the shop.
    pub currency: Currency,
}

/// Sums and products of amounts that do not fit 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overflow;

impl fmt::Display for Overflow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the amount is larger than can be calculated with")
    }
}

impl std::error::Error for Overflow {}

impl Money {
    /// An amount in minor units.
    #[must_use]
    pub const fn new(amount: i64, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// This price for a number of pieces.
    ///
    /// # Errors
    /// [`Overflow`] where the result does not fit.
    pub fn times(self, quantity: i64) -> Result<Self, Overflow> {
        self.amount.checked_mul(quantity).map(|amount| Self { amount, ..self }).ok_or(Overflow)
    }
}

/// The sum of amounts of one currency.
///
/// # Errors
/// [`Overflow`] where the result does not fit.
pub fn sum(amounts: impl IntoIterator<Item = i64>) -> Result<i64, Overflow> {
    amounts.into_iter().try_fold(0_i64, |sum, amount| sum.checked_add(amount)).ok_or(Overflow)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn overflow_is_an_error_and_never_a_wrap() {
        assert_eq!(Money::new(i64::MAX, Currency::EUR).times(2), Err(Overflow));
        assert_eq!(sum([i64::MAX, 1]), Err(Overflow));
        assert_eq!(sum([1, 2, 3]), Ok(6));
    }

    #[test]
    fn a_float_or_a_lower_case_code_is_not_money() {
        assert!(serde_json::from_str::<Money>(r#"{"amount": 19.99, "currency": "EUR"}"#).is_err());
        assert!(serde_json::from_str::<Money>(r#"{"amount": 1999, "currency": "eur"}"#).is_err());
        assert!(serde_json::from_str::<Money>(r#"{"amount": 1999, "currency": "EUR"}"#).is_ok());
    }

    proptest! {
        #[test]
        fn the_largest_cart_of_the_largest_prices_can_be_summed(lines in prop::collection::vec((0..=MAX_PRICE, 1_i64..=1000), 0..100)) {
            let totals: Vec<i64> = lines.iter().map(|(price, n)| Money::new(*price, Currency::EUR).times(*n).unwrap().amount).collect();
            prop_assert!(sum(totals).is_ok());
        }

        #[test]
        fn every_amount_is_the_true_one_or_refused(price in any::<i64>(), n in any::<i64>(), others in prop::collection::vec(any::<i64>(), 0..5)) {
            let fits = |wide: i128| i64::try_from(wide).map_err(|_| Overflow);
            prop_assert_eq!(Money::new(price, Currency::EUR).times(n).map(|money| money.amount), fits(i128::from(price) * i128::from(n)));
            // Sums are made from left to right: a sum on the way that does not fit is refused too.
            let mut wide = 0_i128;
            let expected = others.iter().try_fold(0, |_, amount| { wide += i128::from(*amount); fits(wide) });
            prop_assert_eq!(sum(others.clone()), expected);
        }

        #[test]
        fn money_is_read_as_it_was_written_and_no_text_makes_reading_panic(amount in any::<i64>(), code in "[A-Z]{3}", text in ".*", like in "[A-Za-z0-9]{2,4}") {
            let money = Money::new(amount, Currency::parse(&code).unwrap());
            prop_assert_eq!(serde_json::from_str::<Money>(&serde_json::to_string(&money).unwrap()).unwrap(), money);
            for text in [&text, &like, &code.to_lowercase(), &format!("{code}{like}")] {
                prop_assert_eq!(Currency::parse(text).is_some(), text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase()), "{:?}", text);
            }
            let _any = serde_json::from_str::<Money>(&text);
        }
    }
}
