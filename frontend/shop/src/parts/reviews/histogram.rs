//! How many gave how many stars; a press shows only those.

use leptos::prelude::*;
use novashop_locales::{common, reviews as words};

/// The counts for 5 to 1 stars, best first, of the API's 1 to 5.
fn best_first(histogram: [i64; 5]) -> Vec<(i32, i64)> {
    (1..=5).zip(histogram).collect::<Vec<_>>().into_iter().rev().collect()
}

/// Five bars.
#[component]
pub fn Histogram(
    /// How many gave 1, 2, 3, 4 and 5.
    #[prop(into)]
    counts: Signal<[i64; 5]>,
    /// The rating that is looked at alone.
    only: RwSignal<Option<i32>>,
) -> impl IntoView {
    let bars = move || {
        let counts = counts.get();
        let total = counts.iter().sum::<i64>().max(1);
        best_first(counts)
            .into_iter()
            .map(|(stars, count)| {
                let set = move || only.get() == Some(stars);
                view! {
                    <li>
                        <button
                            type="button"
                            class="histogram__row"
                            aria-pressed=move || if set() { "true" } else { "false" }
                            disabled=move || { count == 0 && !set() }
                            on:click=move |_| only.set(Some(stars).filter(|_| !set()))
                        >
                            <span class="visually-hidden">{words::bar(&words::only_with(&common::stars(stars)), count)}</span>
                            <span aria-hidden="true">{stars}</span>
                            <progress class="histogram__bar" value=count max=total aria-hidden="true"></progress>
                            <span class="number" aria-hidden="true">{count}</span>
                        </button>
                    </li>
                }
            })
            .collect_view()
    };
    view! { <ul class="histogram">{move || bars().into_any()}</ul> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_stand_at_the_top() {
        assert_eq!(best_first([1, 0, 2, 5, 9]), [(5, 9), (4, 5), (3, 2), (2, 0), (1, 1)]);
    }
}
