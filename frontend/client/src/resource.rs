//! Something that a page fetches, and fetches anew when what it asked with changes.
//!
//! In place of leptos's own resource: that one is compiled anew for every type that is fetched, and was a tenth of the app.

use std::{any::Any, cell::Cell, future::Future, marker::PhantomData, pin::Pin, rc::Rc};

use futures_util::FutureExt;
use leptos::prelude::*;

type Erased = Rc<dyn Any>;
type Fetching = Pin<Box<dyn Future<Output = Erased>>>;
/// Whether an answer says the same as the one before.
type Same = Rc<dyn Fn(&Erased, &Erased) -> bool>;

/// What came of fetching. It belongs to the owner it was made in.
pub struct Resource<T> {
    answer: RwSignal<Option<Erased>, LocalStorage>,
    again: RwSignal<u32>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Resource<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Resource<T> {}

impl<T> std::fmt::Debug for Resource<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Resource")
    }
}

impl<T: Clone + 'static> Resource<T> {
    /// Fetches at once, and again whenever a signal changes that was read before the future was made.
    pub fn new<F: Future<Output = T> + 'static>(fetch: impl Fn() -> F + 'static) -> Self {
        Self::new_unless(|_, _| false, fetch)
    }

    /// The same, but an answer that is the `same` as the one before is passed over: nothing that shows it is drawn anew.
    pub fn new_unless<F: Future<Output = T> + 'static>(same: fn(&T, &T) -> bool, fetch: impl Fn() -> F + 'static) -> Self {
        let fetch = Box::new(move || -> Fetching {
            let fetching = fetch();
            Box::pin(async move {
                let answer: Erased = Rc::new(fetching.await);
                answer
            })
        });
        let same = move |before: &Erased, now: &Erased| {
            before.downcast_ref::<T>().zip(now.downcast_ref::<T>()).is_some_and(|(before, now)| same(before, now))
        };
        let (answer, again) = start(fetch, Rc::new(same));
        Self { answer, again, of: PhantomData }
    }

    /// What was fetched last; `None` until the first time. Reactive.
    #[must_use]
    pub fn get(&self) -> Option<T> {
        self.answer.with(|answer| answer.as_ref().and_then(|answer| answer.downcast_ref::<T>()).cloned())
    }

    /// Fetches it anew; what was there stays until then.
    pub fn refetch(&self) {
        self.again.update(|again| *again = again.wrapping_add(1));
    }
}

fn start(fetch: Box<dyn Fn() -> Fetching>, same: Same) -> (RwSignal<Option<Erased>, LocalStorage>, RwSignal<u32>) {
    let (answer, again) = (RwSignal::new_local(None), RwSignal::new(0));
    let newest = Rc::new(Cell::new(0_u32));
    // Told only where it says something new; a page that is gone is told nothing.
    let tell = move |there: Erased| {
        let known = answer.try_with_untracked(|before| before.as_ref().is_some_and(|before| same(before, &there)));
        if known == Some(false) {
            let _gone = answer.try_set(Some(there));
        }
    };
    let effect = RenderEffect::new(move |_: Option<()>| {
        again.track();
        let mut fetching = fetch();
        let own = newest.get().wrapping_add(1);
        newest.set(own);
        // What came along with the page is there at once: nothing flickers.
        if let Some(there) = untrack(|| fetching.as_mut().now_or_never()) {
            return tell(there);
        }
        let (newest, tell) = (newest.clone(), tell.clone());
        leptos::task::spawn_local(async move {
            let there = fetching.await;
            // An answer to what is no longer asked, or for a page that is gone, is nobody's.
            if newest.get() == own {
                tell(there);
            }
        });
    });
    StoredValue::new_local(effect);
    (answer, again)
}
