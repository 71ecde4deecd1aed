//! A review with what can be done about it.

use leptos::{prelude::*, task::spawn_local};
use novashop_client::{Failure, Request};
use novashop_locales::{admin_people as words, common, fields, moment};
use novashop_types::reviews::{ListedReview, Review, ReviewAnswerPut, ReviewPatch};
use novashop_ui::{Button, Icon, Sign, TextArea, focus_soon, mistake, use_toasts};

/// The review.
#[component]
pub fn ReviewCard(
    /// The review and what it is about.
    listed: ListedReview,
    /// The list it stands in: a change shows there.
    reviews: RwSignal<Vec<ListedReview>>,
) -> impl IntoView {
    let ListedReview { review, product } = listed;
    let toasts = use_toasts();
    let (id, hidden, answered) = (review.id, review.hidden, review.answer.is_some());
    let (hiding, saving, writing) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let text = RwSignal::new(review.answer.as_ref().map(|answer| answer.text.clone()).unwrap_or_default());
    let wrong = RwSignal::new(None::<String>);
    let put = move |changed: Review| {
        reviews.try_update(|reviews| {
            if let Some(listed) = reviews.iter_mut().find(|listed| listed.review.id == changed.id) {
                listed.review = changed;
            }
        });
    };
    let toggle = move |()| {
        hiding.set(true);
        let patch = ReviewPatch { hidden: Some(!hidden), ..ReviewPatch::default() };
        spawn_local(async move {
            match Request::patch(format!("/api/v1/reviews/{id}")).json(&patch).send::<Review>().await {
                Ok(changed) => {
                    toasts.say(if changed.hidden { words::hidden_now() } else { words::shown_now() });
                    put(changed);
                    // The card was made anew, and the button that had the focus is gone with the old one.
                    focus_soon(format!("#review-{id} .review__toggle"));
                }
                Err(failure) => toasts.fail(&failure),
            }
            hiding.try_set(false);
        });
    };
    let answer = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let answer = ReviewAnswerPut { text: text.get_untracked() };
        wrong.set(mistake(&answer, "text"));
        if saving.get_untracked() || wrong.read_untracked().is_some() {
            return;
        }
        saving.set(true);
        let request = Request::put(format!("/api/v1/reviews/{id}/answer")).json(&answer);
        spawn_local(async move {
            match request.send::<Review>().await {
                Ok(changed) => {
                    toasts.say(common::saved());
                    writing.try_set(false);
                    put(changed);
                }
                Err(failure) => refused(&failure, wrong, toasts),
            }
            saving.try_set(false);
        });
    };
    view! {
        <article class="panel stack review" class:review--hidden=hidden id=format!("review-{id}")>
            <div class="row row--apart">
                <Stars rating=review.rating/>
                <a class="small" href=format!("/admin/products/{}", product.id)>
                    {product.name}
                </a>
            </div>
            <div class="stack stack--tight">
                {(!review.title.is_empty()).then(|| view! { <h2>{review.title}</h2> })}
                {(!review.text.is_empty()).then(|| view! { <p class="review__text">{review.text}</p> })}
                <p class="row muted small">
                    <span>{review.author.unwrap_or_else(|| words::deleted_account().to_owned())}</span>
                    <time datetime=review.created_at.to_string()>{moment(review.created_at)}</time>
                    {review.verified_purchase.then(|| view! { <span class="badge badge--positive">{words::verified()}</span> })}
                    {hidden.then(|| view! { <span class="badge badge--warning">{words::is_hidden()}</span> })}
                </p>
            </div>
            {review
                .answer
                .map(|answer| {
                    view! {
                        <blockquote class="review__answer" hidden=move || writing.get()>
                            <p class="muted small">{words::shop_answer()} " · " {moment(answer.answered_at)}</p>
                            <p class="review__text">{answer.text}</p>
                        </blockquote>
                    }
                })}
            <form class="stack" hidden=move || !writing.get() on:submit=answer>
                <TextArea label=words::shop_answer() value=text rows=3 required=false help=words::answer_help() error=wrong/>
                <div class="row">
                    <Button submit=true kind="button--primary" busy=saving>
                        {common::save()}
                    </Button>
                    <Button on_press=move |()| writing.set(false)>{common::cancel()}</Button>
                </div>
            </form>
            <div class="row" hidden=move || writing.get()>
                <Button kind="button--small" on_press=move |()| writing.set(true)>
                    <Icon sign=Sign::Bubble/>
                    {if answered { words::edit_answer() } else { words::answer() }}
                </Button>
                <Button kind="button--small review__toggle" busy=hiding on_press=toggle>
                    <Icon sign=if hidden { Sign::Eye } else { Sign::EyeShut }/>
                    {if hidden { words::show() } else { words::hide() }}
                </Button>
            </div>
        </article>
    }
}

fn refused(failure: &Failure, wrong: RwSignal<Option<String>>, toasts: novashop_ui::Toasts) {
    match failure.field("text") {
        Some(error) => drop(wrong.try_set(Some(fields::sentence(error)))),
        None => toasts.fail(failure),
    }
}

/// What one buyer gave.
#[component]
fn Stars(rating: i32) -> impl IntoView {
    view! {
        <span class="rating">
            <span class="rating__stars" aria-hidden="true">
                {(1..=5).map(|star| view! { <Icon sign=Sign::Star filled=star <= rating/> }).collect_view()}
            </span>
            <span class="visually-hidden">{common::stars(rating)}</span>
        </span>
    }
}
