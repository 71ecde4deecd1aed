//! Pictures in as many widths as there are, with their size said so that nothing jumps.

use maud::{Markup, html};
use novashop_types::catalogue::Image;

/// A picture of which the browser takes the width that fits. `first` is the one that the page is looked at for; the words of a `decorative`
/// one stand beside it.
pub(crate) fn picture(image: &Image, class: &str, sizes: &str, first: bool, decorative: bool) -> Markup {
    let alt = if decorative { "" } else { &image.alt };
    let (loading, priority) = if first { ("eager", "high") } else { ("lazy", "auto") };
    html! {
        img class=(class) src=(image.url) srcset=[srcset(image)] sizes=(sizes) width=(image.width) height=(image.height) alt=(alt)
            loading=(loading) fetchpriority=(priority) decoding="async";
    }
}

/// Every width there is; nothing where there is one only.
pub(crate) fn srcset(image: &Image) -> Option<String> {
    let sources: Vec<String> = image.sources.iter().map(|source| format!("{} {}w", source.url, source.width)).collect();
    (sources.len() > 1).then(|| sources.join(", "))
}
