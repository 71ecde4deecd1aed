//! What has to be asked of the shop so that it has what stands in the form: only what changed.

use std::collections::BTreeMap;

use novashop_domain::variants::check_options;
use novashop_locales::{admin_editor as words, fields as sentences};
use novashop_types::{
    Currency, Money, VariantId,
    catalogue::{ProductCreate, ProductOption, ProductPatch, ProductStatus, StockChange, VariantCreate, VariantPatch},
};

use super::draft::{Draft, VariantRow, chosen, split};
use crate::parts::amount;

/// What is wrong, by field: `name`, `variants/0/price`.
pub type Wrong = BTreeMap<String, String>;

/// One request of a save.
#[derive(Debug, Clone)]
pub enum Step {
    /// Fields of the product itself.
    Product(Box<ProductPatch>),
    /// A variant that is new, and its row.
    Add(usize, Box<VariantCreate>),
    /// A variant that changed, and its row.
    Change(usize, VariantId, Box<VariantPatch>),
    /// A variant that is gone.
    Remove(VariantId),
    /// A new stock, and its row.
    Stock(usize, VariantId, StockChange),
}

impl Step {
    /// The row of the grid that it is about.
    #[must_use]
    pub const fn row(&self) -> Option<usize> {
        match self {
            Self::Add(row, _) | Self::Change(row, ..) | Self::Stock(row, ..) => Some(*row),
            Self::Product(_) | Self::Remove(_) => None,
        }
    }
}

/// Reads a row's numbers; what is wrong with them goes to `wrong`.
fn numbers(index: usize, row: &VariantRow, currency: Currency, wrong: &mut Wrong) -> Option<(Money, Option<Money>, i64)> {
    let mut refuse = |field: &str, text: &str| {
        wrong.insert(format!("variants/{index}/{field}"), text.to_owned());
    };
    let price = amount::parse(&row.price, currency);
    if price.is_none() {
        refuse("price", words::not_an_amount());
    }
    let was = if row.was.trim().is_empty() { Some(None) } else { amount::parse(&row.was, currency).map(Some) };
    if was.is_none() {
        refuse("compare_at_price", words::not_an_amount());
    }
    let stock = row.stock.trim().parse::<i64>().ok();
    if stock.is_none() {
        refuse("stock", words::not_a_count());
    }
    Some((price?, was?, stock?))
}

/// Whether a row has a value for each option; what is wrong goes to `wrong`, beside its own cell.
fn check_choices(index: usize, names: &[String], row: &VariantRow, wrong: &mut Wrong) {
    for (place, (name, value)) in names.iter().zip(&row.options).enumerate() {
        let option = ProductOption { name: name.clone(), values: Vec::new() };
        let own = chosen(std::slice::from_ref(name), std::slice::from_ref(value));
        if check_options(&[option], &own, "").is_err() {
            let text = if value.trim().is_empty() { sentences::required() } else { sentences::length() };
            wrong.insert(format!("variants/{index}/options/{place}"), text.to_owned());
        }
    }
}

fn filled(text: &str) -> Option<String> {
    Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn new_variant(names: &[String], row: &VariantRow, (price, was, stock): (Money, Option<Money>, i64)) -> VariantCreate {
    VariantCreate { sku: filled(&row.sku), options: chosen(names, &row.options), price, compare_at_price: was, stock }
}

/// A new product.
///
/// # Errors
/// What is wrong before the shop is asked: texts that are no numbers.
pub fn create(draft: &Draft, currency: Currency) -> Result<ProductCreate, Wrong> {
    let (mut wrong, names) = (Wrong::new(), draft.option_names());
    let read = |(index, row)| {
        check_choices(index, &names, row, &mut wrong);
        numbers(index, row, currency, &mut wrong).map(|numbers| new_variant(&names, row, numbers))
    };
    let variants: Vec<VariantCreate> = draft.variants.iter().enumerate().filter_map(read).collect();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let mut create = ProductCreate {
        slug: filled(&draft.slug),
        name: draft.name.trim().to_owned(),
        description: draft.description.clone(),
        category: filled(&draft.category),
        status: ProductStatus::parse(&draft.status),
        price: None,
        compare_at_price: None,
        stock: None,
        sku: None,
        options: options(draft),
        variants,
        attributes: attributes(draft),
    };
    if create.options.is_empty()
        && let Some(only) = create.variants.pop()
    {
        // Without options the one variant stands in the product itself.
        create.variants.clear();
        (create.price, create.compare_at_price, create.stock, create.sku) = (Some(only.price), only.compare_at_price, Some(only.stock), only.sku);
    }
    Ok(create)
}

fn options(draft: &Draft) -> Vec<ProductOption> {
    draft.options.iter().map(|option| ProductOption { name: option.name.trim().to_owned(), values: split(&option.values) }).collect()
}

fn first_values(draft: &Draft) -> Vec<String> {
    draft.options.iter().filter_map(|option| split(&option.values).into_iter().next()).collect()
}

fn attributes(draft: &Draft) -> serde_json::Map<String, serde_json::Value> {
    draft.attributes.iter().filter(|row| !row.name.trim().is_empty()).map(|row| (row.name.trim().to_owned(), row.json())).collect()
}

/// What a save of a product that the shop has asks for, in order.
///
/// # Errors
/// What is wrong before the shop is asked.
pub fn changes(before: &Draft, now: &Draft, currency: Currency) -> Result<Vec<Step>, Wrong> {
    let (mut wrong, mut steps, names) = (Wrong::new(), Vec::new(), now.option_names());
    let (mut stocks, mut fields) = (Vec::new(), ProductPatch::default());
    let text = |before: &String, now: &String| (before != now).then(|| now.trim().to_owned());
    fields.name = text(&before.name, &now.name);
    fields.slug = text(&before.slug, &now.slug);
    fields.description = (before.description != now.description).then(|| now.description.clone());
    fields.category = (before.category != now.category).then(|| filled(&now.category));
    fields.status = ProductStatus::parse(&now.status).filter(|_| before.status != now.status);
    let first_options = before.options.is_empty() && !now.options.is_empty();
    fields.options = first_options.then(|| options(now));
    fields.attributes = (before.attributes != now.attributes).then(|| attributes(now));
    let product_changes = Draft { variants: Vec::new(), reason: String::new(), ..before.clone() }
        != Draft { variants: Vec::new(), reason: String::new(), ..now.clone() };
    if product_changes {
        steps.push(Step::Product(Box::new(fields)));
    }
    for (index, row) in now.variants.iter().enumerate() {
        check_choices(index, &names, row, &mut wrong);
        let old = row.id.and_then(|id| before.variants.iter().find(|old| old.id == Some(id)).cloned());
        // With its first options the shop gives its one variant the first value of each.
        let old = old.map(|old| if first_options { VariantRow { options: first_values(now), ..old } } else { old });
        let Some((price, was, stock)) = numbers(index, row, currency, &mut wrong) else { continue };
        match (old, row.id) {
            (Some(old), Some(id)) if old != *row => {
                let mut patch = VariantPatch { sku: text(&old.sku, &row.sku), ..VariantPatch::default() };
                patch.options = (old.options != row.options).then(|| chosen(&names, &row.options));
                patch.price = (old.price != row.price).then_some(price);
                patch.compare_at_price = (old.was != row.was).then_some(was);
                if (VariantRow { stock: row.stock.clone(), ..old.clone() }) != *row {
                    steps.push(Step::Change(index, id, Box::new(patch)));
                }
                // By how many, not to how many: what was sold meanwhile stays sold.
                let delta = old.stock.parse::<i64>().map_or(0, |old| stock.saturating_sub(old));
                if delta != 0 {
                    stocks.push(Step::Stock(index, id, StockChange { delta: Some(delta), set: None, reason: now.reason.trim().to_owned() }));
                }
            }
            (None, _) => steps.push(Step::Add(index, Box::new(new_variant(&names, row, (price, was, stock))))),
            _ => {}
        }
    }
    if !stocks.is_empty() && now.reason.trim().is_empty() {
        wrong.insert("reason".to_owned(), words::reason_needed().to_owned());
    }
    // New ones first: the last variant of a product cannot be removed.
    let gone = before.variants.iter().filter_map(|old| old.id).filter(|id| now.variants.iter().all(|row| row.id != Some(*id)));
    steps.extend(gone.map(Step::Remove));
    steps.extend(stocks);
    if wrong.is_empty() { Ok(steps) } else { Err(wrong) }
}

#[cfg(test)]
mod tests {
    use super::super::draft::OptionRow;
    use super::*;

    fn draft() -> Draft {
        let row = |id: u128, size: &str| VariantRow {
            id: Some(VariantId(uuid::Uuid::from_u128(id))),
            options: vec![size.into()],
            sku: format!("MUG-{size}"),
            price: "19.99".into(),
            was: String::new(),
            stock: "5".into(),
        };
        Draft {
            name: "Mug".into(),
            options: vec![OptionRow { name: "Size".into(), values: "S, M".into() }],
            variants: vec![row(1, "S"), row(2, "M")],
            ..Draft::new()
        }
    }

    #[test]
    fn nothing_changed_asks_for_nothing() {
        assert!(changes(&draft(), &draft(), Currency::EUR).unwrap().is_empty());
    }

    #[test]
    fn only_what_changed_is_asked_for_and_stock_by_difference() {
        let mut now = draft();
        now.name = "Big mug".into();
        now.variants[0].price = "21".into();
        now.variants[0].stock = "3".into();
        now.variants[1] = VariantRow { id: None, options: vec!["L".into()], sku: String::new(), ..now.variants[1].clone() };
        let wrong = changes(&draft(), &now, Currency::EUR).unwrap_err();
        assert_eq!(wrong.keys().collect::<Vec<_>>(), ["reason"]);
        now.reason = "counted".into();
        now.variants[1].options = vec![" ".into()];
        assert_eq!(changes(&draft(), &now, Currency::EUR).unwrap_err().keys().collect::<Vec<_>>(), ["variants/1/options/0"]);
        now.variants[1].options = vec!["L".into()];
        let steps = changes(&draft(), &now, Currency::EUR).unwrap();
        match steps.as_slice() {
            [Step::Product(patch), Step::Change(0, _, variant), Step::Add(1, added), Step::Remove(_), Step::Stock(0, _, stock)] => {
                assert_eq!((patch.name.as_deref(), patch.slug.is_none()), (Some("Big mug"), true));
                assert_eq!((variant.price.map(|price| price.amount), variant.sku.is_none()), (Some(2100), true));
                assert_eq!((added.sku.is_none(), added.options["Size"].as_str()), (true, Some("L")));
                assert_eq!((stock.delta, stock.set), (Some(-2), None));
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn first_options_are_asked_for_before_the_variants_that_they_make_possible() {
        let only = VariantRow { options: Vec::new(), ..draft().variants[0].clone() };
        let before = Draft { options: Vec::new(), variants: vec![only], ..draft() };
        let now = Draft { variants: super::super::draft::grid(&draft().options, &before.variants), ..draft() };
        match changes(&before, &now, Currency::EUR).unwrap().as_slice() {
            [Step::Product(patch), Step::Add(1, added)] => {
                let given = patch.options.as_deref().unwrap();
                assert_eq!(
                    (given.len(), given[0].name.as_str(), given[0].values.as_slice()),
                    (1, "Size", ["S".to_owned(), "M".to_owned()].as_slice())
                );
                assert_eq!((added.options["Size"].as_str(), added.stock), (Some("M"), 0));
            }
            other => panic!("{other:?}"),
        }
        let mut dearer = now;
        dearer.variants[0].price = "25".into();
        match changes(&before, &dearer, Currency::EUR).unwrap().as_slice() {
            [Step::Product(_), Step::Change(0, _, variant), Step::Add(1, _)] => {
                assert!(variant.options.is_none(), "its choice came with the options")
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_new_product_without_options_has_its_price_itself() {
        let mut draft = Draft::new();
        draft.variants[0].price = "5,50".into();
        let made = create(&draft, Currency::EUR).unwrap();
        assert_eq!((made.price.map(|price| price.amount), made.stock, made.variants.len()), (Some(550), Some(0), 0));
        draft.variants[0].price = "free".into();
        assert!(create(&draft, Currency::EUR).unwrap_err().contains_key("variants/0/price"));
    }
}
