//! The tables of reviews.

/// A review.
pub mod review {
    use sea_orm::entity::prelude::*;

    /// A row of `reviews`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "reviews")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub product_id: Uuid,
        pub user_id: Option<Uuid>,
        pub rating: i32,
        #[sea_orm(column_type = "Text")]
        pub title: String,
        #[sea_orm(column_type = "Text")]
        pub body: String,
        pub verified_purchase: bool,
        pub helpful_count: i64,
        pub hidden: bool,
        #[sea_orm(column_type = "Text")]
        pub answer: Option<String>,
        pub answered_at: Option<i64>,
        pub created_at: i64,
        pub updated_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Somebody found a review helpful.
pub mod review_vote {
    use sea_orm::entity::prelude::*;

    /// A row of `review_votes`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "review_votes")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub review_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: Uuid,
        pub created_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
