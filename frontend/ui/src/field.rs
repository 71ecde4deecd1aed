//! Fields of a form: each owns its label, its control, its help and its error, tied together for who cannot see.

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::prelude::*;
use novashop_locales::common;

use crate::{Icon, Sign};

/// Longer than a press takes.
const PRESS: std::time::Duration = std::time::Duration::from_millis(300);

/// Ids of controls, so that a label finds its own.
fn fresh_id() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("field-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

#[component]
fn Frame(
    id: String,
    label: Signal<String>,
    help: Option<String>,
    error: Signal<Option<String>>,
    required: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>
                {label}
                {(!required).then(|| view! { <span class="field__optional">" (" {common::optional()} ")"</span> })}
            </label>
            {children()}
            {help.map(|help| view! { <p class="field__help" id=format!("{id}-help")>{help}</p> })}
            <p class="field__error" id=format!("{id}-error") hidden=move || error.read().is_none()>
                <Icon sign=Sign::Warning/>
                <span>{error}</span>
            </p>
        </div>
    }
}

/// What tells about a control: its error, its help.
fn described_by(id: &str, help: bool, error: Signal<Option<String>>) -> impl Fn() -> Option<String> + Send + Sync + 'static {
    let (on_error, on_help) = (format!("{id}-error"), help.then(|| format!("{id}-help")));
    move || match (error.read().is_some(), &on_help) {
        (true, Some(help)) => Some(format!("{on_error} {help}")),
        (true, None) => Some(on_error.clone()),
        (false, help) => help.clone(),
    }
}

fn invalid(error: Signal<Option<String>>) -> impl Fn() -> &'static str + Send + Sync + 'static {
    move || if error.read().is_some() { "true" } else { "false" }
}

/// One line of text.
#[component]
pub fn TextField(
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
    /// What stands in it.
    value: RwSignal<String>,
    /// The name, for the browser's own filling in.
    #[prop(optional, into)]
    name: String,
    /// `email`, `password`, `tel`, `number`, `search`, …
    #[prop(default = "text".into(), into)]
    kind: String,
    /// What the browser may fill in (HTML `autocomplete`).
    #[prop(default = "off".into(), into)]
    autocomplete: String,
    /// Which keyboard a phone shows (HTML `inputmode`).
    #[prop(optional, into)]
    keyboard: Option<String>,
    /// Whether it may stay empty.
    #[prop(default = true)]
    required: bool,
    /// A line of help.
    #[prop(optional, into)]
    help: Option<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Told when it is left.
    #[prop(optional, into)]
    on_leave: Option<UnsyncCallback<()>>,
) -> impl IntoView {
    let id = fresh_id();
    let there = StoredValue::new(());
    let described = described_by(&id, help.is_some(), error);
    view! {
        <Frame id=id.clone() label=label help=help error=error required=required>
            <input
                class="field__control"
                id=id
                name=name
                type=kind
                autocomplete=autocomplete
                inputmode=keyboard
                aria-required=if required { "true" } else { "false" }
                aria-invalid=invalid(error)
                aria-describedby=described
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
                on:blur=move |_| {
                    if let Some(on_leave) = on_leave {
                        // An error that comes or goes moves what is below it: a button that is being pressed must stay where it is until then.
                        set_timeout(
                            move || {
                                if !there.is_disposed() {
                                    on_leave.run(());
                                }
                            },
                            PRESS,
                        );
                    }
                }
            />
        </Frame>
    }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
    /// What stands in it.
    value: RwSignal<String>,
    /// The name.
    #[prop(optional, into)]
    name: String,
    /// How many lines are shown.
    #[prop(default = 5)]
    rows: u32,
    /// Whether it may stay empty.
    #[prop(default = true)]
    required: bool,
    /// A line of help.
    #[prop(optional, into)]
    help: Option<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let id = fresh_id();
    let described = described_by(&id, help.is_some(), error);
    view! {
        <Frame id=id.clone() label=label help=help error=error required=required>
            <textarea
                class="field__control"
                id=id
                name=name
                rows=rows
                aria-invalid=invalid(error)
                aria-describedby=described
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
            ></textarea>
        </Frame>
    }
}

/// One of the values of a [`SelectField`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is kept.
    pub value: String,
    /// What is read.
    pub label: String,
}

impl Choice {
    /// A value and its words.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// One of several values, for long lists such as countries.
#[component]
pub fn SelectField(
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
    /// What is chosen.
    value: RwSignal<String>,
    /// What there is to choose from.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The name, for the browser's own filling in.
    #[prop(optional, into)]
    name: String,
    /// What the browser may fill in.
    #[prop(default = "off".into(), into)]
    autocomplete: String,
    /// Whether something must be chosen.
    #[prop(default = true)]
    required: bool,
    /// A line of help.
    #[prop(optional, into)]
    help: Option<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let id = fresh_id();
    let described = described_by(&id, help.is_some(), error);
    let options = move || {
        let choose = move |choice: Choice| {
            let own = choice.value.clone();
            view! { <option value=choice.value prop:selected=move || *value.read() == own>{choice.label}</option> }
        };
        choices.get().into_iter().map(choose).collect_view().into_any()
    };
    view! {
        <Frame id=id.clone() label=label help=help error=error required=required>
            <select
                class="field__control"
                id=id
                name=name
                autocomplete=autocomplete
                aria-invalid=invalid(error)
                aria-describedby=described
                on:change:target=move |event| value.set(event.target().value())
            >
                {move || options()}
            </select>
        </Frame>
    }
}

/// Yes or no.
#[component]
pub fn Check(
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is set.
    value: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=value on:change:target=move |event| value.set(event.target().checked())/>
            <span>{label}</span>
        </label>
    }
}
