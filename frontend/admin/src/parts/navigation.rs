//! The pages of the back office, in the order in which they are needed in a day.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use novashop_locales::admin;
use novashop_ui::{Icon, Sign};

use crate::parts::gate::is_admin;

/// A page in the menu.
#[derive(Clone, Copy)]
pub struct Entry {
    /// Its address.
    pub address: &'static str,
    /// Its name.
    pub name: fn() -> &'static str,
    /// Its sign.
    pub sign: Sign,
    /// Whether only admins see it.
    pub admin: bool,
}

const fn entry(address: &'static str, name: fn() -> &'static str, sign: Sign) -> Entry {
    Entry { address, name, sign, admin: false }
}

const fn for_admins(address: &'static str, name: fn() -> &'static str, sign: Sign) -> Entry {
    Entry { address, name, sign, admin: true }
}

/// Every page of the menu.
pub const ENTRIES: [Entry; 12] = [
    entry("/admin", admin::dashboard, Sign::Chart),
    entry("/admin/orders", admin::orders, Sign::Parcel),
    entry("/admin/products", admin::products, Sign::Grid),
    entry("/admin/categories", admin::categories, Sign::Tree),
    entry("/admin/stock", admin::stock, Sign::List),
    entry("/admin/reviews", admin::reviews, Sign::Star),
    for_admins("/admin/customers", admin::customers, Sign::People),
    for_admins("/admin/mails", admin::mails, Sign::Mail),
    entry("/admin/imports", admin::imports, Sign::Upload),
    entry("/admin/jobs", admin::jobs, Sign::Turn),
    for_admins("/admin/audit", admin::audit, Sign::Clock),
    entry("/admin/system", admin::system, Sign::Gear),
];

/// The pages that this person may see; reactive.
pub fn entries() -> impl Iterator<Item = Entry> {
    let admin = is_admin();
    ENTRIES.into_iter().filter(move |entry| admin || !entry.admin)
}

/// Whether a page of the menu is where somebody is: on it or on a page below it.
fn stands_at(entry: &str, path: &str) -> bool {
    let path = path.trim_end_matches('/');
    path == entry || (entry != "/admin" && path.strip_prefix(entry).is_some_and(|rest| rest.starts_with('/')))
}

/// The menu.
#[component]
pub fn Navigation(
    /// Told when a page was chosen: the drawer closes.
    #[prop(optional, into)]
    on_choose: Option<UnsyncCallback<()>>,
) -> impl IntoView {
    let path = use_location().pathname;
    let on_choose = StoredValue::new_local(on_choose);
    let link = move |entry: Entry| {
        let current = move || path.with(|path| stands_at(entry.address, path)).then_some("page");
        let chosen = move |_| {
            on_choose.with_value(|told| {
                if let Some(told) = told {
                    told.run(());
                }
            });
        };
        view! {
            <li>
                <a class="menu__link" href=entry.address aria-current=current on:click=chosen>
                    <Icon sign=entry.sign/>
                    {(entry.name)()}
                </a>
            </li>
        }
    };
    view! {
        <nav class="menu" aria-label=admin::navigation()>
            <ul class="menu__list">{move || entries().map(link).collect_view()}</ul>
        </nav>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_below_belongs_to_its_entry_and_the_dashboard_to_itself_only() {
        assert!(stands_at("/admin/products", "/admin/products/new"));
        assert!(stands_at("/admin", "/admin/"));
        assert!(!stands_at("/admin", "/admin/products"));
        assert!(!stands_at("/admin/product", "/admin/products"));
    }
}
