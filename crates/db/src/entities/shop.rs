//! The tables of shop.

/// A request that was answered, and its answer.
pub mod idempotency_key {
    use sea_orm::entity::prelude::*;

    /// A row of `idempotency_keys`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "idempotency_keys")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
        pub scope: String,
        #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
        pub key: String,
        pub fingerprint: Vec<u8>,
        pub status: i32,
        #[sea_orm(column_type = "Text")]
        pub body: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub headers: Json,
        pub created_at: i64,
        pub expires_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// An e-mail.
pub mod mail {
    use sea_orm::entity::prelude::*;

    /// A row of `mails`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "mails")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub user_id: Option<Uuid>,
        pub order_id: Option<Uuid>,
        #[sea_orm(column_type = "Text")]
        pub kind: String,
        #[sea_orm(column_type = "Text")]
        pub recipient: String,
        #[sea_orm(column_type = "Text")]
        pub subject: String,
        #[sea_orm(column_type = "Text")]
        pub body: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub content: Option<Json>,
        #[sea_orm(column_type = "Text")]
        pub secret_link: Option<String>,
        #[sea_orm(column_type = "Text")]
        pub status: String,
        pub attempts: i32,
        #[sea_orm(column_type = "Text")]
        pub last_error: Option<String>,
        pub resent: i32,
        pub created_at: i64,
        pub next_at: Option<i64>,
        pub sent_at: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Something that must happen because of a committed change.
pub mod outbox {
    use sea_orm::entity::prelude::*;

    /// A row of `outbox`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "outbox")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        #[sea_orm(column_type = "Text")]
        pub kind: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub payload: Json,
        pub created_at: i64,
        pub available_at: i64,
        pub attempts: i32,
        #[sea_orm(column_type = "Text")]
        pub last_error: Option<String>,
        pub delivered_at: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Something that somebody changed.
pub mod audit {
    use sea_orm::entity::prelude::*;

    /// A row of `audit`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub actor_id: Option<Uuid>,
        #[sea_orm(column_type = "Text")]
        pub action: String,
        #[sea_orm(column_type = "Text")]
        pub subject_kind: String,
        #[sea_orm(column_type = "Text")]
        pub subject_id: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub details: Json,
        pub created_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A file of products that staff handed in.
pub mod import {
    use sea_orm::entity::prelude::*;

    /// A row of `imports`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "imports")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub actor_id: Option<Uuid>,
        #[sea_orm(column_type = "Text")]
        pub status: String,
        #[sea_orm(column_type = "Text")]
        pub file_name: String,
        pub size: i64,
        pub content: Option<Vec<u8>>,
        #[sea_orm(column_type = "Text")]
        pub format: Option<String>,
        pub rows_total: i64,
        pub rows_done: i64,
        pub products_created: i64,
        pub products_updated: i64,
        pub products_unchanged: i64,
        pub error_count: i64,
        #[sea_orm(column_type = "JsonBinary")]
        pub errors: Json,
        #[sea_orm(column_type = "Text")]
        pub failure: Option<String>,
        pub attempts: i64,
        pub claimed_until: i64,
        pub created_at: i64,
        pub finished_at: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Something to be done in the background.
pub mod job {
    use sea_orm::entity::prelude::*;

    /// A row of `jobs`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "jobs")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        #[sea_orm(column_type = "Text")]
        pub kind: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub payload: Json,
        #[sea_orm(column_type = "Text")]
        pub unique_key: Option<String>,
        #[sea_orm(column_type = "Text")]
        pub status: String,
        pub attempts: i64,
        pub max_attempts: i64,
        #[sea_orm(column_type = "Text")]
        pub last_error: Option<String>,
        pub due_at: i64,
        pub available_at: i64,
        pub created_at: i64,
        pub started_at: Option<i64>,
        pub finished_at: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A variant of which staff knows that there are few.
pub mod low_stock_notice {
    use sea_orm::entity::prelude::*;

    /// A row of `low_stock_notices`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "low_stock_notices")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub variant_id: Uuid,
        pub noticed_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A number that is counted up without gaps.
pub mod counter {
    use sea_orm::entity::prelude::*;

    /// A row of `counters`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "counters")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
        pub name: String,
        pub value: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What the shop decided once and for all.
pub mod setting {
    use sea_orm::entity::prelude::*;

    /// A row of `settings`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "settings")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
        pub name: String,
        #[sea_orm(column_type = "Text")]
        pub value: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
