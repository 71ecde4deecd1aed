//! Files of products in, products and orders out.

use leptos::{html, prelude::*};
use novashop_client::{Request, Resource, get_own, upload};
use novashop_locales::{admin, admin_catalogue as words};
use novashop_types::{ImportId, Page, imports::Import};
use novashop_ui::{Button, Icon, Load, Sign, download, use_title, use_toasts};

use crate::parts::{
    import_view::{History, ImportProgress},
    stray_files::hold_stray_files,
};

/// The page of imports and exports.
#[component]
pub fn Imports() -> impl IntoView {
    use_title(|| Some(admin::imports().into()));
    let toasts = use_toasts();
    hold_stray_files();
    let history = Resource::new(|| get_own::<Page<Import>>("/api/v1/admin/imports?limit=20"));
    let (followed, sent, over) = (RwSignal::new(None::<ImportId>), RwSignal::new(None::<f64>), RwSignal::new(false));
    let send = move |files: Option<web_sys::FileList>| {
        let Some(file) = files.and_then(|files| files.item(0)).filter(|_| sent.get_untracked().is_none()) else { return };
        sent.set(Some(0.0));
        leptos::task::spawn_local(async move {
            if let Ok(form) = web_sys::FormData::new() {
                let _added = form.append_with_blob_and_filename("file", &file, &file.name());
                let progress = move |part| {
                    let _there = sent.try_set(Some(part));
                };
                match upload::<Import>("/api/v1/admin/imports/products", &form, progress).await {
                    Ok(import) => {
                        let _there = followed.try_set(Some(import.id));
                    }
                    Err(failure) => toasts.fail(&failure),
                }
            }
            let _there = sent.try_set(None);
        });
    };
    let chooser = NodeRef::<html::Input>::new();
    let choose = move |()| {
        if let Some(input) = chooser.get_untracked() {
            input.click();
        }
    };
    let dropped = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        send(event.data_transfer().and_then(|data| data.files()));
    };
    view! {
        <h1>{admin::imports()}</h1>
        <section class="panel stack">
            <h2>{words::import_title()}</h2>
            <p class="muted">{words::import_text()}</p>
            <div
                class="drop"
                class:drop--over=over
                on:dragover=move |event| {
                    event.prevent_default();
                    over.set(true);
                }
                on:dragleave=move |_| over.set(false)
                on:drop=dropped
            >
                <Icon sign=Sign::Upload/>
                <p>{words::drop_file()}</p>
                <Button busy=Signal::derive(move || sent.get().is_some()) on_press=UnsyncCallback::new(choose)>
                    {words::choose_file()}
                </Button>
                <input
                    class="visually-hidden"
                    type="file"
                    accept=".csv,.json,text/csv,application/json"
                    tabindex="-1"
                    aria-label=words::choose_file()
                    node_ref=chooser
                    on:change:target=move |event| {
                        send(event.target().files());
                        event.target().set_value("");
                    }
                />
            </div>
            {move || sent.get().map(|part| view! { <progress max="1" value=part aria-label=words::sending()></progress> })}
            {move || followed.get().map(|id| view! { <ImportProgress id=id on_over=UnsyncCallback::new(move |()| history.refetch())/> })}
        </section>
        <section class="panel stack">
            <h2>{words::export_title()}</h2>
            <div class="row">
                <Export path="/api/v1/admin/exports/products.csv" name="products.csv" text=words::export_products()/>
                <Export path="/api/v1/admin/exports/orders.csv" name="orders.csv" text=words::export_orders()/>
            </div>
        </section>
        <section class="stack">
            <h2>{words::history()}</h2>
            <Load from=history skeleton=|| view! { <div class="skeleton"></div> }.into_any() let:page>
                <History imports=page.items on_open=UnsyncCallback::new(move |id| followed.set(Some(id)))/>
            </Load>
        </section>
    }
}

/// A file that is asked for as who is signed in, and then handed to the browser.
#[component]
fn Export(path: &'static str, name: &'static str, text: &'static str) -> impl IntoView {
    let (busy, toasts) = (RwSignal::new(false), use_toasts());
    let fetch = move |()| {
        busy.set(true);
        leptos::task::spawn_local(async move {
            match Request::get(path).file().await {
                Ok(content) => {
                    let _taken = download(name, "text/csv", &content);
                }
                Err(failure) => toasts.fail(&failure),
            }
            let _there = busy.try_set(false);
        });
    };
    view! {
        <Button busy=busy on_press=UnsyncCallback::new(fetch)>
            <Icon sign=Sign::Download/>
            {text}
        </Button>
    }
}
