//! Moving the focus to what was just changed.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The first field that something is wrong with.
pub const FIRST_MISTAKE: &str = "[aria-invalid=\"true\"]";

/// Gives the focus that went with what had it to what a selector finds; the page stays where it is.
pub fn catch_focus(selector: impl Into<String>) {
    let selector = selector.into();
    request_animation_frame(move || {
        let lost = document().active_element().is_none_or(|element| element.tag_name() == "BODY");
        let found = document().query_selector(&selector).ok().flatten().filter(|_| lost);
        if let Some(element) = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
            let still = web_sys::FocusOptions::new();
            still.set_prevent_scroll(true);
            let _focused = element.focus_with_options(&still);
        }
    });
}

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
