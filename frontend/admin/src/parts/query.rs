//! What a page shows stands in its address: filters, order, page. Here it is read and changed.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
    params::ParamsMap,
};
use novashop_types::pages::encoded;

/// The pairs of an address, changed: an empty value takes a pair away; a change begins again with the first page.
fn changed(pairs: Vec<(String, String)>, changes: &[(&str, &str)]) -> String {
    let named = |name: &str| changes.iter().any(|(changed, _)| *changed == name);
    let kept = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).filter(|(name, _)| !named(name) && *name != "cursor");
    let query: Vec<String> = kept
        .chain(changes.iter().copied())
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
        .collect();
    query.join("&")
}

fn pairs(map: &ParamsMap) -> Vec<(String, String)> {
    map.latest_values().map(|(name, value)| (name.to_string(), value.to_owned())).collect()
}

/// The address of this page, for who reads and changes it.
#[derive(Clone, Copy)]
pub struct Query {
    map: Memo<ParamsMap>,
    path: Memo<String>,
}

/// The address of this page.
#[must_use]
pub fn use_query() -> Query {
    Query { map: use_location().query, path: use_location().pathname }
}

impl Query {
    /// A value in it, or nothing; reactive.
    #[must_use]
    pub fn value(self, name: &str) -> String {
        self.map.with(|map| map.get(name).unwrap_or_default())
    }

    /// All of it, in one text; reactive.
    #[must_use]
    pub fn text(self) -> String {
        self.map.with(changed_with_cursor)
    }

    /// The address with some values changed; reactive.
    #[must_use]
    pub fn link(self, changes: &[(&str, &str)]) -> String {
        address(&self.path.get(), &self.map.with(|map| changed(pairs(map), changes)))
    }

    /// What to ask the API: its path with the named values of this address and more of one's own; reactive.
    #[must_use]
    pub fn ask(self, path: &str, names: &[&str], own: &[(&str, &str)]) -> String {
        let values: Vec<(&str, String)> = names.iter().map(|name| (*name, self.value(name))).collect();
        let all = values.iter().map(|(name, value)| (*name, value.as_str())).chain(own.iter().copied());
        let query: Vec<String> =
            all.filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        address(path, &query.join("&"))
    }
}

fn changed_with_cursor(map: &ParamsMap) -> String {
    pairs(map).iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect::<Vec<_>>().join("&")
}

fn address(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// Goes to another page of the back office, named in full: `/admin/products`.
pub fn use_go() -> impl Fn(&str) + Clone + 'static {
    let navigate = use_navigate();
    move |address: &str| navigate(address, NavigateOptions { resolve: false, ..NavigateOptions::default() })
}

/// Changes values of the address in place: going back leaves the page instead of undoing letter by letter.
pub fn use_change_query() -> impl Fn(&[(&str, &str)]) + Clone + 'static {
    let (navigate, query) = (use_navigate(), use_query());
    move |changes: &[(&str, &str)]| {
        let address = untrack(|| query.link(changes));
        navigate(&address, NavigateOptions { resolve: false, replace: true, scroll: false, ..NavigateOptions::default() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_keeps_the_rest_and_begins_with_the_first_page() {
        let given =
            || vec![("q".to_owned(), "mug & co".to_owned()), ("cursor".to_owned(), "abc".to_owned()), ("status".to_owned(), "draft".to_owned())];
        assert_eq!(changed(given(), &[("status", "published")]), "q=mug%20%26%20co&status=published");
        assert_eq!(changed(given(), &[("status", ""), ("q", "")]), "");
        assert_eq!(changed(given(), &[("cursor", "next")]), "q=mug%20%26%20co&status=draft&cursor=next");
    }
}
