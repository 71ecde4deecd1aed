//! Stars.

use leptos::prelude::*;
use novashop_locales::{common, language};
use novashop_types::catalogue::Rating as Mean;

use crate::{Icon, Sign};

/// What buyers think, as stars and a number.
#[component]
pub fn Rating(
    /// The mean and how many reviews it is of.
    of: Mean,
) -> impl IntoView {
    let text = of.in_short();
    let text = if language() == novashop_locales::Language::Es { text.replace('.', ",") } else { text };
    let said = common::rating_of(&text, of.count);
    view! {
        <span class="rating">
            <span class="rating__stars" aria-hidden="true">
                {(1..=5)
                    .map(|star| {
                        // Only what is nearly whole counts as a star: the number beside it is exact.
                        let filled = of.average >= f64::from(star) - 0.25;
                        view! { <Icon sign=Sign::Star filled=filled/> }
                    })
                    .collect_view()}
            </span>
            <span class="visually-hidden">{said}</span>
            <span aria-hidden="true">{(of.count > 0).then(|| format!("{text} ({})", of.count))}</span>
        </span>
    }
}
