//! Handing a file to the browser.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

/// Saves a text as a file, as if a link to it had been followed.
pub fn download(name: &str, media_type: &str, content: &str) {
    let _saved = try_download(name, media_type, content);
}

fn try_download(name: &str, media_type: &str, content: &str) -> Result<(), JsValue> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&JsValue::from_str(content)), &options)?;
    let address = web_sys::Url::create_object_url_with_blob(&blob)?;
    let link: web_sys::HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    web_sys::Url::revoke_object_url(&address)
}
