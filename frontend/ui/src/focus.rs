//! Moving the focus to what was just changed.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The first field that something is wrong with.
pub const FIRST_MISTAKE: &str = "[aria-invalid=\"true\"]";

/// Gives the focus to what a selector finds, once the page shows what was just changed.
pub fn focus_soon(selector: impl Into<String>) {
    let selector = selector.into();
    request_animation_frame(move || {
        let found = document().query_selector(&selector).ok().flatten();
        if let Some(element) = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _focused = element.focus();
        }
    });
}
