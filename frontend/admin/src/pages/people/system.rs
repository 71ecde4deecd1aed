//! How the program is. Looked at again while somebody looks.

use std::time::Duration;

use leptos::prelude::*;
use novashop_client::{Resource, get_own};
use novashop_locales::{admin, admin_system as words};
use novashop_types::system::System;
use novashop_ui::{Load, use_title};

use crate::parts::{paged::lines, system_facts::SystemFacts};

const EVERY: Duration = Duration::from_secs(10);

/// The page.
#[component]
pub fn SystemPage() -> impl IntoView {
    use_title(|| Some(admin::system().into()));
    let again = RwSignal::new(0_u32);
    let system = Resource::new(move || {
        again.track();
        get_own::<System>("/api/v1/admin/system")
    });
    let look = move || {
        // Not for a tab that nobody sees.
        if !document().hidden() {
            again.try_update(|again| *again = again.wrapping_add(1));
        }
    };
    if let Ok(clock) = set_interval_with_handle(look, EVERY) {
        on_cleanup(move || clock.clear());
    }
    view! {
        <div class="stack">
            <h1>{admin::system()}</h1>
            <p class="muted small">{words::refreshed()}</p>
            <Load from=system skeleton=lines let:system>
                <SystemFacts system=system/>
            </Load>
        </div>
    }
}
