//! The editor of a product, new or known.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use novashop_client::{Request, Resource, get_own};
use novashop_locales::{admin, admin_editor as words, common};
use novashop_types::{Currency, catalogue::Product, stats::Stats};
use novashop_ui::{FIRST_MISTAKE, Load, focus_soon, use_title, use_toasts};

use crate::{
    editor::{
        conflict::Conflict,
        draft::Draft,
        fields::Fields,
        form::Form,
        save::{Read, Stopped, read, send, wrong_fields},
        steps::{self, Wrong},
        turns::provide_turns,
    },
    parts::{form_section::SaveBar, query::use_go, unsaved::UnsavedGuard},
};

/// `/admin/products/new`.
#[component]
pub fn NewProduct() -> impl IntoView {
    use_title(|| Some(admin::new_product().into()));
    // What things cost is told in the currency of the shop, which its figures name.
    let stats = Resource::new(|| get_own::<Stats>("/api/v1/admin/stats"));
    view! {
        <h1>{admin::new_product()}</h1>
        <Load from=stats skeleton=waiting let:stats>
            <Fresh currency=stats.currency/>
        </Load>
    }
}

/// Shows what is wrong, and leads to the first of it. The page may be gone by then.
fn show(form: Form, wrong: Wrong) {
    let any = !wrong.is_empty();
    if form.wrong.try_set(wrong).is_none() && any {
        focus_soon(FIRST_MISTAKE);
    }
}

#[component]
fn Fresh(currency: Currency) -> impl IntoView {
    let (form, busy, toasts, go) = (Form::new(&Draft::new()), RwSignal::new(false), use_toasts(), use_go());
    let save = move |()| {
        let create = match steps::create(&untrack(|| form.draft()), currency) {
            Ok(create) => create,
            Err(wrong) => return show(form, wrong),
        };
        let go = go.clone();
        busy.set(true);
        leptos::task::spawn_local(async move {
            match Request::post("/api/v1/products").json(&create).send::<Product>().await {
                Ok(product) => {
                    // Nothing is unsaved any more: the guard lets go.
                    let _there = form.saved.try_set(untrack(|| form.draft()));
                    toasts.say(words::created());
                    go(&format!("/admin/products/{}", product.summary.id));
                }
                Err(failure) => {
                    show(form, wrong_fields(&failure, None, create.options.is_empty()));
                    toasts.fail(&failure);
                }
            }
            let _there = busy.try_set(false);
        });
    };
    let changed = Signal::derive(move || form.changed());
    view! {
        <Fields form=form product=None images=RwSignal::new(Vec::new()) currency=currency/>
        <SaveBar changed=changed busy=busy on_save=UnsyncCallback::new(save) on_discard=UnsyncCallback::new(move |()| form.show(Draft::new()))/>
        <UnsavedGuard changed=changed/>
    }
}

/// `/admin/products/{id}`.
#[component]
pub fn EditProduct() -> impl IntoView {
    let params = use_params_map();
    let product = Resource::new(move || read(params.with(|params| params.get("id").unwrap_or_default())));
    use_title(move || product.get().and_then(Result::ok).map(|read| read.product.summary.name));
    view! {
        <Load from=product skeleton=waiting let:read>
            <Known read=read/>
        </Load>
    }
}

fn waiting() -> AnyView {
    view! { <div class="table__wait">{(0..6).map(|_| view! { <div class="skeleton"></div> }).collect_view()}</div> }.into_any()
}

#[component]
fn Known(read: Read) -> impl IntoView {
    let (id, currency) = (read.product.summary.id, read.product.summary.price.currency);
    let (form, busy, toasts) = (Form::new(&Draft::of(&read.product)), RwSignal::new(false), use_toasts());
    let images = RwSignal::new(read.product.images);
    let (etag, key) = (StoredValue::new(read.etag), StoredValue::new(novashop_client::fresh_key()));
    let (theirs, turns) = (RwSignal::new(None::<Read>), provide_turns());
    let again = move || async move { self::read(id.to_string()).await };
    // What is saved now becomes what changes are told from; what stands in the form may stay.
    let from = move |read: &Read, keep: bool| {
        let draft = Draft::of(&read.product);
        let _there = etag.try_set_value(read.etag.clone());
        if keep {
            let _there = form.saved.try_set(draft);
        } else {
            form.fill(draft);
        }
    };
    let save = move |()| {
        let draft = untrack(|| form.draft());
        let steps = match form.saved.with_untracked(|saved| steps::changes(saved, &draft, currency)) {
            Ok(steps) => steps,
            Err(wrong) => {
                toasts.say(words::look_again());
                return show(form, wrong);
            }
        };
        busy.set(true);
        // Taken now: the page may be left while this is under way.
        let (known, attempt, turn) = (etag.get_value(), key.get_value(), turns.mine());
        leptos::task::spawn_local(async move {
            let _mine = turn.await;
            let added = move |row: usize, id| {
                let _there = form.variants.try_update(|rows| rows.get_mut(row).map(|row| row.id = Some(id)));
            };
            // One's own pictures count the version up as well: where nothing else differs, the version of now is the one that was edited.
            let same = again()
                .await
                .ok()
                .filter(|fresh| form.saved.with_untracked(|saved| Draft::of(&fresh.product).told_apart() == saved.clone().told_apart()));
            let version = same.map_or(known, |fresh| fresh.etag);
            match send(id, version, steps, &attempt, added).await {
                Ok(()) => {
                    let _there = key.try_set_value(novashop_client::fresh_key());
                    match again().await {
                        Ok(read) => from(&read, false),
                        Err(failure) => toasts.fail(&failure),
                    }
                    toasts.say(common::saved());
                }
                Err(Stopped { failure, row, begun }) => {
                    let fresh = if begun || failure.status() == Some(412) { again().await.ok() } else { None };
                    match fresh {
                        Some(read) if failure.status() == Some(412) => {
                            let _there = theirs.try_set(Some(read));
                        }
                        Some(read) => {
                            from(&read, true);
                            // What was done stays done: the next change of the same row is another one.
                            let _there = key.try_set_value(novashop_client::fresh_key());
                        }
                        None => {}
                    }
                    if failure.status() != Some(412) {
                        let one = draft.options.is_empty();
                        show(form, wrong_fields(&failure, row, one));
                        toasts.fail(&failure);
                    }
                }
            }
            let _there = busy.try_set(false);
        });
    };
    let choice = move |(read, mine): (Read, bool)| {
        images.set(read.product.images.clone());
        from(&read, mine);
        if mine {
            save(());
        }
    };
    let changed = Signal::derive(move || form.changed());
    view! {
        <h1>{move || form.saved.with(|saved| saved.name.clone())}</h1>
        <Fields form=form product=Some(id) images=images currency=currency/>
        <SaveBar
            changed=changed
            busy=busy
            on_save=UnsyncCallback::new(save)
            on_discard=UnsyncCallback::new(move |()| form.show(form.saved.get_untracked()))
        />
        <Conflict form=form theirs=theirs on_choice=UnsyncCallback::new(choice)/>
        <UnsavedGuard changed=changed/>
    }
}
