//! The category tree, asked once for all of the app.

use leptos::prelude::*;
use novashop_client::{Outcome, get};
use novashop_types::{
    catalogue::{Category, CategoryTree},
    pages,
};

/// The tree as it comes.
pub type Categories = LocalResource<Outcome<CategoryTree>>;

/// Offers the tree to the app.
pub fn provide_categories() -> Categories {
    let categories = LocalResource::new(|| get::<CategoryTree>(pages::CATEGORIES));
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
