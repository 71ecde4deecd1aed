//! The fields of a postal address, in the order in which people write it.

use leptos::prelude::*;
use novashop_locales::checkout as words;
use novashop_types::orders::Address;
use novashop_ui::{Choice, SelectField, TextField};

use crate::parts::form::Mistakes;

/// What stands in the fields of an address.
#[derive(Debug, Clone, Copy)]
pub struct AddressForm {
    name: RwSignal<String>,
    line1: RwSignal<String>,
    line2: RwSignal<String>,
    city: RwSignal<String>,
    postal_code: RwSignal<String>,
    region: RwSignal<String>,
    country: RwSignal<String>,
}

impl AddressForm {
    /// Starts with an address.
    #[must_use]
    pub fn new(address: Address) -> Self {
        let Address { name, line1, line2, city, postal_code, region, country } = address;
        Self {
            name: RwSignal::new(name),
            line1: RwSignal::new(line1),
            line2: RwSignal::new(line2),
            city: RwSignal::new(city),
            postal_code: RwSignal::new(postal_code),
            region: RwSignal::new(region),
            country: RwSignal::new(country),
        }
    }

    /// Whether nothing has been written yet; not reactive. The country alone is the browser's guess.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let fields = [self.name, self.line1, self.line2, self.city, self.postal_code, self.region];
        fields.iter().all(|field| field.with_untracked(|text| text.trim().is_empty()))
    }

    /// Takes over a whole address.
    pub fn set(&self, address: Address) {
        let Address { name, line1, line2, city, postal_code, region, country } = address;
        let fields = [(self.name, name), (self.line1, line1), (self.line2, line2), (self.city, city)];
        let rest = [(self.postal_code, postal_code), (self.region, region), (self.country, country)];
        for (field, text) in fields.into_iter().chain(rest) {
            field.set(text);
        }
    }

    /// The code of the country; reactive.
    #[must_use]
    pub fn country(&self) -> String {
        self.country.get()
    }

    /// Fills in what is still empty.
    pub fn fill(&self, name: &str, line1: &str, city: &str) {
        for (field, value) in [(self.name, name), (self.line1, line1), (self.city, city)] {
            if field.with_untracked(|field| field.trim().is_empty()) {
                field.set(value.to_owned());
            }
        }
    }

    /// The address as it goes to the shop; not reactive.
    #[must_use]
    pub fn address(&self) -> Address {
        let text = |field: RwSignal<String>| field.with_untracked(|text| text.trim().to_owned());
        Address {
            name: text(self.name),
            line1: text(self.line1),
            line2: text(self.line2),
            city: text(self.city),
            postal_code: text(self.postal_code),
            region: text(self.region),
            country: text(self.country),
        }
    }
}

/// The places of the fields in an order, for its mistakes.
#[derive(Debug, Clone, Copy)]
pub struct Places {
    name: &'static str,
    line1: &'static str,
    line2: &'static str,
    city: &'static str,
    postal_code: &'static str,
    region: &'static str,
    country: &'static str,
}

/// Where an order has the address it goes to.
pub const SHIPPING: Places = Places {
    name: "shipping_address/name",
    line1: "shipping_address/line1",
    line2: "shipping_address/line2",
    city: "shipping_address/city",
    postal_code: "shipping_address/postal_code",
    region: "shipping_address/region",
    country: "shipping_address/country",
};

/// Where an order has the address that the bill goes to.
pub const BILLING: Places = Places {
    name: "billing_address/name",
    line1: "billing_address/line1",
    line2: "billing_address/line2",
    city: "billing_address/city",
    postal_code: "billing_address/postal_code",
    region: "billing_address/region",
    country: "billing_address/country",
};

impl Places {
    /// All of them.
    #[must_use]
    pub const fn all(&self) -> [&'static str; 7] {
        [self.name, self.line1, self.line2, self.city, self.postal_code, self.region, self.country]
    }
}

/// The fields of an address.
#[component]
pub fn AddressFields(
    /// What stands in them.
    form: AddressForm,
    /// Their places in the order.
    places: Places,
    /// `shipping` or `billing`, for the browser's own filling in.
    section: &'static str,
    /// The countries.
    countries: StoredValue<Vec<Choice>>,
    /// What is wrong with them.
    mistakes: Mistakes,
    /// Looks at a field when it is left.
    check: Callback<&'static str>,
) -> impl IntoView {
    // A list is not left like a line of text: it is looked at when something is chosen.
    Effect::new(move |before: Option<()>| {
        form.country.track();
        if before.is_some() {
            check.run(places.country);
        }
    });
    let line = move |label: &'static str, value: RwSignal<String>, place: &'static str, fill: &'static str, required: bool| {
        view! {
            <TextField
                label=label.to_owned()
                value=value
                name=place
                autocomplete=format!("{section} {fill}")
                required=required
                error=mistakes.of(place)
                on_leave=UnsyncCallback::new(move |()| check.run(place))
            />
        }
    };
    view! {
        <div class="address-fields">
            {line(words::name(), form.name, places.name, "name", true)}
            {line(words::line1(), form.line1, places.line1, "address-line1", true)}
            {line(words::line2(), form.line2, places.line2, "address-line2", false)}
            <div class="address-fields__pair">
                {line(words::postal_code(), form.postal_code, places.postal_code, "postal-code", false)}
                {line(words::city(), form.city, places.city, "address-level2", true)}
            </div>
            <div class="address-fields__pair">
                {line(words::region(), form.region, places.region, "address-level1", false)}
                <SelectField
                    label=words::country().to_owned()
                    value=form.country
                    choices=Signal::derive(move || countries.get_value())
                    name=places.country
                    autocomplete=format!("{section} country")
                    error=mistakes.of(places.country)
                />
            </div>
        </div>
    }
}
