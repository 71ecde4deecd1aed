//! Who looks at a page, as far as it changes the page: the language and the theme.

use actix_web::{HttpRequest, http::header};
use novashop_types::Language;

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
    /// As in the cookie `theme` and in `<html data-theme>`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::System, Self::Light, Self::Dark].into_iter().find(|theme| theme.as_str() == text)
    }
}

/// What a page depends on besides its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Visitor {
    /// The cookie `lang`, else what the browser likes best.
    pub language: Language,
    /// The cookie `theme`.
    pub theme: Theme,
}

impl Visitor {
    /// Whoever sent a request.
    #[must_use]
    pub fn of(request: &HttpRequest) -> Self {
        let cookie = |name: &str| request.cookie(name).map(|cookie| cookie.value().to_owned());
        let accepted = || request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| Language::accepted(value.to_str().ok()?));
        Self {
            language: cookie("lang").and_then(|code| Language::parse(&code)).or_else(accepted).unwrap_or_default(),
            theme: cookie("theme").and_then(|word| Theme::parse(&word)).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn the_cookie_comes_before_the_browser() {
        let visitor = |cookie: &str, accepted: &str| {
            let request = TestRequest::default().insert_header((header::COOKIE, cookie)).insert_header((header::ACCEPT_LANGUAGE, accepted));
            Visitor::of(&request.to_http_request())
        };
        assert_eq!(visitor("lang=es; theme=dark", "en"), Visitor { language: Language::Es, theme: Theme::Dark });
        assert_eq!(visitor("lang=de; theme=pink", "es"), Visitor { language: Language::Es, theme: Theme::System });
        assert_eq!(visitor("", "de"), Visitor::default());
    }
}
