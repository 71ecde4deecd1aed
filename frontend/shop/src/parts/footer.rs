//! The end of every page.

use leptos::prelude::*;
use novashop_locales::{Language, common, frame, language};
use novashop_types::pages;
use novashop_ui::{Theme, choose_language, choose_theme, theme};

use crate::parts::categories::use_categories;

/// Links, and how the shop looks and speaks.
#[component]
pub fn Footer() -> impl IntoView {
    let categories = use_categories();
    let own =
        [("/account", frame::account()), ("/account/orders", frame::my_orders()), ("/account/wishlist", frame::wishlist()), ("/cart", frame::cart())];
    view! {
        <footer class="site-footer">
            <div class="site-footer__inner">
                <div class="stack stack--tight">
                    <p class="site-footer__name">"NovaShop"</p>
                    <p class="muted">{frame::tagline()}</p>
                </div>
                <nav class="stack stack--tight" aria-label=frame::shop()>
                    <h2 class="site-footer__title">{frame::shop()}</h2>
                    <ul class="plain-list">
                        <li>
                            <a href="/products">{frame::all_products()}</a>
                        </li>
                        {move || {
                            let link = |category: novashop_types::catalogue::Category| {
                                view! {
                                    <li>
                                        <a href=pages::category_page(&category.slug)>{category.name}</a>
                                    </li>
                                }
                            };
                            categories.get().into_iter().map(link).collect_view()
                        }}
                    </ul>
                </nav>
                <nav class="stack stack--tight" aria-label=frame::account()>
                    <h2 class="site-footer__title">{frame::account()}</h2>
                    <ul class="plain-list">
                        {own
                            .map(|(page, name)| {
                                view! {
                                    <li>
                                        <a href=page>{name}</a>
                                    </li>
                                }
                            })
                            .collect_view()}
                    </ul>
                </nav>
                <div class="stack">
                    <ThemeChoice/>
                    <LanguageChoice/>
                </div>
            </div>
        </footer>
    }
}

#[component]
fn ThemeChoice() -> impl IntoView {
    let chosen = RwSignal::new(theme());
    let name = |theme: Theme| match theme {
        Theme::System => common::theme_system(),
        Theme::Light => common::theme_light(),
        Theme::Dark => common::theme_dark(),
    };
    view! {
        <fieldset class="segments">
            <legend class="site-footer__title">{common::theme()}</legend>
            {Theme::ALL
                .map(|theme| {
                    view! {
                        <button
                            type="button"
                            class="segments__item"
                            aria-pressed=move || if chosen.get() == theme { "true" } else { "false" }
                            on:click=move |_| {
                                choose_theme(theme);
                                chosen.set(theme);
                            }
                        >
                            {name(theme)}
                        </button>
                    }
                })
                .collect_view()}
        </fieldset>
    }
}

#[component]
fn LanguageChoice() -> impl IntoView {
    // Each in its own words: who cannot read this page finds them.
    let name = |language: Language| match language {
        Language::En => "English",
        Language::Es => "Español",
    };
    view! {
        <fieldset class="segments">
            <legend class="site-footer__title">{common::language()}</legend>
            {Language::ALL
                .map(|each| {
                    view! {
                        <button
                            type="button"
                            class="segments__item"
                            lang=each.code()
                            aria-pressed=if each == language() { "true" } else { "false" }
                            on:click=move |_| choose_language(each)
                        >
                            {name(each)}
                        </button>
                    }
                })
                .collect_view()}
        </fieldset>
    }
}
