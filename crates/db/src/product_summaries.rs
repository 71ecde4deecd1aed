//! A product as lists show it.
//!
//! The one row that is read by the hundred thousand. Its columns are taken by their place and not by their name, and their types are not compared
//! with those of the database: looking names up, writing a message for each empty column and comparing types took a quarter of the program's own
//! time for a list. A value that is no such thing is an error all the same, and the columns are this file's own.

use sea_orm::{
    DbBackend, DbErr, FromQueryResult, QueryResult,
    prelude::{Json, Uuid},
    sqlx::{Decode, Row},
};

macro_rules! summary {
    ($($name:ident: $type:ty = $column:literal,)+) => {
        /// A product as lists show it.
        #[derive(Debug, Clone)]
        #[expect(missing_docs, reason = "the columns are explained in migrations/src/sql, once")]
        pub struct Summary {
            $(pub $name: $type,)+
        }

        /// The columns of [`Summary`], which a statement must select before all others; `p`, `c` and `i` are those of [`summary_joins`].
        pub(crate) const SUMMARY_COLUMNS: &str = summary!(@list $($column as $name,)+);

        impl Summary {
            /// How many columns it has: the place of the first one behind them.
            pub(crate) const COLUMNS: usize = [$($column),+].len();

            fn read<R: Row>(row: &R) -> Result<Self, sea_orm::sqlx::Error>
            where
                usize: sea_orm::sqlx::ColumnIndex<R>,
                $($type: for<'r> Decode<'r, R::Database>,)+
            {
                let mut place = 0..;
                let mut next = || place.next().unwrap_or_default();
                Ok(Self { $($name: row.try_get_unchecked(next())?,)+ })
            }
        }
    };
    (@list $first:literal as $first_name:ident, $($column:literal as $name:ident,)*) => {
        concat!($first, " as ", stringify!($first_name), $(", ", $column, " as ", stringify!($name),)*)
    };
}

summary! {
    id: Uuid = "p.id",
    slug: String = "p.slug",
    name: String = "p.name",
    price_amount: i64 = "p.price_amount",
    compare_at_amount: Option<i64> = "p.compare_at_amount",
    sellable_variants: i32 = "p.sellable_variants",
    rating_count: i64 = "p.rating_count",
    rating_score: i64 = "p.rating_score",
    created_at: i64 = "p.created_at",
    category_id: Option<Uuid> = "c.id",
    category_slug: Option<String> = "c.slug",
    category_name: Option<String> = "c.name",
    image_id: Option<Uuid> = "i.id",
    image_folder: Option<String> = "i.folder",
    image_alt: Option<String> = "i.alt",
    image_width: Option<i32> = "i.width",
    image_height: Option<i32> = "i.height",
    image_widths: Option<Json> = "i.widths",
}

impl FromQueryResult for Summary {
    fn from_query_result(row: &QueryResult, _prefix: &str) -> Result<Self, DbErr> {
        let read = match (row.try_as_pg_row(), row.try_as_sqlite_row()) {
            (Some(row), _) => Self::read(row),
            (_, Some(row)) => Self::read(row),
            _ => return Err(DbErr::Type("a row of neither database".into())),
        };
        read.map_err(|error| DbErr::Type(error.to_string()))
    }
}

/// What a summary needs beside the product `p`: its category and its first picture. Each is looked up for the rows of the page alone:
/// PostgreSQL is told so, or it would rather read all the pictures; SQLite does not know how to be told, and needs not.
pub(crate) const fn summary_joins(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Postgres => {
            " left join categories c on c.id = p.category_id \
             left join lateral (select f.* from images f where f.product_id = p.id order by f.position, f.id limit 1) i on true"
        }
        _ => {
            " left join categories c on c.id = p.category_id left join images i on i.id = \
             (select f.id from images f where f.product_id = p.id order by f.position, f.id limit 1)"
        }
    }
}
