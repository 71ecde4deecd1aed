//! All accounts, for administrators.

use leptos::prelude::*;
use novashop_client::{Resource, get_own};
use novashop_locales::{admin, admin_people as words, short_day};
use novashop_types::{
    Page,
    accounts::{AdminUser, User},
};
use novashop_ui::use_title;

use crate::parts::{
    filters::Filters,
    paged::{Empty, Paged},
    query::use_query,
};

/// The list, what is searched for in the address.
#[component]
pub fn Customers() -> impl IntoView {
    use_title(|| Some(admin::customers().into()));
    let query = use_query();
    let api = Memo::new(move |_| query.ask("/api/v1/users", &["q"], &[]));
    let users = Resource::new(move || get_own::<Page<AdminUser>>(api.get()));
    let empty = Empty { title: words::nobody(), help: words::nobody_help() };
    view! {
        <div class="stack">
            <h1>{admin::customers()}</h1>
            <Filters table="customers" search=words::search_people()/>
            <Paged from=users address=api empty=empty show=table/>
        </div>
    }
}

/// What to call somebody: the name, or the username where there is none.
pub fn name_of(user: &User) -> String {
    let name = format!("{} {}", user.first_name, user.last_name).trim().to_owned();
    if name.is_empty() { user.username.clone() } else { name }
}

/// Whether the account can sign in.
pub fn state_badge(active: bool) -> impl IntoView {
    let (class, text) = if active { ("badge badge--positive", words::active()) } else { ("badge badge--negative", words::inactive()) };
    view! { <span class=class>{text}</span> }
}

fn table(users: RwSignal<Vec<AdminUser>>) -> AnyView {
    view! {
        <table class="table table--cards">
            <thead>
                <tr>
                    <th scope="col">{words::name()}</th>
                    <th scope="col">{words::email()}</th>
                    <th scope="col">{words::role()}</th>
                    <th scope="col">{words::state()}</th>
                    <th scope="col">{words::since()}</th>
                </tr>
            </thead>
            <tbody>
                <For each=move || users.get() key=|account| account.user.id children=row/>
            </tbody>
        </table>
    }
    .into_any()
}

fn row(account: AdminUser) -> AnyView {
    let AdminUser { user, active } = account;
    view! {
        <tr>
            <th scope="row" data-label=words::name()>
                <span class="stack stack--tight cell-pair">
                    <a class="row-link" href=format!("/admin/customers/{}", user.id)>
                        {name_of(&user)}
                    </a>
                    <span class="muted">{user.username}</span>
                </span>
            </th>
            <td data-label=words::email()>{user.email}</td>
            <td data-label=words::role()>{words::role_name(user.role)}</td>
            <td data-label=words::state()>{state_badge(active)}</td>
            <td data-label=words::since()>
                <time datetime=user.created_at.to_string()>{short_day(user.created_at)}</time>
            </td>
        </tr>
    }
    .into_any()
}
