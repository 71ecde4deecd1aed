//! A postal address.

use leptos::prelude::*;
use novashop_types::orders::Address;

use crate::country_name;

/// An address as it stands on a parcel, line by line.
#[component]
pub fn PostalAddress(
    /// The address.
    address: Address,
) -> impl IntoView {
    let town = [address.postal_code, address.city].join(" ").trim().to_owned();
    let lines = [address.name, address.line1, address.line2, town, address.region, country_name(&address.country)];
    let lines = lines.into_iter().filter(|line| !line.trim().is_empty()).map(|line| view! { <span>{line}</span> });
    view! { <address class="address">{lines.collect_view()}</address> }
}
