//! A form under way: busy or not, and what came of it.

use std::future::Future;

use leptos::{prelude::*, task::spawn_local};
use novashop_client::{Failure, Outcome};
use novashop_ui::{Notice, NoticeKind, failure_text};

use crate::parts::form::Mistakes;

/// What a form is doing.
#[derive(Debug, Clone, Copy)]
pub struct Sending {
    /// Whether it is being sent.
    pub busy: RwSignal<bool>,
    /// What is wrong with its fields.
    pub mistakes: Mistakes,
    failed: RwSignal<Option<Failure>>,
    fields: StoredValue<&'static [&'static str]>,
}

impl Sending {
    /// Nothing sent yet; `fields` are those that the form can show mistakes of.
    #[must_use]
    pub fn new(fields: &'static [&'static str]) -> Self {
        Self { busy: RwSignal::new(false), mistakes: Mistakes::new(), failed: RwSignal::new(None), fields: StoredValue::new(fields) }
    }

    /// Sends it, once at a time. What the shop says of fields is shown beside them, all else by [`Self::notice`].
    pub fn send<T: 'static>(self, work: impl Future<Output = Outcome<T>> + 'static, done: impl FnOnce(T) + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.failed.set(None);
        spawn_local(async move {
            match work.await {
                Ok(value) => {
                    self.mistakes.clear();
                    done(value);
                }
                Err(failure) => {
                    let fields = self.fields.try_get_value().unwrap_or_default();
                    if !self.mistakes.refused(&failure, fields) {
                        self.failed.set(Some(failure));
                    }
                }
            }
            self.busy.set(false);
        });
    }

    /// Why it did not work, where no field is to blame.
    pub fn notice(self) -> impl IntoView {
        move || self.failed.get().map(|failure| view! { <Notice kind=NoticeKind::Negative>{failure_text(&failure)}</Notice> })
    }
}
