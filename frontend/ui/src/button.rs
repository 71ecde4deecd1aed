//! A button that says when it is working.

use leptos::prelude::*;

use crate::Show;

/// A button. While it is busy it takes no second click and keeps its width.
#[component]
pub fn Button(
    /// Its class beside `button`: `button--primary`, …
    #[prop(optional, into)]
    kind: String,
    /// Whether its work is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Whether it can be pressed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Whether it sends the form it is in.
    #[prop(optional)]
    submit: bool,
    /// What it does.
    #[prop(optional, into)]
    on_press: Option<UnsyncCallback<()>>,
    /// What it says.
    children: Children,
) -> impl IntoView {
    let press = move |event: leptos::ev::MouseEvent| {
        if busy.get_untracked() {
            event.prevent_default();
        } else if let Some(on_press) = &on_press {
            on_press.run(());
        }
    };
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=format!("button {kind}")
            disabled=disabled
            aria-busy=move || if busy.get() { "true" } else { "false" }
            on:click=press
        >
            <Show when=move || busy.get()>
                <span class="busy" aria-hidden="true"></span>
            </Show>
            {children()}
        </button>
    }
}
