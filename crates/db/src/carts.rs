//! Carts and their lines.
//!
//! Whoever changes a line first changes the cart's row: that row is what two rivals wait for.

use novashop_types::UserId;
use sea_orm::{
    ConnectionTrait, FromQueryResult, Value,
    prelude::{Json, Uuid},
};

use crate::{
    Error,
    entities::carts::cart,
    product_summaries::{SUMMARY_COLUMNS, Summary, summary_joins},
    sql::Sql,
};

/// A cart's row.
pub type Cart = cart::Model;

/// Whose cart it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// A person's.
    User(UserId),
    /// A guest's: the hash of the token.
    Guest(Vec<u8>),
}

impl Owner {
    const fn column(&self) -> &'static str {
        match self {
            Self::User(_) => "user_id",
            Self::Guest(_) => "token_hash",
        }
    }

    fn value(&self) -> Value {
        match self {
            Self::User(id) => id.0.into(),
            Self::Guest(hash) => hash.clone().into(),
        }
    }
}

/// A cart that was just changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct Touched {
    /// The cart.
    pub id: Uuid,
    /// Its version now.
    pub version: i64,
}

/// A cart that was just closed.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Closed {
    /// The cart.
    pub id: Uuid,
    /// The e-mail address of the person whose cart it was; none for a guest's.
    pub email: Option<String>,
    /// When that person showed that the address is theirs.
    pub email_verified_at: Option<i64>,
}

/// The columns of [`Line`].
const LINE_COLUMNS: &str = "l.id as line_id, l.variant_id, l.quantity, l.seen_amount, v.product_id, v.sku, v.options, \
     v.price_amount as unit_amount, v.stock, v.deleted_at, p.name as product_name, p.status";

/// A line with its variant and product as they are now.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Line {
    /// The line.
    #[sea_orm(from_alias = "line_id")]
    pub id: Uuid,
    /// The variant.
    pub variant_id: Uuid,
    /// How many.
    pub quantity: i64,
    /// What one cost when it was put in.
    pub seen_amount: i64,
    /// The variant's product.
    pub product_id: Uuid,
    /// The variant's SKU.
    pub sku: String,
    /// The variant's options.
    pub options: Json,
    /// What one costs now.
    #[sea_orm(from_alias = "unit_amount")]
    pub price_amount: i64,
    /// How many there are.
    pub stock: i64,
    /// When the variant was taken off the shop, where it was.
    pub deleted_at: Option<i64>,
    /// The product's name.
    #[sea_orm(from_alias = "product_name")]
    pub name: String,
    /// The product's status.
    pub status: String,
}

impl Line {
    /// How many could be bought now.
    #[must_use]
    pub fn available(&self) -> i64 {
        if self.deleted_at.is_none() && self.status == "published" { self.stock } else { 0 }
    }
}

/// A line with its product as lists show it.
#[derive(Debug, Clone, FromQueryResult)]
pub struct ShownLine {
    /// The line.
    #[sea_orm(nested)]
    pub line: Line,
    /// The product.
    #[sea_orm(nested)]
    pub product: Summary,
}

/// A variant that can be put in a cart.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Offer {
    /// The variant.
    pub id: Uuid,
    /// What one costs.
    pub price_amount: i64,
    /// How many there are.
    pub stock: i64,
    /// The product's name.
    pub name: String,
}

/// A line as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Kept {
    /// The line.
    pub id: Uuid,
    /// The variant.
    pub variant_id: Uuid,
    /// How many.
    pub quantity: i64,
    /// What one cost when it was put in.
    pub seen_amount: i64,
    /// When it was put in.
    pub created_at: i64,
}

/// Somebody's open cart.
///
/// # Errors
/// What the database says.
pub async fn find(conn: &impl ConnectionTrait, owner: &Owner) -> Result<Option<Cart>, Error> {
    Sql::new(format!("select * from carts where {} = $1 and closed_at is null", owner.column()), [owner.value()]).one(conn).await
}

/// Counts a change of somebody's open cart and holds it until the transaction ends; one that is not there is made with the id `new_id`.
///
/// # Errors
/// What the database says.
pub async fn touch_or_insert(conn: &impl ConnectionTrait, owner: &Owner, new_id: Uuid, now: i64) -> Result<Option<Touched>, Error> {
    let column = owner.column();
    let sql = format!(
        "insert into carts (id, {column}, version, created_at, updated_at) values ($1, $2, 1, $3, $3) \
         on conflict ({column}) where closed_at is null and {column} is not null \
         do update set version = carts.version + 1, updated_at = excluded.updated_at returning id, version"
    );
    Sql::new(sql, [new_id.into(), owner.value(), now.into()]).one(conn).await
}

/// Counts a change of somebody's open cart and holds it until the transaction ends; nothing where there is none, or none of this version.
///
/// # Errors
/// What the database says.
pub async fn touch(conn: &impl ConnectionTrait, owner: &Owner, version: Option<i64>, now: i64) -> Result<Option<Touched>, Error> {
    let mut sql = Sql::new("update carts set version = version + 1, updated_at = ", []);
    sql.bind(now).push(&format!(" where {} = ", owner.column())).bind(owner.value()).push(" and closed_at is null");
    if let Some(version) = version {
        sql.push(" and version = ").bind(version);
    }
    sql.push(" returning id, version");
    sql.one(conn).await
}

/// Closes somebody's open cart: only one of several rivals gets it.
///
/// # Errors
/// What the database says.
pub async fn close(conn: &impl ConnectionTrait, owner: &Owner, now: i64) -> Result<Option<Closed>, Error> {
    let sql = format!(
        "update carts set closed_at = $1, updated_at = $1, version = version + 1 where {} = $2 and closed_at is null \
         returning id, (select u.email from users u where u.id = carts.user_id) as email, \
         (select u.email_verified_at from users u where u.id = carts.user_id) as email_verified_at",
        owner.column()
    );
    Sql::new(sql, [now.into(), owner.value()]).one(conn).await
}

/// A cart's lines with what they cost and how many there are now, in the order they were put in.
///
/// # Errors
/// What the database says.
pub async fn lines(conn: &impl ConnectionTrait, cart_id: Uuid) -> Result<Vec<Line>, Error> {
    let sql = format!(
        "select {LINE_COLUMNS} from cart_items l join variants v on v.id = l.variant_id join products p on p.id = v.product_id \
         where l.cart_id = $1 order by l.created_at, l.id"
    );
    Sql::new(sql, [cart_id.into()]).all(conn).await
}

/// The same with their products: everything a cart shows, in one statement.
///
/// # Errors
/// What the database says.
pub async fn shown_lines(conn: &impl ConnectionTrait, cart_id: Uuid) -> Result<Vec<ShownLine>, Error> {
    let sql = format!(
        "select {SUMMARY_COLUMNS}, {LINE_COLUMNS} from cart_items l join variants v on v.id = l.variant_id \
         join products p on p.id = v.product_id{} where l.cart_id = $1 order by l.created_at, l.id",
        summary_joins(conn.get_database_backend())
    );
    Sql::new(sql, [cart_id.into()]).all(conn).await
}

/// A line of somebody's open cart.
///
/// # Errors
/// What the database says.
pub async fn find_line(conn: &impl ConnectionTrait, owner: &Owner, item_id: Uuid) -> Result<Option<Line>, Error> {
    let sql = format!(
        "select {LINE_COLUMNS} from carts o join cart_items l on l.cart_id = o.id join variants v on v.id = l.variant_id \
         join products p on p.id = v.product_id where o.{} = $1 and o.closed_at is null and l.id = $2",
        owner.column()
    );
    Sql::new(sql, [owner.value(), item_id.into()]).one(conn).await
}

/// A cart's lines as they are kept, in the order they were put in.
///
/// # Errors
/// What the database says.
pub async fn kept_lines(conn: &impl ConnectionTrait, cart_id: Uuid) -> Result<Vec<Kept>, Error> {
    let sql = "select id, variant_id, quantity, seen_amount, created_at from cart_items where cart_id = $1 order by created_at, id";
    Sql::new(sql, [cart_id.into()]).all(conn).await
}

/// A variant on sale.
///
/// # Errors
/// What the database says.
pub async fn find_offer(conn: &impl ConnectionTrait, variant_id: Uuid) -> Result<Option<Offer>, Error> {
    let sql = "select v.id, v.price_amount, v.stock, p.name from variants v join products p on p.id = v.product_id \
         where v.id = $1 and v.deleted_at is null and p.status = 'published'";
    Sql::new(sql, [variant_id.into()]).one(conn).await
}

/// The first two variants on sale of a product: enough to know whether there is a choice.
///
/// # Errors
/// What the database says.
pub async fn list_offers(conn: &impl ConnectionTrait, product_id: Uuid) -> Result<Vec<Offer>, Error> {
    let sql = "select v.id, v.price_amount, v.stock, p.name from variants v join products p on p.id = v.product_id \
         where v.product_id = $1 and v.deleted_at is null and p.status = 'published' order by v.position, v.id limit 2";
    Sql::new(sql, [product_id.into()]).all(conn).await
}

/// Puts a variant in a cart, or more of it where it is in there already; the quantity now.
///
/// # Errors
/// What the database says.
pub async fn add_line(conn: &impl ConnectionTrait, cart_id: Uuid, line: &Kept) -> Result<Option<i64>, Error> {
    let sql = "insert into cart_items (id, cart_id, variant_id, quantity, seen_amount, created_at) values ($1, $2, $3, $4, $5, $6) \
         on conflict (cart_id, variant_id) do update set quantity = cart_items.quantity + excluded.quantity, seen_amount = excluded.seen_amount \
         returning quantity as value";
    let values = [line.id.into(), cart_id.into(), line.variant_id.into(), line.quantity.into(), line.seen_amount.into(), line.created_at.into()];
    Sql::new(sql, values).number(conn).await
}

/// Puts lines in a cart with these quantities, whatever quantities were in there.
///
/// # Errors
/// What the database says.
pub async fn put_lines(conn: &impl ConnectionTrait, cart_id: Uuid, lines: &[Kept]) -> Result<(), Error> {
    if lines.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new("insert into cart_items (id, cart_id, variant_id, quantity, seen_amount, created_at) values ", []);
    for (index, line) in lines.iter().enumerate() {
        sql.push(if index == 0 { "(" } else { ", (" });
        sql.bind(line.id).push(", ").bind(cart_id).push(", ").bind(line.variant_id).push(", ").bind(line.quantity);
        sql.push(", ").bind(line.seen_amount).push(", ").bind(line.created_at).push(")");
    }
    sql.push(" on conflict (cart_id, variant_id) do update set quantity = excluded.quantity, seen_amount = excluded.seen_amount");
    sql.execute(conn).await?;
    Ok(())
}

/// Changes the quantity of a line; `false` where it is not there.
///
/// # Errors
/// What the database says.
pub async fn set_quantity(conn: &impl ConnectionTrait, cart_id: Uuid, item_id: Uuid, quantity: i64, seen_amount: i64) -> Result<bool, Error> {
    let sql = "update cart_items set quantity = $1, seen_amount = $2 where id = $3 and cart_id = $4";
    Ok(Sql::new(sql, [quantity.into(), seen_amount.into(), item_id.into(), cart_id.into()]).execute(conn).await? == 1)
}

/// Takes a line out; `false` where it is not there.
///
/// # Errors
/// What the database says.
pub async fn delete_line(conn: &impl ConnectionTrait, cart_id: Uuid, item_id: Uuid) -> Result<bool, Error> {
    let sql = "delete from cart_items where id = $1 and cart_id = $2";
    Ok(Sql::new(sql, [item_id.into(), cart_id.into()]).execute(conn).await? == 1)
}

/// Takes every line out.
///
/// # Errors
/// What the database says.
pub async fn delete_lines(conn: &impl ConnectionTrait, cart_id: Uuid) -> Result<(), Error> {
    Sql::new("delete from cart_items where cart_id = $1", [cart_id.into()]).execute(conn).await?;
    Ok(())
}
