//! The category tree, asked once for all of the app.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use novashop_client::{Outcome, Resource, get};
use novashop_types::{
    catalogue::{Category, CategoryTree},
    pages,
};

/// The tree as it comes.
pub type Categories = Resource<Outcome<CategoryTree>>;

/// Offers the tree to the app.
pub fn provide_categories() -> Categories {
    let categories = Resource::new(|| get::<CategoryTree>(pages::CATEGORIES));
    provide_context(categories);
    categories
}

/// The top categories, each with what lies in it; empty for as long as they are not there. Reactive.
#[must_use]
pub fn use_categories() -> Signal<Vec<Category>> {
    match use_context::<Categories>() {
        Some(categories) => Signal::derive(move || categories.get().and_then(Result::ok).map(|tree| tree.items).unwrap_or_default()),
        None => Signal::stored(Vec::new()),
    }
}

/// Where a list is among the categories.
#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// Not known yet.
    Unknown,
    /// In no category in particular.
    Everywhere,
    /// In the last of these; the others are what it lies in.
    In(Vec<Category>),
    /// In a category that there is not.
    Nowhere,
}

impl Place {
    /// The category itself.
    #[must_use]
    pub fn here(self) -> Option<Category> {
        if let Self::In(mut line) = self { line.pop() } else { None }
    }

    /// What it lies in.
    #[must_use]
    pub fn above(self) -> Vec<Category> {
        let Self::In(mut line) = self else { return Vec::new() };
        line.pop();
        line
    }
}

/// Where a category's slug leads. One that the tree does not know may be an old one: then the address is put right.
#[must_use]
pub fn use_place(slug: Signal<Option<String>>) -> Memo<Place> {
    let (tree, navigate) = (use_context::<Categories>(), use_navigate());
    let in_tree = Memo::new(move |_| {
        let Some(slug) = slug.get() else { return Place::Everywhere };
        match tree.and_then(|tree| tree.get()) {
            Some(Ok(tree)) => match line_to(&tree.items, &slug) {
                line if line.is_empty() => Place::Nowhere,
                line => Place::In(line),
            },
            _ => Place::Unknown,
        }
    });
    let moved = Resource::new(move || {
        let slug = slug.get().filter(|_| *in_tree.read() == Place::Nowhere);
        async move {
            let slug = slug?;
            let found = get::<Category>(format!("{}/{}", pages::CATEGORIES, pages::encoded(&slug))).await.ok()?;
            (found.slug != slug).then_some(found.slug)
        }
    });
    let moved = Memo::new(move |_| moved.get());
    Effect::new(move || {
        if let Some(Some(slug)) = moved.get() {
            navigate(&pages::category_page(&slug), NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
    });
    Memo::new(move |_| match (in_tree.get(), moved.get()) {
        // Until it is known whether it has moved.
        (Place::Nowhere, None | Some(Some(_))) => Place::Unknown,
        (place, _) => place,
    })
}

/// The categories from the top to one, by its slug; empty where there is none.
#[must_use]
pub fn line_to(categories: &[Category], slug: &str) -> Vec<Category> {
    for category in categories {
        if category.slug == slug {
            return vec![category.clone()];
        }
        let below = line_to(&category.children, slug);
        if !below.is_empty() {
            return std::iter::once(category.clone()).chain(below).collect();
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn category(slug: &str, children: Vec<Category>) -> Category {
        Category {
            id: uuid::Uuid::nil().into(),
            slug: slug.into(),
            name: slug.to_uppercase(),
            description: String::new(),
            image: None,
            parent_id: None,
            product_count: 0,
            version: 1,
            children,
        }
    }

    #[test]
    fn the_way_to_a_category_goes_through_those_it_lies_in() {
        let tree = vec![category("wear", vec![]), category("home", vec![category("textiles", vec![category("linen", vec![])])])];
        let slugs = |slug: &str| line_to(&tree, slug).into_iter().map(|category| category.slug).collect::<Vec<_>>();
        assert_eq!(slugs("linen"), ["home", "textiles", "linen"]);
        assert_eq!(slugs("wear"), ["wear"]);
        assert!(slugs("nothing").is_empty());
    }
}
