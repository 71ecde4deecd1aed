//! Giving stars: five radio buttons that look like them, so that arrows and a screen reader know what to do.

use leptos::prelude::*;
use novashop_locales::{common, reviews as words};
use novashop_ui::{Icon, Sign};

/// One to five stars; 0 while none are given.
#[component]
pub fn StarsField(
    /// How many are given.
    value: RwSignal<i32>,
    /// What is wrong with it.
    #[prop(into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let star = move |stars: i32| {
        view! {
            <label class="stars__star">
                <input
                    class="visually-hidden"
                    type="radio"
                    name="rating"
                    value=stars
                    prop:checked=move || value.get() == stars
                    on:change=move |_| value.set(stars)
                />
                <span class="visually-hidden">{common::stars(stars)}</span>
                <Icon sign=Sign::Star filled=Signal::derive(move || value.get() >= stars)/>
            </label>
        }
    };
    view! {
        <fieldset class="field">
            <legend class="field__label">{words::rating()}</legend>
            <div class="stars">{(1..=5).map(star).collect_view()}</div>
            <p class="field__error" role="alert" hidden=move || error.read().is_none()>
                <Icon sign=Sign::Warning/>
                <span>{error}</span>
            </p>
        </fieldset>
    }
}
