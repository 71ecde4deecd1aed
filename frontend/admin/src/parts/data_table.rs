//! A table to work in: its head stays in sight, columns sort through the address, rows are chosen with mouse or keys.

use std::collections::BTreeSet;

use leptos::{html, prelude::*};
use novashop_locales::admin;
use wasm_bindgen::JsCast;

use crate::parts::query::use_query;

/// A column.
#[derive(Debug, Clone, Copy, Default)]
pub struct Column {
    /// Its head.
    pub title: &'static str,
    /// The words of `?sort=` that order by it, upwards and downwards; empty where there is none.
    pub sort: (&'static str, &'static str),
    /// Whether it holds numbers, which stand right.
    pub number: bool,
}

impl Column {
    /// A column of text.
    #[must_use]
    pub const fn text(title: &'static str) -> Self {
        Self { title, sort: ("", ""), number: false }
    }

    /// A column of numbers.
    #[must_use]
    pub const fn number(title: &'static str) -> Self {
        Self { title, sort: ("", ""), number: true }
    }

    /// The same, ordered by these words of `?sort=`.
    #[must_use]
    pub const fn sorted(self, up: &'static str, down: &'static str) -> Self {
        Self { sort: (up, down), ..self }
    }
}

/// A row.
pub struct Row {
    /// What is kept when it is chosen.
    pub id: String,
    /// What it is, for who cannot see it.
    pub label: String,
    /// Where Enter leads.
    pub href: Option<String>,
    /// A cell for each column.
    pub cells: Vec<AnyView>,
}

/// The ids of the rows that are chosen.
pub type Selection = RwSignal<BTreeSet<String>>;

/// The table. Without a selection its rows cannot be chosen, only opened.
#[component]
pub fn DataTable(
    /// What it lists.
    #[prop(into)]
    caption: String,
    /// Its columns.
    columns: Vec<Column>,
    /// Its rows.
    rows: Vec<Row>,
    /// What is chosen.
    #[prop(optional)]
    selection: Option<Selection>,
) -> impl IntoView {
    let ids = StoredValue::new(rows.iter().map(|row| row.id.clone()).collect::<Vec<_>>());
    let links = StoredValue::new(rows.iter().map(|row| row.href.clone()).collect::<Vec<_>>());
    let at = RwSignal::new(0_usize);
    let body = NodeRef::<html::Tbody>::new();
    let toggle = move |index: usize| {
        if let Some((selection, id)) = selection.zip(ids.with_value(|ids| ids.get(index).cloned())) {
            selection.update(|chosen| {
                if !chosen.remove(&id) {
                    chosen.insert(id);
                }
            });
        }
    };
    let choose = move |index: usize| {
        if let Some((selection, id)) = selection.zip(ids.with_value(|ids| ids.get(index).cloned())) {
            selection.update(|chosen| {
                chosen.insert(id);
            });
        }
    };
    let stand = move |index: usize| {
        at.set(index);
        let row = body.get_untracked().and_then(|body| body.rows().item(u32::try_from(index).unwrap_or(0)));
        if let Some(row) = row.and_then(|row| row.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _focused = row.focus();
        }
    };
    let go = crate::parts::query::use_go();
    let pressed = move |event: leptos::ev::KeyboardEvent| {
        // Keys in a control of a row belong to the control.
        let on_row = event.target().is_some_and(|target| target.dyn_into::<web_sys::HtmlTableRowElement>().is_ok());
        let (now, count) = (at.get_untracked(), ids.with_value(Vec::len));
        if !on_row || count == 0 || event.alt_key() {
            return;
        }
        let key = event.key();
        match key.as_str() {
            "ArrowDown" | "ArrowUp" | "j" | "k" => {
                let down = matches!(key.as_str(), "ArrowDown" | "j");
                let next = if down { now.saturating_add(1).min(count.saturating_sub(1)) } else { now.saturating_sub(1) };
                if event.shift_key() {
                    choose(now);
                    choose(next);
                }
                stand(next);
            }
            "Home" => stand(0),
            "End" => stand(count.saturating_sub(1)),
            " " | "x" | "X" => toggle(now),
            "a" if event.ctrl_key() || event.meta_key() => (0..count).for_each(choose),
            "Escape" => {
                if let Some(selection) = selection {
                    selection.update(BTreeSet::clear);
                }
            }
            "Enter" => {
                if let Some(Some(link)) = links.with_value(|links| links.get(now).cloned()) {
                    go(&link);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let numbers: Vec<bool> = columns.iter().map(|column| column.number).collect();
    let line = move |(index, row): (usize, Row)| {
        let cells = row.cells.into_iter().zip(&numbers).map(|(cell, number)| view! { <td class:number=*number>{cell}</td> }).collect_view();
        let tick = selection.map(|selection| {
            let id = row.id.clone();
            let chosen = move || selection.with(|chosen| chosen.contains(&id));
            view! {
                <td class="table__tick">
                    <input type="checkbox" aria-label=admin::select_row(&row.label) prop:checked=chosen on:change=move |_| toggle(index)/>
                </td>
            }
        });
        let id = row.id;
        let marked = move || selection.is_some_and(|selection| selection.with(|chosen| chosen.contains(&id)));
        view! {
            <tr
                class="table__row"
                class:table__row--chosen=marked
                tabindex=move || if at.get() == index { "0" } else { "-1" }
                on:focus=move |_| at.set(index)
            >
                {tick}
                {cells}
            </tr>
        }
    };
    view! {
        <div class="table-frame">
            <table class="table table--work">
                <caption class="visually-hidden">{caption}". "{admin::table_keys()}</caption>
                <thead>
                    <tr>
                        {selection.map(|selection| view! { <AllTick selection=selection ids=ids/> })}
                        {columns.into_iter().map(|column| view! { <Head column=column/> }).collect_view()}
                    </tr>
                </thead>
                <tbody node_ref=body on:keydown=pressed>
                    {rows.into_iter().enumerate().map(line).collect_view()}
                </tbody>
            </table>
        </div>
    }
}

/// The tick for all rows of the page.
#[component]
fn AllTick(selection: Selection, ids: StoredValue<Vec<String>>) -> impl IntoView {
    let all = move || selection.with(|chosen| ids.with_value(|ids| !ids.is_empty() && ids.iter().all(|id| chosen.contains(id))));
    let change = move |_| {
        let every = !all();
        selection.update(|chosen| {
            chosen.clear();
            if every {
                chosen.extend(ids.get_value());
            }
        });
    };
    view! {
        <th class="table__tick" scope="col">
            <input type="checkbox" aria-label=admin::select_all() prop:checked=all on:change=change/>
        </th>
    }
}

/// A column's head; a link where the column can be ordered by.
#[component]
fn Head(column: Column) -> impl IntoView {
    let query = use_query();
    let (up, down) = column.sort;
    let order = move || {
        let now = query.value("sort");
        match now.as_str() {
            "" => None,
            now if now == up => Some("ascending"),
            now if now == down => Some("descending"),
            _ => None,
        }
    };
    let next = move || {
        let next = match order() {
            Some("ascending") if !down.is_empty() => down,
            Some("descending") | None if !up.is_empty() => up,
            _ if !down.is_empty() => down,
            _ => up,
        };
        query.link(&[("sort", next)])
    };
    let title = if up.is_empty() && down.is_empty() {
        column.title.into_any()
    } else {
        view! {
            <a href=next data-noscroll="">
                {column.title}
                <span aria-hidden="true" class="table__order">
                    {move || match order() {
                        Some("ascending") => "↑",
                        Some(_) => "↓",
                        None => "↕",
                    }}
                </span>
            </a>
        }
        .into_any()
    };
    view! {
        <th scope="col" class:number=column.number aria-sort=order>
            {title}
        </th>
    }
}

/// What can be done with all chosen rows; there only while some are.
#[component]
pub fn BulkBar(
    /// What is chosen.
    selection: Selection,
    /// The buttons.
    children: ChildrenFn,
) -> impl IntoView {
    let children = StoredValue::new(children);
    let count = move || i64::try_from(selection.with(BTreeSet::len)).unwrap_or(0);
    view! {
        <Show when=move || selection.with(|chosen| !chosen.is_empty())>
            <div class="bulk" role="region" aria-label=move || admin::selected(count())>
                <strong role="status">{move || admin::selected(count())}</strong>
                {children.with_value(|children| children())}
                <button type="button" class="button button--quiet button--small" on:click=move |_| selection.update(BTreeSet::clear)>
                    {admin::clear_selection()}
                </button>
            </div>
        </Show>
    }
}

/// Under a table: how many there are, the next page, and back to the first one.
#[component]
pub fn Pager(
    /// Where the next page begins.
    next: Option<String>,
    /// How many there are in all.
    #[prop(optional_no_strip)]
    total: Option<u64>,
) -> impl IntoView {
    let query = use_query();
    let total = total.map(|total| view! { <span class="muted small">{admin::total(i64::try_from(total).unwrap_or(i64::MAX))}</span> });
    let first =
        move || (!query.value("cursor").is_empty()).then(|| view! { <a class="button button--small" href=query.link(&[])>{admin::first_page()}</a> });
    let next = next.map(|cursor| view! { <a class="button button--small" href=move || query.link(&[("cursor", &cursor)])>{admin::next_page()}</a> });
    view! {
        <nav class="row row--apart pager" aria-label=admin::next_page()>
            {total}
            <div class="row">{first} {next}</div>
        </nav>
    }
}
