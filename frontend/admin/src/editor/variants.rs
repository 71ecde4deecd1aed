//! The variants as a grid: a row each, every cell a field.

use leptos::prelude::*;
use novashop_locales::admin_editor as words;
use novashop_ui::{Button, Icon, Show, Sign, TextField};

use super::{
    draft::{Draft, VariantRow},
    form::Form,
};

/// A column of the grid.
#[derive(Clone, Copy)]
struct Cell {
    /// Its name in the API.
    field: &'static str,
    label: fn() -> &'static str,
    number: bool,
    read: fn(&VariantRow) -> &String,
    write: fn(&mut VariantRow, String),
}

const CELLS: [Cell; 4] = [
    Cell { field: "sku", label: words::sku, number: false, read: |row| &row.sku, write: |row, text| row.sku = text },
    Cell { field: "price", label: words::price, number: true, read: |row| &row.price, write: |row, text| row.price = text },
    Cell { field: "compare_at_price", label: words::was, number: true, read: |row| &row.was, write: |row, text| row.was = text },
    Cell { field: "stock", label: words::stock, number: true, read: |row| &row.stock, write: |row, text| row.stock = text },
];

/// The grid, and why the stock changes where it does.
#[component]
pub fn Variants(
    /// The form.
    form: Form,
    /// Whether the shop has the product already.
    known: bool,
) -> impl IntoView {
    let rows = form.variants;
    let names = Memo::new(move |_| form.options.with(|options| options.iter().map(|option| option.name.trim().to_owned()).collect::<Vec<_>>()));
    let shape = Memo::new(move |_| (rows.with(Vec::len), names.get()));
    let head = move |name: String| view! { <th scope="col">{name}</th> };
    let body = move || {
        let (count, names) = shape.get();
        (0..count).map(|index| view! { <Line form=form index=index names=names.clone() last={count == 1}/> }).collect_view()
    };
    let stock_changes = Memo::new(move |_| known && form.saved.with(|saved| rows.with(|rows| stock_differs(saved, rows))));
    let add = move |()| {
        rows.update(|rows| {
            let like = rows.last().cloned().unwrap_or_default();
            let options = vec![String::new(); names.with_untracked(Vec::len)];
            rows.push(VariantRow { id: None, options, sku: String::new(), stock: "0".into(), ..like });
        });
    };
    view! {
        <div class="table-frame grid-frame">
            <table class="table grid-table">
                <caption class="visually-hidden">{words::selling()}</caption>
                <thead>
                    <tr>
                        {move || names.get().into_iter().map(head).collect_view()}
                        {CELLS.map(|cell| head((cell.label)().to_owned())).collect_view()}
                        <th scope="col">
                            <span class="visually-hidden">{words::remove("")}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
        <Show when=move || stock_changes.get()>
            <TextField label=words::stock_reason() value=form.reason help=words::stock_reason_help() error=form.error("reason")/>
        </Show>
        <Show when=move || known && names.with(|names| !names.is_empty())>
            <div>
                <Button kind="button--small" on_press=UnsyncCallback::new(add)>
                    <Icon sign=Sign::Plus/>
                    {words::add_variant()}
                </Button>
            </div>
        </Show>
    }
}

/// Whether the stock of a variant that the shop has is another than it was.
fn stock_differs(saved: &Draft, rows: &[VariantRow]) -> bool {
    rows.iter().any(|row| row.id.is_some() && saved.variants.iter().any(|old| old.id == row.id && old.stock.trim() != row.stock.trim()))
}

/// A row of the grid.
#[component]
fn Line(form: Form, index: usize, names: Vec<String>, last: bool) -> impl IntoView {
    let rows = form.variants;
    let write = move |change: &dyn Fn(&mut VariantRow)| {
        rows.update(|rows| {
            if let Some(row) = rows.get_mut(index) {
                change(row);
            }
        });
    };
    let number = index.saturating_add(1);
    let error = move |field: &'static str| move || form.wrong.with(|wrong| wrong.get(&format!("variants/{index}/{field}")).cloned());
    let choice = move |(place, name): (usize, String)| {
        let value = move || rows.with(|rows| rows.get(index).and_then(|row| row.options.get(place)).cloned().unwrap_or_default());
        let change = move |text: String| {
            write(&|row| {
                if let Some(value) = row.options.get_mut(place) {
                    value.clone_from(&text);
                }
            });
        };
        // What is wrong with all of a row's choices together stands below the first.
        let (all, own) = (error("options"), move || form.wrong.with(|wrong| wrong.get(&format!("variants/{index}/options/{place}")).cloned()));
        let said = move || own().or_else(|| all().filter(|_| place == 0));
        let described = move || {
            let place = if own().is_some() { Some(place) } else { all().map(|_| 0) };
            place.map(|place| format!("cell-{index}-options-{place}"))
        };
        view! {
            <td>
                <input
                    class="field__control"
                    aria-label=words::cell(&name, number)
                    aria-invalid=move || if described().is_some() { "true" } else { "false" }
                    aria-describedby=described
                    prop:value=value
                    on:input:target=move |event| change(event.target().value())
                />
                {move || said().map(|text| view! { <p class="field__error" id=format!("cell-{index}-options-{place}")>{text}</p> })}
            </td>
        }
    };
    let cell = move |cell: Cell| {
        let value = move || rows.with(|rows| rows.get(index).map(cell.read).cloned().unwrap_or_default());
        let wrong = error(cell.field);
        let id = format!("cell-{index}-{}", cell.field);
        let described = id.clone();
        view! {
            <td>
                <input
                    class="field__control"
                    class:number=cell.number
                    inputmode=if cell.number { "decimal" } else { "text" }
                    aria-label=words::cell((cell.label)(), number)
                    aria-invalid=move || if wrong().is_some() { "true" } else { "false" }
                    aria-describedby=move || wrong().is_some().then(|| described.clone())
                    prop:value=value
                    on:input:target=move |event| {
                        let text = event.target().value();
                        write(&|row| (cell.write)(row, text.clone()));
                    }
                />
                {move || wrong().map(|text| view! { <p class="field__error" id=id.clone()>{text}</p> })}
            </td>
        }
    };
    let drop = move |_| {
        rows.update(|rows| {
            if index < rows.len() {
                rows.remove(index);
            }
        });
    };
    view! {
        <tr>
            {names.into_iter().enumerate().map(choice).collect_view()}
            {CELLS.map(cell).collect_view()}
            <td>
                <button
                    type="button"
                    class="button button--quiet button--icon"
                    aria-label=words::remove(&words::variant(number))
                    disabled=last
                    on:click=drop
                >
                    <Icon sign=Sign::Bin/>
                </button>
            </td>
        </tr>
    }
}
