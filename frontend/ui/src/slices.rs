//! The first page in slices.
//!
//! A browser compiles each function of the app as it is called for the first time, most of them while the first page is made: on a slow phone that is
//! half a second in which it hears nobody. So the parts of that page are made one after the other, each in a task of its own, while the page that the
//! server drew is still there to be used.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    time::Duration,
};

use leptos::prelude::*;
use send_wrapper::SendWrapper;

type Work = Box<dyn FnOnce()>;

thread_local! {
    static STARTING: Cell<bool> = const { Cell::new(false) };
    static WAITING: RefCell<VecDeque<Work>> = const { RefCell::new(VecDeque::new()) };
}

/// A part of a page that may be made after what stands before it; once the app is there, it is made at once.
#[must_use]
pub fn in_turn(make: impl FnOnce() -> AnyView + 'static) -> AnyView {
    later(Box::new(make))
}

fn later(make: Box<dyn FnOnce() -> AnyView>) -> AnyView {
    if !STARTING.get() {
        return make();
    }
    let its_turn = RwSignal::new(false);
    WAITING.with_borrow_mut(|waiting| waiting.push_back(Box::new(move || its_turn.set(true))));
    let mut make = SendWrapper::new(Some(make));
    (move || its_turn.get().then(|| (*make).take().map(untrack))).into_any()
}

/// Has parts wait for their turn from now on. Where nobody looks, browsers let the tasks of a page wait long: there all is made at once.
pub(crate) fn begin() {
    STARTING.set(!document().hidden());
}

/// Makes the parts in their turns, and then does the last thing.
pub(crate) fn end(last: Work) {
    let next = WAITING.with_borrow_mut(VecDeque::pop_front);
    match next {
        Some(part) => set_timeout(
            move || {
                // First, so that a part that fails keeps no other from its turn.
                end(last);
                part();
            },
            Duration::ZERO,
        ),
        None if STARTING.replace(false) => set_timeout(move || end(last), Duration::ZERO),
        None => last(),
    }
}
