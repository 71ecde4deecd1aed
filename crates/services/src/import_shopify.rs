//! The Shopify product CSV: rows with one `Handle` are one product, each row a variant or one more picture.

use std::collections::HashMap;

use csv::StringRecord;
use novashop_domain::{slugs, variants::check_options};
use novashop_types::{
    Currency, Money,
    catalogue::{Options, ProductCreate, ProductOption, ProductStatus, VariantCreate},
};
use serde_json::{Map, Value};

use crate::exports::{ATTRIBUTES, CATEGORY_HANDLE};
use crate::import_html::plain_text;
use crate::import_mistakes;
use crate::imports::{Format, ImportProduct, Lines, Parsed, Unreadable, check, check_valid, minor_units, name_of_slug, no_nul};
use crate::spreadsheets;

/// The largest number of variants of a product, as in the API.
const MAX_VARIANTS: usize = 250;
/// Shopify has three options, the shop five.
const MAX_OPTIONS: usize = 5;
/// The largest text of a product before its tags are taken away, in bytes: what comes out is far shorter.
const MAX_HTML: usize = 64 * 1024;

/// The columns by name.
struct Columns(HashMap<String, usize>);

impl Columns {
    /// The cell, trimmed and freed of what keeps spreadsheets from running it; empty where the file has no such column.
    fn cell<'a>(&self, row: &'a StringRecord, name: &str) -> &'a str {
        self.0.get(name).and_then(|index| row.get(*index)).map(|cell| spreadsheets::undone(cell.trim())).unwrap_or_default()
    }
}

/// The good rows of one handle.
struct Group {
    handle: String,
    rows: Vec<(u64, StringRecord)>,
}

/// Reads the file row by row.
pub(crate) fn parse(bytes: &[u8], currency: Currency) -> Result<Parsed, Unreadable> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let header = reader.headers().map_err(|_| import_mistakes::no_header())?.clone();
    if let Some(open) = import_mistakes::open_quote(bytes).filter(|open| *open < position(&reader)) {
        let line = Lines::new(bytes).of(open);
        return Err(Unreadable(format!("The quote at line {line}, among the names of the columns, is never closed: close it or take it away.")));
    }
    let columns = Columns(header.iter().enumerate().map(|(index, name)| (name.trim().to_owned(), index)).collect());
    if let Some(missing) = ["Handle", "Title", "Variant Price"].into_iter().find(|name| !columns.0.contains_key(*name)) {
        let first_line = bytes.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty()).unwrap_or_default();
        return Err(import_mistakes::no_column(&String::from_utf8_lossy(first_line), missing));
    }
    let mut parsed = Parsed::new(Format::Shopify);
    for group in groups(bytes, reader, &header, &columns, &mut parsed) {
        if let Some(product) = product(&group, &columns, currency, &mut parsed) {
            parsed.products.push(product);
        }
    }
    Ok(parsed)
}

/// Where in the file the reader is.
fn position(reader: &csv::Reader<&[u8]>) -> usize {
    usize::try_from(reader.position().byte()).unwrap_or(usize::MAX)
}

/// The rows by handle, in the order of the file. Rows of one handle need not stand together.
fn groups(bytes: &[u8], mut reader: csv::Reader<&[u8]>, header: &StringRecord, columns: &Columns, parsed: &mut Parsed) -> Vec<Group> {
    let open_quote = import_mistakes::open_quote(bytes);
    let mut lines = Lines::new(bytes);
    let mut groups: Vec<Group> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    loop {
        // The reader's own line is where the row before ended: what is left of its line end is passed over first.
        let at = position(&reader);
        let blank = bytes.get(at..).unwrap_or_default().iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let line = lines.of(at.saturating_add(blank));
        let mut row = StringRecord::new();
        match reader.read_record(&mut row) {
            Ok(false) => return groups,
            Ok(true) => {}
            Err(error) if error.is_io_error() => return groups,
            Err(_) => {
                parsed.refuse(line, "the row is not UTF-8 text: save the file as “CSV UTF-8”");
                continue;
            }
        }
        if let Some(open) = open_quote.filter(|open| *open < position(&reader)) {
            let reason = "a quote that begins here is never closed: nothing after it was read. Close it, or double it where the sign is meant";
            parsed.refuse(lines.of(open), reason);
            return groups;
        }
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let handle = columns.cell(&row, "Handle").to_owned();
        let reason = match (row.len() > header.len(), handle.is_empty()) {
            (true, _) => Err(format!("the row has {} cells, the header {}", row.len(), header.len())),
            (_, true) => Err("Handle is missing".to_owned()),
            _ => row.iter().try_for_each(no_nul),
        };
        if let Err(reason) = reason {
            parsed.refuse(line, reason);
            continue;
        }
        let place = *places.entry(handle.clone()).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.rows.push((line, row)),
            None => groups.push(Group { handle, rows: vec![(line, row)] }),
        }
    }
}

/// One product; rows that are no good are refused, and the whole where nothing is left.
fn product(group: &Group, columns: &Columns, currency: Currency, parsed: &mut Parsed) -> Option<ImportProduct> {
    let (line, first) = group.rows.first()?;
    let names = option_names(group, columns);
    let mut options: Vec<ProductOption> = names.iter().map(|(name, _)| ProductOption { name: name.clone(), values: Vec::new() }).collect();
    let mut variants: Vec<(u64, VariantCreate)> = Vec::new();
    let mut bad = 0;
    for (line, row) in &group.rows {
        if !columns.cell(row, "Image Src").is_empty() {
            parsed.remote_images += 1;
        }
        let is_variant =
            !columns.cell(row, "Variant Price").is_empty() || (1..=MAX_OPTIONS).any(|n| !columns.cell(row, &format!("Option{n} Value")).is_empty());
        if !is_variant && (variants.len() + bad > 0 || !columns.cell(row, "Image Src").is_empty()) && group.rows.len() > 1 {
            continue;
        }
        if variants.len() >= MAX_VARIANTS {
            parsed.refuse(*line, format!("the product has {MAX_VARIANTS} variants already: more are not taken"));
            break;
        }
        match variant(row, columns, &names, &options, currency, &variants) {
            Ok(variant) => variants.push((*line, variant)),
            Err(reason) => {
                bad += 1;
                parsed.refuse(*line, reason);
            }
        }
    }
    let body = columns.cell(first, "Body (HTML)");
    if body.len() > MAX_HTML {
        parsed.refuse(group.rows.first().map_or(0, |(line, _)| *line), format!("Body (HTML) may have up to {} KiB", MAX_HTML / 1024));
        return None;
    }
    if variants.is_empty() {
        if bad == 0 {
            parsed.refuse(*line, "Variant Price is missing");
        }
        return None;
    }
    for (_, variant) in &variants {
        novashop_domain::variants::add_values(&mut options, &variant.options);
    }
    let (category, category_name) = category(first, columns);
    let product = ProductCreate {
        slug: Some(slug(&group.handle)),
        name: columns.cell(first, "Title").to_owned(),
        description: plain_text(body),
        category,
        status: Some(status(first, columns)),
        price: None,
        compare_at_price: None,
        stock: None,
        sku: None,
        options,
        variants: variants.into_iter().map(|(_, variant)| variant).collect(),
        attributes: match attributes(first, columns) {
            Ok(attributes) => attributes,
            Err(reason) => {
                parsed.refuse(*line, reason);
                return None;
            }
        },
    };
    if product.name.is_empty() {
        parsed.refuse(*line, "Title is missing");
        return None;
    }
    match check(&product, currency) {
        Ok(()) => Some(ImportProduct { line: *line, slug: slug(&group.handle), product, category_name, images: Vec::new(), reviews: Vec::new() }),
        Err(reason) => {
            parsed.refuse(*line, reason);
            None
        }
    }
}

/// A handle as an address; most are one already.
fn slug(handle: &str) -> String {
    slugs::from_name(handle, "product")
}

/// The options' names and columns. `Title` with `Default Title` only is how Shopify says that there are none.
fn option_names(group: &Group, columns: &Columns) -> Vec<(String, String)> {
    let mut names = Vec::new();
    for n in 1..=MAX_OPTIONS {
        let column = format!("Option{n} Value");
        let values = || group.rows.iter().map(|(_, row)| columns.cell(row, &column)).filter(|value| !value.is_empty());
        let name = group.rows.iter().map(|(_, row)| columns.cell(row, &format!("Option{n} Name"))).find(|name| !name.is_empty());
        let none = values().next().is_none() || values().all(|value| value == "Default Title");
        if !none {
            names.push((name.map_or_else(|| format!("Option {n}"), str::to_owned), column));
        }
    }
    names
}

fn variant(
    row: &StringRecord,
    columns: &Columns,
    names: &[(String, String)],
    product: &[ProductOption],
    currency: Currency,
    others: &[(u64, VariantCreate)],
) -> Result<VariantCreate, String> {
    let price = match columns.cell(row, "Variant Price") {
        "" => return Err("Variant Price is missing".into()),
        text => minor_units(text).map_err(|reason| format!("Variant Price: {reason}"))?,
    };
    let compare_at = match columns.cell(row, "Variant Compare At Price") {
        "" => None,
        text => Some(minor_units(text).map_err(|reason| format!("Variant Compare At Price: {reason}"))?),
    };
    let stock = match columns.cell(row, "Variant Inventory Qty") {
        "" => 0,
        text => text.parse::<i64>().map_err(|_| format!("Variant Inventory Qty: “{text}” is not a whole number"))?,
    };
    let options: Options = names
        .iter()
        .map(|(name, column)| (name.clone(), columns.cell(row, column)))
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (name, Value::from(value)))
        .collect();
    check_options(product, &options, "").map_err(|errors| errors.into_iter().map(|error| error.message).collect::<Vec<_>>().join("; "))?;
    // Spreadsheets put an apostrophe before what must stay a text.
    let sku = columns.cell(row, "Variant SKU").trim_start_matches('\'');
    let sku = (!sku.is_empty()).then(|| sku.to_owned());
    let money = |amount| Money::new(amount, currency);
    // Shopify writes 0 or the price itself where nothing was dearer before.
    let compare_at_price = compare_at.filter(|amount| *amount != 0).map(money);
    let variant = VariantCreate { sku, options, price: money(price), compare_at_price, stock };
    check_valid(&variant, "")?;
    for (line, other) in others {
        if other.options == variant.options {
            return Err(format!("has the same options as the variant at line {line}"));
        }
        if variant.sku.is_some() && other.sku == variant.sku {
            return Err(format!("has the same SKU as the variant at line {line}"));
        }
    }
    Ok(variant)
}

/// The type, or else the first tag.
fn category(row: &StringRecord, columns: &Columns) -> (Option<String>, Option<String>) {
    let kind = columns.cell(row, "Type");
    let tag = columns.cell(row, "Tags").split(',').map(str::trim).find(|tag| !tag.is_empty()).unwrap_or_default();
    let (name, slug) = match (kind, tag) {
        ("", "") => return (None, None),
        ("", tag) => (name_of_slug(tag), slugs::from_name(tag, "other")),
        (kind, _) => (kind.to_owned(), slugs::from_name(kind, "other")),
    };
    // The shop's own files say the address too: a category may have another one than its name would give.
    let slug = Some(columns.cell(row, CATEGORY_HANDLE)).filter(|handle| !handle.is_empty()).map_or(slug, |handle| slugs::from_name(handle, "other"));
    (Some(slug), Some(name.chars().take(120).collect()))
}

fn status(row: &StringRecord, columns: &Columns) -> ProductStatus {
    match (columns.cell(row, "Status").to_lowercase().as_str(), columns.cell(row, "Published").to_lowercase().as_str()) {
        ("draft", _) => ProductStatus::Draft,
        ("archived", _) => ProductStatus::Archived,
        (_, "false") => ProductStatus::Draft,
        _ => ProductStatus::Published,
    }
}

/// Those of the shop's own files, or else the vendor and the tags.
fn attributes(row: &StringRecord, columns: &Columns) -> Result<Map<String, Value>, String> {
    let mut attributes = Map::new();
    let own = columns.cell(row, ATTRIBUTES);
    if !own.is_empty() {
        return serde_json::from_str(own).map_err(|error| format!("{ATTRIBUTES}: is not a JSON object: {error}"));
    }
    let vendor = columns.cell(row, "Vendor");
    if !vendor.is_empty() {
        attributes.insert("Vendor".into(), vendor.into());
    }
    let tags: Vec<&str> = columns.cell(row, "Tags").split(',').map(str::trim).filter(|tag| !tag.is_empty()).collect();
    if !tags.is_empty() {
        attributes.insert("Tags".into(), tags.into());
    }
    Ok(attributes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imports::parse as parse_file;

    const SHOP: &str = "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Variant Compare At Price,Image Src\r\n\
        top,Varsity Top,\"<p>Grey &amp; black.</p>\r\n<p>Warm</p>\",Acme,,women,true,Size,Small,,1,60,,https://x/1.jpg\r\n\
        shirt,Shirt,,,Shirts,\"men, blue\",false,Title,Default Title,,2,50.5,70,\r\n\
        top,,,,,,,,Medium,,1,60,,\r\n\
        \r\n\
        top,,,,,,,,Large,,x,60,,\r\n\
        top,,,,,,,,Medium,,1,61,,\r\n\
        ,Nameless,,,,,,,,,1,5,,\r\n\
        top,,,,,,,,,,,,,https://x/2.jpg\r\n\
        bag,Bag,,,,,,Title,Default Title,,1,free,,\r\n\
        a,b,c,d,e,f,g,h,i,j,k,l,m,n,o\r\n\
        hat,Hat,,,,,,Title,Default Title,,-1,5,,\r\n";

    #[test]
    fn rows_are_grouped_and_bad_ones_named() {
        let parsed = parse_file(SHOP.as_bytes(), Currency::EUR).unwrap();
        assert_eq!(parsed.refused.iter().map(|row| row.line).collect::<Vec<_>>(), [7, 8, 9, 11, 12, 13], "{:#?}", parsed.refused);
        assert!(parsed.refused[1].reason.contains("line 5"), "{}", parsed.refused[1]);
        let top = &parsed.products[0];
        assert_eq!((top.slug.as_str(), top.line, top.product.variants.len()), ("top", 2, 2));
        assert_eq!(top.product.description, "Grey & black.\n\nWarm");
        assert_eq!(top.product.options, [ProductOption { name: "Size".into(), values: vec!["Small".into(), "Medium".into()] }]);
        assert_eq!((top.product.category.as_deref(), top.category_name.as_deref()), (Some("women"), Some("Women")));
        let shirt = &parsed.products[1];
        assert_eq!((shirt.product.status, shirt.product.options.len()), (Some(ProductStatus::Draft), 0));
        assert_eq!((shirt.product.variants[0].price.amount, shirt.product.variants[0].compare_at_price.map(|m| m.amount)), (5050, Some(7000)));
        assert_eq!((parsed.products.len(), parsed.remote_images), (2, 2));
    }

    #[test]
    fn a_row_that_is_not_text_is_one_bad_row() {
        let mut bytes = b"Handle,Title,Variant Price\na,A,1\nb,\xff,2\nc,C,3\n".to_vec();
        let parsed = parse_file(&bytes, Currency::EUR).unwrap();
        assert_eq!((parsed.products.len(), parsed.refused[0].line), (2, 3));
        bytes.splice(0..0, *b"\xEF\xBB\xBF");
        assert_eq!(parse_file(&bytes, Currency::EUR).unwrap().products.len(), 2);
    }
}
