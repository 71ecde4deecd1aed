//! Lists of products, what narrows them, suggestions.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::categories::CategoryRef;
use super::products::ProductSummary;
use crate::{CategoryId, Page, flat::read_flat};

/// The orders a list of products can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum ProductSort {
    /// Best match first: by how many of the words are in the name, then by how well the texts fit; needs `q`.
    #[serde(rename = "relevance")]
    Relevance,
    /// Newest first: the default without `q`.
    #[serde(rename = "newest")]
    Newest,
    /// Cheapest first.
    #[serde(rename = "price")]
    Price,
    /// Dearest first.
    #[serde(rename = "-price")]
    PriceDescending,
    /// A to Z.
    #[serde(rename = "name")]
    Name,
    /// Best rated first.
    #[serde(rename = "rating")]
    Rating,
}

impl ProductSort {
    /// Every order there is.
    pub const ALL: [Self; 6] = [Self::Relevance, Self::Newest, Self::Price, Self::PriceDescending, Self::Name, Self::Rating];

    /// The word on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Newest => "newest",
            Self::Price => "price",
            Self::PriceDescending => "-price",
            Self::Name => "name",
            Self::Rating => "rating",
        }
    }

    /// The order a word means.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == word)
    }
}

/// A list of products, with counts where `facets=true`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(from = "ProductPageRead")]
pub struct ProductPage {
    /// The page.
    #[serde(flatten)]
    pub page: Page<ProductSummary>,
    /// What one could narrow the list to; only with `facets=true`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub facets: Option<Facets>,
}

read_flat!(ProductPageRead for ProductPage {
    page: Page { items: Vec<ProductSummary>, next_cursor: Option<String>, total: Option<u64> },
    facets: Option<Facets>,
});

/// How many products of the whole list each narrowing would leave.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Facets {
    /// Whether every product of the list was counted. Of a list of more than 10,000 only a part is: then there are at least as many as each
    /// count says, and a narrowing that none of the part has is missing.
    #[serde(default)]
    #[schema(required = true)]
    pub complete: bool,
    /// By category.
    pub categories: Vec<CategoryFacet>,
    /// By price band.
    pub prices: Vec<PriceFacet>,
    /// By lowest rating.
    pub ratings: Vec<RatingFacet>,
    /// By option.
    pub options: Vec<OptionFacet>,
}

/// Products in a category.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(from = "CategoryFacetRead")]
pub struct CategoryFacet {
    /// The category.
    #[serde(flatten)]
    pub category: CategoryRef,
    /// How many.
    pub count: i64,
}

read_flat!(CategoryFacetRead for CategoryFacet { category: CategoryRef { id: CategoryId, slug: String, name: String }, count: i64 });

/// Products in a price band.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PriceFacet {
    /// From here, in minor units.
    pub min: i64,
    /// To here, in minor units, both included; `null` in the last band.
    #[schema(required = true)]
    pub max: Option<i64>,
    /// How many.
    pub count: i64,
}

/// Products rated so or better.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RatingFacet {
    /// This average or better: 4, 3, 2, 1.
    pub min: i64,
    /// How many.
    pub count: i64,
}

/// Products by the values of an option.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OptionFacet {
    /// The option's name, as in `option.<name>=`.
    pub name: String,
    /// Its values.
    pub values: Vec<OptionValueFacet>,
}

/// Products that have an option's value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OptionValueFacet {
    /// The value.
    pub value: String,
    /// How many.
    pub count: i64,
}

/// What somebody who types might mean.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Suggestions {
    /// Products, best match first, up to 8.
    pub products: Vec<ProductSummary>,
    /// Categories, up to 4.
    pub categories: Vec<CategoryRef>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_has_one_word_in_addresses_and_in_json() {
        for sort in ProductSort::ALL {
            assert_eq!(serde_json::to_value(sort).unwrap(), sort.as_str());
            assert_eq!(ProductSort::parse(sort.as_str()), Some(sort));
        }
    }
}
