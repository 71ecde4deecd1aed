//! The way to a page.

use leptos::prelude::*;
use novashop_locales::{frame, listing};
use novashop_types::{catalogue::Category, pages};

/// From the home page through categories; the page itself last, without a link.
#[component]
pub fn Breadcrumb(
    /// The categories on the way.
    line: Vec<Category>,
    /// The page itself.
    #[prop(into)]
    here: String,
) -> impl IntoView {
    let links = std::iter::once((frame::home().to_owned(), "/".to_owned()))
        .chain(line.into_iter().map(|category| (category.name, pages::category_page(&category.slug))))
        .map(|(name, page)| {
            view! {
                <li>
                    <a href=page>{name}</a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="breadcrumb" aria-label=listing::breadcrumb()>
            <ol role="list">
                {links} <li>
                    <span aria-current="page">{here}</span>
                </li>
            </ol>
        </nav>
    }
}
