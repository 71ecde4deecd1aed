//! An order that is not shown to whoever comes by.

use leptos::prelude::*;
use novashop_locales::{common, orders as words};
use novashop_types::pages::encoded;
use novashop_ui::{Icon, Sign};

/// Says how the order can be seen.
#[component]
pub fn PrivateOrder(
    /// The order's number.
    number: String,
) -> impl IntoView {
    let login = format!("/login?next={}", encoded(&format!("/orders/{number}")));
    view! {
        <div class="page empty">
            <Icon sign=Sign::Key/>
            <h1>{words::private()}</h1>
            <p>{words::private_hint()}</p>
            <a class="button button--primary" href=login>{common::sign_in()}</a>
        </div>
    }
}
