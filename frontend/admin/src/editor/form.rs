//! The form over a draft: a signal for each part, so that typing in one redraws no other.

use leptos::prelude::*;

use super::{
    draft::{AttributeRow, Draft, OptionRow, VariantRow},
    steps::Wrong,
};

/// What stands in the form now, and what was saved.
#[derive(Clone, Copy)]
pub struct Form {
    /// The name.
    pub name: RwSignal<String>,
    /// The name in addresses.
    pub slug: RwSignal<String>,
    /// The description.
    pub description: RwSignal<String>,
    /// The category's id.
    pub category: RwSignal<String>,
    /// The status.
    pub status: RwSignal<String>,
    /// The facts.
    pub attributes: RwSignal<Vec<AttributeRow>>,
    /// The options.
    pub options: RwSignal<Vec<OptionRow>>,
    /// The variants.
    pub variants: RwSignal<Vec<VariantRow>>,
    /// Why the stock changes.
    pub reason: RwSignal<String>,
    /// What the shop has.
    pub saved: RwSignal<Draft>,
    /// What is wrong, by field.
    pub wrong: RwSignal<Wrong>,
}

impl Form {
    /// The form of a draft.
    #[must_use]
    pub fn new(draft: &Draft) -> Self {
        let draft = draft.clone();
        Self {
            name: RwSignal::new(draft.name.clone()),
            slug: RwSignal::new(draft.slug.clone()),
            description: RwSignal::new(draft.description.clone()),
            category: RwSignal::new(draft.category.clone()),
            status: RwSignal::new(draft.status.clone()),
            attributes: RwSignal::new(draft.attributes.clone()),
            options: RwSignal::new(draft.options.clone()),
            variants: RwSignal::new(draft.variants.clone()),
            reason: RwSignal::new(String::new()),
            saved: RwSignal::new(draft),
            wrong: RwSignal::new(Wrong::new()),
        }
    }

    /// What stands in it; reactive.
    #[must_use]
    pub fn draft(self) -> Draft {
        Draft {
            name: self.name.get(),
            slug: self.slug.get(),
            description: self.description.get(),
            category: self.category.get(),
            status: self.status.get(),
            attributes: self.attributes.get(),
            options: self.options.get(),
            variants: self.variants.get(),
            reason: self.reason.get(),
        }
    }

    /// Puts a draft into it and counts it as saved.
    pub fn fill(self, draft: Draft) {
        self.saved.set(draft.clone());
        self.show(draft);
    }

    /// Puts a draft into it.
    pub fn show(self, draft: Draft) {
        self.name.set(draft.name);
        self.slug.set(draft.slug);
        self.description.set(draft.description);
        self.category.set(draft.category);
        self.status.set(draft.status);
        self.attributes.set(draft.attributes);
        self.options.set(draft.options);
        self.variants.set(draft.variants);
        self.reason.set(draft.reason);
        self.wrong.set(Wrong::new());
    }

    /// Whether something is not saved; reactive.
    #[must_use]
    pub fn changed(self) -> bool {
        self.saved.with(|saved| *saved != self.draft())
    }

    /// What is wrong with a field, for its component.
    #[must_use]
    pub fn error(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || self.wrong.with(|wrong| wrong.get(field).cloned()))
    }
}
