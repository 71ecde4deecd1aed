//! What a product is, in words and facts.

use leptos::prelude::*;
use novashop_locales::{common, product as words};
use novashop_types::catalogue::Options;
use serde_json::Value;

/// A fact as people write it.
fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => common::yes().to_owned(),
        Value::Bool(false) => common::no().to_owned(),
        Value::Array(values) => values.iter().map(written).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

/// The paragraphs of a plain text.
pub fn paragraphs(text: &str) -> impl Iterator<Item = String> {
    text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()).map(str::to_owned)
}

/// Description and facts.
#[component]
pub fn Facts(
    /// Plain text.
    description: String,
    /// Names and values.
    attributes: Options,
) -> impl IntoView {
    let fact = |(name, value): (String, Value)| {
        view! {
            <dt>{name}</dt>
            <dd>{written(&value)}</dd>
        }
    };
    view! {
        <div class="product__description">
            <h2 class="visually-hidden">{words::description()}</h2>
            {paragraphs(&description).map(|paragraph| view! { <p>{paragraph}</p> }).collect_view()}
        </div>
        {(!attributes.is_empty())
            .then(|| {
                view! {
                    <div class="stack stack--tight">
                        <h2 class="product__part">{words::details()}</h2>
                        <dl class="product__facts">{attributes.into_iter().map(fact).collect_view()}</dl>
                    </div>
                }
            })}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_fact_of_any_kind_can_be_read() {
        assert_eq!(written(&json!("Oak")), "Oak");
        assert_eq!(written(&json!(["Oak", "Brass"])), "Oak, Brass");
        assert_eq!((written(&json!(true)), written(&json!(2.5))), ("Yes".to_owned(), "2.5".to_owned()));
        assert_eq!(paragraphs("One.\n\n\n\n Two. ").collect::<Vec<_>>(), ["One.", "Two."]);
    }
}
