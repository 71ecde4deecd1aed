//! The table of contents: every address of the API, and nothing else.

/// Declares an address and its methods: `route!("/cart", get => get_cart, delete => clear_cart)`.
macro_rules! route {
    ($path:literal, $($method:ident => $handler:path),+ $(,)?) => {
        $crate::app::Route::new($path)$(.$method($handler))+
    };
}

pub mod admin;
pub mod admin_exports;
pub mod admin_imports;
pub mod admin_jobs;
pub mod admin_orders;
pub mod admin_products;
pub mod admin_system;
pub mod auth;
pub mod cart;
pub mod categories;
pub mod documentation;
pub mod health;
pub mod images;
pub mod live;
pub mod media;
pub mod orders;
pub mod problems;
pub mod products;
pub mod reviews;
pub mod search;
pub mod shipping;
pub mod stats;
pub mod stock;
pub mod users;
pub mod variants;
pub mod wishlist;

pub use crate::app::Route;

/// Every address below `/api/v1`.
#[must_use]
pub fn v1() -> Vec<Route> {
    [
        auth::routes(),
        users::routes(),
        admin::routes(),
        categories::routes(),
        products::routes(),
        variants::routes(),
        stock::routes(),
        cart::routes(),
        orders::routes(),
        admin_orders::routes(),
        admin_products::routes(),
        admin_imports::routes(),
        admin_exports::routes(),
        admin_jobs::routes(),
        admin_system::routes(),
        shipping::routes(),
        images::routes(),
        reviews::routes(),
        wishlist::routes(),
        search::routes(),
        stats::routes(),
        live::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Every address beside it.
#[must_use]
pub fn outside() -> Vec<Route> {
    [health::routes(), problems::routes(), media::routes(), documentation::routes()].into_iter().flatten().collect()
}
