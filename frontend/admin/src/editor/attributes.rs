//! The facts of a product: names and values in rows.

use leptos::prelude::*;
use novashop_locales::admin_editor as words;
use novashop_ui::{Button, Icon, Sign};

use super::{draft::AttributeRow, form::Form};

/// The rows, and a button for one more.
#[component]
pub fn Attributes(form: Form) -> impl IntoView {
    let rows = form.attributes;
    let error = form.error("attributes");
    let line = move |index: usize| {
        let text = move |part: fn(&AttributeRow) -> &String| move || rows.with(|rows| rows.get(index).map(part).cloned().unwrap_or_default());
        let set = move |write: fn(&mut AttributeRow, String), text: String| {
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
        };
        let name = text(|row| &row.name);
        view! {
            <li class="fact">
                <input
                    class="field__control"
                    aria-label=words::attribute_name()
                    placeholder=words::attribute_name()
                    prop:value=name
                    on:input:target=move |event| set(|row, text| row.name = text, event.target().value())
                />
                <input
                    class="field__control"
                    aria-label=words::attribute_value()
                    placeholder=words::attribute_value()
                    prop:value=text(|row| &row.value)
                    on:input:target=move |event| set(|row, text| row.value = text, event.target().value())
                />
                <button type="button" class="button button--quiet button--icon" aria-label=move || words::remove(&name()) on:click=drop>
                    <Icon sign=Sign::Bin/>
                </button>
            </li>
        }
    };
    // Only their number: typing does not make the rows anew.
    let count = Memo::new(move |_| rows.with(Vec::len));
    view! {
        <ul class="stack stack--tight facts">{move || (0..count.get()).map(line).collect_view()}</ul>
        {move || error.get().map(|text| view! { <p class="field__error">{text}</p> })}
        <div>
            <Button kind="button--small" on_press=UnsyncCallback::new(move |()| rows.update(|rows| rows.push(AttributeRow::default())))>
                <Icon sign=Sign::Plus/>
                {words::add_attribute()}
            </Button>
        </div>
    }
}
