//! Starting the app, and what every page does when it appears.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::slices;

/// Makes the app and puts it in the place of what the server drew, before the browser paints again, so that nobody sees the change.
pub fn start<V: IntoView + 'static>(app: impl FnOnce() -> V + 'static) {
    crate::start_language();
    let place = document().get_element_by_id("app").and_then(|place| place.dyn_into::<web_sys::HtmlElement>().ok());
    let aside = document().create_element("div").ok().and_then(|aside| aside.dyn_into::<web_sys::HtmlElement>().ok());
    match (place, aside) {
        (Some(place), Some(aside)) => {
            slices::begin();
            leptos::mount::mount_to(aside.clone(), app).forget();
            slices::end(Box::new(move || exchange(&place, &aside)));
        }
        _ => leptos::mount::mount_to_body(app),
    }
}

fn exchange(place: &web_sys::HtmlElement, aside: &web_sys::HtmlElement) {
    let typed = search_field(place).map(|field| field.value());
    let focused = document().active_element().filter(|active| place.contains(Some(active))).and_then(|active| like(&active));
    place.set_inner_html("");
    while let Some(node) = aside.first_child() {
        let _moved = place.append_child(&node);
    }
    if let (Some(text), Some(field)) = (typed, search_field(place))
        && field.value() != text
    {
        field.set_value(&text);
        // The app learns of it as of any other letter.
        let letter = web_sys::EventInit::new();
        letter.set_bubbles(true);
        if let Ok(letter) = web_sys::Event::new_with_event_init_dict("input", &letter) {
            let _heard = field.dispatch_event(&letter);
        }
    }
    let focused = focused.and_then(|focused| place.query_selector(&focused).ok().flatten());
    if let Some(element) = focused.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _focused = element.focus();
    }
}

/// What finds the same link or field in the app's page.
fn like(element: &web_sys::Element) -> Option<String> {
    ["name", "href"].into_iter().find_map(|name| element.get_attribute(name).map(|value| format!("[{name}=\"{value}\"]")))
}

/// The name of the page that is shown, for who announces it.
#[derive(Clone, Copy)]
struct PageTitle(RwSignal<String>);

/// Keeps the name of the page for [`page_title`]. Called once, by the app.
pub fn provide_page_title() {
    provide_context(PageTitle(RwSignal::new(String::new())));
}

/// The name of the page that is shown; empty until it has one.
#[must_use]
pub fn page_title() -> Signal<String> {
    use_context::<PageTitle>().map_or_else(|| Signal::stored(String::new()), |title| title.0.into())
}

fn search_field(place: &web_sys::HtmlElement) -> Option<web_sys::HtmlInputElement> {
    place.query_selector("input[name=q]").ok()??.dyn_into().ok()
}

/// Names the page: in the tab, and for who listens to a screen reader. The name may come later, with its data.
pub fn use_title(title: impl Fn() -> Option<String> + 'static) {
    let said = use_context::<PageTitle>();
    Effect::new(move || {
        if let Some(title) = title() {
            document().set_title(&format!("{title} · NovaShop"));
            if let Some(said) = said {
                said.0.set(title);
            }
        }
    });
}
