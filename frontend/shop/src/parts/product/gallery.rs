//! The pictures of a product: to swipe through, and large.

use leptos::{html, prelude::*};
use novashop_locales::product as words;
use novashop_types::{catalogue::Image, pages};
use novashop_ui::{Dialog, DialogKind, Icon, Picture, Show, Sign};

/// All pictures in a row that a thumb moves; thumbnails where there are several; each large at a press.
#[component]
pub fn Gallery(
    /// The pictures.
    images: Vec<Image>,
    /// What they show.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    let strip = NodeRef::<html::Ul>::new();
    let (at, open) = (RwSignal::new(0_usize), RwSignal::new(false));
    let count = images.len();
    let all = StoredValue::new(images.clone());
    let show = move |place: usize| {
        at.set(place);
        if let Some(strip) = strip.get_untracked() {
            let width = strip.client_width();
            strip.set_scroll_left(width.saturating_mul(i32::try_from(place).unwrap_or(0)));
        }
    };
    let swiped = move |_| {
        if let Some(strip) = strip.get_untracked() {
            let width = strip.client_width().max(1);
            let place = strip.scroll_left().saturating_add(width / 2) / width;
            at.set(usize::try_from(place).unwrap_or(0));
        }
    };
    let large = move |(place, image): (usize, Image)| {
        view! {
            <li>
                <button
                    type="button"
                    class="gallery__open"
                    aria-label=words::enlarge()
                    on:click=move |_| {
                        at.set(place);
                        open.set(true);
                    }
                >
                    <Picture image=image sizes=pages::GALLERY_SIZES first=place == 0 class="product__image"/>
                </button>
            </li>
        }
    };
    let thumbnail = move |(place, image): (usize, Image)| {
        view! {
            <li>
                <button
                    type="button"
                    class="gallery__thumbnail"
                    aria-label=words::picture_of(place + 1, count)
                    aria-current=move || (at.get() == place).then_some("true")
                    on:click=move |_| show(place)
                >
                    <Picture image=image sizes="72px" decorative=true/>
                </button>
            </li>
        }
    };
    let step = move |next: bool| {
        at.update(|at| *at = if next { (*at + 1) % count.max(1) } else { at.checked_sub(1).unwrap_or(count.saturating_sub(1)) });
    };
    view! {
        <div class="product__gallery" role="group" aria-label=words::pictures()>
            <ul class="gallery__strip" node_ref=strip on:scroll=swiped>
                {images.clone().into_iter().enumerate().map(large).collect_view()}
            </ul>
            {(count > 1).then(|| view! { <ul class="gallery__thumbnails">{images.into_iter().enumerate().map(thumbnail).collect_view()}</ul> })}
        </div>
        <Dialog open=open title=Signal::stored(name) kind=DialogKind::Full>
            <div class="gallery__large">
                {move || all.with_value(|all| all.get(at.get()).cloned()).map(|image| view! { <Picture image=image sizes="100vw" first=true/> }).into_any()}
                <Show when=move || { count > 1 }>
                    <div class="gallery__steps">
                        <button type="button" class="button button--icon" aria-label=words::previous_picture() on:click=move |_| step(false)>
                            <Icon sign=Sign::Back/>
                        </button>
                        <span>{move || words::picture_of(at.get() + 1, count)}</span>
                        <button type="button" class="button button--icon" aria-label=words::next_picture() on:click=move |_| step(true)>
                            <Icon sign=Sign::Next/>
                        </button>
                    </div>
                </Show>
            </div>
        </Dialog>
    }
}
