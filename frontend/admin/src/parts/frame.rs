//! The menu at the left, the bar on top, and the page. On a phone the menu is a drawer.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use novashop_client::use_session;
use novashop_locales::{Language, admin, common};
use novashop_ui::{Dialog, DialogKind, Icon, Sign, Theme, choose_language, choose_theme, theme};

use crate::parts::{navigation::Navigation, palette::Palette, unsaved::use_sign_out};

/// The frame around a page.
#[component]
pub fn Frame(
    /// The page.
    children: Children,
) -> impl IntoView {
    let (drawer, palette) = (RwSignal::new(false), RwSignal::new(false));
    // Whoever comes to another page by a link hears and reads from its top.
    let path = use_location().pathname;
    let content = NodeRef::<leptos::html::Main>::new();
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now)
            && let Some(main) = content.get_untracked()
        {
            let _focused = main.focus();
        }
        now
    });
    view! {
        <a class="skip-link" href="#content" rel="external">
            {common::skip_to_content()}
        </a>
        <div class="office">
            <aside class="office__side">
                <Brand/>
                <Navigation/>
            </aside>
            <header class="bar">
                <button type="button" class="button button--quiet button--icon bar__menu" aria-label=common::menu() on:click=move |_| drawer.set(true)>
                    <Icon sign=Sign::Menu/>
                </button>
                <button type="button" class="bar__find" on:click=move |_| palette.set(true)>
                    <Icon sign=Sign::Search/>
                    <span class="bar__words">{admin::find()}</span>
                    <kbd aria-hidden="true">"Ctrl K"</kbd>
                </button>
                <Person/>
            </header>
            <main class="office__main" id="content" tabindex="-1" node_ref=content>
                {children()}
            </main>
        </div>
        <Dialog open=drawer title=common::menu() kind=DialogKind::Drawer>
            <div class="dialog__body">
                <Navigation on_choose=UnsyncCallback::new(move |()| drawer.set(false))/>
            </div>
        </Dialog>
        <Palette open=palette/>
    }
}

/// The name above the menu, which leads to the first page.
#[component]
fn Brand() -> impl IntoView {
    view! {
        <a class="brand" href="/admin">
            "NovaShop"
            <span class="brand__kind">{admin::back_office()}</span>
        </a>
    }
}

/// Who works here, how it looks, in which language, and the way out.
#[component]
fn Person() -> impl IntoView {
    let session = use_session();
    let name = move || session.person().map(|person| person.username).unwrap_or_default();
    let look = RwSignal::new(theme());
    let next_look = move |_| {
        let next = match look.get_untracked() {
            Theme::System => Theme::Light,
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::System,
        };
        choose_theme(next);
        look.set(next);
    };
    let look_label = move || {
        let now = match look.get() {
            Theme::System => common::theme_system(),
            Theme::Light => common::theme_light(),
            Theme::Dark => common::theme_dark(),
        };
        format!("{}: {now}", common::theme())
    };
    let other = if novashop_locales::language() == Language::En { Language::Es } else { Language::En };
    let other_name = if other == Language::Es { "Español" } else { "English" };
    let sign_out = use_sign_out();
    let leave = move |_| sign_out();
    view! {
        <div class="bar__person">
            <a class="button button--quiet button--small bar__wide" href="/" rel="external">
                <Icon sign=Sign::Out/>
                {admin::to_shop()}
            </a>
            <button type="button" class="button button--quiet button--small" lang=other.code() aria-label=format!("{} {other_name}", other.code().to_uppercase()) on:click=move |_| choose_language(other)>
                {other.code().to_uppercase()}
            </button>
            <button type="button" class="button button--quiet button--small" aria-label=look_label title=look_label on:click=next_look>
                <Icon sign=Sign::Theme/>
            </button>
            <span class="bar__name bar__wide">{name}</span>
            <button type="button" class="button button--small" on:click=leave>
                {common::sign_out()}
            </button>
        </div>
    }
}
