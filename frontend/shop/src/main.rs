//! The shop in the browser.

mod account_routes;
mod app;
mod buying_routes;
mod pages;
mod parts;

fn main() {
    novashop_ui::start(app::App);
}
