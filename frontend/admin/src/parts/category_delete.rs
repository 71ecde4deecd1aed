//! Deleting a category, or why that cannot be yet.

use leptos::prelude::*;
use novashop_client::Request;
use novashop_locales::{admin_catalogue as words, common};
use novashop_types::{ErrorCode, catalogue::Category};
use novashop_ui::{Notice, NoticeKind, use_toasts};

use crate::parts::confirm::Confirm;

/// The question; open while there is a category to delete.
#[component]
pub fn CategoryDelete(
    /// Which one.
    deleting: RwSignal<Option<Category>>,
    /// Told when it is gone.
    on_done: UnsyncCallback<()>,
) -> impl IntoView {
    let toasts = use_toasts();
    let (open, busy, full) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    Effect::new(move || {
        open.set(deleting.with(Option::is_some));
        full.set(false);
    });
    Effect::new(move || {
        if !open.get() && deleting.with_untracked(Option::is_some) {
            deleting.set(None);
        }
    });
    let name = Signal::derive(move || words::delete_title(&deleting.with(|one| one.as_ref().map(|one| one.name.clone()).unwrap_or_default())));
    let below = move || deleting.with(|one| one.as_ref().map_or(0, |one| i64::try_from(one.children.len()).unwrap_or(0)));
    let delete = move |()| {
        let Some(id) = deleting.with_untracked(|one| one.as_ref().map(|one| one.id)) else { return };
        let on_done = on_done.clone();
        busy.set(true);
        leptos::task::spawn_local(async move {
            match Request::delete(format!("/api/v1/categories/{id}")).done().await {
                Ok(()) => {
                    let _there = deleting.try_set(None);
                    toasts.say(words::deleted());
                    on_done.run(());
                }
                Err(failure) if failure.code() == Some(ErrorCode::CategoryNotEmpty) => {
                    let _there = full.try_set(true);
                }
                Err(failure) => toasts.fail(&failure),
            }
            let _there = busy.try_set(false);
        });
    };
    view! {
        <Confirm
            open=open
            title=name
            action=common::delete()
            danger=true
            busy=busy
            disabled=Signal::derive(move || below() > 0 || full.get())
            on_confirm=UnsyncCallback::new(delete)
        >
            {move || match (below(), full.get()) {
                (0, false) => words::delete_text().into_any(),
                (0, true) => {
                    let address = deleting.with(|one| one.as_ref().map(|one| format!("/admin/products?category={}", one.id)));
                    view! {
                        <Notice kind=NoticeKind::Warning>{words::not_empty_products()}</Notice>
                        <a href=address on:click=move |_| open.set(false)>
                            {words::see_products()}
                        </a>
                    }
                    .into_any()
                }
                (children, _) => view! { <Notice kind=NoticeKind::Warning>{words::not_empty_children(children)}</Notice> }.into_any(),
            }}
        </Confirm>
    }
}
