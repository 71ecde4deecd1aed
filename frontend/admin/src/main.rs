//! The back office in the browser.

mod app;
mod editor;
mod pages;
mod parts;
mod people_routes;

fn main() {
    parts::unsaved::watch_back();
    novashop_ui::start(app::App);
}
