//! A word between the tabs of one browser.

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

/// A channel that every tab of the shop hears, except the one that speaks. It lives as long as the page.
#[derive(Debug, Clone)]
pub struct Tabs(Option<BroadcastChannel>);

impl Tabs {
    /// Opens a channel; a browser without them has no other tabs to tell.
    pub fn open(name: &str, heard: impl Fn() + 'static) -> Self {
        let channel = BroadcastChannel::new(name).ok();
        if let Some(channel) = &channel {
            let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |_event| heard());
            channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
            heard.forget();
        }
        Self(channel)
    }

    /// Tells the other tabs that there is something new.
    pub fn tell(&self) {
        if let Some(channel) = &self.0 {
            let _told = channel.post_message(&JsValue::TRUE);
        }
    }
}
