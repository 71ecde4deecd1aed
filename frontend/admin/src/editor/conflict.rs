//! When somebody else saved first: what differs, and which of the two shall be.

use leptos::prelude::*;
use novashop_locales::{admin_editor as words, admin_products};
use novashop_types::catalogue::ProductStatus;
use novashop_ui::{Button, Dialog};

use super::{draft::Draft, form::Form, save::Read};

/// A field in which two drafts differ.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Difference {
    field: &'static str,
    theirs: String,
    yours: String,
}

/// What differs, in words.
fn differences(theirs: &Draft, yours: &Draft) -> Vec<Difference> {
    let status = |draft: &Draft| ProductStatus::parse(&draft.status).map_or("", admin_products::status_word).to_owned();
    let facts = |draft: &Draft| draft.attributes.iter().map(|row| format!("{}: {}", row.name, row.value)).collect::<Vec<_>>().join("; ");
    let variants = |draft: &Draft| {
        let line = |row: &super::draft::VariantRow| {
            format!("{} {} {} {} ({})", row.options.join(" "), row.sku, row.price, row.was, row.stock).trim().to_owned()
        };
        draft.variants.iter().map(line).collect::<Vec<_>>().join("; ")
    };
    let fields: [(&'static str, String, String); 6] = [
        (words::name(), theirs.name.clone(), yours.name.clone()),
        (words::slug(), theirs.slug.clone(), yours.slug.clone()),
        (words::description(), theirs.description.clone(), yours.description.clone()),
        (words::status(), status(theirs), status(yours)),
        (words::attributes(), facts(theirs), facts(yours)),
        (words::selling(), variants(theirs), variants(yours)),
    ];
    let category = (theirs.category != yours.category).then(|| Difference { field: words::category(), theirs: String::new(), yours: String::new() });
    fields
        .into_iter()
        .filter(|(_, theirs, yours)| theirs != yours)
        .map(|(field, theirs, yours)| Difference { field, theirs, yours })
        .chain(category)
        .collect()
}

/// The dialog; open while `theirs` holds what was saved in between.
#[component]
pub fn Conflict(
    /// The form with one's own changes.
    form: Form,
    /// What was saved in between.
    theirs: RwSignal<Option<Read>>,
    /// Called with what to go on from: true to keep one's own and save, false to load the other's.
    on_choice: UnsyncCallback<(Read, bool)>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move || open.set(theirs.with(Option::is_some)));
    let on_choice = StoredValue::new_local(on_choice);
    let choose = move |mine: bool| {
        open.set(false);
        if let Some(read) = theirs.get_untracked() {
            theirs.set(None);
            on_choice.with_value(|told| told.run((read, mine)));
        }
    };
    let table = move || {
        let list =
            theirs.with(|read| read.as_ref().map(|read| differences(&Draft::of(&read.product), &untrack(|| form.draft())))).unwrap_or_default();
        if list.is_empty() {
            return view! { <p>{words::conflict_same()}</p> }.into_any();
        }
        let said = |text: String| if text.is_empty() { words::empty().to_owned() } else { text };
        let line = move |one: Difference| {
            view! {
                <tr>
                    <th scope="row">{one.field}</th>
                    <td data-label=words::theirs()>{said(one.theirs)}</td>
                    <td data-label=words::yours()>{said(one.yours)}</td>
                </tr>
            }
        };
        view! {
            <div class="table-scroll">
                <table class="table conflict">
                    <thead>
                        <tr>
                            <th scope="col">{words::field()}</th>
                            <th scope="col">{words::theirs()}</th>
                            <th scope="col">{words::yours()}</th>
                        </tr>
                    </thead>
                    <tbody>{list.into_iter().map(line).collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <Dialog open=open title=words::conflict()>
            <div class="dialog__body stack">
                <p>{words::conflict_text()}</p>
                {table}
            </div>
            <div class="dialog__foot">
                <Button on_press=UnsyncCallback::new(move |()| choose(false))>{words::take_theirs()}</Button>
                <Button kind="button--primary" on_press=UnsyncCallback::new(move |()| choose(true))>
                    {words::keep_mine()}
                </Button>
            </div>
        </Dialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_shown() {
        let (theirs, mut yours) = (Draft::new(), Draft::new());
        assert!(differences(&theirs, &yours).is_empty());
        yours.name = "Mug".into();
        yours.status = "published".into();
        let fields: Vec<_> = differences(&theirs, &yours).into_iter().map(|one| one.field).collect();
        assert_eq!(fields, [words::name(), words::status()]);
    }
}
