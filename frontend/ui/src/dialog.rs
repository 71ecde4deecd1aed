//! A window over the page: in the middle, a drawer at the side, or a sheet from below. The browser's own `<dialog>` keeps the focus in it,
//! closes it with Escape and gives the focus back.

use leptos::{html, prelude::*};
use novashop_locales::common;
use wasm_bindgen::JsValue;

use crate::{Icon, Show, Sign};

/// What somebody fills in and would have to write again: a form that says by itself what is wrong. One that narrows a list is none.
const FILLED_IN: &str = "form[novalidate], textarea";

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
    // A press on the ground beside it closes it: the dialog itself is then the target, from the beginning. A text that is marked to beyond the
    // edge ends there too, but does not begin there. What somebody fills in is not lost by a slip of the thumb.
    let began = RwSignal::new(false);
    let beside = move |target: Option<web_sys::EventTarget>| element.get_untracked().map(JsValue::from) == target.map(JsValue::from);
    let filled_in = move || element.get_untracked().is_some_and(|dialog| !matches!(dialog.query_selector(FILLED_IN), Ok(None)));
    let pressed = move |event: leptos::ev::MouseEvent| {
        if began.get_untracked() && beside(event.target()) && !filled_in() {
            open.set(false);
        }
    };
    view! {
        <dialog
            node_ref=element
            class=kind.class()
            aria-label=title
            on:close=move |_| open.set(false)
            on:pointerdown=move |event| began.set(beside(event.target()))
            on:click=pressed
        >
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
