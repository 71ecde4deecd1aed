//! What stands in the checkout's fields, kept while the tab is open.

use leptos::prelude::*;
use novashop_client::storage::tab;
use novashop_types::{
    UserId,
    accounts::User,
    orders::{Address, COUNTRIES, Order, OrderCreate, PaymentCreate},
    shipping::ShippingMethod,
};

use crate::parts::{address_fields::AddressForm, kept};

const NAME: &str = "nova.checkout.form";

/// The fields of the checkout.
#[derive(Debug, Clone, Copy)]
pub struct CheckoutForm {
    /// Who fills it in.
    who: Option<UserId>,
    /// Where news go.
    pub email: RwSignal<String>,
    /// Where it goes.
    pub shipping: AddressForm,
    /// Whether the bill goes there too.
    pub same: RwSignal<bool>,
    /// Where the bill goes otherwise.
    pub billing: AddressForm,
    /// How it is sent; `None` until the shop has said what there is.
    pub delivery: RwSignal<Option<ShippingMethod>>,
}

impl CheckoutForm {
    /// As this person or guest left it in this tab, or empty.
    #[must_use]
    pub fn start(who: Option<UserId>) -> Self {
        let kept = kept::read::<OrderCreate>(NAME, who);
        let (email, shipping, billing) = kept.map_or_else(|| (None, empty(), None), |kept| (kept.email, kept.shipping_address, kept.billing_address));
        Self {
            who,
            email: RwSignal::new(email.unwrap_or_default()),
            shipping: AddressForm::new(shipping),
            same: RwSignal::new(billing.is_none()),
            billing: AddressForm::new(billing.unwrap_or_else(empty)),
            delivery: RwSignal::new(None),
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

    /// Takes over where the last order went, if nobody wrote anything meanwhile.
    pub fn repeat(&self, last: Order) {
        if !self.shipping.is_empty() {
            return;
        }
        if last.billing_address != last.shipping_address {
            self.same.set(false);
            self.billing.set(last.billing_address);
        }
        self.shipping.set(last.shipping_address);
    }

    /// The order as it would be placed; not reactive.
    #[must_use]
    pub fn order(&self) -> OrderCreate {
        OrderCreate {
            email: Some(self.email.with_untracked(|email| email.trim().to_owned())),
            shipping_address: self.shipping.address(),
            billing_address: (!self.same.get_untracked()).then(|| self.billing.address()),
            shipping_method: self.delivery.with_untracked(|method| method.as_ref().map_or_else(|| "standard".into(), |method| method.code.clone())),
            payment: PaymentCreate { provider: "manual".into() },
        }
    }

    /// Keeps it for a reload.
    pub fn keep(&self) {
        kept::keep(NAME, self.who, &self.order());
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
