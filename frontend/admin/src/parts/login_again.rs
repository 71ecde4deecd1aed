//! Signing in again over a page that is in the middle of something: a session can end elsewhere, and what was typed must not end with it.

use leptos::{html, prelude::*};
use novashop_locales::admin;

use crate::parts::login_form::LoginForm;

/// Over all of the page while the session is over. It cannot be closed: what is behind it is for who is signed in.
#[component]
pub fn LoginAgain(
    /// Whether the session is over.
    over: Signal<bool>,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    let stand = move || {
        let Some(dialog) = element.get_untracked() else { return };
        match (over.get_untracked(), dialog.open()) {
            (true, false) => {
                // A browser that does not know it closes at the second Escape, whatever the first was told: there it is opened again.
                let _known = dialog.set_attribute("closedby", "none");
                let _shown = dialog.show_modal();
            }
            // The focus goes back to where it was.
            (false, true) => dialog.close(),
            _ => {}
        }
    };
    Effect::new(move || {
        over.track();
        element.track();
        stand();
    });
    view! {
        <dialog
            class="dialog dialog--full again"
            aria-label=admin::login_again()
            node_ref=element
            on:cancel=move |event: web_sys::Event| event.prevent_default()
            on:close=move |_| stand()
        >
            <Show when=move || over.get()>
                <div class="gate">
                    <LoginForm>
                        <h2>{admin::login_again()}</h2>
                        <p>{admin::login_again_help()}</p>
                    </LoginForm>
                </div>
            </Show>
        </dialog>
    }
}
