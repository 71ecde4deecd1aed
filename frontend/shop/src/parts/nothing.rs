//! Lists with nothing in them: why, and the way out.

use leptos::prelude::*;
use novashop_locales::{frame, listing};
use novashop_types::pages::ListingQuery;

use crate::parts::bottom_bar::CategoryTree;

/// Why there is nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum Why {
    /// Too narrow; the page without the narrowing.
    Narrow(String),
    /// The words are not found.
    Words,
    /// There is nothing yet.
    Empty,
}

impl Why {
    /// Why this query leaves nothing.
    #[must_use]
    pub fn of(query: &ListingQuery) -> Self {
        if query.is_filtered() {
            Self::Narrow(query.unnarrowed().page_path())
        } else if query.q.is_some() {
            Self::Words
        } else {
            Self::Empty
        }
    }
}

/// In the place of a list that is empty.
#[component]
pub fn Nothing(
    /// Why.
    why: Why,
) -> impl IntoView {
    let (text, action) = match &why {
        Why::Narrow(page) => (listing::nothing_filtered(), Some((page.clone(), listing::clear_all()))),
        Why::Words => (listing::nothing_searched(), None),
        Why::Empty => (listing::nothing_yet(), Some(("/products".to_owned(), frame::all_products()))),
    };
    view! {
        <div class="empty">
            <EmptyShelf/>
            <h2>{listing::nothing()}</h2>
            <p>{text}</p>
            {action
                .map(|(page, words)| {
                    view! {
                        <a class="button" href=page>
                            {words}
                        </a>
                    }
                })}
            {(why == Why::Words).then(|| view! { <CategoryTree/> })}
        </div>
    }
}

/// A shelf with nothing on it but a cup.
#[component]
pub fn EmptyShelf() -> impl IntoView {
    view! {
        <svg class="empty__picture" viewBox="0 0 160 120" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
            <path d="M12 96h136M28 96v14M132 96v14"/>
            <path d="M62 66h32v14a16 16 0 0 1-32 0zM94 70h5a6 6 0 0 1 0 12h-6"/>
            <path d="M72 54c0-6 6-6 6-12M84 54c0-6 6-6 6-12"/>
        </svg>
    }
}
