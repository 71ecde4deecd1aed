//! One account: who it is, what they ordered, what they may do.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use novashop_client::{Resource, get_own};
use novashop_locales::{admin, admin_people as words, day};
use novashop_types::{
    Page,
    accounts::{AdminUser, User},
    orders::Order,
    pages::encoded,
};
use novashop_ui::{Icon, Load, Sign, use_title};

use crate::{
    pages::people::customers::{name_of, state_badge},
    parts::{access::Access, order_table::order_table, paged::lines},
};

/// The page of an account.
#[component]
pub fn Account() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").unwrap_or_default());
    let again = RwSignal::new(0_u32);
    let account = Resource::new(move || {
        again.track();
        get_own::<AdminUser>(format!("/api/v1/users/{}", encoded(&id.read())))
    });
    use_title(move || account.get().and_then(Result::ok).map(|account| name_of(&account.user)));
    view! {
        <div class="stack stack--loose">
            <a class="row small" href="/admin/customers">
                <Icon sign=Sign::Back/>
                {admin::customers()}
            </a>
            <Load from=account skeleton=lines let:account>
                <div class="row">
                    <h1>{name_of(&account.user)}</h1>
                    {state_badge(account.active)}
                    <span class="badge">{words::role_name(account.user.role)}</span>
                </div>
                <div class="order">
                    <LatestOrders email=account.user.email.clone()/>
                    <div class="stack stack--loose">
                        <Profile user=account.user.clone()/>
                        <Access account=account again=again/>
                    </div>
                </div>
            </Load>
        </div>
    }
}

#[component]
fn Profile(user: User) -> impl IntoView {
    let confirmed = if user.email_verified { words::email_verified() } else { words::email_unverified() };
    let facts = [
        (words::username(), user.username),
        (words::email(), user.email),
        (words::city(), user.city),
        (words::address(), user.address),
        (words::since(), day(user.created_at)),
    ];
    let fact = |(name, value): (&'static str, String)| {
        (!value.is_empty()).then(|| {
            view! {
                <div class="system-fact">
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                </div>
            }
        })
    };
    view! {
        <section class="panel stack">
            <h2>{words::profile()}</h2>
            <dl class="system-facts">{facts.map(fact).collect_view()}</dl>
            <p class="muted small">{confirmed}</p>
        </section>
    }
}

/// Orders are found by their address: a guest's orders with it count too.
#[component]
fn LatestOrders(email: String) -> impl IntoView {
    let q = encoded(&email);
    let all = format!("/admin/orders?q={q}");
    let orders = Resource::new(move || get_own::<Page<Order>>(format!("/api/v1/admin/orders?q={q}&limit=5")));
    view! {
        <section class="panel stack">
            <div class="row row--apart">
                <h2>{words::latest_orders()}</h2>
                <a class="small" href=all>
                    {words::all_orders()}
                </a>
            </div>
            <Load from=orders skeleton=lines let:page>
                {if page.items.is_empty() {
                    view! { <p class="muted">{words::no_orders()}</p> }.into_any()
                } else {
                    order_table(RwSignal::new(page.items))
                }}
            </Load>
        </section>
    }
}
