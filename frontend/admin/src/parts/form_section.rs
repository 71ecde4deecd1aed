//! A form in sections, and the bar that saves it, always in sight.

use leptos::prelude::*;
use novashop_locales::{admin, common};
use novashop_ui::{Button, catch_focus};

/// A part of a form: what it is about at the left, its fields at the right.
#[component]
pub fn FormSection(
    /// What it is about.
    #[prop(into)]
    title: String,
    /// A line about it.
    #[prop(optional, into)]
    help: Option<String>,
    /// Its fields.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="section">
            <div class="section__head">
                <h2>{title}</h2>
                {help.map(|help| view! { <p class="muted small">{help}</p> })}
            </div>
            <div class="section__body stack">{children()}</div>
        </section>
    }
}

/// Saves or discards; there while something is changed.
#[component]
pub fn SaveBar(
    /// Whether something is changed.
    #[prop(into)]
    changed: Signal<bool>,
    /// Whether it is being saved.
    #[prop(into)]
    busy: Signal<bool>,
    /// Saves.
    #[prop(into)]
    on_save: UnsyncCallback<()>,
    /// Takes the changes back.
    #[prop(into)]
    on_discard: UnsyncCallback<()>,
) -> impl IntoView {
    let (on_save, on_discard) = (StoredValue::new_local(on_save), StoredValue::new_local(on_discard));
    // The bar goes, and with it the button that was pressed.
    Effect::new(move |before: Option<bool>| {
        let now = changed.get();
        if before == Some(true) && !now {
            catch_focus("#content");
        }
        now
    });
    view! {
        <div class="save-bar" class:save-bar--shown=move || changed.get() role="region" aria-label=admin::unsaved()>
            <Show when=move || changed.get()>
                <strong role="status">{admin::unsaved()}</strong>
                <div class="row">
                    <Button disabled=busy on_press=UnsyncCallback::new(move |()| on_discard.with_value(|act| act.run(())))>
                        {admin::discard()}
                    </Button>
                    <Button kind="button--primary" busy=busy on_press=UnsyncCallback::new(move |()| on_save.with_value(|act| act.run(())))>
                        {common::save()}
                    </Button>
                </div>
            </Show>
        </div>
    }
}
