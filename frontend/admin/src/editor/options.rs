//! What shoppers will choose from, while the shop has no options of a product; the grid is made of it.

use leptos::prelude::*;
use novashop_locales::admin_editor as words;
use novashop_ui::{Button, Icon, Show, Sign};

use super::{
    draft::{OptionRow, grid},
    form::Form,
};

/// The options of a product that has none in the shop yet.
#[component]
pub fn OptionRows(form: Form) -> impl IntoView {
    let rows = form.options;
    let line = move |index: usize| {
        let text = move |part: fn(&OptionRow) -> &String| move || rows.with(|rows| rows.get(index).map(part).cloned().unwrap_or_default());
        let set = move |write: fn(&mut OptionRow, String), text: String| {
            rows.update(|rows| {
                if let Some(row) = rows.get_mut(index) {
                    write(row, text);
                }
            });
        };
        let drop = move |_| {
            rows.update(|rows| {
                if index < rows.len() {
                    rows.remove(index);
                }
            });
            make(form);
        };
        let name = text(|row| &row.name);
        view! {
            <li class="fact">
                <input
                    class="field__control"
                    aria-label=words::option_name()
                    placeholder=words::option_name()
                    prop:value=name
                    on:input:target=move |event| set(|row, text| row.name = text, event.target().value())
                />
                <input
                    class="field__control"
                    aria-label=words::option_values()
                    placeholder=words::option_values()
                    prop:value=text(|row| &row.values)
                    on:input:target=move |event| set(|row, text| row.values = text, event.target().value())
                    on:change=move |_| make(form)
                />
                <button type="button" class="button button--quiet button--icon" aria-label=move || words::remove(&name()) on:click=drop>
                    <Icon sign=Sign::Bin/>
                </button>
            </li>
        }
    };
    let count = Memo::new(move |_| rows.with(Vec::len));
    let error = move || form.wrong.with(|wrong| wrong.iter().find(|(field, _)| field.starts_with("options")).map(|(_, text)| text.clone()));
    view! {
        <div class="stack stack--tight">
            <h3>{words::options()}</h3>
            <p class="muted small">{words::options_help()}</p>
            <ul class="stack stack--tight facts">{move || (0..count.get()).map(line).collect_view()}</ul>
            {move || error().map(|text| view! { <p class="field__error">{text}</p> })}
            <div class="row">
                <Button kind="button--small" on_press=UnsyncCallback::new(move |()| rows.update(|rows| rows.push(OptionRow::default())))>
                    <Icon sign=Sign::Plus/>
                    {words::add_option()}
                </Button>
                <Show when=move || count.get() != 0>
                    <Button kind="button--small" on_press=UnsyncCallback::new(move |()| make(form))>
                        {words::make_grid()}
                    </Button>
                </Show>
            </div>
        </div>
    }
}

/// A row for every combination; nothing while an option has no values yet.
fn make(form: Form) {
    let rows = untrack(|| form.options.with(|options| form.variants.with(|variants| grid(options, variants))));
    if !rows.is_empty() {
        form.variants.set(rows);
    }
}
