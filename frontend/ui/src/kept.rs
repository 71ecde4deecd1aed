//! Showing what is read again while somebody works with it: the page is made once and told what came since, so that what is half written, an open
//! dialog and the focus stay where they are.

use leptos::prelude::*;
use novashop_client::{Failure, Outcome, Resource};

use crate::ErrorView;

/// Shows what a resource brings, made once for each thing that is asked for. Why it could not be read again stands above what was there before.
#[component]
pub fn Kept<T, V>(
    /// Where it comes from.
    from: Resource<Outcome<T>>,
    /// What is asked for: an answer to something else is shown anew.
    #[prop(into)]
    of: Signal<String>,
    /// What stands there meanwhile, in the shape of what will come.
    skeleton: fn() -> AnyView,
    /// How it looks; it is told of every answer to the same question.
    children: impl Fn(Signal<T>) -> V + Send + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let shown = RwSignal::new(None::<(String, ArcRwSignal<T>)>);
    let failed = RwSignal::new(None::<Failure>);
    Effect::new(move || {
        let Some(outcome) = from.get() else { return };
        let asked = of.get_untracked();
        let same = shown.with_untracked(|shown| shown.as_ref().filter(|(of, _)| *of == asked).map(|(_, there)| there.clone()));
        match (outcome, same) {
            (Ok(now), there) => {
                failed.set(None);
                match there {
                    Some(there) => there.set(now),
                    None => shown.set(Some((asked, ArcRwSignal::new(now)))),
                }
            }
            (Err(failure), there) => {
                failed.set(Some(failure));
                if there.is_none() {
                    shown.set(None);
                }
            }
        }
    });
    let retry = UnsyncCallback::new(move |()| from.refetch());
    let retry = StoredValue::new_local(retry);
    view! {
        {move || failed.get().map(|failure| view! { <ErrorView failure=failure retry=retry.get_value()/> })}
        {move || match shown.get() {
            Some((_, there)) => children(RwSignal::from(there).into()).into_any(),
            None if failed.read().is_none() => skeleton(),
            None => ().into_any(),
        }}
    }
}
