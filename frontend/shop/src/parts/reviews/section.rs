//! The reviews of a product: how they stand, in which order, one's own, all of them.

use leptos::{prelude::*, task::spawn_local};
use novashop_client::{Resource, get, get_as_of, use_session};
use novashop_locales::{common, reviews as words};
use novashop_types::{
    catalogue::Rating as Mean,
    pages,
    reviews::{OwnReviews, ReviewPage, ReviewSort},
};
use novashop_ui::{Button, Dialog, Load, Rating, Show, use_toasts};

use crate::parts::moving::catch_focus;

use super::{
    histogram::Histogram,
    item::ReviewItem,
    writing::{own_reviews, waiting, writing},
};

/// The orders, as the API calls them.
const SORTS: [(ReviewSort, &str); 4] =
    [(ReviewSort::Newest, "newest"), (ReviewSort::Helpful, "helpful"), (ReviewSort::Highest, "highest"), (ReviewSort::Lowest, "lowest")];

fn name_of(sort: ReviewSort) -> &'static str {
    match sort {
        ReviewSort::Newest => words::newest(),
        ReviewSort::Highest => words::highest(),
        ReviewSort::Lowest => words::lowest(),
        ReviewSort::Helpful => words::helpful(),
    }
}

/// Where the API gives them. The plain list has the very address that the server asked already.
fn path(slug: &str, sort: ReviewSort, only: Option<i32>, cursor: Option<&str>) -> String {
    let mut path = pages::reviews(slug);
    if let Some((_, word)) = SORTS.iter().find(|(other, _)| *other == sort).filter(|_| sort != ReviewSort::default()) {
        path.push_str(&format!("&sort={word}"));
    }
    if let Some(stars) = only {
        path.push_str(&format!("&rating={stars}"));
    }
    if let Some(cursor) = cursor {
        path.push_str(&format!("&cursor={}", pages::encoded(cursor)));
    }
    path
}

/// The mean of a histogram.
fn mean(histogram: [i64; 5]) -> Mean {
    let count: i64 = histogram.iter().sum();
    let stars: i64 = (1..=5).zip(histogram).map(|(stars, count): (i64, i64)| stars * count).sum();
    // Counts of reviews are far from where a float is no longer exact.
    let float = |number: i64| f64::from(i32::try_from(number).unwrap_or(i32::MAX));
    Mean { average: if count == 0 { 0.0 } else { float(stars) / float(count) }, count }
}

/// All that is said of a product.
#[component]
pub fn Reviews(
    /// The product's slug.
    #[prop(into)]
    slug: Signal<String>,
) -> impl IntoView {
    let (sort, only) = (RwSignal::new(ReviewSort::default()), RwSignal::new(None::<i32>));
    let session = use_session();
    let mine = Resource::new(move || {
        let asked = (session.signed_in() == Some(true)).then(|| slug.get());
        async move {
            match asked {
                Some(slug) => own_reviews(slug).await,
                None => None,
            }
        }
    });
    // Whoever wrote or voted here sees it at once; what a new list counts is known then, too.
    let wrote = StoredValue::new(false);
    let list = Resource::new(move || {
        if wrote.get_value() {
            mine.refetch();
        }
        get_as_of::<ReviewPage>(path(&slug.read(), sort.get(), only.get(), None), wrote.get_value())
    });
    // Another product has reviews of its own, of all kinds.
    Effect::new(move |before: Option<()>| {
        slug.track();
        if before.is_some() {
            only.set(None);
            sort.set(ReviewSort::default());
        }
    });
    // The list is made anew, and with it goes the button that opened the editor.
    Effect::new(move || {
        if list.get().is_some() && wrote.get_value() {
            catch_focus("#reviews-title");
        }
    });
    let histogram = Memo::new(move |before: Option<&[i64; 5]>| {
        list.get().and_then(Result::ok).map(|page| page.histogram).or(before.copied()).unwrap_or_default()
    });
    let editing = RwSignal::new(false);
    let edit = Callback::new(move |()| editing.set(true));
    let title = Signal::derive(move || {
        if mine.get().flatten().is_some_and(|mine| mine.review.is_some()) { words::edit() } else { words::write() }.to_owned()
    });
    let back = Signal::derive(move || pages::product_page(&slug.read()));
    let done = Callback::new(move |()| {
        editing.set(false);
        wrote.set_value(true);
        list.refetch();
    });
    view! {
        <section class="reviews" id="reviews" aria-labelledby="reviews-title">
            <div class="reviews__summary stack">
                <h2 id="reviews-title">{words::reviews()}</h2>
                {move || (mean(histogram.get()).count > 0).then(|| view! { <Rating of=mean(histogram.get())/> }).into_any()}
                <Histogram counts=histogram only=only/>
                <WriteButton back=back title=title on_write=edit/>
            </div>
            <div class="stack">
                <ReviewOrder sort=sort only=only/>
                <Load from=list skeleton=|| view! { <div class="skeleton skeleton--review"></div> }.into_any() let:page>
                    <ReviewList
                        page=page
                        next=Callback::new(move |cursor: String| path(&slug.read_untracked(), sort.get_untracked(), only.get_untracked(), Some(&cursor)))
                        back=back
                        mine=mine
                        wrote=wrote
                        on_edit=edit
                    />
                </Load>
            </div>
            <Dialog open=editing title=title>
                <Writing slug=slug done=done/>
            </Dialog>
        </section>
    }
}

#[component]
fn Writing(slug: Signal<String>, done: Callback<()>) -> impl IntoView {
    let part = Resource::new(writing);
    view! {
        <Load from=part skeleton=waiting let:part>
            {(part.draw)(slug.get_untracked(), done)}
        </Load>
    }
}

#[component]
fn WriteButton(back: Signal<String>, title: Signal<String>, on_write: Callback<()>) -> impl IntoView {
    let session = use_session();
    let sign_in = move || format!("/login?next={}", pages::encoded(&back.read()));
    view! {
        <Show
            when=move || session.signed_in() == Some(true)
            fallback=move || {
                view! {
                    <a class="button" href=sign_in>
                        {words::sign_in_to_write()}
                    </a>
                }
            }
        >
            <button type="button" class="button" aria-haspopup="dialog" on:click=move |_| on_write.run(())>
                {title}
            </button>
        </Show>
    }
}

#[component]
fn ReviewOrder(sort: RwSignal<ReviewSort>, only: RwSignal<Option<i32>>) -> impl IntoView {
    let option = move |(each, word): (ReviewSort, &'static str)| {
        view! {
            <option value=word prop:selected=move || sort.get() == each>
                {name_of(each)}
            </option>
        }
    };
    view! {
        <div class="row row--apart">
            <label class="sort">
                <span class="visually-hidden">{words::sort()}</span>
                <select
                    class="sort__control"
                    on:change:target=move |event| {
                        let word = event.target().value();
                        sort.set(SORTS.iter().find(|(_, known)| *known == word).map(|(sort, _)| *sort).unwrap_or_default());
                    }
                >
                    {SORTS.map(option).collect_view()}
                </select>
            </label>
            <Show when=move || only.get().is_some()>
                <button type="button" class="link" on:click=move |_| only.set(None)>
                    {words::all()}
                </button>
            </Show>
        </div>
    }
}

#[component]
fn ReviewList(
    page: ReviewPage,
    next: Callback<String, String>,
    back: Signal<String>,
    mine: Resource<Option<OwnReviews>>,
    wrote: StoredValue<bool>,
    on_edit: Callback<()>,
) -> impl IntoView {
    let nobody = page.histogram.iter().sum::<i64>() == 0;
    if page.page.items.is_empty() {
        return view! { <p class="muted">{if nobody { words::none() } else { words::none_such() }}</p> }.into_any();
    }
    let (items, cursor, busy, toasts) = (RwSignal::new(page.page.items), RwSignal::new(page.page.next_cursor), RwSignal::new(false), use_toasts());
    let more = move |()| {
        let Some(at) = cursor.get_untracked() else { return };
        let asked = get::<ReviewPage>(next.run(at));
        busy.set(true);
        spawn_local(async move {
            match asked.await {
                Ok(page) => {
                    let first_new = items.try_with_untracked(Vec::len).unwrap_or_default() + 1;
                    items.try_update(|items| items.extend(page.page.items));
                    catch_focus(format!(".reviews__list > li:nth-child({first_new})"));
                    cursor.try_set(page.page.next_cursor);
                }
                Err(failure) => toasts.fail(&failure),
            }
            busy.try_set(false);
        });
    };
    view! {
        <ul class="reviews__list">
            <For each=move || items.get() key=|review| review.id let:review>
                <li>
                    <ReviewItem review=review back=back mine=mine wrote=wrote on_edit=on_edit/>
                </li>
            </For>
        </ul>
        <Show when=move || cursor.read().is_some()>
            <Button busy=busy on_press=UnsyncCallback::new(more)>
                {common::load_more()}
            </Button>
        </Show>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_list_is_the_one_that_came_with_the_page() {
        assert_eq!(path("mug", ReviewSort::Newest, None, None), pages::reviews("mug"));
        assert_eq!(path("mug", ReviewSort::Lowest, Some(2), Some("a+b")), "/api/v1/products/mug/reviews?limit=10&sort=lowest&rating=2&cursor=a%2Bb");
        for (sort, word) in SORTS {
            assert_eq!(serde_json::to_value(sort).unwrap(), word);
        }
    }

    #[test]
    fn the_mean_is_of_all_that_is_visible() {
        assert_eq!(mean([0, 0, 0, 1, 1]).average, 4.5);
        assert_eq!((mean([0; 5]).average, mean([0; 5]).count), (0.0, 0));
    }
}
