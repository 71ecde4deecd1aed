//! What stands in the checkout's fields, kept while the tab is open.

use leptos::prelude::*;
use novashop_client::{storage::tab, wire};
use novashop_types::{
    accounts::User,
    orders::{Address, COUNTRIES, OrderCreate, PaymentCreate},
};

use crate::parts::address_fields::AddressForm;

const NAME: &str = "nova.checkout.form";

/// The fields of the checkout.
#[derive(Debug, Clone, Copy)]
pub struct CheckoutForm {
    /// Where news go.
    pub email: RwSignal<String>,
    /// Where it goes.
    pub shipping: AddressForm,
    /// Whether the bill goes there too.
    pub same: RwSignal<bool>,
    /// Where the bill goes otherwise.
    pub billing: AddressForm,
}

impl CheckoutForm {
    /// As this tab left it, or empty.
    #[must_use]
    pub fn start() -> Self {
        let kept = tab::read(NAME).and_then(|text| wire::read::<OrderCreate>(&text));
        let (email, shipping, billing) = kept.map_or_else(|| (None, empty(), None), |kept| (kept.email, kept.shipping_address, kept.billing_address));
        Self {
            email: RwSignal::new(email.unwrap_or_default()),
            shipping: AddressForm::new(shipping),
            same: RwSignal::new(billing.is_none()),
            billing: AddressForm::new(billing.unwrap_or_else(empty)),
        }
    }

    /// Fills in what the account knows and nobody typed yet.
    pub fn fill(&self, person: &User) {
        if self.email.with_untracked(|email| email.trim().is_empty()) {
            self.email.set(person.email.clone());
        }
        let name = [person.first_name.as_str(), person.last_name.as_str()].join(" ");
        self.shipping.fill(name.trim(), &person.address, &person.city);
    }

    /// The order as it would be placed; not reactive.
    #[must_use]
    pub fn order(&self) -> OrderCreate {
        OrderCreate {
            email: Some(self.email.with_untracked(|email| email.trim().to_owned())),
            shipping_address: self.shipping.address(),
            billing_address: (!self.same.get_untracked()).then(|| self.billing.address()),
            shipping_method: "standard".into(),
            payment: PaymentCreate { provider: "manual".into() },
        }
    }

    /// Keeps it for a reload.
    pub fn keep(&self) {
        if let Ok(text) = serde_json::to_string(&self.order()) {
            tab::write(NAME, &text);
        }
    }

    /// It is ordered: nobody else at this tab needs to see the address.
    pub fn forget() {
        tab::forget(NAME);
    }
}

/// An address with nothing but the country that the browser was set up for.
fn empty() -> Address {
    let language = window().navigator().language().unwrap_or_default();
    let country = country_of(&language).unwrap_or_default();
    let text = String::new;
    Address { name: text(), line1: text(), line2: text(), city: text(), postal_code: text(), region: text(), country: country.to_owned() }
}

/// The country in a language's name: `PT` of `pt-PT`, none of `en` or of a script such as `zh-Hant`.
fn country_of(language: &str) -> Option<&'static str> {
    let part = language.rsplit('-').next()?;
    COUNTRIES.into_iter().find(|country| *country == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_country_is_read_from_the_language_where_it_says_one() {
        assert_eq!(country_of("pt-PT"), Some("PT"));
        assert_eq!(country_of("zh-Hant-TW"), Some("TW"));
        assert_eq!((country_of("en"), country_of("zh-Hant"), country_of("es-419")), (None, None, None));
    }
}
