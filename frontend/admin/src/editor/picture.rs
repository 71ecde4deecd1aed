//! One picture in the editor: what it says, its place, and its end.

use leptos::prelude::*;
use novashop_client::Request;
use novashop_locales::{admin_editor as words, common};
use novashop_types::{
    ProductId,
    catalogue::{Image, ImagePatch},
};
use novashop_ui::{Icon, Picture, Sign, use_toasts};

use super::{images::change, turns::use_turns};
use crate::parts::confirm::Confirm;

/// A picture; dragged onto another it takes that one's place.
#[component]
pub fn PictureCard(
    /// Whose it is.
    product: ProductId,
    /// All of them.
    images: RwSignal<Vec<Image>>,
    /// Which one.
    index: usize,
    /// How many there are.
    count: usize,
    /// Which one is being dragged.
    dragged: StoredValue<Option<usize>>,
    /// Moves one to another place.
    on_move: impl Fn(usize, usize) + Copy + 'static,
) -> impl IntoView {
    let (toasts, turns) = (use_toasts(), use_turns());
    let (asked, busy) = (RwSignal::new(false), RwSignal::new(false));
    let image = images.with_untracked(|images| images.get(index).cloned());
    let alt = image.as_ref().map(|image| image.alt.clone()).unwrap_or_default();
    let id = image.as_ref().map(|image| image.id);
    let picture = image.map(|image| view! { <Picture image=image sizes="160px" decorative=true class="picture-card__picture"/> });
    let say = move |text: String| {
        let same = images.with_untracked(|images| images.get(index).is_none_or(|image| image.alt == text));
        let Some(id) = id.filter(|_| !same) else { return };
        let turn = turns.mine();
        leptos::task::spawn_local(async move {
            let _mine = turn.await;
            match change(product, id, &ImagePatch { alt: Some(text), position: None }).await {
                Ok(changed) => {
                    let _there = images
                        .try_update(|images| images.iter_mut().filter(|image| image.id == id).for_each(|image| image.alt.clone_from(&changed.alt)));
                    toasts.say(common::saved());
                }
                Err(failure) => toasts.fail(&failure),
            }
        });
    };
    let delete = move || {
        let Some(id) = id else { return };
        busy.set(true);
        let turn = turns.mine();
        leptos::task::spawn_local(async move {
            let _mine = turn.await;
            match Request::delete(format!("/api/v1/products/{product}/images/{id}")).done().await {
                Ok(()) => {
                    let _there = asked.try_set(false);
                    let _there = images.try_update(|images| images.retain(|image| image.id != id));
                }
                Err(failure) => toasts.fail(&failure),
            }
            let _there = busy.try_set(false);
        });
    };
    let dropped = move |event: leptos::ev::DragEvent| {
        if let Some(from) = dragged.get_value() {
            event.prevent_default();
            dragged.set_value(None);
            on_move(from, index);
        }
    };
    view! {
        <li
            class="picture-card"
            draggable="true"
            on:dragstart=move |_| dragged.set_value(Some(index))
            on:dragend=move |_| dragged.set_value(None)
            on:dragover=move |event| event.prevent_default()
            on:drop=dropped
        >
            {picture}
            <label class="stack stack--tight small">
                {words::alt()}
                <input class="field__control" maxlength="300" value=alt on:change:target=move |event| say(event.target().value())/>
            </label>
            <div class="row picture-card__tools">
                <button
                    type="button"
                    class="button button--quiet button--icon"
                    aria-label=words::earlier()
                    disabled=index == 0
                    on:click=move |_| on_move(index, index.saturating_sub(1))
                >
                    <Icon sign=Sign::Back/>
                </button>
                <button
                    type="button"
                    class="button button--quiet button--icon"
                    aria-label=words::later()
                    disabled={index.saturating_add(1) == count}
                    on:click=move |_| on_move(index, index.saturating_add(1))
                >
                    <Icon sign=Sign::Next/>
                </button>
                <button type="button" class="button button--quiet button--icon" aria-label=common::delete() on:click=move |_| asked.set(true)>
                    <Icon sign=Sign::Bin/>
                </button>
            </div>
            <Confirm
                open=asked
                title=words::delete_image()
                action=common::delete()
                danger=true
                busy=busy
                on_confirm=UnsyncCallback::new(move |()| delete())
            >
                {words::delete_image_text()}
            </Confirm>
        </li>
    }
}
