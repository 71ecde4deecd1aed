//! The addresses of the shop's pages, and what each asks the API.
//!
//! The server asks first and puts the answers into the page; the app takes an answer only where it would have asked for exactly the same
//! address. So both write the addresses here.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::catalogue::ProductSort;

/// The category tree: the header of every page shows it.
pub const CATEGORIES: &str = "/api/v1/categories";
/// The newest products, on the home page.
pub const NEWEST: &str = "/api/v1/products?sort=newest&limit=8";
/// The best rated products, on the home page.
pub const BEST_RATED: &str = "/api/v1/products?sort=rating&limit=8";
/// How many products a listing shows at a time.
pub const LISTING_LIMIT: u32 = 24;
/// How wide the picture of a card is shown: two side by side on a phone, four on a desktop, never wider than its place on a large one. Measured
/// in a browser: said too large, a phone fetches twice the width that it shows. Whoever preloads and whoever shows must agree.
pub const CARD_SIZES: &str = "(min-width: 1280px) 284px, (min-width: 1024px) 22vw, (min-width: 640px) 31vw, 44vw";
/// How wide the picture of a product's page is shown.
pub const GALLERY_SIZES: &str = "(min-width: 1280px) 560px, (min-width: 860px) 46vw, 93vw";

/// The API refuses longer searches and categories.
const MAX_QUERY: usize = 200;
const MAX_CATEGORY: usize = 120;
/// The API refuses more options, and more values of one.
const MAX_OPTIONS: usize = 10;
const MAX_VALUES: usize = 50;
const OPTION: &str = "option.";

/// What stands for itself in an address (RFC 3986, 2.3); all else is encoded.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// A text as a part of an address.
#[must_use]
pub fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

/// A part of an address as the text it stands for.
#[must_use]
pub fn decoded(part: &str) -> String {
    percent_decode_str(part).decode_utf8_lossy().into_owned()
}

/// The page of a product.
#[must_use]
pub fn product_page(slug: &str) -> String {
    format!("/p/{}", encoded(slug))
}

/// The page of a category.
#[must_use]
pub fn category_page(slug: &str) -> String {
    format!("/c/{}", encoded(slug))
}

/// Where the API tells of a product.
#[must_use]
pub fn product(slug: &str) -> String {
    format!("/api/v1/products/{}", encoded(slug))
}

/// Where the API gives the first reviews of a product.
#[must_use]
pub fn reviews(slug: &str) -> String {
    format!("/api/v1/products/{}/reviews?limit=10", encoded(slug))
}

/// What a listing is narrowed to, and in which order: the query of its address.
///
/// Whatever stands in an address can be shown: what is unknown or senseless is left out, as links from elsewhere carry all sorts of things.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListingQuery {
    /// Words.
    pub q: Option<String>,
    /// The slug of a category.
    pub category: Option<String>,
    /// The lowest price in minor units.
    pub min_price: Option<i64>,
    /// The highest price in minor units.
    pub max_price: Option<i64>,
    /// Whether only what can be bought now.
    pub in_stock: Option<bool>,
    /// The lowest rating, 1 to 5 stars.
    pub min_rating: Option<u8>,
    /// Values by the names of options, each in order.
    pub options: BTreeMap<String, Vec<String>>,
    /// The order; the API's own where it is left out.
    pub sort: Option<ProductSort>,
    /// Where to go on.
    pub cursor: Option<String>,
}

impl ListingQuery {
    /// Reads the query of an address, without its `?`.
    #[must_use]
    pub fn parse(query: &str) -> Self {
        let plain = |part: &str| decoded(&part.replace('+', " "));
        Self::from_pairs(query.split('&').filter_map(|pair| pair.split_once('=')).map(|(name, value)| (plain(name), plain(value))))
    }

    /// Reads names and values that are decoded already.
    pub fn from_pairs(pairs: impl IntoIterator<Item = (impl AsRef<str>, impl AsRef<str>)>) -> Self {
        let mut query = Self::default();
        for (name, value) in pairs {
            query.take(name.as_ref(), value.as_ref().trim());
        }
        if query.sort == Some(ProductSort::Relevance) && query.q.is_none() {
            query.sort = None;
        }
        if let (Some(min), Some(max)) = (query.min_price, query.max_price)
            && min > max
        {
            // "From 50 to 20" means from 20 to 50.
            (query.min_price, query.max_price) = (Some(max), Some(min));
        }
        query
    }

    fn take(&mut self, name: &str, value: &str) {
        let price = || value.parse::<i64>().ok().filter(|price| *price >= 0);
        match name {
            // The API refuses the character that no database keeps.
            _ if value.is_empty() || name.contains('\0') || value.contains('\0') => {}
            "q" => self.q = Some(value.chars().take(MAX_QUERY).collect()),
            "category" => self.category = Some(value.to_owned()).filter(|category| category.chars().count() <= MAX_CATEGORY),
            "min_price" => self.min_price = price(),
            "max_price" => self.max_price = price(),
            "in_stock" => self.in_stock = value.parse().ok(),
            "min_rating" => self.min_rating = value.parse().ok().filter(|stars| (1..=5).contains(stars)),
            "sort" => self.sort = ProductSort::parse(value),
            "cursor" => self.cursor = Some(value.to_owned()),
            _ => {
                if let Some(option) = name.strip_prefix(OPTION).filter(|option| !option.is_empty()) {
                    self.add_option(option, value);
                }
            }
        }
    }

    /// Narrows to one more value of an option.
    pub fn add_option(&mut self, option: &str, value: &str) {
        if self.options.len() >= MAX_OPTIONS && !self.options.contains_key(option) {
            return;
        }
        let values = self.options.entry(option.to_owned()).or_default();
        if values.len() < MAX_VALUES
            && let Err(place) = values.binary_search_by(|known| known.as_str().cmp(value))
        {
            values.insert(place, value.to_owned());
        }
    }

    /// No longer narrows to a value of an option.
    pub fn remove_option(&mut self, option: &str, value: &str) {
        if let Some(values) = self.options.get_mut(option) {
            values.retain(|known| known != value);
            if values.is_empty() {
                self.options.remove(option);
            }
        }
    }

    /// Whether it is narrowed to anything beside a category and words.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        let Self { q: _, category: _, min_price, max_price, in_stock, min_rating, options, sort: _, cursor: _ } = self;
        min_price.is_some() || max_price.is_some() || in_stock.is_some() || min_rating.is_some() || !options.is_empty()
    }

    /// The names and values, always in the same order.
    fn pairs(&self) -> Vec<(String, String)> {
        let Self { q, category, min_price, max_price, in_stock, min_rating, options, sort, cursor } = self;
        let single = [
            ("q", q.clone()),
            ("category", category.clone()),
            ("min_price", min_price.map(|price| price.to_string())),
            ("max_price", max_price.map(|price| price.to_string())),
            ("in_stock", in_stock.map(|stock| stock.to_string())),
            ("min_rating", min_rating.map(|stars| stars.to_string())),
        ];
        let last = [("sort", sort.map(|sort| sort.as_str().to_owned())), ("cursor", cursor.clone())];
        let options = options.iter().flat_map(|(name, values)| values.iter().map(move |value| (format!("{OPTION}{name}"), value.clone())));
        let some = |(name, value): (&str, Option<String>)| value.map(|value| (name.to_owned(), value));
        single.into_iter().filter_map(some).chain(options).chain(last.into_iter().filter_map(some)).collect()
    }

    /// Where the API gives this list.
    #[must_use]
    pub fn api_path(&self) -> String {
        let mut pairs = self.pairs();
        pairs.push(("limit".to_owned(), LISTING_LIMIT.to_string()));
        pairs.push(("facets".to_owned(), true.to_string()));
        pairs.push(("include_total".to_owned(), true.to_string()));
        with_query("/api/v1/products", &pairs)
    }

    /// Where the API gives the page behind a cursor, for who knows already how much there is and what the list could be narrowed to.
    #[must_use]
    pub fn more_path(&self, cursor: &str) -> String {
        let mut pairs = Self { cursor: Some(cursor.to_owned()), ..self.clone() }.pairs();
        pairs.push(("limit".to_owned(), LISTING_LIMIT.to_string()));
        with_query("/api/v1/products", &pairs)
    }

    /// The page that shows this list: a category's own, the search, or the listing of everything.
    #[must_use]
    pub fn page_path(&self) -> String {
        let mut pairs = self.pairs();
        match (&self.category, &self.q) {
            (Some(category), _) => {
                pairs.retain(|(name, _)| name != "category");
                with_query(&category_page(category), &pairs)
            }
            (None, Some(_)) => with_query("/search", &pairs),
            (None, None) => with_query("/products", &pairs),
        }
    }
}

fn with_query(path: &str, pairs: &[(String, String)]) -> String {
    let query: Vec<String> = pairs.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_list_has_one_address_however_it_was_written() {
        let query =
            ListingQuery::parse("sort=-price&option.Size=M&utm_source=mail&option.Size=L&q=blue+mug&min_price=1000&option.Colour=Off%20white");
        let end = "option.Colour=Off%20white&option.Size=L&option.Size=M&sort=-price";
        assert_eq!(query.api_path(), format!("/api/v1/products?q=blue%20mug&min_price=1000&{end}&limit=24&facets=true&include_total=true"));
        assert_eq!(query.page_path(), format!("/search?q=blue%20mug&min_price=1000&{end}"));
        assert_eq!(query.more_path("c+"), format!("/api/v1/products?q=blue%20mug&min_price=1000&{end}&cursor=c%2B&limit=24"));
    }

    #[test]
    fn each_list_has_the_page_that_people_expect() {
        for (query, page) in [
            ("", "/products"),
            ("sort=price", "/products?sort=price"),
            ("q=mug", "/search?q=mug"),
            ("category=tableware", "/c/tableware"),
            ("category=tableware&q=mug&in_stock=true", "/c/tableware?q=mug&in_stock=true"),
        ] {
            assert_eq!(ListingQuery::parse(query).page_path(), page);
        }
        assert_eq!(ListingQuery::default().api_path(), "/api/v1/products?limit=24&facets=true&include_total=true");
    }

    #[test]
    fn what_the_api_would_refuse_is_left_out_or_put_right() {
        for (query, api) in [
            ("sort=relevance", ""),
            ("sort=best", ""),
            ("q=%20%20", ""),
            ("q=%00&category=a%00&cursor=%00&option.A%00=M&option.A=M%00", ""),
            ("min_price=-1&max_price=many", ""),
            ("min_price=5000&max_price=2000", "min_price=2000&max_price=5000&"),
            ("min_rating=9&in_stock=perhaps", ""),
            ("option.=M&option", ""),
            ("limit=100000&facets=no&status=draft", ""),
        ] {
            assert_eq!(ListingQuery::parse(query).api_path(), format!("/api/v1/products?{api}limit=24&facets=true&include_total=true"), "{query}");
        }
        let long = ListingQuery::parse(&format!("q={}", "é".repeat(300)));
        assert_eq!(long.q.map(|q| q.chars().count()), Some(200));
        let many: Vec<String> = (0..30).flat_map(|option| (0..80).map(move |value| format!("option.{option}={value}"))).collect();
        let many = ListingQuery::parse(&many.join("&"));
        assert_eq!((many.options.len(), many.options.values().map(Vec::len).max()), (10, Some(50)));
    }

    #[test]
    fn options_come_and_go() {
        let mut query = ListingQuery::default();
        query.add_option("Size", "M");
        query.add_option("Size", "M");
        assert!(query.is_filtered());
        assert_eq!(query.page_path(), "/products?option.Size=M");
        query.remove_option("Size", "M");
        assert_eq!(query, ListingQuery::default());
    }

    #[test]
    fn a_slug_cannot_leave_its_place_in_an_address() {
        assert_eq!(product("../../admin?x"), "/api/v1/products/..%2F..%2Fadmin%3Fx");
        assert_eq!(category_page("a b/c"), "/c/a%20b%2Fc");
        assert_eq!(decoded("a%20b%2Fc"), "a b/c");
    }

    proptest! {
        #[test]
        fn whatever_an_address_says_its_own_page_says_the_same(query in ".*", like in "(([a-z_]{1,9}|option\\.[A-Za-z ]{1,4})=[^&]{0,9}&){0,9}") {
            for query in [query, like] {
                let read = ListingQuery::parse(&query);
                let page = read.page_path();
                let again = page.split_once('?').map(|(_, query)| ListingQuery::parse(query)).unwrap_or_default();
                prop_assert_eq!(ListingQuery { category: None, ..read }, again);
            }
        }
    }
}
