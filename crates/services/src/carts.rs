//! Carts: a person's, or a guest's who is known by a token.

use std::collections::HashMap;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
pub use novashop_db::carts::Owner;
use novashop_db::{
    self as db, ConnectionTrait, DatabaseTransaction,
    carts::{Kept, Line, Offer, ShownLine, Touched},
};
use novashop_domain::totals::{self, Totals};
use novashop_types::{
    CartId, CartItemId, ErrorCode, UserId, VariantId,
    cart::{Cart, CartItem, CartItemCreate, CartItemPatch, CartWarning, CartWarningCode, MAX_LINES, MAX_QUANTITY},
    errors::ShortLine,
};
use uuid::Uuid;

use crate::{Actor, Context, Error, Result, context::hash_secret, products};

/// A cart and the version that its ETag names; 0 while there is none.
#[derive(Debug, Clone, PartialEq)]
pub struct Versioned {
    /// The cart.
    pub cart: Cart,
    /// Its version.
    pub version: i64,
}

/// Who comes for a cart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visitor {
    /// Whose cart it is.
    pub owner: Owner,
    /// The guest's token, to be told where the guest does not know that it works.
    pub token: Option<String>,
}

/// The person's cart, or that of the guest who brings a token; a guest without a usable one is given a new one.
#[must_use]
pub fn visitor(ctx: &Context, actor: Option<&Actor>, token: Option<String>) -> Visitor {
    if let Some(actor) = actor {
        return Visitor { owner: Owner::User(actor.user_id), token: None };
    }
    let token = token.filter(|token| is_token(token)).unwrap_or_else(|| ctx.new_secret());
    Visitor { owner: Owner::Guest(hash_secret(&token)), token: Some(token) }
}

/// Whether a text could be a token of ours: 256 bits in base64url.
#[must_use]
pub fn is_token(text: &str) -> bool {
    text.len() == 43 && URL_SAFE_NO_PAD.decode(text).is_ok_and(|bytes| bytes.len() == 32)
}

/// Somebody's cart as of now.
///
/// # Errors
/// Those of the database.
pub async fn read(ctx: &Context, owner: &Owner) -> Result<Cart> {
    Ok(show(ctx, owner).await?.cart)
}

/// Somebody's cart as of now, with its version. Writes nothing: who only looks needs no row.
///
/// # Errors
/// Those of the database.
pub async fn show(ctx: &Context, owner: &Owner) -> Result<Versioned> {
    match db::carts::find(ctx.db.reader(), owner).await? {
        Some(cart) => load(ctx, ctx.db.reader(), Touched { id: cart.id, version: cart.version }).await,
        None => Ok(Versioned { cart: wire(ctx, None, Vec::new())?, version: 0 }),
    }
}

/// Puts something in the cart; more of the same adds up.
///
/// # Errors
/// `not_found`, `variant_choice_needed`, `out_of_stock`, `cart_full`, `precondition_failed`, or a quantity that is too large.
pub async fn add(ctx: &Context, owner: &Owner, if_match: Option<i64>, item: &CartItemCreate) -> Result<Versioned> {
    ctx.db
        .write(async |tx| {
            let offer = find_offer(tx, item).await?;
            let cart = touch_for_adding(ctx, tx, owner, if_match).await?;
            let line =
                Kept { id: ctx.new_id(), variant_id: offer.id, quantity: item.quantity, seen_amount: offer.price_amount, created_at: ctx.now().0 };
            let quantity = db::carts::add_line(tx, cart.id, &line).await?.unwrap_or(item.quantity);
            if quantity > MAX_QUANTITY {
                return Err(Error::invalid_field(
                    "/quantity",
                    "range",
                    format!("would make {quantity} in the cart; up to {MAX_QUANTITY} are possible"),
                ));
            }
            if quantity > offer.stock {
                return Err(short(offer.id, &offer.name, quantity, offer.stock));
            }
            let cart = load(ctx, tx, cart).await?;
            if u64::try_from(cart.cart.items.len()).unwrap_or(u64::MAX) > MAX_LINES {
                return Err(Error::refused(ErrorCode::CartFull, format!("A cart holds up to {MAX_LINES} different lines.")));
            }
            Ok(cart)
        })
        .await
}

async fn find_offer(tx: &DatabaseTransaction, item: &CartItemCreate) -> Result<Offer> {
    match (item.variant_id, item.product_id) {
        (Some(variant_id), None) => db::carts::find_offer(tx, variant_id.0).await?.ok_or_else(|| Error::not_found("variant")),
        (None, Some(product_id)) => {
            let mut offers = db::carts::list_offers(tx, product_id.0).await?;
            let first = offers.pop().ok_or_else(|| Error::not_found("product"))?;
            if !offers.is_empty() {
                return Err(Error::refused(ErrorCode::VariantChoiceNeeded, format!("“{}” has several variants.", first.name)));
            }
            Ok(first)
        }
        _ => Err(Error::invalid_field("", "exactly_one", "must have either variant_id or product_id")),
    }
}

/// Whoever names a version wants that cart and no other; 0 is the empty cart that has no row yet.
async fn touch_for_adding(ctx: &Context, tx: &DatabaseTransaction, owner: &Owner, if_match: Option<i64>) -> Result<Touched> {
    let now = ctx.now().0;
    let cart = match if_match {
        Some(version) if version > 0 => db::carts::touch(tx, owner, Some(version), now).await?,
        Some(_) => db::carts::touch_or_insert(tx, owner, ctx.new_id(), now).await?.filter(|cart| cart.version == 1),
        None => db::carts::touch_or_insert(tx, owner, ctx.new_id(), now).await?,
    };
    cart.ok_or_else(changed_meanwhile)
}

/// The line of somebody's cart whose id this is.
///
/// # Errors
/// `not_found`.
pub async fn find_item(ctx: &Context, owner: &Owner, id: &str) -> Result<CartItemId> {
    let id: CartItemId = id.parse().map_err(|_| no_line())?;
    db::carts::find_line(ctx.db.reader(), owner, id.0).await?.map(|line| CartItemId(line.id)).ok_or_else(no_line)
}

/// Changes the quantity of a line.
///
/// # Errors
/// `not_found`, `out_of_stock`, `precondition_failed`.
pub async fn update_item(ctx: &Context, owner: &Owner, if_match: Option<i64>, id: CartItemId, patch: &CartItemPatch) -> Result<Versioned> {
    ctx.db
        .write(async |tx| {
            let cart = touch_for_changing(ctx, tx, owner, if_match).await?;
            let line = db::carts::find_line(tx, owner, id.0).await?.ok_or_else(no_line)?;
            if patch.quantity > line.available() {
                return Err(short(line.variant_id, &line.name, patch.quantity, line.available()));
            }
            db::carts::set_quantity(tx, cart.id, id.0, patch.quantity, line.price_amount).await?;
            load(ctx, tx, cart).await
        })
        .await
}

/// Takes a line out.
///
/// # Errors
/// `not_found`, `precondition_failed`.
pub async fn delete_item(ctx: &Context, owner: &Owner, if_match: Option<i64>, id: CartItemId) -> Result<Versioned> {
    ctx.db
        .write(async |tx| {
            let cart = touch_for_changing(ctx, tx, owner, if_match).await?;
            if !db::carts::delete_line(tx, cart.id, id.0).await? {
                return Err(no_line());
            }
            load(ctx, tx, cart).await
        })
        .await
}

/// Takes everything out; a cart that is not there is empty already.
///
/// # Errors
/// `precondition_failed`, those of the database.
pub async fn clear(ctx: &Context, owner: &Owner, if_match: Option<i64>) -> Result<()> {
    ctx.db
        .write(async |tx| match db::carts::touch(tx, owner, if_match.filter(|version| *version > 0), ctx.now().0).await? {
            Some(_) if if_match == Some(0) => Err(changed_meanwhile()),
            Some(cart) => Ok(db::carts::delete_lines(tx, cart.id).await?),
            None if if_match.is_some_and(|version| version > 0) => Err(changed_meanwhile()),
            None => Ok(()),
        })
        .await
}

/// The cart holds a line, so it is there: where it is not of this version, somebody changed it.
async fn touch_for_changing(ctx: &Context, tx: &DatabaseTransaction, owner: &Owner, if_match: Option<i64>) -> Result<Touched> {
    let cart = db::carts::touch(tx, owner, if_match, ctx.now().0).await?;
    cart.ok_or_else(|| if if_match.is_some() { changed_meanwhile() } else { no_line() })
}

/// Puts a guest's cart into that of the person who signs in, in the transaction of the signing-in.
///
/// The guest's cart is closed first, by a conditional update: of several rivals one gets its lines, the others find none.
///
/// # Errors
/// Those of the database.
pub async fn merge(ctx: &Context, tx: &impl ConnectionTrait, user: UserId, cart_token: &str) -> Result<()> {
    let now = ctx.now().0;
    let Some(guest) = db::carts::close(tx, &Owner::Guest(hash_secret(cart_token)), now).await? else {
        return Ok(());
    };
    let lines = db::carts::kept_lines(tx, guest.id).await?;
    if lines.is_empty() {
        return Ok(());
    }
    let Some(cart) = db::carts::touch_or_insert(tx, &Owner::User(user), ctx.new_id(), now).await? else {
        return Ok(());
    };
    // The row of the cart is held now, so nobody changes its lines meanwhile.
    let present = db::carts::kept_lines(tx, cart.id).await?;
    let merged = merge_lines(&present, lines, || ctx.new_id());
    Ok(db::carts::put_lines(tx, cart.id, &merged).await?)
}

/// The lines that change: quantities add up to at most 999, new ones find room up to 100 lines, the guest's oldest first.
fn merge_lines(present: &[Kept], guest: Vec<Kept>, new_id: impl Fn() -> Uuid) -> Vec<Kept> {
    let known: HashMap<Uuid, &Kept> = present.iter().map(|line| (line.variant_id, line)).collect();
    let room = usize::try_from(MAX_LINES).unwrap_or(usize::MAX).saturating_sub(present.len());
    let (more, new): (Vec<Kept>, Vec<Kept>) = guest.into_iter().partition(|line| known.contains_key(&line.variant_id));
    let more = more.into_iter().filter_map(|line| {
        let present = known.get(&line.variant_id)?;
        let quantity = present.quantity.saturating_add(line.quantity).min(MAX_QUANTITY);
        Some(Kept { id: present.id, quantity, created_at: present.created_at, ..line })
    });
    let new = new.into_iter().take(room).map(|line| Kept { id: new_id(), ..line });
    more.chain(new).collect()
}

async fn load(ctx: &Context, conn: &impl ConnectionTrait, cart: Touched) -> Result<Versioned> {
    let lines = db::carts::shown_lines(conn, cart.id).await?;
    Ok(Versioned { cart: wire(ctx, Some(CartId(cart.id)), lines)?, version: cart.version })
}

fn wire(ctx: &Context, id: Option<CartId>, lines: Vec<ShownLine>) -> Result<Cart> {
    let Totals { subtotal, discount, total, .. } = totals::add_up(lines.iter().map(|shown| (shown.line.price_amount, shown.line.quantity)), 0)?;
    let item_count = lines.iter().map(|shown| shown.line.quantity).sum();
    let warnings = lines.iter().flat_map(|shown| warnings(&shown.line)).collect();
    Ok(Cart {
        id,
        items: lines.into_iter().map(|shown| item(ctx, shown)).collect::<Result<_>>()?,
        item_count,
        subtotal: ctx.money(subtotal),
        discount: ctx.money(discount),
        total: ctx.money(total),
        coupon: None,
        warnings,
    })
}

fn item(ctx: &Context, ShownLine { line, product }: ShownLine) -> Result<CartItem> {
    Ok(CartItem {
        id: CartItemId(line.id),
        variant_id: VariantId(line.variant_id),
        product: products::summary(ctx, product),
        options: line.options.as_object().cloned().unwrap_or_default(),
        quantity: line.quantity,
        unit_price: ctx.money(line.price_amount),
        line_total: ctx.money(line.price_amount).times(line.quantity)?,
        available: line.available(),
    })
}

/// What somebody should know about a line before ordering it.
fn warnings(line: &Line) -> Vec<CartWarning> {
    let warning = |code, message| CartWarning { item_id: CartItemId(line.id), code, message };
    let available = line.available();
    let mut warnings = Vec::new();
    if line.price_amount != line.seen_amount {
        let way = if line.price_amount > line.seen_amount { "more" } else { "less" };
        warnings.push(warning(CartWarningCode::PriceChanged, format!("“{}” costs {way} than when you put it in the cart.", line.name)));
    }
    if available == 0 {
        warnings.push(warning(CartWarningCode::Unavailable, format!("“{}” cannot be had at present.", line.name)));
    } else if available < line.quantity {
        let verb = if available == 1 { "is" } else { "are" };
        warnings.push(warning(CartWarningCode::InsufficientStock, format!("Only {available} of “{}” {verb} left.", line.name)));
    }
    warnings
}

fn short(variant_id: Uuid, name: &str, requested: i64, available: i64) -> Error {
    Error::out_of_stock(vec![ShortLine { variant_id: VariantId(variant_id), name: name.to_owned(), requested, available }])
}

fn no_line() -> Error {
    Error::not_found("line in your cart")
}

fn changed_meanwhile() -> Error {
    Error::refused(ErrorCode::PreconditionFailed, "The cart is not as it was when you read it.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(variant: u128, quantity: i64) -> Kept {
        Kept { id: Uuid::from_u128(variant + 1000), variant_id: Uuid::from_u128(variant), quantity, seen_amount: 1, created_at: 0 }
    }

    #[test]
    fn merged_quantities_add_up_and_keep_within_the_limits() {
        let merged = merge_lines(&[line(1, 2), line(2, 998)], vec![line(2, 5), line(1, 1), line(3, 4)], Uuid::nil);
        let quantities: Vec<(u128, i64)> = merged.iter().map(|line| (line.variant_id.as_u128(), line.quantity)).collect();
        assert_eq!(quantities, [(2, 999), (1, 3), (3, 4)]);
        let full: Vec<Kept> = (0..99).map(|n| line(n, 1)).collect();
        assert_eq!(merge_lines(&full, vec![line(200, 1), line(201, 1)], Uuid::nil).len(), 1);
    }

    #[test]
    fn only_32_bytes_in_base64url_are_a_token() {
        assert!(is_token(&URL_SAFE_NO_PAD.encode([7; 32])));
        assert!(!is_token("") && !is_token(&"!".repeat(43)) && !is_token(&"A".repeat(42)));
    }
}
