//! Categories.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::rules::{not_blank, valid_slug};
use crate::{
    CategoryId,
    patch::{nullable, present},
};

/// A category of the catalogue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(no_recursion)]
pub struct Category {
    /// The category's id.
    pub id: CategoryId,
    /// Its name in addresses.
    #[schema(example = "tableware")]
    pub slug: String,
    /// Its name for people.
    #[schema(example = "Tableware")]
    pub name: String,
    /// One or two sentences.
    pub description: String,
    /// Its picture's address, or `null`.
    #[schema(required = true, example = "/media/categories/tableware/1280.webp")]
    pub image: Option<String>,
    /// The category it lies in, or `null` at the top.
    #[schema(required = true)]
    pub parent_id: Option<CategoryId>,
    /// Published products in it and in everything below it.
    #[schema(example = 10)]
    pub product_count: i64,
    /// Grows with every change; it is also in the `ETag`.
    pub version: i64,
    /// What lies in it, in order.
    pub children: Vec<Category>,
}

/// The category tree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CategoryTree {
    /// The top categories, each with its children.
    pub items: Vec<Category>,
}

/// A category in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CategoryRef {
    /// The category's id.
    pub id: CategoryId,
    /// Its name in addresses.
    #[schema(example = "tableware")]
    pub slug: String,
    /// Its name for people.
    #[schema(example = "Tableware")]
    pub name: String,
}

/// A new category.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryCreate {
    /// Made from the name where it is left out.
    #[serde(default)]
    #[validate(custom(function = "valid_slug"))]
    #[schema(example = "tableware", min_length = 1, max_length = 120, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")]
    pub slug: Option<String>,
    /// Its name for people.
    #[validate(length(max = 120, message = "may have up to 120 characters"), custom(function = "not_blank"))]
    #[schema(example = "Tableware", min_length = 1, max_length = 120, pattern = r"\S")]
    pub name: String,
    /// One or two sentences.
    #[serde(default)]
    #[validate(length(max = 2000, message = "may have up to 2000 characters"))]
    #[schema(max_length = 2000)]
    pub description: String,
    /// The category it lies in.
    #[serde(default)]
    pub parent_id: Option<CategoryId>,
}

/// Changes to a category; fields that are absent stay.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryPatch {
    /// Its name in addresses.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "valid_slug"))]
    #[schema(min_length = 1, max_length = 120, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$", nullable = false)]
    pub slug: Option<String>,
    /// Its name for people.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(length(max = 120, message = "may have up to 120 characters"), custom(function = "not_blank"))]
    #[schema(min_length = 1, max_length = 120, pattern = r"\S", nullable = false)]
    pub name: Option<String>,
    /// One or two sentences.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(length(max = 2000, message = "may have up to 2000 characters"))]
    #[schema(max_length = 2000, nullable = false)]
    pub description: Option<String>,
    /// The category it lies in; `null` puts it at the top.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<CategoryId>)]
    pub parent_id: Option<Option<CategoryId>>,
}
