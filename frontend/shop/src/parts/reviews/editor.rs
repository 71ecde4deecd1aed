//! Writing, changing and deleting one's review.

use leptos::{prelude::*, task::spawn_local};
use novashop_client::{Failure, Outcome, Request};
use novashop_locales::{common, fields, reviews as words};
use novashop_types::{
    ErrorCode, ReviewId, pages,
    reviews::{Review, ReviewCreate, ReviewPatch},
};
use novashop_ui::{Button, Notice, NoticeKind, Show, TextArea, TextField, failure_text, use_toasts};

use super::stars::StarsField;

/// What is being written: a new review, or changes to one.
#[component]
pub fn ReviewEditor(
    /// The product's slug.
    slug: String,
    /// The review, where there is one.
    review: Option<Review>,
    /// Told when it is done.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let id = review.as_ref().map(|review| review.id);
    let hidden = review.as_ref().is_some_and(|review| review.hidden);
    let (stars, title, text) = review.map(|review| (review.rating, review.title, review.text)).unwrap_or_default();
    let (stars, title, text) = (RwSignal::new(stars), RwSignal::new(title), RwSignal::new(text));
    let (busy, sure, failure) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(None::<Failure>));
    let unstarred = RwSignal::new(false);
    let toasts = use_toasts();
    let settle = move |outcome: Outcome<()>, said: &'static str| {
        busy.try_set(false);
        match outcome {
            Ok(()) => {
                toasts.say(said);
                on_done.run(());
            }
            Err(problem) => {
                failure.try_set(Some(problem));
            }
        }
    };
    let slug = StoredValue::new(slug);
    let publish = move || {
        unstarred.set(stars.get_untracked() == 0);
        if busy.get_untracked() || unstarred.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        let (rating, title, text) = (stars.get_untracked(), title.get_untracked(), text.get_untracked());
        let request = match id {
            Some(id) => Request::patch(at(id)).json(&ReviewPatch { rating: Some(rating), title: Some(title), text: Some(text), hidden: None }),
            None => Request::post(format!("{}/reviews", slug.with_value(|slug| pages::product(slug)))).json(&ReviewCreate { rating, title, text }),
        };
        spawn_local(async move { settle(request.done().await, words::published()) });
    };
    let delete = move |id: ReviewId| {
        busy.set(true);
        spawn_local(async move { settle(Request::delete(at(id)).done().await, words::deleted()) });
    };
    let error_of =
        move |field: &'static str| Signal::derive(move || failure.read().as_ref().and_then(|failure| failure.field(field)).map(fields::sentence));
    let stars_error = Signal::derive(move || {
        let missing = unstarred.get() && stars.get() == 0;
        if missing { Some(words::rating_needed().to_owned()) } else { error_of("rating").get() }
    });
    let rest = move || failure.get().filter(|failure| failure.code() != Some(ErrorCode::Invalid));
    view! {
        <form
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                publish();
            }
        >
            <div class="dialog__body stack">
                {hidden.then(|| view! { <Notice kind=NoticeKind::Warning>{words::hidden()}</Notice> })}
                {move || rest().map(|failure| view! { <Notice kind=NoticeKind::Negative>{failure_text(&failure)}</Notice> })}
                <StarsField value=stars error=stars_error/>
                <TextField label=Signal::stored(words::title().to_owned()) value=title required=false error=error_of("title")/>
                <TextArea label=Signal::stored(words::text().to_owned()) value=text required=false error=error_of("text")/>
                <Show when=move || sure.get()>
                    <Notice kind=NoticeKind::Warning>{words::delete_sure()}</Notice>
                </Show>
            </div>
            <div class="dialog__foot">
                {id
                    .map(|id| {
                        view! {
                            <Button
                                kind="button--danger"
                                busy=busy
                                on_press=UnsyncCallback::new(move |()| if sure.get_untracked() { delete(id) } else { sure.set(true) })
                            >
                                {common::delete()}
                            </Button>
                        }
                    })} <Button kind="button--primary" busy=busy submit=true>
                    {if id.is_some() { common::save() } else { words::publish() }}
                </Button>
            </div>
        </form>
    }
}

fn at(id: ReviewId) -> String {
    format!("/api/v1/reviews/{id}")
}
