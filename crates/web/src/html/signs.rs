//! The few signs that a first view shows, drawn as the app draws them. A path has an end tag: without one the next path would be a part of it,
//! and nobody would see it.

use maud::{Markup, html};

/// A shopping bag.
pub(crate) const BAG: &str = "M5 8h14l1 12H4L5 8zm4 0V7a3 3 0 0 1 6 0v1";
/// A magnifying glass.
pub(crate) const SEARCH: &str = "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zm5 12 5 5";
/// A person.
pub(crate) const PERSON: &str = "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21c0-4 3.5-6.5 8-6.5s8 2.5 8 6.5";
/// A star.
pub(crate) const STAR: &str = "M12 3.5l2.6 5.6 6.1.7-4.5 4.2 1.2 6-5.4-3-5.4 3 1.2-6L3.3 9.8l6.1-.7z";
/// A heart.
pub(crate) const HEART: &str = "M12 20S4 15.5 4 9.5A4.5 4.5 0 0 1 12 7a4.5 4.5 0 0 1 8 2.5C20 15.5 12 20 12 20z";
/// A house.
pub(crate) const HOUSE: &str = "M4 11l8-7 8 7v9h-5v-6H9v6H4z";
/// Four squares.
pub(crate) const GRID: &str = "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z";
/// A van.
pub(crate) const VAN: &str = "M3 6h11v11H3zM14 10h4l3 3v4h-7zM7 19.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM17.5 19.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4z";
/// An arrow in a circle.
pub(crate) const TURN: &str = "M20 12a8 8 0 1 1-2.5-5.8M20 4v4h-4";
/// A tick.
pub(crate) const TICK: &str = "M5 12.5l4.5 4.5L19 7";
/// A cross.
pub(crate) const CLOSE: &str = "M6 6l12 12M18 6L6 18";
/// Less of it.
pub(crate) const MINUS: &str = "M5 12h14";
/// More of it.
pub(crate) const PLUS: &str = "M12 5v14M5 12h14";

/// A sign beside words: it says nothing by itself.
pub(crate) fn sign(path: &str) -> Markup {
    html! { svg.icon viewBox="0 0 24 24" aria-hidden="true" focusable="false" { path d=(path) {} } }
}

/// A star, full or empty.
pub(crate) fn star(filled: bool) -> Markup {
    html! { svg.icon."icon--filled"[filled] viewBox="0 0 24 24" aria-hidden="true" focusable="false" { path d=(STAR) {} } }
}

/// The shop's own: a cup under a star.
pub(crate) fn mark() -> Markup {
    html! {
        svg."site-header__sign" viewBox="0 0 32 32" aria-hidden="true" focusable="false" {
            path."sign__cup" d="M6 14h18v5a8 8 0 0 1-8 8h-2a8 8 0 0 1-8-8zM24 16h1.5a3 3 0 0 1 0 6H23" {}
            path."sign__star" d="M15 3l1.6 4.4L21 9l-4.4 1.6L15 15l-1.6-4.4L9 9l4.4-1.6z" {}
        }
    }
}

/// A shelf with nothing on it but a cup.
pub(crate) fn empty_shelf() -> Markup {
    html! {
        svg."empty__picture" viewBox="0 0 160 120" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" {
            path d="M12 96h136M28 96v14M132 96v14" {}
            path d="M62 66h32v14a16 16 0 0 1-32 0zM94 70h5a6 6 0 0 1 0 12h-6" {}
            path d="M72 54c0-6 6-6 6-12M84 54c0-6 6-6 6-12" {}
        }
    }
}
