//! Amounts as people type them.

use novashop_locales::{Language, language};
use novashop_types::{Currency, Money};

/// `19.99` or `19,99` as an amount in minor units; nothing where it is not an amount of this currency.
#[must_use]
pub fn parse(text: &str, currency: Currency) -> Option<Money> {
    let text = text.trim().replace(',', ".");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let decimals = usize::try_from(currency.decimals()).ok()?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > decimals {
        return None;
    }
    let amount: i64 = format!("{whole}{part:0<decimals$}").parse().ok()?;
    Some(Money::new(amount, currency))
}

/// An amount as it is typed in this language, without the currency.
#[must_use]
pub fn typed(money: Money) -> String {
    let text = money.decimal();
    if language() == Language::Es { text.replace('.', ",") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_and_commas_are_decimals_and_nothing_is_guessed() {
        let amount = |text| parse(text, Currency::EUR).map(|money| money.amount);
        assert_eq!([amount("19.99"), amount("19,9"), amount(" 5 "), amount("0")], [Some(1999), Some(1990), Some(500), Some(0)]);
        assert_eq!([amount(""), amount("1.999"), amount("1,000.00"), amount("-1"), amount("free"), amount(".5")], [None; 6]);
        assert_eq!(parse("500", Currency::parse("JPY").unwrap()).unwrap().amount, 500);
        assert_eq!(typed(Money::new(1905, Currency::EUR)), "19.05");
    }
}
