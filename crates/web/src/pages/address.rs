//! Which page an address means.

use novashop_types::pages::{ListingQuery, decoded};

use crate::texts::{Texts, filled};

/// A page of the shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// `/`
    Home,
    /// `/products`, `/search`, `/c/{slug}`: all of them are narrowed in the same way.
    Listing(ListingQuery),
    /// `/search` without words.
    Search,
    /// `/p/{slug}`
    Product(String),
    /// What is one person's own, and forms: the app's alone.
    Own(Own),
    /// `/offline`
    Offline,
    /// `/admin` and everything below it.
    Admin,
    /// Nothing is here.
    Unknown,
}

/// A page that shows nothing before the app knows who looks.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are called what they are")]
pub enum Own {
    Cart,
    Checkout,
    /// By its number.
    Order(String),
    Profile,
    Orders,
    Wishlist,
    Sessions,
    ChangePassword,
    Data,
    SignIn,
    Register,
    ForgotPassword,
    ResetPassword,
    VerifyEmail,
}

impl Own {
    /// What its heading says.
    #[must_use]
    pub fn title(&self, texts: &Texts) -> String {
        let title = match self {
            Self::Order(number) => return filled(texts.order, &[number]),
            Self::Cart => texts.your_cart,
            Self::Checkout => texts.checkout,
            Self::Profile => texts.profile,
            Self::Orders => texts.orders,
            Self::Wishlist => texts.wishlist,
            Self::Sessions => texts.sessions,
            Self::ChangePassword => texts.change_password,
            Self::Data => texts.own_data,
            Self::SignIn => texts.sign_in,
            Self::Register => texts.register,
            Self::ForgotPassword => texts.forgot_password,
            Self::ResetPassword => texts.reset_password,
            Self::VerifyEmail => texts.verify_email,
        };
        title.to_owned()
    }
}

impl Address {
    /// Reads a path and a query as they stand in a request.
    #[must_use]
    pub fn parse(path: &str, query: &str) -> Self {
        let path = path.strip_prefix('/').unwrap_or(path);
        let parts: Vec<String> = path.strip_suffix('/').unwrap_or(path).split('/').map(decoded).collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let listing = |category: Option<&str>| {
            let query = ListingQuery::parse(query);
            Self::Listing(ListingQuery { category: category.map(str::to_owned).or(query.category.clone()), ..query })
        };
        match parts.as_slice() {
            [""] => Self::Home,
            ["products"] => listing(None),
            ["search"] if ListingQuery::parse(query).q.is_none() => Self::Search,
            ["search"] => listing(None),
            ["c", slug] if !slug.is_empty() => listing(Some(slug)),
            ["p", slug] if !slug.is_empty() => Self::Product((*slug).to_owned()),
            ["cart"] => Self::Own(Own::Cart),
            ["checkout"] => Self::Own(Own::Checkout),
            ["orders", number] if !number.is_empty() => Self::Own(Own::Order((*number).to_owned())),
            ["account"] => Self::Own(Own::Profile),
            ["account", "orders"] => Self::Own(Own::Orders),
            ["account", "wishlist"] => Self::Own(Own::Wishlist),
            ["account", "sessions"] => Self::Own(Own::Sessions),
            ["account", "password"] => Self::Own(Own::ChangePassword),
            ["account", "data"] => Self::Own(Own::Data),
            ["login"] => Self::Own(Own::SignIn),
            ["register"] => Self::Own(Own::Register),
            ["password", "forgot"] => Self::Own(Own::ForgotPassword),
            ["password", "reset"] => Self::Own(Own::ResetPassword),
            ["email", "verify"] => Self::Own(Own::VerifyEmail),
            ["offline"] => Self::Offline,
            ["admin", ..] => Self::Admin,
            _ => Self::Unknown,
        }
    }

    /// Its kind, for logs and metrics.
    #[must_use]
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Home => "/",
            Self::Listing(ListingQuery { category: Some(_), .. }) => "/c/{slug}",
            Self::Listing(_) => "/products",
            Self::Product(_) => "/p/{slug}",
            Self::Search => "/search",
            Self::Offline => "/offline",
            Self::Own(_) => "/own",
            Self::Admin => "/admin",
            Self::Unknown => "unmatched",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_means_one_page() {
        let category = |slug: &str| Address::Listing(ListingQuery { category: Some(slug.into()), ..ListingQuery::default() });
        for (path, address) in [
            ("/", Address::Home),
            ("/products", Address::Listing(ListingQuery::default())),
            ("/search", Address::Search),
            ("/offline", Address::Offline),
            ("/c/tableware", category("tableware")),
            ("/c/caf%C3%A9", category("café")),
            ("/p/mug", Address::Product("mug".into())),
            ("/p/mug/", Address::Product("mug".into())),
            ("/p/a%2Fb", Address::Product("a/b".into())),
            ("/orders/1001", Address::Own(Own::Order("1001".into()))),
            ("/account", Address::Own(Own::Profile)),
            ("/account/data", Address::Own(Own::Data)),
            ("/account/orders/7", Address::Unknown),
            ("/password/reset", Address::Own(Own::ResetPassword)),
            ("/admin", Address::Admin),
            ("/admin/products/7", Address::Admin),
            ("/p", Address::Unknown),
            ("/p/", Address::Unknown),
            ("/p/a/b", Address::Unknown),
            ("//evil.example", Address::Unknown),
            ("/administrator", Address::Unknown),
        ] {
            assert_eq!(Address::parse(path, ""), address, "{path}");
        }
        let mugs = ListingQuery { q: Some("mug".into()), ..ListingQuery::default() };
        assert_eq!(Address::parse("/search", "q=mug"), Address::Listing(mugs));
        assert_eq!(Address::parse("/search", "q=%00"), Address::Search);
    }
}
