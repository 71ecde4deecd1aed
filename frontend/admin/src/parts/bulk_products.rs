//! One change to all chosen products: publish, archive, back to draft, prices by percent with a preview.

use leptos::prelude::*;
use novashop_client::Request;
use novashop_domain::prices::by_percent;
use novashop_locales::{admin_products as words, money};
use novashop_types::{
    Money, ProductId,
    catalogue::{AdminProduct, BulkAction, BulkOutcome, BulkResults, Percent, ProductsBulk},
};
use novashop_ui::{Button, TextField, use_toasts};
use uuid::Uuid;
use validator::Validate;

use crate::parts::{
    confirm::Confirm,
    data_table::{BulkBar, Selection},
};

/// What is about to be done, without its percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Publish,
    Archive,
    Draft,
    Prices,
}

/// The percentage that was typed, where the shop would take it.
fn percent(text: &str) -> Option<Percent> {
    let number: i32 = text.trim().trim_end_matches('%').trim().parse().ok().filter(|number| *number != 0)?;
    // The bounds are those of the wire type; any id will do to ask it.
    let asked = ProductsBulk { ids: vec![ProductId(Uuid::nil())], action: BulkAction::PricePercent(Percent(number)) };
    asked.validate().is_ok().then_some(Percent(number))
}

/// The bar under the table and what its buttons ask.
#[component]
pub fn BulkProducts(
    /// What is chosen.
    selection: Selection,
    /// What the table shows.
    products: StoredValue<Vec<AdminProduct>>,
    /// Told when something changed.
    on_done: impl Fn() + Clone + 'static,
) -> impl IntoView {
    let toasts = use_toasts();
    let (open, deed, busy) = (RwSignal::new(false), RwSignal::new(Deed::Publish), RwSignal::new(false));
    let typed = RwSignal::new("-10".to_owned());
    // The same attempt again (after a lost answer) has the same key: a percentage is not the same twice.
    let key = StoredValue::new(String::new());
    let begin = move |what: Deed| {
        deed.set(what);
        key.set_value(novashop_client::fresh_key());
        open.set(true);
    };
    let chosen = move || {
        selection.with(|ids| products.with_value(|all| all.iter().filter(|p| ids.contains(&p.summary.id.to_string())).cloned().collect::<Vec<_>>()))
    };
    let count = move || i64::try_from(selection.with(std::collections::BTreeSet::len)).unwrap_or(0);
    let action = move || match deed.get() {
        Deed::Publish => Some(BulkAction::Publish),
        Deed::Archive => Some(BulkAction::Archive),
        Deed::Draft => Some(BulkAction::Draft),
        Deed::Prices => typed.with(|text| percent(text)).map(BulkAction::PricePercent),
    };
    let confirm = move || {
        let Some(action) = untrack(action) else { return };
        let ids = untrack(chosen).into_iter().map(|product| product.summary.id).collect();
        let on_done = on_done.clone();
        busy.set(true);
        leptos::task::spawn_local(async move {
            let request = Request::post("/api/v1/admin/products/bulk").idempotent(&key.get_value()).json(&ProductsBulk { ids, action });
            match request.send::<BulkResults>().await {
                Ok(results) => {
                    toasts.say(told(&results));
                    let _there = open.try_set(false);
                    let _there = selection.try_update(std::collections::BTreeSet::clear);
                    on_done();
                }
                Err(failure) => toasts.fail(&failure),
            }
            let _there = busy.try_set(false);
        });
    };
    let title = Signal::derive(move || match deed.get() {
        Deed::Publish => words::publish_title(count()),
        Deed::Archive => words::archive_title(count()),
        Deed::Draft => words::draft_title(count()),
        Deed::Prices => words::change_prices().to_owned(),
    });
    let verb = Signal::derive(move || match deed.get() {
        Deed::Publish => words::publish().to_owned(),
        Deed::Archive => words::archive().to_owned(),
        Deed::Draft => words::to_draft().to_owned(),
        Deed::Prices => words::change_prices().to_owned(),
    });
    let button = move |what: Deed, text: &'static str| {
        view! { <Button kind="button--small" on_press=UnsyncCallback::new(move |()| begin(what))>{text}</Button> }
    };
    view! {
        <BulkBar selection=selection>
            {button(Deed::Publish, words::publish())}
            {button(Deed::Archive, words::archive())}
            {button(Deed::Draft, words::to_draft())}
            {button(Deed::Prices, words::change_prices())}
        </BulkBar>
        <Confirm
            open=open
            title=title
            action=verb
            busy=busy
            disabled=Signal::derive(move || action().is_none())
            on_confirm=UnsyncCallback::new(move |()| confirm())
        >
            {move || match deed.get() {
                Deed::Publish => words::publish_text().into_any(),
                Deed::Archive => words::archive_text().into_any(),
                Deed::Draft => words::draft_text().into_any(),
                Deed::Prices => view! { <Preview typed=typed products=Signal::derive(chosen)/> }.into_any(),
            }}
        </Confirm>
    }
}

/// What became of it, in a sentence.
fn told(results: &BulkResults) -> String {
    let count = |outcome: BulkOutcome| i64::try_from(results.items.iter().filter(|item| item.outcome == outcome).count()).unwrap_or(0);
    let reason = results.items.iter().find_map(|item| item.code).map_or("", novashop_locales::errors::sentence);
    match count(BulkOutcome::Refused) {
        0 => words::changed(count(BulkOutcome::Changed)),
        refused => format!("{}. {}", words::changed(count(BulkOutcome::Changed)), words::refused(refused, reason)),
    }
}

/// The percentage, and what each product would cost.
#[component]
fn Preview(typed: RwSignal<String>, products: Signal<Vec<AdminProduct>>) -> impl IntoView {
    let error = Signal::derive(move || typed.with(|text| percent(text)).is_none().then(|| words::percent_wrong().to_owned()));
    let line = move |product: AdminProduct| {
        let now = product.summary.price;
        let then = move || {
            let then = typed.with(|text| percent(text)).and_then(|Percent(percent)| by_percent(now.amount, percent));
            then.map_or("–".to_owned(), |amount| money(Money::new(amount, now.currency)))
        };
        view! {
            <tr>
                <td>{product.summary.name}</td>
                <td class="number">{money(now)}</td>
                <td class="number">
                    <strong>{then}</strong>
                </td>
            </tr>
        }
    };
    view! {
        <TextField label=words::percent() value=typed keyboard="numeric" help=words::percent_help() error=error/>
        <div class="table-scroll preview">
            <table class="table">
                <caption class="visually-hidden">{words::preview()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{words::name()}</th>
                        <th scope="col" class="number">
                            {words::now()}
                        </th>
                        <th scope="col" class="number">
                            {words::then()}
                        </th>
                    </tr>
                </thead>
                <tbody>{move || products.get().into_iter().map(line).collect_view()}</tbody>
            </table>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_whole_not_nothing_and_within_the_shops_bounds() {
        assert_eq!(percent(" -10 % "), Some(Percent(-10)));
        for wrong in ["", "0", "1.5", "-91", "901", "ten"] {
            assert_eq!(percent(wrong), None, "{wrong}");
        }
    }
}
