//! The pictures of a product: dropped or chosen, sent with their progress, ordered by dragging or by buttons. Each change is saved at once.

use leptos::{html, prelude::*};
use novashop_client::{Request, upload};
use novashop_locales::admin_editor as words;
use novashop_types::{
    ImageId, ProductId,
    catalogue::{Image, ImagePatch},
};
use novashop_ui::{Button, Icon, Sign, use_toasts};

use super::{picture::PictureCard, turns::use_turns};
use crate::parts::stray_files::hold_stray_files;

/// A picture on its way.
#[derive(Debug, Clone, Copy)]
struct Upload {
    name: StoredValue<String>,
    done: RwSignal<f64>,
}

/// The list with the picture at one place moved to another.
#[must_use]
pub fn moved(mut list: Vec<Image>, from: usize, to: usize) -> Vec<Image> {
    if from < list.len() && to < list.len() {
        let image = list.remove(from);
        list.insert(to, image);
    }
    list
}

/// The pictures, and where new ones are dropped.
#[component]
pub fn Images(
    /// Whose they are.
    product: ProductId,
    /// The pictures in order.
    images: RwSignal<Vec<Image>>,
) -> impl IntoView {
    let (toasts, turns) = (use_toasts(), use_turns());
    hold_stray_files();
    let uploads = RwSignal::new(Vec::<Upload>::new());
    let (over, said, dragged) = (RwSignal::new(false), RwSignal::new(String::new()), StoredValue::new(None::<usize>));
    let send = move |files: web_sys::FileList| {
        let files: Vec<web_sys::File> = (0..files.length()).filter_map(|index| files.item(index)).collect();
        leptos::task::spawn_local(async move {
            // One after the other: so they stand in the order in which they were chosen.
            for file in files {
                let under_way = Upload { name: StoredValue::new(file.name()), done: RwSignal::new(0.0) };
                let _there = uploads.try_update(|uploads| uploads.push(under_way));
                let Ok(form) = web_sys::FormData::new() else { return };
                let _added = form.append_with_blob_and_filename("file", &file, &file.name());
                let progress = move |part| {
                    let _there = under_way.done.try_set(part);
                };
                let mine = turns.mine().await;
                match upload::<Image>(&format!("/api/v1/products/{product}/images"), &form, progress).await {
                    Ok(image) => {
                        let _there = images.try_update(|images| images.push(image));
                    }
                    Err(failure) => toasts.fail(&failure),
                }
                let _there = uploads.try_update(|uploads| uploads.retain(|other| other.done != under_way.done));
                drop(mine);
                // Whoever waits comes before the next file.
                gloo_timers::future::TimeoutFuture::new(0).await;
            }
        });
    };
    let place = move |from: usize, to: usize| {
        let before = images.get_untracked();
        let Some(id) = before.get(from).map(|image| image.id).filter(|_| to < before.len() && from != to) else { return };
        images.set(moved(before.clone(), from, to));
        said.set(words::moved(to.saturating_add(1), before.len()));
        let turn = turns.mine();
        leptos::task::spawn_local(async move {
            let _mine = turn.await;
            let patch = ImagePatch { alt: None, position: i32::try_from(to).ok() };
            if let Err(failure) = change(product, id, &patch).await {
                toasts.fail(&failure);
                let _there = images.try_set(before);
            }
        });
    };
    let chooser = NodeRef::<html::Input>::new();
    let choose = move |()| {
        if let Some(input) = chooser.get_untracked() {
            input.click();
        }
    };
    let chosen = move |event: leptos::ev::Targeted<leptos::ev::Event, web_sys::HtmlInputElement>| {
        if let Some(files) = event.target().files() {
            send(files);
        }
        event.target().set_value("");
    };
    let dropped = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        if let Some(files) = event.data_transfer().and_then(|data| data.files()).filter(|files| files.length() > 0) {
            send(files);
        }
    };
    let ids = Memo::new(move |_| images.with(|images| images.iter().map(|image| image.id).collect::<Vec<_>>()));
    let cards = move || {
        let list = ids.get();
        let count = list.len();
        (0..count)
            .map(|index| view! { <PictureCard product=product images=images index=index count=count dragged=dragged on_move=place/> })
            .collect_view()
    };
    let line = move |one: Upload| {
        view! {
            <li class="stack stack--tight">
                <span class="small">{words::uploading(&one.name.get_value())}</span>
                <progress max="1" prop:value=one.done aria-label=words::uploading(&one.name.get_value())></progress>
            </li>
        }
    };
    view! {
        <ul class="pictures">{cards}</ul>
        <ul class="stack stack--tight facts">{move || uploads.get().into_iter().map(line).collect_view()}</ul>
        <div
            class="drop"
            class:drop--over=over
            on:dragover=move |event| {
                event.prevent_default();
                over.set(true);
            }
            on:dragleave=move |_| over.set(false)
            on:drop=dropped
        >
            <Icon sign=Sign::Upload/>
            <p>{words::drop_here()}</p>
            <Button kind="button--small" on_press=UnsyncCallback::new(choose)>{words::choose_files()}</Button>
            <input
                class="visually-hidden"
                type="file"
                multiple=true
                accept="image/jpeg,image/png,image/webp"
                tabindex="-1"
                aria-label=words::choose_files()
                node_ref=chooser
                on:change:target=chosen
            />
        </div>
        <p class="visually-hidden" role="status">{said}</p>
    }
}

/// Changes what a picture says or where it stands.
///
/// # Errors
/// See [`novashop_client::Failure`].
pub async fn change(product: ProductId, id: ImageId, patch: &ImagePatch) -> novashop_client::Outcome<Image> {
    Request::patch(format!("/api/v1/products/{product}/images/{id}")).json(patch).send().await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image(name: &str) -> Image {
        Image { id: ImageId(uuid::Uuid::nil()), url: name.into(), alt: String::new(), width: 1, height: 1, sources: Vec::new() }
    }

    #[test]
    fn a_picture_goes_where_it_is_moved_and_nowhere_else() {
        let names = |list: Vec<Image>| list.into_iter().map(|image| image.url).collect::<String>();
        let list = || vec![image("a"), image("b"), image("c")];
        assert_eq!(names(moved(list(), 0, 2)), "bca");
        assert_eq!(names(moved(list(), 2, 0)), "cab");
        assert_eq!(names(moved(list(), 0, 3)), "abc");
    }
}
