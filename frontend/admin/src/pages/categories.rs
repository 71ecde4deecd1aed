//! The tree of categories.

use leptos::prelude::*;
use novashop_client::{Request, Resource, get_own};
use novashop_locales::{admin, admin_catalogue as words, common};
use novashop_types::{
    CategoryId,
    catalogue::{Category, CategoryPatch, CategoryTree},
    pages,
};
use novashop_ui::{Icon, Load, Sign, catch_focus, use_title, use_toasts};

use crate::parts::{
    category_delete::CategoryDelete,
    category_form::{CategoryForm, Editing},
};

/// The page of the tree.
#[component]
pub fn Categories() -> impl IntoView {
    use_title(|| Some(admin::categories().into()));
    let tree = Resource::new(|| get_own::<CategoryTree>(pages::CATEGORIES));
    let (editing, deleting) = (RwSignal::new(None::<Editing>), RwSignal::new(None::<Category>));
    let all = Signal::derive(move || tree.get().and_then(Result::ok).map(|tree| tree.items).unwrap_or_default());
    let again = UnsyncCallback::new(move |()| tree.refetch());
    // A changed tree is drawn anew, and what was pressed goes with the old one: the focus stays with the category it was about.
    let pressed = RwSignal::new(None::<CategoryId>);
    Effect::new(move |before: Option<()>| {
        let _changed = tree.get();
        if before.is_some() {
            catch_focus(pressed.get_untracked().map_or("#content".to_owned(), |id| format!("#category-{id} button")));
        }
    });
    let gone = UnsyncCallback::new(move |()| {
        pressed.set(None);
        again.run(());
    });
    view! {
        <div class="page-head">
            <h1>{admin::categories()}</h1>
            <button type="button" class="button button--primary" on:click=move |_| editing.set(Some(Editing::New(None)))>
                <Icon sign=Sign::Plus/>
                {words::new_category()}
            </button>
        </div>
        <Load from=tree skeleton=waiting let:tree>
            {if tree.items.is_empty() {
                view! { <p class="empty">{words::no_categories()}</p> }.into_any()
            } else {
                view! { <ul class="tree">{branches(tree.items, None, None, (editing, deleting, pressed), again)}</ul> }.into_any()
            }}
        </Load>
        <CategoryForm editing=editing tree=all on_done=again/>
        <CategoryDelete deleting=deleting on_done=gone/>
    }
}

fn waiting() -> AnyView {
    view! { <div class="table__wait">{(0..6).map(|_| view! { <div class="skeleton"></div> }).collect_view()}</div> }.into_any()
}

/// What is edited, what is deleted, and whose button was pressed last.
type Dialogs = (RwSignal<Option<Editing>>, RwSignal<Option<Category>>, RwSignal<Option<CategoryId>>);

/// Categories beside each other. `grandparent` is where they go one level up; `None` where they are at the top already.
fn branches(
    list: Vec<Category>,
    parent: Option<CategoryId>,
    grandparent: Option<Option<CategoryId>>,
    dialogs: Dialogs,
    again: UnsyncCallback<()>,
) -> AnyView {
    let mut before: Option<(CategoryId, String)> = None;
    let mut rows = Vec::new();
    for mut category in list {
        let children = std::mem::take(&mut category.children);
        let below = i64::try_from(children.len()).unwrap_or(0);
        let next = (category.id, category.name.clone());
        // Its children go one level up to where it lies itself.
        let inner = (!children.is_empty()).then(|| {
            view! { <ul class="tree__inner">{branches(children, Some(category.id), Some(parent), dialogs, again)}</ul> }
        });
        rows.push(view! { <li>{line(category, below, grandparent, before.take(), dialogs, again)} {inner}</li> });
        before = Some(next);
    }
    rows.into_any()
}

/// A category with what can be done to it.
fn line(
    category: Category,
    below: i64,
    out: Option<Option<CategoryId>>,
    into: Option<(CategoryId, String)>,
    dialogs: Dialogs,
    again: UnsyncCallback<()>,
) -> AnyView {
    let (editing, deleting, pressed) = dialogs;
    let (toasts, id, name) = (use_toasts(), category.id, category.name.clone());
    let move_to = move |parent: Option<CategoryId>| {
        let again = again;
        leptos::task::spawn_local(async move {
            let patch = CategoryPatch { parent_id: Some(parent), ..CategoryPatch::default() };
            match Request::patch(format!("/api/v1/categories/{id}")).json(&patch).done().await {
                Ok(()) => {
                    toasts.say(common::saved());
                    again.run(());
                }
                Err(failure) => toasts.fail(&failure),
            }
        });
    };
    let tool = |label: String, sign: Sign| {
        move |press: Box<dyn Fn()>| {
            view! {
                <button type="button" class="button button--quiet button--icon" aria-label=label.clone() title=label on:click=move |_| press()>
                    <Icon sign=sign/>
                </button>
            }
        }
    };
    let outward = out.map(|parent| tool(words::outward(&name), Sign::Back)(Box::new(move || move_to(parent))));
    let inward = into.map(|(parent, other)| tool(words::inward(&name, &other), Sign::Next)(Box::new(move || move_to(Some(parent)))));
    let (edited, mut deleted) = (category.clone(), category.clone());
    // What lies in it was taken out for drawing: one place stands for each, so that the dialog can count.
    deleted.children = std::iter::repeat_n(category.clone(), usize::try_from(below).unwrap_or(0)).collect();
    view! {
        <div class="tree__line" id=format!("category-{id}")>
            <span class="tree__name">{category.name.clone()}</span>
            <span class="muted small">"/c/" {category.slug.clone()}</span>
            <a class="small" href=format!("/admin/products?category={}", category.id)>
                <span class="visually-hidden">{category.name.clone()}": "</span>
                {words::products(category.product_count)}
            </a>
            <span class="tree__tools" on:click=move |_| pressed.set(Some(id))>
                {outward}
                {inward}
                {tool(words::inside(&name), Sign::Plus)(Box::new(move || editing.set(Some(Editing::New(Some(id))))))}
                {tool(words::edit(&name), Sign::Pencil)(Box::new(move || editing.set(Some(Editing::Known(Box::new(edited.clone()))))))}
                {tool(words::delete(&name), Sign::Bin)(Box::new(move || deleting.set(Some(deleted.clone()))))}
            </span>
        </div>
    }
    .into_any()
}
