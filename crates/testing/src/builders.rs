//! What a test needs to be there already. Written through the services, as staff would, and not through the API.

use novashop_services::{Actor, catalogue, product_changes};
use novashop_types::{
    VariantId,
    accounts::Role,
    catalogue::{Category, CategoryCreate, Product, ProductCreate, ProductOption, ProductStatus, VariantCreate},
};
use serde_json::{Map, Value};

use crate::TestApp;

impl TestApp {
    /// A product to be: `app.product("Mug").price(1999).stock(3).create().await`.
    pub fn product(&self, name: &str) -> ProductBuilder {
        let create = ProductCreate {
            slug: None,
            name: name.to_owned(),
            description: String::new(),
            category: None,
            status: Some(ProductStatus::Published),
            price: None,
            compare_at_price: None,
            stock: None,
            sku: None,
            options: Vec::new(),
            variants: Vec::new(),
            attributes: Map::new(),
        };
        ProductBuilder { app: self.clone(), create, price: 1000, stock: 10 }
    }

    /// A category; `parent` is an id or a slug.
    pub async fn category(&self, name: &str, parent: Option<&str>) -> Category {
        let parent_id = match parent {
            Some(parent) => Some(catalogue::find_category(self.ctx(), parent).await.expect("the parent is there")),
            None => None,
        };
        let keeper = self.keeper().await;
        catalogue::create(self.ctx(), &keeper, CategoryCreate { slug: None, name: name.to_owned(), description: String::new(), parent_id })
            .await
            .expect("the category can be made")
    }

    /// The member of staff in whose name the builders write.
    pub(crate) async fn keeper(&self) -> Actor {
        if let Some(keeper) = self.known_keeper() {
            return keeper;
        }
        let person = self.person(Role::Staff).await;
        let token = &person.account().access_token;
        let keeper = novashop_services::sessions::authenticate(self.ctx(), token).await.expect("the account was just made");
        self.remember_keeper(keeper);
        keeper
    }
}

/// A product that is not written yet.
#[derive(Debug)]
#[must_use = "a product is made by `create`"]
pub struct ProductBuilder {
    app: TestApp,
    create: ProductCreate,
    price: i64,
    stock: i64,
}

impl ProductBuilder {
    /// The price in minor units: of its one variant, or of the variants that follow.
    pub fn price(mut self, amount: i64) -> Self {
        self.price = amount;
        self
    }

    /// The stock: of its one variant, or of the variants that follow.
    pub fn stock(mut self, count: i64) -> Self {
        self.stock = count;
        self
    }

    /// The id or slug of its category.
    pub fn category(mut self, category: &str) -> Self {
        self.create.category = Some(category.to_owned());
        self
    }

    /// A text.
    pub fn description(mut self, text: &str) -> Self {
        self.create.description = text.to_owned();
        self
    }

    /// Not on sale, or no longer.
    pub fn status(mut self, status: ProductStatus) -> Self {
        self.create.status = Some(status);
        self
    }

    /// A variant with one option, at the present price and stock: `.variant("Size", "M")`.
    pub fn variant(mut self, option: &str, value: &str) -> Self {
        match self.create.options.iter_mut().find(|known| known.name == option) {
            Some(known) => known.values.push(value.to_owned()),
            None => self.create.options.push(ProductOption { name: option.to_owned(), values: vec![value.to_owned()] }),
        }
        let options = Map::from_iter([(option.to_owned(), Value::from(value))]);
        let price = self.app.ctx().money(self.price);
        self.create.variants.push(VariantCreate { sku: None, options, price, compare_at_price: None, stock: self.stock });
        self
    }

    /// Writes it.
    pub async fn create(mut self) -> Product {
        if self.create.variants.is_empty() {
            self.create.price = Some(self.app.ctx().money(self.price));
            self.create.stock = Some(self.stock);
        }
        let keeper = self.app.keeper().await;
        let name = self.create.name.clone();
        product_changes::create(self.app.ctx(), &keeper, self.create).await.unwrap_or_else(|error| panic!("{name}: {error}"))
    }
}

/// The id of a product's first variant.
#[track_caller]
#[must_use]
pub fn first_variant(product: &Product) -> VariantId {
    product.variants.first().expect("a product has at least one variant").id
}
