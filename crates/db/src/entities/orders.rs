//! The tables of orders.

/// An order.
pub mod order {
    use sea_orm::entity::prelude::*;

    /// A row of `orders`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "orders")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub number: i64,
        pub cart_id: Uuid,
        pub user_id: Option<Uuid>,
        pub access_token_hash: Option<Vec<u8>>,
        #[sea_orm(column_type = "Text")]
        pub email: String,
        #[sea_orm(column_type = "Text")]
        pub language: String,
        #[sea_orm(column_type = "Text")]
        pub status: String,
        #[sea_orm(column_type = "Text")]
        pub currency: String,
        pub subtotal: i64,
        pub discount: i64,
        pub shipping: i64,
        pub tax: i64,
        pub total: i64,
        #[sea_orm(column_type = "JsonBinary")]
        pub shipping_address: Json,
        #[sea_orm(column_type = "JsonBinary")]
        pub billing_address: Json,
        #[sea_orm(column_type = "Text")]
        pub shipping_method: String,
        pub placed_at: i64,
        pub expires_at: Option<i64>,
        pub updated_at: i64,
        pub version: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A line of an order.
pub mod order_item {
    use sea_orm::entity::prelude::*;

    /// A row of `order_items`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "order_items")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub order_id: Uuid,
        pub position: i32,
        pub variant_id: Uuid,
        pub product_id: Uuid,
        #[sea_orm(column_type = "Text")]
        pub name: String,
        #[sea_orm(column_type = "Text")]
        pub sku: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub options: Json,
        pub quantity: i64,
        pub unit_amount: i64,
        pub line_amount: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Something that happened to an order.
pub mod order_event {
    use sea_orm::entity::prelude::*;

    /// A row of `order_events`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "order_events")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub order_id: Uuid,
        #[sea_orm(column_type = "Text")]
        pub kind: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub data: Json,
        pub actor_id: Option<Uuid>,
        pub created_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A payment.
pub mod payment {
    use sea_orm::entity::prelude::*;

    /// A row of `payments`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "payments")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub order_id: Uuid,
        #[sea_orm(column_type = "Text")]
        pub provider: String,
        #[sea_orm(column_type = "Text")]
        pub reference: Option<String>,
        #[sea_orm(column_type = "Text")]
        pub status: String,
        pub amount: i64,
        pub refunded: i64,
        #[sea_orm(column_type = "Text")]
        pub currency: String,
        pub created_at: i64,
        pub updated_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
