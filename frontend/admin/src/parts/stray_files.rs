//! A file that is dropped beside the place for it: a browser would open it in the place of the page, with all that is not saved.

use leptos::{ev, prelude::*};

/// Lets nothing happen to such a file, until the page is gone.
pub fn hold_stray_files() {
    let over = window_event_listener(ev::dragover, |event| {
        // A place that takes files has said so already.
        if !event.default_prevented() {
            event.prevent_default();
            if let Some(data) = event.data_transfer().filter(|data| data.types().includes(&"Files".into(), 0)) {
                data.set_drop_effect("none");
            }
        }
    });
    let dropped = window_event_listener(ev::drop, |event| event.prevent_default());
    on_cleanup(move || {
        over.remove();
        dropped.remove();
    });
}
