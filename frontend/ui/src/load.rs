//! Showing what is being fetched: a skeleton first, then the thing, or why it is not there and what to do.

use leptos::{either::EitherOf3, prelude::*};
use novashop_client::{Outcome, Resource};
use send_wrapper::SendWrapper;

use crate::ErrorView;

/// Shows what a resource brings. While it is fetched anew (other filters) the old stays on the page.
#[component]
pub fn Load<T, V>(
    /// Where it comes from.
    from: Resource<Outcome<T>>,
    /// What stands there meanwhile, in the shape of what will come.
    skeleton: fn() -> AnyView,
    /// How it looks.
    children: impl Fn(T) -> V + 'static,
) -> impl IntoView
where
    T: Clone + 'static,
    V: IntoView + 'static,
{
    let retry = UnsyncCallback::new(move |()| from.refetch());
    let look = move || from.get().map(|outcome| outcome.map(|value| children(value).into_any()));
    show(Box::new(look), skeleton, retry)
}

/// The part that is the same whatever is fetched.
fn show(look: Box<dyn Fn() -> Option<Outcome<AnyView>>>, skeleton: fn() -> AnyView, retry: UnsyncCallback<()>) -> AnyView {
    let kept = SendWrapper::new((look, retry));
    let shown = move || {
        let (look, retry) = &*kept;
        match look() {
            None => EitherOf3::A(skeleton()),
            Some(Ok(view)) => EitherOf3::B(view),
            Some(Err(failure)) => EitherOf3::C(view! { <ErrorView failure=failure retry=*retry/> }),
        }
    };
    shown.into_any()
}
