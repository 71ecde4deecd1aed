//! The tables of slugs that were.

/// A slug that a product had.
pub mod product_slug {
    use sea_orm::entity::prelude::*;

    /// A row of `product_slugs`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "product_slugs")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
        pub slug: String,
        pub product_id: Uuid,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A slug that a category had.
pub mod category_slug {
    use sea_orm::entity::prelude::*;

    /// A row of `category_slugs`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "category_slugs")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
        pub slug: String,
        pub category_id: Uuid,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
