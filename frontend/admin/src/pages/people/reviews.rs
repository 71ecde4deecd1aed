//! All reviews: to hide what must not be seen, and to answer.

use leptos::prelude::*;
use novashop_client::{Resource, get_own};
use novashop_locales::{admin, admin_people as words, common};
use novashop_types::{Page, reviews::ListedReview};
use novashop_ui::{Choice, use_title};

use crate::parts::{
    filters::{Filter, Filters},
    paged::{Empty, Paged},
    query::use_query,
    review_card::ReviewCard,
};

/// The list, its filters in the address.
#[component]
pub fn Reviews() -> impl IntoView {
    use_title(|| Some(admin::reviews().into()));
    let query = use_query();
    let api = Memo::new(move |_| query.ask("/api/v1/admin/reviews", &["rating", "hidden", "answered"], &[]));
    let reviews = Resource::new(move || get_own::<Page<ListedReview>>(api.get()));
    let ratings = (1..=5).rev().map(|stars| Choice::new(stars.to_string(), common::stars(stars))).collect();
    let visibility = vec![Choice::new("false", words::visible()), Choice::new("true", words::hidden())];
    let answers = vec![Choice::new("false", words::unanswered()), Choice::new("true", words::answered())];
    let filters = vec![
        Filter::choice("rating", words::rating(), ratings),
        Filter::choice("hidden", words::visibility(), visibility),
        Filter::choice("answered", words::answers(), answers),
    ];
    let empty = Empty { title: words::no_reviews(), help: words::no_reviews_help() };
    view! {
        <div class="stack">
            <h1>{admin::reviews()}</h1>
            <Filters table="reviews" filters=filters/>
            <Paged from=reviews address=api empty=empty show=cards/>
        </div>
    }
}

fn cards(reviews: RwSignal<Vec<ListedReview>>) -> AnyView {
    // A card is made anew when what it shows has changed, and only then: a half-written answer stays.
    let key = |listed: &ListedReview| (listed.review.id, listed.review.hidden, listed.review.answer.clone().map(|answer| answer.text));
    view! {
        <ul class="reviews">
            <For each=move || reviews.get() key=key let:listed>
                <li>
                    <ReviewCard listed=listed reviews=reviews/>
                </li>
            </For>
        </ul>
    }
    .into_any()
}
