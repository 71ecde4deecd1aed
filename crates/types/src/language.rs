//! The languages of the shop, and how each writes money and days.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Currency, Money, Timestamp};

/// A language that the shop speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Spanish.
    Es,
}

impl Language {
    /// Every language there is.
    pub const ALL: [Self; 2] = [Self::En, Self::Es];

    /// Its code, as in `<html lang>` and in the cookie `lang`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
        }
    }

    /// What those who speak it call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Es => "Español",
        }
    }

    /// The language of a code, with or without a region: `es`, `es-MX`.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let primary = code.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(primary))
    }

    /// The one that a browser's `Accept-Language` likes best (RFC 9110, 12.5.4); `None` where it names none of ours.
    #[must_use]
    pub fn accepted(header: &str) -> Option<Self> {
        let mut best: Option<(f32, Self)> = None;
        for range in header.split(',') {
            let mut parts = range.split(';').map(str::trim);
            let Some(language) = parts.next().and_then(Self::parse) else { continue };
            let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(Ok(1.0), str::parse::<f32>).unwrap_or(0.0);
            // Of two that are liked the same, the first.
            if weight > best.map_or(0.0, |(weight, _)| weight) {
                best = Some((weight, language));
            }
        }
        best.map(|(_, language)| language)
    }

    const fn point(self) -> char {
        match self {
            Self::En => '.',
            Self::Es => ',',
        }
    }

    const fn grouping(self) -> char {
        match self {
            Self::En => ',',
            Self::Es => '.',
        }
    }

    /// A whole number with its thousands apart. Spanish leaves four digits together.
    #[must_use]
    pub fn number(self, number: u64) -> String {
        let digits = number.to_string();
        if self == Self::Es && digits.len() < 5 {
            return digits;
        }
        let mut text = String::with_capacity(digits.len() + digits.len() / 3);
        for (index, digit) in digits.char_indices() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                text.push(self.grouping());
            }
            text.push(digit);
        }
        text
    }

    const fn months(self) -> [&'static str; 12] {
        match self {
            Self::En => ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
            Self::Es => ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"],
        }
    }
}

impl Currency {
    /// How many decimals its amounts have (ISO 4217): two, but for those that have none or three.
    #[must_use]
    pub fn decimals(self) -> u32 {
        match self.code() {
            "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            _ => 2,
        }
    }

    /// The sign that stands for it everywhere, where there is one.
    #[must_use]
    pub fn symbol(&self) -> Option<&'static str> {
        match self.code() {
            "EUR" => Some("€"),
            "USD" => Some("$"),
            "GBP" => Some("£"),
            "JPY" => Some("¥"),
            _ => None,
        }
    }
}

impl Money {
    /// The plain decimal number, `42.90`: for machines that read pages.
    #[must_use]
    pub fn decimal(self) -> String {
        format!("{}{}", self.sign(), self.digits('.', |whole| whole.to_string()))
    }

    /// As people write it: `€42.90`, `42,90 €`. What must not break stands together.
    #[must_use]
    pub fn localized(self, language: Language) -> String {
        let (sign, number) = (self.sign(), self.digits(language.point(), |whole| language.number(whole)));
        match (language, self.currency.symbol()) {
            (Language::En, Some(symbol)) => format!("{sign}{symbol}{number}"),
            (Language::En, None) => format!("{sign}{}\u{a0}{number}", self.currency),
            (Language::Es, symbol) => format!("{sign}{number}\u{a0}{}", symbol.unwrap_or(self.currency.code())),
        }
    }

    const fn sign(self) -> &'static str {
        if self.amount < 0 { "-" } else { "" }
    }

    fn digits(self, point: char, write: impl Fn(u64) -> String) -> String {
        let (decimals, amount) = (self.currency.decimals(), self.amount.unsigned_abs());
        let unit = 10_u64.saturating_pow(decimals);
        let mut text = write(amount / unit);
        if decimals > 0 {
            let width = usize::try_from(decimals).unwrap_or(2);
            // Writing to a String cannot fail.
            let _written = write!(text, "{point}{:0width$}", amount % unit);
        }
        text
    }
}

impl Timestamp {
    /// The day in UTC as people write it: `21 November 2026`, `21 de noviembre de 2026`.
    #[must_use]
    pub fn day(self, language: Language) -> String {
        let written = self.to_string();
        let mut parts = written.split(['-', 'T']);
        let mut part = || parts.next().unwrap_or_default();
        let (year, month, day) = (part(), part(), part().trim_start_matches('0'));
        let month = month.parse::<usize>().ok().and_then(|month| language.months().get(month.saturating_sub(1)).copied()).unwrap_or_default();
        match language {
            Language::En => format!("{day} {month} {year}"),
            Language::Es => format!("{day} de {month} de {year}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_language_writes_money_in_its_own_way() {
        for (amount, currency, en, es) in [
            (4290, "EUR", "€42.90", "42,90\u{a0}€"),
            (5, "EUR", "€0.05", "0,05\u{a0}€"),
            (123_456, "EUR", "€1,234.56", "1234,56\u{a0}€"),
            (123_456_789, "USD", "$1,234,567.89", "1.234.567,89\u{a0}$"),
            (-4290, "EUR", "-€42.90", "-42,90\u{a0}€"),
            (1500, "JPY", "¥1,500", "1500\u{a0}¥"),
            (1500, "KWD", "KWD\u{a0}1.500", "1,500\u{a0}KWD"),
            (0, "CHF", "CHF\u{a0}0.00", "0,00\u{a0}CHF"),
        ] {
            let money = Money::new(amount, Currency::parse(currency).unwrap());
            assert_eq!(money.localized(Language::En), en);
            assert_eq!(money.localized(Language::Es), es);
        }
    }

    #[test]
    fn each_language_writes_days_in_its_own_way() {
        let instant: Timestamp = "2026-11-03T09:00:00Z".parse().unwrap();
        assert_eq!(instant.day(Language::En), "3 November 2026");
        assert_eq!(instant.day(Language::Es), "3 de noviembre de 2026");
    }

    #[test]
    fn the_language_a_browser_likes_best_is_spoken() {
        for (header, language) in [
            ("es", Some(Language::Es)),
            ("es-MX,es;q=0.9,en;q=0.8", Some(Language::Es)),
            ("de-DE, en;q=0.5, es;q=0.7", Some(Language::Es)),
            ("en-GB, es", Some(Language::En)),
            ("es;q=0, en;q=0.1", Some(Language::En)),
            ("es;q=0", None),
            ("de, fr", None),
            ("*", None),
            ("", None),
            ("es;q=hello", None),
        ] {
            assert_eq!(Language::accepted(header), language, "{header}");
        }
        for language in Language::ALL {
            assert_eq!(Language::parse(language.code()), Some(language));
        }
    }

    proptest! {
        #[test]
        fn no_amount_no_day_and_no_header_makes_it_panic(amount in any::<i64>(), code in "[A-Z]{3}", at in any::<i64>(), header in ".*") {
            let money = Money::new(amount, Currency::parse(&code).unwrap());
            for language in Language::ALL {
                let digits: String = money.localized(language).chars().filter(char::is_ascii_digit).collect();
                prop_assert_eq!(digits.parse(), Ok(amount.unsigned_abs()));
                let _day = Timestamp(at).day(language);
            }
            let _number = money.decimal();
            let _language = Language::accepted(&header);
        }
    }
}
