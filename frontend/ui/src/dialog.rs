//! A window over the page: in the middle, a drawer at the side, or a sheet from below. The browser's own `<dialog>` keeps the focus in it,
//! closes it with Escape and gives the focus back.

use leptos::{html, prelude::*};
use novashop_locales::common;

use crate::{Icon, Show, Sign};

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DialogKind {
    /// In the middle.
    #[default]
    Modal,
    /// At the side, as high as the screen.
    Drawer,
    /// From below, for a thumb.
    Sheet,
    /// Over all of the screen.
    Full,
}

impl DialogKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Modal => "dialog dialog--modal",
            Self::Drawer => "dialog dialog--drawer",
            Self::Sheet => "dialog dialog--sheet",
            Self::Full => "dialog dialog--full",
        }
    }
}

/// A dialog that is open while `open` says so. What is in it is made when it opens.
#[component]
pub fn Dialog(
    /// Whether it is open; closing it sets this.
    open: RwSignal<bool>,
    /// What it is about.
    #[prop(into)]
    title: Signal<String>,
    /// Where it stands.
    #[prop(optional)]
    kind: DialogKind,
    /// What is in it.
    children: ChildrenFn,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = element.get() else { return };
        match (open.get(), dialog.open()) {
            (true, false) => {
                let _shown = dialog.show_modal();
            }
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    // A press on the ground beside it closes it: the dialog itself is then the target.
    let beside = move |event: leptos::ev::MouseEvent| {
        let target = event.target().map(wasm_bindgen::JsValue::from);
        if element.get_untracked().map(wasm_bindgen::JsValue::from) == target {
            open.set(false);
        }
    };
    view! {
        <dialog node_ref=element class=kind.class() aria-label=title on:close=move |_| open.set(false) on:click=beside>
            <Show when=move || open.get()>
                <div class="dialog__head">
                    <h2>{title}</h2>
                    <button type="button" class="button button--quiet button--icon" aria-label=common::close() on:click=move |_| open.set(false)>
                        <Icon sign=Sign::Close/>
                    </button>
                </div>
                {children()}
            </Show>
        </dialog>
    }
}
