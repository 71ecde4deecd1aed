//! Instants: milliseconds since 1970 inside and in the database, RFC 3339 in UTC on the wire.

use std::{fmt, str::FromStr};

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use utoipa::ToSchema;

/// An instant, in milliseconds since 1970-01-01T00:00:00Z.
///
/// Written as RFC 3339 with three decimals and `Z`: `2026-01-31T09:00:00.000Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, ToSchema)]
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
        NaiveDate::parse_from_str(text, "%Y-%m-%d")
            .ok()
            .and_then(|day| day.and_hms_opt(0, 0, 0))
            .map(|midnight| Self(midnight.and_utc().timestamp_millis()))
            .ok_or("expected a date (2026-01-31) or an RFC 3339 time (2026-01-31T09:00:00Z)")
    }
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
    use super::*;

    #[test]
    fn an_instant_is_written_with_three_decimals_and_read_back() {
        let instant: Timestamp = "2026-01-31T09:00:00Z".parse().unwrap();
        assert_eq!(instant.to_string(), "2026-01-31T09:00:00.000Z");
        assert_eq!("2026-01-31T10:00:00.000+01:00".parse(), Ok(instant));
        assert_eq!("2026-01-31".parse(), Ok(Timestamp(instant.0 - 9 * 3_600_000)));
        assert!("31.01.2026".parse::<Timestamp>().is_err());
    }
}
