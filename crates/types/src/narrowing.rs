//! What a list of products is narrowed to, one thing at a time, and the list without it: the server's page and the app show the same chips.

use crate::pages::ListingQuery;

/// One thing that a list is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Narrowing {
    /// Only what can be bought now.
    InStock,
    /// A price range in minor units; at least one end is there.
    Price {
        /// The lowest price.
        min: Option<i64>,
        /// The highest price.
        max: Option<i64>,
    },
    /// So many stars or more.
    Rating(u8),
    /// A value of an option.
    Option {
        /// The option's name.
        name: String,
        /// The value.
        value: String,
    },
}

impl ListingQuery {
    /// What it is narrowed to beside a category and words, each with the list without just that, from its beginning.
    #[must_use]
    pub fn narrowings(&self) -> Vec<(Narrowing, Self)> {
        let (min, max) = (self.min_price, self.max_price);
        let options =
            self.options.iter().flat_map(|(name, values)| values.iter().map(|value| Narrowing::Option { name: name.clone(), value: value.clone() }));
        let single = [
            (self.in_stock == Some(true)).then_some(Narrowing::InStock),
            (min.is_some() || max.is_some()).then_some(Narrowing::Price { min, max }),
            self.min_rating.map(Narrowing::Rating),
        ];
        single.into_iter().flatten().chain(options).map(|narrowing| (narrowing.clone(), self.without(&narrowing))).collect()
    }

    /// Everything in the same category and for the same words, in the same order.
    #[must_use]
    pub fn unnarrowed(&self) -> Self {
        Self { q: self.q.clone(), category: self.category.clone(), sort: self.sort, ..Self::default() }
    }

    fn without(&self, narrowing: &Narrowing) -> Self {
        let mut query = Self { cursor: None, ..self.clone() };
        match narrowing {
            Narrowing::InStock => query.in_stock = None,
            Narrowing::Price { .. } => (query.min_price, query.max_price) = (None, None),
            Narrowing::Rating(_) => query.min_rating = None,
            Narrowing::Option { name, value } => query.remove_option(name, value),
        }
        query
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_taken_away_alone() {
        let query =
            ListingQuery::parse("q=mug&in_stock=true&min_price=1000&max_price=2000&min_rating=4&option.Size=L&option.Size=M&sort=price&cursor=x");
        let option = |value: &str| Narrowing::Option { name: "Size".into(), value: value.into() };
        let found = query.narrowings();
        let kinds: Vec<_> = found.iter().map(|(narrowing, _)| narrowing.clone()).collect();
        assert_eq!(
            kinds,
            [Narrowing::InStock, Narrowing::Price { min: Some(1000), max: Some(2000) }, Narrowing::Rating(4), option("L"), option("M")]
        );
        let rest = "/search?q=mug";
        let pages: Vec<_> = found.iter().map(|(_, without)| without.page_path()).collect();
        assert_eq!(pages[0], format!("{rest}&min_price=1000&max_price=2000&min_rating=4&option.Size=L&option.Size=M&sort=price"));
        assert_eq!(pages[1], format!("{rest}&in_stock=true&min_rating=4&option.Size=L&option.Size=M&sort=price"));
        assert_eq!(pages[3], format!("{rest}&min_price=1000&max_price=2000&in_stock=true&min_rating=4&option.Size=M&sort=price"));
        assert_eq!(query.unnarrowed().page_path(), format!("{rest}&sort=price"));
        assert_eq!(ListingQuery::parse("q=mug&category=cups&sort=price&in_stock=false").narrowings(), []);
    }
}
