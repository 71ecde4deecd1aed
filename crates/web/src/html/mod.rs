//! The pages as HTML. Escaped by `maud`; what stands in scripts is JSON in which no `<` occurs.

pub mod cards;
mod choice;
pub mod document;
pub mod empty;
mod footer;
pub mod frame;
pub mod home;
pub mod listing;
pub mod pictures;
pub mod product;
pub mod reviews;
mod signs;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use maud::{Markup, PreEscaped};
use sha2::{Digest as _, Sha256};

/// The paper of the light theme, for the browser's own frame.
pub(crate) const LIGHT: &str = "#faf7f2";
/// And of the dark one.
pub(crate) const DARK: &str = "#161412";

/// A tag that means this content.
pub(crate) fn etag(content: &[u8]) -> String {
    let digest = Sha256::digest(content);
    format!("\"{}\"", URL_SAFE_NO_PAD.encode(digest.get(..16).unwrap_or_default()))
}

/// JSON in a script: a `<` is only ever within its texts, and written so it cannot end the script.
pub(crate) fn script_json(json: &str) -> Markup {
    PreEscaped(json.replace('<', "\\u003c"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_script_that_it_stands_in() {
        let hostile = serde_json::json!({"name": "</script><script>alert(1)</script><!--"});
        let PreEscaped(text) = script_json(&hostile.to_string());
        assert!(!text.contains('<'));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), hostile);
    }
}
