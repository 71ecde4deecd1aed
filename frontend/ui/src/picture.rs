//! Pictures: in the width that fits, with their size known, so that nothing jumps.

use leptos::prelude::*;
use novashop_types::catalogue::Image;

/// A picture of the catalogue. The first of a page has priority, all others wait until they come near.
#[component]
pub fn Picture(
    /// The picture.
    image: Image,
    /// How wide it is shown, as the attribute `sizes` says it: `(min-width: 720px) 25vw, 50vw`.
    #[prop(into)]
    sizes: String,
    /// Whether it is what people look at first.
    #[prop(optional)]
    first: bool,
    /// Whether its words stand beside it already.
    #[prop(optional)]
    decorative: bool,
    /// Its class.
    #[prop(optional, into)]
    class: String,
) -> impl IntoView {
    let sources: Vec<String> = image.sources.iter().map(|source| format!("{} {}w", source.url, source.width)).collect();
    let alt = if decorative { String::new() } else { image.alt };
    view! {
        <img
            class=class
            src=image.url
            srcset=sources.join(", ")
            sizes=sizes
            width=image.width
            height=image.height
            alt=alt
            loading=if first { "eager" } else { "lazy" }
            fetchpriority=if first { "high" } else { "auto" }
            decoding="async"
        />
    }
}
