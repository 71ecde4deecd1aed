//! The tables of accounts.

/// An account.
pub mod user {
    use sea_orm::entity::prelude::*;

    /// A row of `users`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "users")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        #[sea_orm(column_type = "Text")]
        pub username: String,
        #[sea_orm(column_type = "Text")]
        pub username_key: String,
        #[sea_orm(column_type = "Text")]
        pub email: String,
        #[sea_orm(column_type = "Text")]
        pub email_key: String,
        #[sea_orm(column_type = "Text")]
        pub password_hash: String,
        #[sea_orm(column_type = "Text")]
        pub first_name: String,
        #[sea_orm(column_type = "Text")]
        pub last_name: String,
        #[sea_orm(column_type = "Text")]
        pub city: String,
        #[sea_orm(column_type = "Text")]
        pub address: String,
        #[sea_orm(column_type = "Text")]
        pub language: String,
        #[sea_orm(column_type = "Text")]
        pub role: String,
        pub active: bool,
        pub email_verified_at: Option<i64>,
        pub created_at: i64,
        pub updated_at: i64,
        pub deleted_at: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A place where an account is signed in.
pub mod session {
    use sea_orm::entity::prelude::*;

    /// A row of `sessions`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "sessions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub user_id: Uuid,
        pub version: i64,
        #[sea_orm(column_type = "Text")]
        pub user_agent: String,
        #[sea_orm(column_type = "Text")]
        pub ip: String,
        pub created_at: i64,
        pub last_used_at: i64,
        pub expires_at: i64,
        pub ended_at: Option<i64>,
        #[sea_orm(column_type = "Text")]
        pub ended_because: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A refresh token, as its hash.
pub mod refresh_token {
    use sea_orm::entity::prelude::*;

    /// A row of `refresh_tokens`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "refresh_tokens")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub session_id: Uuid,
        pub token_hash: Vec<u8>,
        pub created_at: i64,
        pub expires_at: i64,
        pub used_at: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// The token of a link in a mail, as its hash.
pub mod one_time_token {
    use sea_orm::entity::prelude::*;

    /// A row of `one_time_tokens`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "one_time_tokens")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub user_id: Uuid,
        #[sea_orm(column_type = "Text")]
        pub purpose: String,
        pub token_hash: Vec<u8>,
        #[sea_orm(column_type = "Text")]
        pub email: String,
        pub created_at: i64,
        pub expires_at: i64,
        pub used_at: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
