//! The options of a variant in words: `M · Blue`.

use novashop_types::catalogue::Options;

/// The chosen values, in their order.
#[must_use]
pub fn options_text(options: &Options) -> String {
    let values: Vec<String> = options.values().map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned)).collect();
    values.join(" · ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn options_are_said_in_their_order() {
        let options = json!({"Size": "M", "Colour": "Blue"});
        let said = options_text(options.as_object().unwrap());
        assert!(said == "M · Blue" || said == "Blue · M", "{said}");
        assert_eq!(options_text(&Options::new()), "");
    }
}
