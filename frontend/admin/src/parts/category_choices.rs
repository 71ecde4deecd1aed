//! The tree of categories as a list to choose from.

use novashop_types::catalogue::Category;
use novashop_ui::Choice;

/// Every category by its id, the ones below indented under theirs.
#[must_use]
pub fn choices(tree: &[Category]) -> Vec<Choice> {
    let mut list = Vec::new();
    add(tree, 0, &mut list);
    list
}

fn add(tree: &[Category], depth: usize, list: &mut Vec<Choice>) {
    for category in tree {
        // Spaces that a browser keeps: plain ones at the start of an option are dropped.
        list.push(Choice::new(category.id.to_string(), format!("{}{}", "\u{2003}".repeat(depth), category.name)));
        add(&category.children, depth.saturating_add(1), list);
    }
}
