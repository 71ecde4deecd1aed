//! A review.

use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use novashop_client::{Request, Resource, use_session};
use novashop_locales::{common, day, reviews as words};
use novashop_types::{
    ReviewId,
    reviews::{OwnReviews, Review},
};
use novashop_ui::{Icon, Show, Sign, use_toasts};

use crate::parts::product::facts::paragraphs;

/// A review, with what the shop answers; one's own can be edited.
#[component]
pub fn ReviewItem(
    /// The review.
    review: Review,
    /// Where to come back to after signing in.
    back: Signal<String>,
    /// What is known of one's own part in the reviews.
    mine: Resource<Option<OwnReviews>>,
    /// Set when a vote was given or taken back.
    wrote: StoredValue<bool>,
    /// Edits one's own.
    on_edit: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    let author = review.author.clone();
    let own = Memo::new(move |_| session.person().is_some_and(|person| Some(person.username) == author));
    let (id, count) = (review.id, review.helpful_count);
    let edited = review.updated_at > review.created_at;
    let stars = (1..=5).map(|star| view! { <Icon sign=Sign::Star filled=star <= review.rating/> }).collect_view();
    view! {
        <article class="review">
            <p class="rating">
                <span class="rating__stars" aria-hidden="true">
                    {stars}
                </span>
                <span class="visually-hidden">{common::stars(review.rating)}</span>
            </p>
            {(!review.title.is_empty()).then(|| view! { <h3 class="review__title">{review.title}</h3> })}
            {paragraphs(&review.text).map(|paragraph| view! { <p>{paragraph}</p> }).collect_view()}
            <p class="review__by">
                <span>{review.author.unwrap_or_else(|| words::former().to_owned())}</span>
                <time datetime=review.created_at.to_string()>{day(review.created_at)}</time>
                {edited.then(|| view! { <span>{words::edited()}</span> })}
                {review
                    .verified_purchase
                    .then(|| {
                        view! {
                            <span class="badge badge--positive">
                                <Icon sign=Sign::Tick/>
                                {words::verified()}
                            </span>
                        }
                    })}
            </p>
            {review.hidden.then(|| view! { <p class="badge badge--warning">{words::hidden()}</p> })}
            {review
                .answer
                .map(|answer| {
                    view! {
                        <blockquote class="review__answer">
                            <p class="review__shop">{words::answer()}</p>
                            {paragraphs(&answer.text).map(|paragraph| view! { <p>{paragraph}</p> }).collect_view()}
                        </blockquote>
                    }
                })}
            <Show when=move || own.get() fallback=move || view! { <Helpful id=id count=count back=back mine=mine wrote=wrote/> }>
                <button type="button" class="button button--small" on:click=move |_| on_edit.run(())>
                    <Icon sign=Sign::Pencil/>
                    {words::edit()}
                </button>
            </Show>
        </article>
    }
}

/// A vote that it helped. A guest is asked to sign in: a vote is one person's.
#[component]
fn Helpful(id: ReviewId, count: i64, back: Signal<String>, mine: Resource<Option<OwnReviews>>, wrote: StoredValue<bool>) -> impl IntoView {
    let (session, toasts, navigate) = (use_session(), use_toasts(), use_navigate());
    // The count holds the vote that was there; what was pressed since counts beside it.
    let counted = Signal::derive(move || mine.get().flatten().is_some_and(|mine| mine.helpful.contains(&id)));
    let pressed = RwSignal::new(None::<bool>);
    let voted = Signal::derive(move || pressed.get().unwrap_or_else(|| counted.get()));
    let press = move |_| {
        if session.signed_in() != Some(true) {
            navigate(&format!("/login?next={}", novashop_types::pages::encoded(&back.get_untracked())), NavigateOptions::default());
            return;
        }
        let (before, wanted) = (pressed.get_untracked(), !voted.get_untracked());
        pressed.set(Some(wanted));
        let path = format!("/api/v1/reviews/{id}/helpful");
        let request = if wanted { Request::put(path) } else { Request::delete(path) };
        spawn_local(async move {
            match request.done().await {
                Ok(()) => {
                    wrote.try_set_value(true);
                }
                Err(failure) => {
                    pressed.try_set(before);
                    toasts.fail(&failure);
                }
            }
        });
    };
    view! {
        <button type="button" class="button button--small button--quiet review__helpful" aria-pressed=move || if voted.get() { "true" } else { "false" } on:click=press>
            <Icon sign=Sign::Thumb filled=voted/>
            {move || words::find_helpful(count - i64::from(counted.get()) + i64::from(voted.get()))}
        </button>
    }
}
