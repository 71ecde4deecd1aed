//! Showing what is being fetched: a skeleton first, then the thing, or why it is not there and what to do.

use leptos::{either::Either, prelude::*};
use novashop_client::Outcome;

use crate::ErrorView;

/// Shows what a resource brings. While it is fetched anew (other filters) the old stays on the page.
#[component]
pub fn Load<T, V, S>(
    /// Where it comes from.
    from: LocalResource<Outcome<T>>,
    /// What stands there meanwhile, in the shape of what will come.
    skeleton: S,
    /// How it looks.
    children: impl Fn(T) -> V + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
    S: Fn() -> AnyView + Send + Sync + 'static,
{
    view! {
        <Transition fallback=skeleton>
            {move || {
                from.get()
                    .map(|outcome| match outcome {
                        Ok(value) => Either::Left(children(value)),
                        Err(failure) => Either::Right(view! { <ErrorView failure=failure retry=move || from.refetch()/> }),
                    })
            }}
        </Transition>
    }
}
