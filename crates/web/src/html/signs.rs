//! The few signs that a first view shows, drawn as the app draws them.

use maud::{Markup, html};

const BAG: &str = "M5 8h14l1 12H4L5 8zm4 0V7a3 3 0 0 1 6 0v1";
const SEARCH: &str = "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zm5 12 5 5";
const PERSON: &str = "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21c0-4 3.5-6.5 8-6.5s8 2.5 8 6.5";
const STAR: &str = "M12 3.5l2.6 5.6 6.1.7-4.5 4.2 1.2 6-5.4-3-5.4 3 1.2-6L3.3 9.8l6.1-.7z";

fn sign(path: &str, filled: bool) -> Markup {
    html! { svg.icon.(if filled { "icon--filled" } else { "icon--line" }) viewBox="0 0 24 24" aria-hidden="true" focusable="false" { path d=(path); } }
}

/// A shopping bag.
pub(crate) fn bag() -> Markup {
    sign(BAG, false)
}

/// A magnifying glass.
pub(crate) fn search() -> Markup {
    sign(SEARCH, false)
}

/// A person.
pub(crate) fn person() -> Markup {
    sign(PERSON, false)
}

/// A star.
pub(crate) fn star(filled: bool) -> Markup {
    sign(STAR, filled)
}

/// The shop's own: a cup under a star.
pub(crate) fn mark() -> Markup {
    html! {
        svg."site-header__sign" viewBox="0 0 32 32" aria-hidden="true" focusable="false" {
            path."sign__cup" d="M6 14h18v5a8 8 0 0 1-8 8h-2a8 8 0 0 1-8-8zM24 16h1.5a3 3 0 0 1 0 6H23";
            path."sign__star" d="M15 3l1.6 4.4L21 9l-4.4 1.6L15 15l-1.6-4.4L9 9l4.4-1.6z";
        }
    }
}
