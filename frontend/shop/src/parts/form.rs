//! What is wrong with a form: by the rules of the wire types before it is sent, by the shop's answer after.

use leptos::prelude::*;
use novashop_client::Failure;
use novashop_locales::fields;
use novashop_types::FieldError;
use novashop_ui::{FIRST_MISTAKE, focus_soon, mistakes};
use validator::Validate;

/// The code of a mistake whose sentence is this page's own, and in its language already.
const OWN: &str = "own";

/// The mistakes of a form, each by the place of its field: `email`, `shipping_address/city`.
#[derive(Debug, Clone, Copy)]
pub struct Mistakes {
    list: RwSignal<Vec<FieldError>>,
}

impl Mistakes {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self { list: RwSignal::new(Vec::new()) }
    }

    /// What is wrong with a field, in a sentence; reactive.
    #[must_use]
    pub fn of(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || self.list.with(|list| list.iter().find(|error| place(error) == field).map(|error| said(error, field))))
    }

    /// How many there are; reactive.
    #[must_use]
    pub fn count(self) -> usize {
        self.list.with(Vec::len)
    }

    /// Looks at the whole form. Where something is wrong, the first field that is gets the focus.
    pub fn check(self, form: &impl Validate) -> bool {
        let found = mistakes(form);
        let good = found.is_empty();
        self.list.set(found);
        if !good {
            focus_soon(FIRST_MISTAKE);
        }
        good
    }

    /// Looks at one field, when it is left: the others are not filled in yet.
    pub fn check_field(self, form: &impl Validate, field: &str) {
        let found = mistakes(form).into_iter().find(|error| place(error) == field);
        self.list.update(|list| {
            list.retain(|error| place(error) != field);
            list.extend(found);
        });
    }

    /// Adds a mistake that only this page can see.
    pub fn add(self, field: &str, sentence: &str) {
        self.list.update(|list| {
            list.retain(|error| place(error) != field);
            list.push(FieldError::new(format!("/{field}"), OWN, sentence));
        });
        focus_soon(FIRST_MISTAKE);
    }

    /// Takes what the shop says is wrong with fields; whether there was any. What it says of fields that the form has not is not for it.
    pub fn refused(self, failure: &Failure, fields: &[&str]) -> bool {
        let Failure::Refused(problem) = failure else { return false };
        let found: Vec<FieldError> = problem.errors.iter().filter(|error| fields.contains(&place(error))).cloned().collect();
        let any = !found.is_empty();
        self.list.set(found);
        if any {
            focus_soon(FIRST_MISTAKE);
        }
        any
    }

    /// All is well.
    pub fn clear(self) {
        self.list.set(Vec::new());
    }
}

fn place(error: &FieldError) -> &str {
    error.pointer.strip_prefix('/').unwrap_or(&error.pointer)
}

fn said(error: &FieldError, field: &str) -> String {
    match error.code.as_str() {
        OWN => error.message.clone(),
        "length" if field.ends_with("password") && error.message.contains("10") => fields::password_short().to_owned(),
        _ => fields::sentence(error),
    }
}

#[cfg(test)]
mod tests {
    use novashop_types::{
        accounts::Login,
        orders::{Address, OrderCreate, PaymentCreate},
    };

    use super::*;

    #[test]
    fn mistakes_are_told_by_the_place_of_their_field() {
        let address = Address {
            name: String::new(),
            line1: "Rua da Rosa 14".into(),
            line2: String::new(),
            city: "Lisbon".into(),
            postal_code: String::new(),
            region: String::new(),
            country: "XX".into(),
        };
        let order = OrderCreate {
            email: Some("maya".into()),
            shipping_address: address,
            billing_address: None,
            shipping_method: "standard".into(),
            payment: PaymentCreate { provider: "manual".into() },
        };
        let mut places: Vec<String> = mistakes(&order).iter().map(|error| place(error).to_owned()).collect();
        places.sort();
        assert_eq!(places, ["email", "shipping_address/country", "shipping_address/name"]);
    }

    #[test]
    fn an_empty_field_is_missing_rather_than_short() {
        let login = Login { login: String::new(), password: "x".into(), cookie: true };
        let found = mistakes(&login);
        assert_eq!(found.iter().map(|error| said(error, "login")).collect::<Vec<_>>(), ["Please fill this in."]);
    }
}
