//! The few things that outlive the page: the guest's cart, which theme, whether somebody is signed in. Never a token of a person.

fn store() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// What was kept under a name.
#[must_use]
pub fn read(name: &str) -> Option<String> {
    store()?.get_item(name).ok()?
}

/// Keeps a text; a browser that forbids it loses only comfort.
pub fn write(name: &str, value: &str) {
    if let Some(store) = store() {
        let _kept = store.set_item(name, value);
    }
}

/// Forgets what was kept.
pub fn forget(name: &str) {
    if let Some(store) = store() {
        let _forgotten = store.remove_item(name);
    }
}

/// The same, for as long as the tab is open: an attempt that is under way, a form that is half filled in.
pub mod tab {
    fn store() -> Option<web_sys::Storage> {
        web_sys::window()?.session_storage().ok()?
    }

    /// What was kept under a name.
    #[must_use]
    pub fn read(name: &str) -> Option<String> {
        store()?.get_item(name).ok()?
    }

    /// Keeps a text; a browser that forbids it loses only comfort.
    pub fn write(name: &str, value: &str) {
        if let Some(store) = store() {
            let _kept = store.set_item(name, value);
        }
    }

    /// Forgets what was kept.
    pub fn forget(name: &str) {
        if let Some(store) = store() {
            let _forgotten = store.remove_item(name);
        }
    }
}
