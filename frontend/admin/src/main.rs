//! The back office in the browser.

mod app;
mod editor;
mod pages;
mod parts;

fn main() {
    novashop_ui::start(app::App);
}
