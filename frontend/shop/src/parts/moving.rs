//! Going from page to page without losing anybody: who listens hears where they are, who tabs starts at the page's heading.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use novashop_ui::page_title;
use wasm_bindgen::JsCast;

/// Moves the focus with each new page; the words to be said of it.
pub(crate) fn follow_navigation() -> Signal<String> {
    let path = use_location().pathname;
    let said = RwSignal::new(String::new());
    // Nothing is said of the first page: the browser does that itself.
    let known = StoredValue::new(path.get_untracked());
    let waiting = StoredValue::new(false);
    Effect::new(move || {
        let path = path.get();
        if known.with_value(|known| *known == path) {
            return;
        }
        known.set_value(path);
        waiting.set_value(true);
        focus("main");
    });
    let title = page_title();
    Effect::new(move || {
        let title = title.get();
        // The title comes with the page's data, and with it the heading.
        request_animation_frame(move || {
            if waiting.get_value() && !title.is_empty() {
                waiting.set_value(false);
                said.set(title);
                // Who has gone on meanwhile is not called back.
                if is_at(&["MAIN", "BODY"]) {
                    focus("main h1");
                }
            }
        });
    });
    said.into()
}

/// Whether the focus is on none but one of these elements.
fn is_at(tags: &[&str]) -> bool {
    document().active_element().is_none_or(|active| tags.contains(&active.tag_name().as_str()))
}

/// Gives the focus that went with what had it to what a selector finds, once the page shows what was just changed.
pub(crate) fn catch_focus(selector: impl Into<String>) {
    let selector = selector.into();
    request_animation_frame(move || {
        if is_at(&["BODY"]) {
            focus(&selector);
        }
    });
}

/// Puts the focus on an element that need not be one that takes it by itself.
pub(crate) fn focus(selector: &str) {
    let element = document().query_selector(selector).ok().flatten().and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(element) = element {
        if element.tab_index() < 0 {
            let _set = element.set_attribute("tabindex", "-1");
        }
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _focused = element.focus_with_options(&options);
    }
}
