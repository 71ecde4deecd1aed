//! The tables of carts.

/// A cart.
pub mod cart {
    use sea_orm::entity::prelude::*;

    /// A row of `carts`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "carts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub user_id: Option<Uuid>,
        pub token_hash: Option<Vec<u8>>,
        pub version: i64,
        #[sea_orm(column_type = "Text")]
        pub coupon: Option<String>,
        pub created_at: i64,
        pub updated_at: i64,
        pub closed_at: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A line of a cart.
pub mod cart_item {
    use sea_orm::entity::prelude::*;

    /// A row of `cart_items`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "cart_items")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub cart_id: Uuid,
        pub variant_id: Uuid,
        pub quantity: i64,
        pub seen_amount: i64,
        pub created_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A product somebody wishes for.
pub mod wishlist_item {
    use sea_orm::entity::prelude::*;

    /// A row of `wishlist_items`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "wishlist_items")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub product_id: Uuid,
        pub created_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
