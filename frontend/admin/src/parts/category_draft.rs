//! A category as it stands in the form: told apart from what the shop has, so that only one's own changes are sent.

use std::str::FromStr;

use novashop_types::{
    CategoryId,
    catalogue::{Category, CategoryCreate, CategoryPatch},
};

/// What stands in the form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// Its name.
    pub name: String,
    /// Its name in addresses; left empty, the shop makes it.
    pub slug: String,
    /// What is in it.
    pub description: String,
    /// The id of the category it lies in, or nothing.
    pub parent: String,
}

impl Draft {
    /// A new category in this one.
    #[must_use]
    pub fn inside(parent: Option<CategoryId>) -> Self {
        Self { parent: parent.map(|id| id.to_string()).unwrap_or_default(), ..Self::default() }
    }

    /// One that the shop has.
    #[must_use]
    pub fn of(category: &Category) -> Self {
        Self {
            name: category.name.clone(),
            slug: category.slug.clone(),
            description: category.description.clone(),
            ..Self::inside(category.parent_id)
        }
    }

    /// What was typed over `before`, over what the shop has `now`: a field that was left alone says what is there now.
    #[must_use]
    pub fn over(self, before: &Self, now: &Self) -> Self {
        let field = |typed: String, before: &String, now: &String| if typed == *before { now.clone() } else { typed };
        Self {
            name: field(self.name, &before.name, &now.name),
            slug: field(self.slug, &before.slug, &now.slug),
            description: field(self.description, &before.description, &now.description),
            parent: field(self.parent, &before.parent, &now.parent),
        }
    }

    /// What to ask of the shop, which has `saved`: only what differs. Nothing where nothing does.
    #[must_use]
    pub fn patch(&self, saved: &Self) -> Option<CategoryPatch> {
        if self == saved {
            return None;
        }
        let text = |now: &String, saved: &String| (now != saved).then(|| now.trim().to_owned());
        Some(CategoryPatch {
            slug: text(&self.slug, &saved.slug).filter(|slug| !slug.is_empty()),
            name: text(&self.name, &saved.name),
            description: (self.description != saved.description).then(|| self.description.clone()),
            parent_id: (self.parent != saved.parent).then(|| self.lies_in()),
        })
    }

    /// A new category.
    #[must_use]
    pub fn create(&self) -> CategoryCreate {
        let slug = Some(self.slug.trim().to_owned()).filter(|slug| !slug.is_empty());
        CategoryCreate { slug, name: self.name.trim().to_owned(), description: self.description.clone(), parent_id: self.lies_in() }
    }

    fn lies_in(&self) -> Option<CategoryId> {
        CategoryId::from_str(&self.parent).ok()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn draft(name: &str, description: &str) -> Draft {
        Draft { name: name.into(), slug: "mugs".into(), description: description.into(), parent: String::new() }
    }

    fn sent(now: &Draft, saved: &Draft) -> serde_json::Value {
        serde_json::to_value(now.patch(saved).unwrap()).unwrap()
    }

    #[test]
    fn only_what_differs_is_sent() {
        let saved = draft("Mugs", "For tea.");
        assert!(saved.patch(&saved).is_none());
        assert_eq!(sent(&draft("Mugs", "For coffee."), &saved), json!({"description": "For coffee."}));
        assert_eq!(sent(&draft(" Cups ", "For tea."), &saved), json!({"name": "Cups"}));
        let id = CategoryId(uuid::Uuid::from_u128(1));
        let moved = Draft { parent: id.to_string(), ..saved.clone() };
        assert_eq!(sent(&moved, &saved), json!({"parent_id": id}));
        assert_eq!(sent(&saved, &moved), json!({"parent_id": null}));
    }

    #[test]
    fn what_a_colleague_changed_stays_where_nothing_was_typed() {
        let (before, theirs) = (draft("Mugs", "For tea."), draft("Cups", "For tea."));
        let mine = draft("Mugs", "For coffee.").over(&before, &theirs);
        assert_eq!(mine, draft("Cups", "For coffee."));
        assert_eq!(sent(&mine, &theirs), json!({"description": "For coffee."}));
        assert_eq!(draft("Beakers", "For tea.").over(&before, &theirs).name, "Beakers");
    }
}
