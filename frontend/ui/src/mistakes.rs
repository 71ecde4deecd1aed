//! What is wrong with a form, by the rules of the wire types, before it is sent.

use novashop_locales::fields;
use novashop_types::FieldError;
use validator::{Validate, ValidationErrors, ValidationErrorsKind};

/// The mistakes of a form as the API would tell them.
#[must_use]
pub fn mistakes(form: &impl Validate) -> Vec<FieldError> {
    let mut found = Vec::new();
    if let Err(errors) = form.validate() {
        flatten(&errors, "", &mut found);
    }
    found
}

/// What is wrong with one field, in a sentence.
#[must_use]
pub fn mistake(form: &impl Validate, field: &str) -> Option<String> {
    mistakes(form).iter().find(|error| error.pointer.strip_prefix('/') == Some(field)).map(fields::sentence)
}

fn flatten(errors: &ValidationErrors, at: &str, found: &mut Vec<FieldError>) {
    for (name, kind) in errors.errors() {
        let pointer = format!("{at}/{name}");
        match kind {
            ValidationErrorsKind::Field(reasons) => found.extend(reasons.iter().map(|reason| {
                // An empty field that must be filled in: what is missing is more than its length.
                if reason.params.get("value").and_then(|value| value.as_str()) == Some("") {
                    return FieldError::new(pointer.clone(), "required", String::new());
                }
                FieldError::new(pointer.clone(), reason.code.clone(), reason.message.clone().unwrap_or_default())
            })),
            ValidationErrorsKind::Struct(inner) => flatten(inner, &pointer, found),
            ValidationErrorsKind::List(items) => items.iter().for_each(|(index, inner)| flatten(inner, &format!("{pointer}/{index}"), found)),
        }
    }
}

#[cfg(test)]
mod tests {
    use novashop_types::{accounts::Register, orders::OrderNote};

    use super::*;

    #[test]
    fn the_types_say_what_is_wrong() {
        let note = |text: &str| OrderNote { text: text.to_owned() };
        assert_eq!(mistake(&note(" "), "text").as_deref(), Some("Must not be blank."));
        assert_eq!(mistake(&note(&"a".repeat(2001)), "text").as_deref(), Some("May have up to 2000 characters."));
        assert_eq!(mistake(&note("Called."), "text"), None);
    }

    #[test]
    fn an_empty_field_is_missing_rather_than_short() {
        let form = |username: &str| Register {
            username: username.into(),
            email: "maya@example.com".into(),
            password: "correct horse battery".into(),
            first_name: String::new(),
            last_name: String::new(),
            city: String::new(),
            address: String::new(),
        };
        assert_eq!(mistake(&form(""), "username").as_deref(), Some(fields::required()));
        assert_eq!(mistake(&form("ma"), "username").as_deref(), Some("Must have 3 to 32 characters."));
        assert_eq!(mistake(&form("maya"), "username"), None);
    }
}
