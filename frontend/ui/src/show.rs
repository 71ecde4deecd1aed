//! Something that is there while a condition holds.
//!
//! In place of leptos's own component of this name, which is compiled anew for every condition and every content.

use leptos::{children::ViewFn, either::Either, prelude::*};

/// What has to hold.
pub struct Condition(Box<dyn Fn() -> bool + Send + Sync>);

impl std::fmt::Debug for Condition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Condition")
    }
}

impl<F: Fn() -> bool + Send + Sync + 'static> From<F> for Condition {
    fn from(holds: F) -> Self {
        Self(Box::new(holds))
    }
}

/// Shows its children while a condition holds, else what stands in their place.
#[component]
pub fn Show(
    /// The condition; reactive.
    #[prop(into)]
    when: Condition,
    /// What stands there otherwise.
    #[prop(optional, into)]
    fallback: ViewFn,
    /// What is there while it holds.
    children: ChildrenFn,
) -> impl IntoView {
    let holds = Memo::new(move |_| (when.0)());
    let shown = move || if holds.get() { Either::Left(children()) } else { Either::Right(fallback.run()) };
    shown.into_any()
}
