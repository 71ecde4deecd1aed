//! The arithmetic of charts, in whole numbers: a picture needs no fractions, and money has none.

/// How many units high a chart is inside; the page stretches it.
pub const HEIGHT: i64 = 400;
/// How many units wide a day is inside.
pub const DAY_WIDTH: i64 = 10;

/// The round number that a scale ends with: 1, 2 or 5 with noughts, and no smaller than asked.
pub fn top(largest: i64, least: i64) -> i64 {
    let wanted = largest.max(least).max(1);
    let mut unit = 1_i64;
    loop {
        for factor in [1, 2, 5] {
            let round = unit.saturating_mul(factor);
            if round >= wanted {
                return round;
            }
        }
        unit = unit.saturating_mul(10);
    }
}

/// How high a value stands on a scale.
pub fn height(value: i64, top: i64) -> i64 {
    value.clamp(0, top).saturating_mul(HEIGHT).checked_div(top).unwrap_or(0)
}

/// Where an arrow key leads among so many days.
pub fn moved(from: Option<usize>, key: &str, days: usize) -> Option<usize> {
    let last = days.checked_sub(1)?;
    let here = from.unwrap_or(last).min(last);
    match key {
        "ArrowLeft" | "ArrowDown" => Some(here.saturating_sub(1)),
        "ArrowRight" | "ArrowUp" => Some(here.saturating_add(1).min(last)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_ends_with_a_round_number_above_everything() {
        for (largest, least, expected) in
            [(0, 5, 5), (1, 0, 1), (3, 0, 5), (12, 5, 20), (4_290, 1_000, 5_000), (50_001, 0, 100_000), (i64::MAX, 0, i64::MAX)]
        {
            assert_eq!(top(largest, least), expected);
        }
    }

    #[test]
    fn values_stand_in_proportion_and_never_above_the_scale() {
        assert_eq!((height(0, 50), height(25, 50), height(50, 50), height(99, 50), height(-1, 50)), (0, 200, 400, 400, 0));
    }

    #[test]
    fn keys_stay_within_the_days() {
        assert_eq!(moved(None, "ArrowLeft", 30), Some(28));
        assert_eq!(moved(Some(0), "ArrowLeft", 30), Some(0));
        assert_eq!(moved(Some(29), "ArrowRight", 30), Some(29));
        assert_eq!((moved(Some(9), "Home", 30), moved(Some(9), "End", 30)), (Some(0), Some(29)));
        assert_eq!((moved(Some(9), "Tab", 30), moved(None, "Home", 0)), (None, None));
    }
}
