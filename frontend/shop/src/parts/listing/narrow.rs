//! What the address narrows a list to, and going to another such address.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate, use_params_map},
};
use novashop_types::pages::ListingQuery;

type Go = Box<dyn Fn(&str)>;

/// The query of this page, and a way to change it.
#[derive(Clone, Copy)]
pub struct Narrow {
    /// What the address says.
    pub query: Memo<ListingQuery>,
    go: StoredValue<Go, LocalStorage>,
}

/// The query of this page: its path's category and what follows the `?`.
#[must_use]
pub fn use_narrow() -> Narrow {
    let (location, params) = (use_location(), use_params_map());
    let query = Memo::new(move |_| {
        let mut query = ListingQuery::parse(&location.search.read());
        if let Some(slug) = params.read().get("slug") {
            query.category = Some(slug);
        }
        query
    });
    let navigate = use_navigate();
    let go: Go = Box::new(move |page: &str| navigate(page, NavigateOptions { scroll: false, ..NavigateOptions::default() }));
    Narrow { query, go: StoredValue::new_local(go) }
}

impl Narrow {
    /// Goes to the same list, narrowed in another way; it begins at its beginning.
    pub fn to(self, change: impl FnOnce(&mut ListingQuery)) {
        let mut query = self.query.get_untracked();
        query.cursor = None;
        change(&mut query);
        self.go.with_value(|go| go(&query.page_path()));
    }
}
