//! The tables of catalogue.

/// A category.
pub mod category {
    use sea_orm::entity::prelude::*;

    /// A row of `categories`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "categories")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub parent_id: Option<Uuid>,
        #[sea_orm(column_type = "Text")]
        pub slug: String,
        #[sea_orm(column_type = "Text")]
        pub name: String,
        #[sea_orm(column_type = "Text")]
        pub description: String,
        #[sea_orm(column_type = "Text")]
        pub image_key: Option<String>,
        pub position: i32,
        pub version: i64,
        pub created_at: i64,
        pub updated_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A product.
pub mod product {
    use sea_orm::entity::prelude::*;

    /// A row of `products`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "products")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub category_id: Option<Uuid>,
        #[sea_orm(column_type = "Text")]
        pub slug: String,
        #[sea_orm(column_type = "Text")]
        pub name: String,
        #[sea_orm(column_type = "Text")]
        pub name_key: String,
        #[sea_orm(column_type = "Text")]
        pub description: String,
        #[sea_orm(column_type = "Text")]
        pub status: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub attributes: Json,
        pub price_amount: i64,
        pub compare_at_amount: Option<i64>,
        pub sellable_variants: i32,
        pub rating_sum: i64,
        pub rating_count: i64,
        pub rating_score: i64,
        pub version: i64,
        pub created_at: i64,
        pub updated_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// An option of a product.
pub mod product_option {
    use sea_orm::entity::prelude::*;

    /// A row of `product_options`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "product_options")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub product_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i32,
        #[sea_orm(column_type = "Text")]
        pub name: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub choices: Json,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A variant of a product.
pub mod variant {
    use sea_orm::entity::prelude::*;

    /// A row of `variants`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "variants")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub product_id: Uuid,
        #[sea_orm(column_type = "Text")]
        pub sku: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub options: Json,
        #[sea_orm(column_type = "Text")]
        pub options_key: String,
        pub position: i32,
        pub price_amount: i64,
        pub compare_at_amount: Option<i64>,
        pub stock: i64,
        pub created_at: i64,
        pub updated_at: i64,
        pub deleted_at: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// The value a variant has for an option, for filters.
pub mod variant_option {
    use sea_orm::entity::prelude::*;

    /// A row of `variant_options`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "variant_options")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub variant_id: Uuid,
        pub product_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
        pub name: String,
        #[sea_orm(column_type = "Text")]
        pub value: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A picture of a product.
pub mod image {
    use sea_orm::entity::prelude::*;

    /// A row of `images`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "images")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub product_id: Uuid,
        pub position: i32,
        #[sea_orm(column_type = "Text")]
        pub folder: String,
        #[sea_orm(column_type = "Text")]
        pub alt: String,
        pub width: i32,
        pub height: i32,
        #[sea_orm(column_type = "JsonBinary")]
        pub widths: Json,
        #[sea_orm(column_type = "Text")]
        pub source: Option<String>,
        pub created_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A line of the stock ledger.
pub mod stock_movement {
    use sea_orm::entity::prelude::*;

    /// A row of `stock_movements`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "stock_movements")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub variant_id: Uuid,
        pub delta: i64,
        pub stock_after: i64,
        #[sea_orm(column_type = "Text")]
        pub kind: String,
        #[sea_orm(column_type = "Text")]
        pub reason: String,
        pub order_id: Option<Uuid>,
        pub actor_id: Option<Uuid>,
        pub created_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
