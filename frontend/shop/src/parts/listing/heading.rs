//! What a list is of.

use leptos::prelude::*;
use novashop_locales::{frame, listing};
use novashop_types::{catalogue::Category, pages};

use crate::parts::categories::Place;

/// The heading; not known while the category is not.
#[must_use]
pub fn heading(place: &Place, searched: Option<&str>) -> Option<String> {
    match (place, searched) {
        (Place::In(line), None) => line.last().map(|category| category.name.clone()),
        (_, Some(words)) => Some(listing::results_for(words)),
        (Place::Everywhere, None) => Some(frame::all_products().to_owned()),
        (Place::Unknown | Place::Nowhere, None) => None,
    }
}

/// The heading, what the category says of itself, and what lies in it or beside it.
#[component]
pub fn Heading(
    /// Where the list is.
    #[prop(into)]
    place: Signal<Place>,
    /// Its heading.
    #[prop(into)]
    title: Signal<Option<String>>,
) -> impl IntoView {
    let link = |category: Category| {
        view! {
            <li>
                <a class="chip" href=pages::category_page(&category.slug)>
                    {category.name}
                </a>
            </li>
        }
    };
    view! {
        <header class="listing-head">
            {move || match title.get() {
                Some(title) => view! { <h1>{title}</h1> }.into_any(),
                None => view! { <div class="skeleton skeleton--title"></div> }.into_any(),
            }}
            {move || {
                let category = place.get().here()?;
                let below = (!category.children.is_empty())
                    .then(|| {
                        view! {
                            <ul class="chips" aria-label=listing::subcategories()>
                                {category.children.into_iter().map(link).collect_view()}
                            </ul>
                        }
                    });
                Some(
                    view! {
                        <p class="lead">{category.description}</p>
                        {below}
                    },
                )
            }}
        </header>
    }
}
