//! Saving: a new product in one request, a known one step by step, each only if nobody else saved in between.

use novashop_client::{Failure, Outcome, Request};
use novashop_locales::fields;
use novashop_types::{
    ProductId, VariantId,
    catalogue::{Product, StockMovement, Variant},
};

use super::steps::{Step, Wrong};

/// A product and the version to be sent back with changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// The product.
    pub product: Product,
    /// Its ETag.
    pub etag: Option<String>,
}

/// Reads a product as it is now.
///
/// # Errors
/// See [`Failure`].
pub async fn read(id: String) -> Outcome<Read> {
    let answer = Request::get(format!("/api/v1/products/{}", novashop_types::pages::encoded(&id))).answer::<Product>().await?;
    Ok(Read { product: answer.body, etag: answer.etag })
}

/// Where a save stopped, and why.
#[derive(Debug, Clone)]
pub struct Stopped {
    /// Why.
    pub failure: Failure,
    /// The row of the grid that it was about.
    pub row: Option<usize>,
    /// Whether something was saved before.
    pub begun: bool,
}

/// Sends the steps in order. The first one names the version that was edited; each answer names the next one. A variant that was added
/// is told at once: should a later step be refused, it is not added twice.
///
/// # Errors
/// The step that was refused; those before it are done.
pub async fn send(id: ProductId, etag: Option<String>, steps: Vec<Step>, key: &str, added: impl Fn(usize, VariantId)) -> Result<(), Stopped> {
    let product = format!("/api/v1/products/{id}");
    let mut version = etag;
    for (number, step) in steps.into_iter().enumerate() {
        let row = step.row();
        let guarded = |request: Request| match &version {
            Some(version) => request.if_match(version),
            None => request,
        };
        let next = match step {
            Step::Product(patch) => guarded(Request::patch(product.clone())).json(&*patch).answer::<Product>().await.map(|answer| answer.etag),
            Step::Change(_, variant, patch) => {
                guarded(Request::patch(format!("{product}/variants/{variant}"))).json(&*patch).answer::<Variant>().await.map(|answer| answer.etag)
            }
            // The answers to the next two name no version: what follows goes without.
            Step::Add(row, create) => guarded(Request::post(format!("{product}/variants"))).json(&*create).send::<Variant>().await.map(|variant| {
                added(row, variant.id);
                None
            }),
            Step::Remove(variant) => guarded(Request::delete(format!("{product}/variants/{variant}"))).done().await.map(|()| None),
            Step::Stock(_, variant, change) => {
                let key = format!("{key}-{variant}-{}", change.delta.unwrap_or(0));
                Request::post(format!("/api/v1/variants/{variant}/stock")).idempotent(&key).json(&change).send::<StockMovement>().await.map(|_| None)
            }
        };
        version = next.map_err(|failure| Stopped { failure, row, begun: number > 0 })?;
    }
    Ok(())
}

/// What the shop says is wrong, field by field, as the form names them.
#[must_use]
pub fn wrong_fields(failure: &Failure, row: Option<usize>, one_variant: bool) -> Wrong {
    let Failure::Refused(problem) = failure else { return Wrong::new() };
    let place = |pointer: &str| {
        let pointer = pointer.trim_start_matches('/');
        let parts: Vec<&str> = pointer.split('/').collect();
        let own = |field: &str| matches!(field, "sku" | "price" | "compare_at_price" | "stock");
        match (parts.as_slice(), row) {
            ([field, ..], Some(row)) => format!("variants/{row}/{field}"),
            // A product without options has its one variant's fields itself.
            ([field, ..], None) if one_variant && own(field) => format!("variants/0/{field}"),
            (["variants", row, field, ..], None) => format!("variants/{row}/{field}"),
            (["variants" | "options", row, ..], None) => format!("{}/{row}", parts.first().copied().unwrap_or_default()),
            ([field, ..], None) => (*field).to_owned(),
            ([], None | Some(_)) => String::new(),
        }
    };
    let mut wrong: Wrong = problem.errors.iter().map(|error| (place(&error.pointer), fields::sentence(error))).collect();
    // A refusal by its code belongs to a field as well.
    let field = match problem.code {
        novashop_types::ErrorCode::SlugTaken => Some("slug".to_owned()),
        novashop_types::ErrorCode::SkuTaken => Some(format!("variants/{}/sku", row.unwrap_or(0))),
        novashop_types::ErrorCode::OptionsTaken => Some(format!("variants/{}/options", row.unwrap_or(0))),
        _ => None,
    };
    if let Some(field) = field {
        wrong.insert(field, novashop_locales::errors::sentence(problem.code).to_owned());
    }
    wrong
}
