//! Where there is nothing.

use leptos::prelude::*;
use novashop_locales::frame;
use novashop_ui::{Icon, Sign, use_title};

use crate::parts::{bottom_bar::CategoryTree, moving::focus, nothing::EmptyShelf};

/// An address that means nothing: says so, and how to go on.
#[component]
pub fn NotFound() -> impl IntoView {
    use_title(|| Some(frame::not_found().to_owned()));
    view! {
        <div class="empty">
            <EmptyShelf/>
            <h1>{frame::not_found()}</h1>
            <p>{frame::not_found_text()}</p>
            <div class="row">
                <button type="button" class="button button--primary" on:click=|_| focus(".search input")>
                    <Icon sign=Sign::Search/>
                    {frame::search_products()}
                </button>
                <a class="button" href="/">
                    {frame::home()}
                </a>
            </div>
            <h2>{frame::shop_by_category()}</h2>
            <CategoryTree/>
        </div>
    }
}
