//! Making or changing a category.

use std::str::FromStr;

use leptos::prelude::*;
use novashop_client::{Failure, Request};
use novashop_locales::{admin_catalogue as words, common, errors, fields};
use novashop_types::{
    CategoryId, ErrorCode,
    catalogue::{Category, CategoryCreate, CategoryPatch},
};
use novashop_ui::{Button, Choice, Dialog, SelectField, TextArea, TextField, use_toasts};

use crate::parts::category_choices::choices;

/// What the form is about.
#[derive(Debug, Clone)]
pub enum Editing {
    /// A new category, in this one.
    New(Option<CategoryId>),
    /// One that is there.
    Known(Box<Category>),
}

/// The tree without a category and what lies below it: it cannot lie in itself.
fn without(tree: &[Category], id: CategoryId) -> Vec<Category> {
    let others = tree.iter().filter(|category| category.id != id);
    others.map(|category| Category { children: without(&category.children, id), ..category.clone() }).collect()
}

/// The dialog; open while there is something to edit.
#[component]
pub fn CategoryForm(
    /// What it is about.
    editing: RwSignal<Option<Editing>>,
    /// All categories.
    tree: Signal<Vec<Category>>,
    /// Told when something changed.
    on_done: UnsyncCallback<()>,
) -> impl IntoView {
    let toasts = use_toasts();
    let (name, slug, description, parent) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (open, busy, failure, etag) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(None::<Failure>), StoredValue::new(None::<String>));
    Effect::new(move || {
        let what = editing.get();
        open.set(what.is_some());
        failure.set(None);
        etag.set_value(None);
        let known = match what {
            Some(Editing::Known(category)) => Some(category),
            _ => None,
        };
        let id = known.as_ref().map(|category| category.id);
        name.set(known.as_ref().map(|category| category.name.clone()).unwrap_or_default());
        slug.set(known.as_ref().map(|category| category.slug.clone()).unwrap_or_default());
        description.set(known.as_ref().map(|category| category.description.clone()).unwrap_or_default());
        let lies_in = match editing.get_untracked() {
            Some(Editing::New(parent)) => parent,
            _ => known.and_then(|category| category.parent_id),
        };
        parent.set(lies_in.map(|id| id.to_string()).unwrap_or_default());
        if let Some(id) = id {
            // The version that is edited, so that nobody's change is lost.
            leptos::task::spawn_local(async move {
                if let Ok(answer) = Request::get(format!("/api/v1/categories/{id}")).answer::<Category>().await {
                    let _there = etag.try_set_value(answer.etag);
                }
            });
        }
    });
    // Escape closes the dialog: then nothing is edited any more.
    Effect::new(move || {
        if !open.get() && editing.with_untracked(Option::is_some) {
            editing.set(None);
        }
    });
    let known = move || match editing.get() {
        Some(Editing::Known(category)) => Some(category),
        _ => None,
    };
    let title = Signal::derive(move || if known().is_some() { words::edit_category().to_owned() } else { words::new_category().to_owned() });
    let places = Signal::derive(move || {
        let list = tree.with(|tree| match known() {
            Some(category) => choices(&without(tree, category.id)),
            None => choices(tree),
        });
        std::iter::once(Choice::new("", words::top())).chain(list).collect::<Vec<_>>()
    });
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let lies_in = CategoryId::from_str(&parent.get_untracked()).ok();
        let (name, own_slug, description) =
            (name.get_untracked().trim().to_owned(), slug.get_untracked().trim().to_owned(), description.get_untracked());
        let slug = Some(own_slug).filter(|slug| !slug.is_empty());
        let request = match untrack(known) {
            Some(category) => {
                let patch = CategoryPatch { slug, name: Some(name), description: Some(description), parent_id: Some(lies_in) };
                let request = Request::patch(format!("/api/v1/categories/{}", category.id)).json(&patch);
                match etag.get_value() {
                    Some(etag) => request.if_match(&etag),
                    None => request,
                }
            }
            None => Request::post("/api/v1/categories").json(&CategoryCreate { slug, name, description, parent_id: lies_in }),
        };
        let on_done = on_done.clone();
        busy.set(true);
        leptos::task::spawn_local(async move {
            match request.done().await {
                Ok(()) => {
                    let _there = editing.try_set(None);
                    toasts.say(common::saved());
                    on_done.run(());
                }
                Err(refused) => {
                    toasts.fail(&refused);
                    let _there = failure.try_set(Some(refused));
                }
            }
            let _there = busy.try_set(false);
        });
    };
    let save = StoredValue::new_local(save);
    let error = move |field: &'static str| {
        Signal::derive(move || {
            failure.with(|failure| {
                let failure = failure.as_ref()?;
                let taken = (field == "slug" && failure.code() == Some(ErrorCode::SlugTaken)).then(|| errors::slug_taken().to_owned());
                taken.or_else(|| failure.field(field).map(fields::sentence))
            })
        })
    };
    view! {
        <Dialog open=open title=title>
            <form on:submit=move |event| save.with_value(|save| save(event)) novalidate=true>
                <div class="dialog__body stack">
                    <TextField label=words::name() value=name error=error("name")/>
                    <SelectField label=words::parent() value=parent choices=places required=false error=error("parent_id")/>
                    <TextArea label=words::description() value=description rows=3 required=false error=error("description")/>
                    <TextField label=words::slug() value=slug required=false help=words::slug_help() error=error("slug")/>
                </div>
                <div class="dialog__foot">
                    <Button on_press=UnsyncCallback::new(move |()| open.set(false))>{common::cancel()}</Button>
                    <Button kind="button--primary" submit=true busy=busy>
                        {common::save()}
                    </Button>
                </div>
            </form>
        </Dialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn category(number: u128, children: Vec<Category>) -> Category {
        let id = CategoryId(uuid::Uuid::from_u128(number));
        Category {
            id,
            slug: String::new(),
            name: String::new(),
            description: String::new(),
            image: None,
            parent_id: None,
            product_count: 0,
            version: 1,
            children,
        }
    }

    #[test]
    fn a_category_cannot_be_put_into_itself_or_below() {
        let tree = [category(1, vec![category(2, vec![category(3, Vec::new())])]), category(4, Vec::new())];
        assert_eq!(choices(&without(&tree, tree[0].children[0].id)).len(), 2);
        assert_eq!(choices(&tree).len(), 4);
    }
}
