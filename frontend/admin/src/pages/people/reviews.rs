//! All reviews: to hide what must not be seen, and to answer.

use leptos::prelude::*;
use novashop_client::get_own;
use novashop_locales::{admin_people as words, common};
use novashop_types::{Page, reviews::ListedReview};
use novashop_ui::{Choice, use_title};

use crate::parts::{
    filter::{SelectFilter, address, use_filter},
    paged::{Empty, Paged},
    review_card::ReviewCard,
};

/// The list, its filters in the address.
#[component]
pub fn Reviews() -> impl IntoView {
    use_title(|| Some(words::reviews().into()));
    let ((rating, _), (hidden, _), (answered, _)) = (use_filter("rating"), use_filter("hidden"), use_filter("answered"));
    let api = Memo::new(move |_| address("/api/v1/admin/reviews", &[("rating", rating.get()), ("hidden", hidden.get()), ("answered", answered.get())]));
    let reviews = LocalResource::new(move || get_own::<Page<ListedReview>>(api.get()));
    let ratings = [Choice::new("", words::any_rating())].into_iter().chain((1..=5).rev().map(|stars| Choice::new(stars.to_string(), common::stars(stars))));
    let visibility = vec![Choice::new("", words::any_visibility()), Choice::new("false", words::visible()), Choice::new("true", words::hidden())];
    let answers = vec![Choice::new("", words::any_answer()), Choice::new("false", words::unanswered()), Choice::new("true", words::answered())];
    let empty = Empty { title: words::no_reviews(), help: words::no_reviews_help() };
    view! {
        <div class="stack">
            <h1>{words::reviews()}</h1>
            <div class="filters" role="search">
                <SelectFilter name="rating" label=words::rating() choices=ratings.collect()/>
                <SelectFilter name="hidden" label=words::visibility() choices=visibility/>
                <SelectFilter name="answered" label=words::answers() choices=answers/>
            </div>
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
