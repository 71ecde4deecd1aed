//! What the app says, in English and Spanish.
//!
//! Every sentence is a function of its own, made by [`words!`] from both languages at once: one that lacks a language does not
//! compile, and one that nobody says is not in the bundle. The language is chosen when the page starts; changing it loads the page anew.

use std::cell::Cell;

pub use novashop_types::Language;
use novashop_types::{Money, Timestamp};

/// Declares sentences: `name: "English", "Español";`, with values: `name(count: i64): format!("…"), format!("…");`.
#[macro_export]
macro_rules! words {
    () => {};
    ($name:ident : $en:literal, $es:literal; $($rest:tt)*) => {
        #[doc = $en]
        #[must_use]
        pub fn $name() -> &'static str {
            match $crate::language() {
                $crate::Language::En => $en,
                $crate::Language::Es => $es,
            }
        }
        $crate::words! { $($rest)* }
    };
    ($name:ident ( $($value:ident : $kind:ty),+ ) : $en:expr, $es:expr; $($rest:tt)*) => {
        #[doc = stringify!($en)]
        #[must_use]
        pub fn $name($($value: $kind),+) -> String {
            match $crate::language() {
                $crate::Language::En => $en,
                $crate::Language::Es => $es,
            }
        }
        $crate::words! { $($rest)* }
    };
}

pub mod account;
pub mod admin;
pub mod admin_audit;
pub mod admin_catalogue;
pub mod admin_dashboard;
pub mod admin_editor;
pub mod admin_jobs;
pub mod admin_orders;
pub mod admin_people;
pub mod admin_products;
pub mod admin_system;
pub mod cart;
pub mod checkout;
pub mod common;
pub mod errors;
pub mod fields;
pub mod frame;
pub mod listing;
pub mod orders;
pub mod product;
pub mod reviews;

thread_local! {
    static LANGUAGE: Cell<Language> = const { Cell::new(Language::En) };
    static AHEAD: Cell<fn(Timestamp) -> i64> = const { Cell::new(|_| 0) };
}

/// The language of this page.
#[must_use]
pub fn language() -> Language {
    LANGUAGE.get()
}

/// Chooses the language; called once, before anything is shown.
pub fn speak(language: Language) {
    LANGUAGE.set(language);
}

/// Tells the clocks by which instants are shown from now on: by how many seconds they are ahead of UTC at an instant.
pub fn clocks(ahead: fn(Timestamp) -> i64) {
    AHEAD.set(ahead);
}

/// The instant whose UTC date and time are what the clocks show.
fn shown(at: Timestamp) -> Timestamp {
    at.plus_seconds(AHEAD.get()(at))
}

/// An amount as people of this language write it.
#[must_use]
pub fn money(amount: Money) -> String {
    amount.localized(language())
}

/// The day of an instant, by the clocks that were told ([`clocks`]), else in UTC.
#[must_use]
pub fn day(at: Timestamp) -> String {
    shown(at).day(language())
}

/// An instant where there is little room: `21 Nov 2026, 13:31`.
#[must_use]
pub fn moment(at: Timestamp) -> String {
    format!("{}, {}", short_day(at), shown(at).to_string().get(11..16).unwrap_or_default())
}

/// The day of an instant where there is little room: `21 Nov 2026`, `21 nov 2026`.
#[must_use]
pub fn short_day(at: Timestamp) -> String {
    let short = |word: &str| if word.starts_with(|first: char| first.is_ascii_digit()) { word.to_owned() } else { word.chars().take(3).collect() };
    day(at).split(' ').filter(|word| *word != "de").map(short).collect::<Vec<_>>().join(" ")
}

/// A whole number with its thousands apart.
#[must_use]
pub fn number(count: i64) -> String {
    language().number(u64::try_from(count).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_short_in_both_languages() {
        let at: Timestamp = "2026-11-03T09:05:59Z".parse().unwrap();
        assert_eq!(moment(at), "3 Nov 2026, 09:05");
        speak(Language::Es);
        assert_eq!(moment(at), "3 nov 2026, 09:05");
        speak(Language::En);
    }

    #[test]
    fn an_instant_is_shown_by_the_clocks_of_who_reads() {
        let (winter, summer): (Timestamp, Timestamp) = ("2026-01-31T23:30:00Z".parse().unwrap(), "2026-07-31T22:30:00Z".parse().unwrap());
        assert_eq!((day(winter), moment(summer)), ("31 January 2026".to_owned(), "31 Jul 2026, 22:30".to_owned()));
        // Madrid: one hour ahead, in summer two.
        clocks(|at| if at.to_string().get(5..7) == Some("07") { 7200 } else { 3600 });
        assert_eq!((day(winter), moment(summer)), ("1 February 2026".to_owned(), "1 Aug 2026, 00:30".to_owned()));
        clocks(|_| 0);
    }
}
