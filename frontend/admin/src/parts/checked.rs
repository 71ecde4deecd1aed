//! Asking the wire types whether they would be taken, before anything is sent. The rules are theirs.

use novashop_locales::fields;
use novashop_types::FieldError;
use validator::Validate;

/// What is wrong with a field of a body, in a sentence as the API would give cause for.
pub fn wrong(body: &impl Validate, field: &str) -> Option<String> {
    let errors = body.validate().err()?;
    let reason = errors.field_errors().get(field).and_then(|reasons| reasons.first().cloned())?;
    Some(fields::sentence(&FieldError::new(format!("/{field}"), reason.code, reason.message.unwrap_or_default())))
}

#[cfg(test)]
mod tests {
    use novashop_types::orders::OrderNote;

    use super::*;

    #[test]
    fn the_types_say_what_is_wrong() {
        let note = |text: &str| OrderNote { text: text.to_owned() };
        assert_eq!(wrong(&note(" "), "text").as_deref(), Some("Must not be blank."));
        assert_eq!(wrong(&note(&"a".repeat(2001)), "text").as_deref(), Some("May have up to 2000 characters."));
        assert_eq!(wrong(&note("Called."), "text"), None);
    }
}
