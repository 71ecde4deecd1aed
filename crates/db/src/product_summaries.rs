//! A product as lists show it.
//!
//! The one row that is read by the hundred thousand. Its columns are taken by their place and not by their name, and their types are not compared
//! with those of the database: looking names up, and writing a message for each empty column, took nearly a fifth of the program's own time for a
//! list, and comparing types some more. So the columns are this file's own, and a debug build compares their names.

use sea_orm::{
    DbBackend, DbErr, FromQueryResult, QueryResult,
    prelude::{Json, Uuid},
    sqlx::{self, Column, ColumnIndex, Decode, Row},
};
use serde::Deserialize;

/// The columns of [`Summary`] in the order in which it takes them: a statement must select them before all others. `p`, `c` and `i` are those of
/// [`summary_joins`].
pub(crate) const SUMMARY_COLUMNS: &str = "p.id as id, p.slug as slug, p.name as name, p.price_amount as price_amount, \
     p.compare_at_amount as compare_at_amount, p.sellable_variants as sellable_variants, p.rating_count as rating_count, \
     p.rating_score as rating_score, p.created_at as created_at, c.id as category_id, c.slug as category_slug, c.name as category_name, \
     i.id as image_id, i.folder as image_folder, i.alt as image_alt, i.width as image_width, i.height as image_height, i.widths as image_widths";

/// A product as lists show it.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns are explained in migrations/src/sql, once")]
pub struct Summary {
    pub id: Uuid,
    pub slug: String,
    pub name: String,
    pub price_amount: i64,
    pub compare_at_amount: Option<i64>,
    pub sellable_variants: i32,
    pub rating_count: i64,
    pub rating_score: i64,
    pub created_at: i64,
    pub category: Option<SummaryCategory>,
    /// The first one. Apart, since rows are moved about and many have none.
    pub image: Option<Box<Picture>>,
}

/// The category of a [`Summary`].
#[derive(Debug, Clone)]
pub struct SummaryCategory {
    pub id: Uuid,
    pub slug: String,
    pub name: String,
}

/// A picture of a product: of a [`Summary`] the first one, of its page all.
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "the columns are explained in migrations/src/sql, once")]
pub struct Picture {
    pub id: Uuid,
    pub folder: String,
    pub alt: String,
    pub width: i32,
    pub height: i32,
    pub widths: Json,
}

impl Summary {
    /// Takes it from the first columns of a row; the place of the one behind them comes with it.
    pub(crate) fn take(row: &QueryResult) -> Result<(Self, usize), DbErr> {
        let taken = match (row.try_as_pg_row(), row.try_as_sqlite_row()) {
            (Some(row), _) => Self::read(&mut InOrder { row, place: 0 }),
            (_, Some(row)) => Self::read(&mut InOrder { row, place: 0 }),
            _ => return Err(DbErr::Type("a row of neither database".into())),
        };
        taken.map_err(|error| DbErr::Type(error.to_string()))
    }

    fn read<R: Row>(row: &mut InOrder<'_, R>) -> Result<(Self, usize), sqlx::Error>
    where
        usize: ColumnIndex<R>,
        i32: for<'r> Decode<'r, R::Database>,
        i64: for<'r> Decode<'r, R::Database>,
        Json: for<'r> Decode<'r, R::Database>,
        String: for<'r> Decode<'r, R::Database>,
        Uuid: for<'r> Decode<'r, R::Database>,
        Option<i64>: for<'r> Decode<'r, R::Database>,
        Option<Uuid>: for<'r> Decode<'r, R::Database>,
    {
        let summary = Self {
            id: row.next("id")?,
            slug: row.next("slug")?,
            name: row.next("name")?,
            price_amount: row.next("price_amount")?,
            compare_at_amount: row.next("compare_at_amount")?,
            sellable_variants: row.next("sellable_variants")?,
            rating_count: row.next("rating_count")?,
            rating_score: row.next("rating_score")?,
            created_at: row.next("created_at")?,
            category: match row.next("category_id")? {
                Some(id) => Some(SummaryCategory { id, slug: row.next("category_slug")?, name: row.next("category_name")? }),
                None => row.pass(2),
            },
            image: match row.next("image_id")? {
                Some(id) => Some(Box::new(Picture {
                    id,
                    folder: row.next("image_folder")?,
                    alt: row.next("image_alt")?,
                    width: row.next("image_width")?,
                    height: row.next("image_height")?,
                    widths: row.next("image_widths")?,
                })),
                None => row.pass(5),
            },
        };
        Ok((summary, row.place))
    }
}

/// The columns of a row, one after the other.
struct InOrder<'a, R> {
    row: &'a R,
    place: usize,
}

impl<'a, R: Row> InOrder<'a, R>
where
    usize: ColumnIndex<R>,
{
    fn next<T: Decode<'a, R::Database>>(&mut self, name: &str) -> Result<T, sqlx::Error> {
        let place = self.place;
        debug_assert_eq!(self.row.try_column(place)?.name(), name);
        self.place += 1;
        self.row.try_get_unchecked(place)
    }

    /// Leaves columns out: there is nothing in them.
    const fn pass<T>(&mut self, columns: usize) -> Option<T> {
        self.place += columns;
        None
    }
}

impl FromQueryResult for Summary {
    fn from_query_result(row: &QueryResult, _prefix: &str) -> Result<Self, DbErr> {
        Ok(Self::take(row)?.0)
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
