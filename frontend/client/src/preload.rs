//! What came along with the page: answers of the API that the server already asked for, by their address.

use std::cell::RefCell;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::wire;

/// So long they are as good as asked now. Who comes to a page later wants to know how it is then.
const FRESH_MS: f64 = 30_000.0;

thread_local! {
    /// With when they were read, on the clock of `Date.now()`.
    static ANSWERS: RefCell<Option<(f64, Map<String, Value>)>> = const { RefCell::new(None) };
}

/// The answer to this address, once: who asks again wants to know what it is now.
pub(crate) fn take<T: DeserializeOwned>(path: &str) -> Option<T> {
    wire::from_value(&taken(path)?)
}

fn taken(path: &str) -> Option<Value> {
    ANSWERS.with_borrow_mut(|answers| {
        let now = js_sys::Date::now();
        let (since, answers) = answers.get_or_insert_with(|| (now, read()));
        if now - *since > FRESH_MS {
            answers.clear();
        }
        answers.remove(path)
    })
}

fn read() -> Map<String, Value> {
    let element = web_sys::window().and_then(|window| window.document()).and_then(|document| document.get_element_by_id("nova-data"));
    element.and_then(|element| element.text_content()).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}
