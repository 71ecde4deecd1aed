//! Days as addresses write them: `2026-11-21`, in UTC like all of the shop.

use novashop_types::Timestamp;

const DAY_SECONDS: i64 = 86_400;

/// Today.
pub fn today() -> Timestamp {
    js_sys::Date::new_0().to_iso_string().as_string().and_then(|text| text.parse().ok()).unwrap_or(Timestamp(0))
}

/// The first of so many days of which the last is this one.
pub fn first_of(days: i64, last: Timestamp) -> String {
    written(last.plus_seconds(DAY_SECONDS.saturating_mul(1_i64.saturating_sub(days))))
}

/// The day after one: people mean the whole last day, the API wants to know before when.
pub fn day_after(day: &str) -> Option<String> {
    day.parse::<Timestamp>().ok().map(|day| written(day.plus_seconds(DAY_SECONDS)))
}

fn written(at: Timestamp) -> String {
    at.to_string().get(..10).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_has_seven_days_today_among_them() {
        let at: Timestamp = "2026-03-03T23:59:59Z".parse().unwrap();
        assert_eq!(first_of(7, at), "2026-02-25");
        assert_eq!(first_of(1, at), "2026-03-03");
    }

    #[test]
    fn the_last_day_is_meant_whole() {
        assert_eq!(day_after("2026-12-31").as_deref(), Some("2027-01-01"));
        assert_eq!(day_after("soon"), None);
    }
}
