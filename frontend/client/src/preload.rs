//! What came along with the page: answers of the API that the server already asked for, by their address.

use std::{cell::RefCell, collections::HashMap};

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

thread_local! {
    static ANSWERS: RefCell<Option<HashMap<String, Box<RawValue>>>> = const { RefCell::new(None) };
}

/// The answer to this address, once: who asks again wants to know what it is now.
pub(crate) fn take<T: DeserializeOwned>(path: &str) -> Option<T> {
    ANSWERS.with_borrow_mut(|answers| {
        let raw = answers.get_or_insert_with(read).remove(path)?;
        serde_json::from_str(raw.get()).ok()
    })
}

fn read() -> HashMap<String, Box<RawValue>> {
    let element = web_sys::window().and_then(|window| window.document()).and_then(|document| document.get_element_by_id("nova-data"));
    element.and_then(|element| element.text_content()).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}
