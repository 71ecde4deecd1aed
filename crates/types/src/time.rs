//! Instants: milliseconds since 1970 inside and in the database, RFC 3339 in UTC on the wire.

use std::{fmt, str::FromStr};

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use utoipa::ToSchema;

/// An instant, in milliseconds since 1970-01-01T00:00:00Z.
///
/// Written as RFC 3339 with three decimals and `Z`: `2026-01-31T09:00:00.000Z`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, ToSchema)]
#[schema(value_type = String, format = DateTime, example = "2026-01-31T09:00:00.000Z")]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// This instant moved by a number of seconds; stays at the ends of the range instead of wrapping.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let instant = DateTime::<Utc>::from_timestamp_millis(self.0).unwrap_or_default();
        f.write_str(&instant.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl FromStr for Timestamp {
    type Err = &'static str;

    /// Takes RFC 3339 with any offset, or a plain date, which means its midnight in UTC.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
            return Ok(Self(instant.timestamp_millis()));
        }
        // Ten characters: chrono would also read the year 262142, which no RFC 3339 text can say.
        Some(text)
            .filter(|text| text.len() == 10)
            .and_then(plain_date)
            .and_then(|day| day.and_hms_opt(0, 0, 0))
            .map(|midnight| Self(midnight.and_utc().timestamp_millis()))
            .ok_or("expected a date (2026-01-31) or an RFC 3339 time (2026-01-31T09:00:00Z)")
    }
}

/// A date in figures. By hand: chrono's reading by a pattern brings every pattern there is into what a shopper downloads.
fn plain_date(text: &str) -> Option<NaiveDate> {
    let mut parts = text.split('-').map(|part| part.bytes().all(|byte| byte.is_ascii_digit()).then_some(part));
    let (year, month, day, rest) = (parts.next()??, parts.next()??, parts.next()??, parts.next());
    let fits = rest.is_none() && year.len() == 4 && month.len() == 2;
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).filter(|_| fits)
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_instant_and_no_text_makes_it_panic(milliseconds in any::<i64>(), seconds in any::<i64>(), text in ".*", like in "[-+]?[0-9]{1,6}-[0-9]{2}-[0-9]{2}") {
            let _written = Timestamp(milliseconds).plus_seconds(seconds).to_string();
            let _read = (text.parse::<Timestamp>(), like.parse::<Timestamp>());
        }

        #[test]
        fn an_instant_of_four_figures_of_years_comes_back_as_it_was(milliseconds in -62_135_596_800_000_i64..253_402_300_800_000) {
            prop_assert_eq!(Timestamp(milliseconds).to_string().parse(), Ok(Timestamp(milliseconds)));
        }
    }

    #[test]
    fn an_instant_is_written_with_three_decimals_and_read_back() {
        let instant: Timestamp = "2026-01-31T09:00:00Z".parse().unwrap();
        assert_eq!(instant.to_string(), "2026-01-31T09:00:00.000Z");
        assert_eq!("2026-01-31T10:00:00.000+01:00".parse(), Ok(instant));
        assert_eq!("2026-01-31".parse(), Ok(Timestamp(instant.0 - 9 * 3_600_000)));
        for bad in ["31.01.2026", "2026-1-031", "2026-02-30", "+026-01-31", "2026-01-3x", "20260-1-31", "2026-01-3-"] {
            assert!(bad.parse::<Timestamp>().is_err(), "{bad}");
        }
        assert!("+262142-12-31".parse::<Timestamp>().is_err());
    }
}
