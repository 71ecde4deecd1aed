//! Making or changing a category.

use leptos::prelude::*;
use novashop_client::{Failure, Request};
use novashop_locales::{admin_catalogue as words, common, errors, fields};
use novashop_types::{CategoryId, ErrorCode, catalogue::Category};
use novashop_ui::{Button, Choice, Dialog, SelectField, Show, TextArea, TextField, use_toasts};

use crate::parts::{category_choices::choices, category_draft::Draft, paged::lines};

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

/// The form's fields, and what the shop has of them. What was typed and not saved is there when the same category is opened again.
#[derive(Clone, Copy)]
struct Form {
    name: RwSignal<String>,
    slug: RwSignal<String>,
    description: RwSignal<String>,
    parent: RwSignal<String>,
    /// What the fields began with, and its version.
    saved: StoredValue<(Draft, Option<String>)>,
    /// Whose they are: `Some(None)` is a new category's.
    of: StoredValue<Option<Option<CategoryId>>>,
}

impl Form {
    fn new() -> Self {
        let text = || RwSignal::new(String::new());
        let saved = StoredValue::new((Draft::default(), None));
        Self { name: text(), slug: text(), description: text(), parent: text(), saved, of: StoredValue::new(None) }
    }

    fn draft(self) -> Draft {
        let text = |field: RwSignal<String>| field.get_untracked();
        Draft { name: text(self.name), slug: text(self.slug), description: text(self.description), parent: text(self.parent) }
    }

    /// Shows what the shop has; what was typed into the same category's form stays.
    fn begin(self, of: Option<CategoryId>, now: Draft, etag: Option<String>) {
        let shown = match self.of.get_value() {
            Some(same) if same == of => self.saved.with_value(|(before, _)| self.draft().over(before, &now)),
            _ => now.clone(),
        };
        self.saved.set_value((now, etag));
        self.of.set_value(Some(of));
        self.name.set(shown.name);
        self.slug.set(shown.slug);
        self.description.set(shown.description);
        self.parent.set(shown.parent);
    }

    /// Nothing is left to be saved.
    fn end(self) {
        let _there = self.of.try_set_value(None);
    }

    /// What to send; nothing where the shop has it already.
    fn request(self, of: Option<CategoryId>) -> Option<Request> {
        let draft = self.draft();
        let Some(id) = of else { return Some(Request::post("/api/v1/categories").json(&draft.create())) };
        self.saved.with_value(|(saved, etag)| {
            let request = Request::patch(format!("/api/v1/categories/{id}")).json(&draft.patch(saved)?);
            Some(match etag {
                Some(etag) => request.if_match(etag),
                None => request,
            })
        })
    }
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
    let form = Form::new();
    let (open, busy, ready, failure) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false), RwSignal::new(None::<Failure>));
    let known = move || match editing.get() {
        Some(Editing::Known(category)) => Some(category),
        _ => None,
    };
    // With the version that is edited, so that nobody's change is lost.
    let read = move |id: CategoryId| async move {
        match Request::get(format!("/api/v1/categories/{id}")).answer::<Category>().await {
            Ok(answer) if matches!(editing.try_get_untracked().flatten(), Some(Editing::Known(category)) if category.id == id) => {
                form.begin(Some(id), Draft::of(&answer.body), answer.etag);
                ready.set(true);
            }
            // Somebody has closed it meanwhile.
            Ok(_) => {}
            Err(refused) => {
                toasts.fail(&refused);
                editing.try_set(None);
            }
        }
    };
    Effect::new(move || {
        let what = editing.get();
        open.set(what.is_some());
        failure.set(None);
        ready.set(false);
        match what {
            Some(Editing::Known(category)) => leptos::task::spawn_local(read(category.id)),
            Some(Editing::New(parent)) => {
                form.begin(None, Draft::inside(parent), None);
                ready.set(true);
            }
            None => {}
        }
    });
    // Escape closes the dialog: then nothing is edited any more.
    Effect::new(move || {
        if !open.get() && editing.with_untracked(Option::is_some) {
            editing.set(None);
        }
    });
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
        if busy.get_untracked() || !ready.get_untracked() {
            return;
        }
        let id = untrack(known).map(|category| category.id);
        let Some(request) = form.request(id) else { return editing.set(None) };
        let on_done = on_done;
        busy.set(true);
        leptos::task::spawn_local(async move {
            match request.done().await {
                Ok(()) => {
                    form.end();
                    editing.try_set(None);
                    toasts.say(common::saved());
                    on_done.run(());
                }
                Err(refused) => {
                    toasts.fail(&refused);
                    // Somebody else saved first: what they wrote is shown beside what was typed here, to be looked at and saved again.
                    if let (Some(412), Some(id)) = (refused.status(), id) {
                        read(id).await;
                    }
                    failure.try_set(Some(refused));
                }
            }
            busy.try_set(false);
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
                    <Show when=move || ready.get() fallback=lines>
                        <TextField label=words::name() value=form.name error=error("name")/>
                        <SelectField label=words::parent() value=form.parent choices=places required=false error=error("parent_id")/>
                        <TextArea label=words::description() value=form.description rows=3 required=false error=error("description")/>
                        <TextField label=words::slug() value=form.slug required=false help=words::slug_help() error=error("slug")/>
                    </Show>
                </div>
                <div class="dialog__foot">
                    <Button on_press=UnsyncCallback::new(move |()| open.set(false))>{common::cancel()}</Button>
                    <Button kind="button--primary" submit=true busy=Signal::derive(move || busy.get() || !ready.get())>
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
