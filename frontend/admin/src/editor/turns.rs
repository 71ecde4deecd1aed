//! Whatever changes a product waits for its turn: each change counts up the version that the next one names. Whoever leaves the words of a
//! picture by pressing Save has sent both at once, and would be told that somebody else saved in between.

use std::sync::Arc;

use futures_util::lock::{Mutex, OwnedMutexGuard};
use leptos::prelude::*;

/// The turns of one product.
#[derive(Clone, Copy)]
pub struct Turns(StoredValue<Arc<Mutex<()>>>);

/// Offers them to the editor of a product.
pub fn provide_turns() -> Turns {
    let turns = Turns(StoredValue::new(Arc::default()));
    provide_context(turns);
    turns
}

/// The turns of the product that is edited here.
#[must_use]
pub fn use_turns() -> Turns {
    use_context().unwrap_or_else(|| Turns(StoredValue::new(Arc::default())))
}

impl Turns {
    /// Waits until no other change is under way; the next one begins when the guard is dropped. Asked for at once: the page may be left
    /// while it waits.
    pub fn mine(self) -> impl Future<Output = OwnedMutexGuard<()>> {
        self.0.try_get_value().unwrap_or_default().lock_owned()
    }
}
