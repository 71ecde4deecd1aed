//! Starting the app, and what every page does when it appears.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Puts the app in the place of what the server drew. Both happen before the browser paints again, so nobody sees the change.
pub fn start<V: IntoView + 'static>(app: impl FnOnce() -> V + 'static) {
    crate::start_language();
    let place = document().get_element_by_id("app").and_then(|place| place.dyn_into::<web_sys::HtmlElement>().ok());
    match place {
        Some(place) => {
            place.set_inner_html("");
            leptos::mount::mount_to(place, app).forget();
        }
        None => leptos::mount::mount_to_body(app),
    }
}

/// Names the page: in the tab, and for who listens to a screen reader. The name may come later, with its data.
pub fn use_title(title: impl Fn() -> Option<String> + 'static) {
    Effect::new(move || {
        if let Some(title) = title() {
            document().set_title(&format!("{title} · NovaShop"));
        }
    });
}
