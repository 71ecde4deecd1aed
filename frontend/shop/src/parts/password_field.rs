//! A password: to be seen if one likes, and with a word on how strong a new one is.

use leptos::prelude::*;
use novashop_domain::passwords::{Weak, check};
use novashop_locales::account as words;
use novashop_ui::{Icon, Sign, TextField};

/// The shortest password that the shop takes, as the wire types say it.
const SHORTEST: usize = 10;

/// A password field with a button that shows what was typed.
#[component]
pub fn PasswordField(
    /// What it is.
    label: String,
    /// What stands in it.
    value: RwSignal<String>,
    /// `current-password` or `new-password`, for the browser's own keeping.
    autocomplete: &'static str,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Told when it is left.
    #[prop(optional)]
    on_leave: Option<Callback<()>>,
) -> impl IntoView {
    let shown = RwSignal::new(false);
    let leave = move |()| {
        if let Some(on_leave) = on_leave {
            on_leave.run(());
        }
    };
    let toggle_label = move || if shown.get() { words::hide_password() } else { words::show_password() };
    view! {
        <div class="password">
            {move || {
                // The kind of a control is set when it is made: another kind is another control with the same words in it.
                let kind = if shown.get() { "text" } else { "password" };
                let label = label.clone();
                view! {
                    <TextField label=label value=value kind=kind name=autocomplete autocomplete=autocomplete error=error on_leave=UnsyncCallback::new(leave)/>
                }
            }}
            <button type="button" class="button button--quiet button--icon password__eye" aria-label=toggle_label aria-pressed=move || shown.get().to_string() on:click=move |_| shown.update(|shown| *shown = !*shown)>
                {move || view! { <Icon sign=if shown.get() { Sign::EyeShut } else { Sign::Eye }/> }}
            </button>
        </div>
    }
}

/// How far a new password is from being good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// Nothing typed yet.
    Empty,
    /// So many characters are missing.
    Short(usize),
    /// Too easy to guess.
    Weak(Weak),
    /// The shop will take it.
    Good,
}

/// Measures a new password by the shop's own rules.
#[must_use]
pub fn strength(password: &str, username: &str, email: &str) -> Strength {
    let length = password.chars().count();
    match check(password, username, email) {
        _ if length == 0 => Strength::Empty,
        _ if length < SHORTEST => Strength::Short(SHORTEST.saturating_sub(length)),
        Err(weak) => Strength::Weak(weak),
        Ok(()) => Strength::Good,
    }
}

/// A word on how strong a new password is, while it is typed.
#[component]
pub fn StrengthHint(
    /// The password.
    password: RwSignal<String>,
    /// Whose it will be.
    #[prop(into)]
    username: Signal<String>,
    /// Their address.
    #[prop(into)]
    email: Signal<String>,
) -> impl IntoView {
    let now = Memo::new(move |_| strength(&password.read(), &username.read(), &email.read()));
    let text = move || match now.get() {
        Strength::Empty => words::password_help().to_owned(),
        Strength::Short(missing) => words::password_more(missing),
        Strength::Weak(Weak::Common) => words::password_common().to_owned(),
        Strength::Weak(Weak::Personal) => words::password_personal().to_owned(),
        Strength::Good => words::password_good().to_owned(),
    };
    view! {
        <p class="field__help" class:positive=move || now.get() == Strength::Good aria-live="polite">{text}</p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_measured_by_the_rules_of_the_shop() {
        assert_eq!(strength("", "maya", "maya@example.com"), Strength::Empty);
        assert_eq!(strength("short", "maya", "maya@example.com"), Strength::Short(5));
        assert_eq!(strength("1234567890", "maya", "maya@example.com"), Strength::Weak(Weak::Common));
        assert_eq!(strength("maya@example.com", "maya", "maya@example.com"), Strength::Weak(Weak::Personal));
        assert_eq!(strength("correct horse battery", "maya", "maya@example.com"), Strength::Good);
    }
}
