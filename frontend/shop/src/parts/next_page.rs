//! Where to go after signing in: back to the page that asked for it, and never to another site.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

/// Where one goes who came for nothing else.
const ACCOUNT: &str = "/account";

/// The page that `?next=` names, if it is one of this site.
#[must_use]
pub fn safe(next: Option<&str>) -> String {
    // Browsers read `//host` and `/\host` as another site's address, and pass over tabs and line ends in it.
    // Steps such as `..` are taken before the address is read.
    let own = |next: &&str| {
        let path = next.split(['?', '#']).next().unwrap_or_default();
        path.starts_with('/')
            && !path.contains("//")
            && !next.contains('\\')
            && !next.contains(char::is_control)
            && !path.split('/').any(|step| matches!(step, "." | ".."))
    };
    next.filter(own).unwrap_or(ACCOUNT).to_owned()
}

/// The page to go to next; reactive.
#[must_use]
pub fn use_next() -> Memo<String> {
    let query = use_query_map();
    Memo::new(move |_| safe(query.read().get("next").as_deref()))
}

/// Goes there; the page for signing in is not to come back to.
pub fn use_go_on() -> impl Fn(&str) + Clone + 'static {
    let navigate = use_navigate();
    move |next: &str| {
        if next.starts_with("/admin") {
            // The back office is a program of its own.
            let _gone = window().location().replace(next);
        } else {
            navigate(next, NavigateOptions { replace: true, ..Default::default() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_this_site_are_gone_to() {
        assert_eq!(safe(Some("/checkout")), "/checkout");
        assert_eq!(safe(Some("/orders/1001?x=1")), "/orders/1001?x=1");
        for other in [
            "",
            "checkout",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/\t/evil.example",
            "/..//evil.example",
            "/.//evil.example/x",
            "/./\\evil.example",
            "/admin/..//evil.example",
        ] {
            assert_eq!(safe(Some(other)), "/account", "{other}");
        }
        assert_eq!(safe(None), "/account");
    }
}
