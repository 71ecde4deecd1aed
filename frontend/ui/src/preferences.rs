//! Which language and which theme. Both are kept in cookies, so that the server draws the first picture in them too.

use leptos::prelude::*;
use novashop_locales::{Language, clocks, speak};
use novashop_types::Timestamp;
use wasm_bindgen::JsCast;

/// Minutes of a day: no clock is further from UTC.
const DAY: i32 = 1440;

/// Light, dark, or as the device says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the device says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Every theme.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The word in the cookie and in `data-theme`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// How many seconds the clocks here are ahead of UTC at an instant: in summer more than in winter.
fn ahead(at: Timestamp) -> i64 {
    let behind = js_sys::Date::new(&at.to_string().into()).get_timezone_offset();
    let minutes = (-DAY..=DAY).find(|minutes| f64::from(*minutes) == behind).unwrap_or(0);
    -60 * i64::from(minutes)
}

/// Speaks the language that the page came in, and tells the time that it is here.
pub fn start_language() {
    clocks(ahead);
    let code = document().document_element().and_then(|root| root.get_attribute("lang"));
    speak(code.and_then(|code| Language::parse(&code)).unwrap_or_default());
}

/// The theme of this page.
#[must_use]
pub fn theme() -> Theme {
    let word = document().document_element().and_then(|root| root.get_attribute("data-theme"));
    Theme::ALL.into_iter().find(|theme| Some(theme.word()) == word.as_deref()).unwrap_or_default()
}

/// Chooses a theme, at once and for the next visits.
pub fn choose_theme(theme: Theme) {
    if let Some(root) = document().document_element() {
        let _set = root.set_attribute("data-theme", theme.word());
    }
    keep("theme", theme.word());
}

/// Chooses a language: the page is loaded anew in it.
pub fn choose_language(language: Language) {
    keep("lang", language.code());
    let _reloaded = window().location().reload();
}

fn keep(name: &str, value: &str) {
    if let Ok(document) = document().dyn_into::<web_sys::HtmlDocument>() {
        let _kept = document.set_cookie(&format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax"));
    }
}
