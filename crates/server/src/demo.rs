//! `novashop demo`: a shop to look at, or a large one to try. Everything it loads is in the binary.

use bytes::Bytes;
use novashop_db::imports::count_products;
use novashop_services::{
    Context, big_demo, demo_orders, demo_people, demo_pictures,
    imports::{self, Files},
    picture_encoding::Encoded,
};
use novashop_types::Currency;

use crate::{
    Failed,
    config::Config,
    import::{Shown, report},
};

/// Name and content of each picture, listed by `build.rs`.
static PICTURES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/pictures.rs"));
const CATALOGUE: &[u8] = include_bytes!("../demo/catalogue.json");
const CUSTOMERS: &[u8] = include_bytes!("../demo/customers.json");

/// The pictures in the binary, each in the shop's widths already.
struct Embedded;

impl Embedded {
    fn find(name: &str) -> Option<Bytes> {
        let place = PICTURES.binary_search_by(|(known, _)| known.cmp(&name)).ok()?;
        PICTURES.get(place).map(|(_, content)| Bytes::from_static(content))
    }
}

impl Files for Embedded {
    fn read(&self, name: &str) -> Result<Bytes, String> {
        Self::find(name).ok_or_else(|| "is not in the demo shop".into())
    }

    fn ready(&self, name: &str) -> Option<Encoded> {
        let file = name.strip_prefix("pictures/")?;
        let narrow = [320, 640].into_iter().map(|width| Some((width, Self::find(&format!("pictures/{width}/{file}"))?)));
        let files = narrow.chain([Self::find(name).map(|content| (1280, content))]).collect::<Option<Vec<_>>>()?;
        // Every product was drawn on a sheet of four by five.
        Some(Encoded { width: 1280, height: 1600, files })
    }
}

/// Made-up products, people and orders cannot be taken out of a shop again.
pub(crate) fn refuse_in_production(config: &Config, yes: bool) -> Result<(), Failed> {
    if config.production && !yes {
        let text = "This shop is in production, and made-up products, people and orders cannot be taken out of it again. \
             If you mean it, run `novashop demo --yes`.";
        return Err(Failed::new(text));
    }
    Ok(())
}

/// Loads the demo shop into an empty catalogue; with `size`, that many made-up products besides.
pub(crate) async fn load(ctx: &Context, size: Option<u64>) -> Result<(), Failed> {
    let present = count_products(ctx.db.reader()).await?;
    if present == 0 {
        load_shop(ctx).await?;
    } else if size.is_none() {
        println!("The catalogue has {present} products already, so nothing was loaded. `novashop demo --size N` adds made-up products.");
    }
    if let Some(size) = size {
        let shown = Shown::new();
        let added = big_demo::fill(ctx, size, &|what, done, total| shown.show(what, done, total)).await?;
        shown.finish();
        match added {
            0 => println!("There are {size} made-up products already."),
            _ => println!("{added} made-up products added."),
        }
    }
    Ok(())
}

/// Loads the demo shop where the catalogue is empty.
pub(crate) async fn load_if_empty(ctx: &Context) -> Result<(), Failed> {
    if count_products(ctx.db.reader()).await? == 0 {
        load_shop(ctx).await?;
    }
    Ok(())
}

async fn load_shop(ctx: &Context) -> Result<(), Failed> {
    // The file's prices are euros; a shop with another currency gets the same numbers in its own.
    let mut parsed = imports::parse(CATALOGUE, Currency::EUR)?;
    demo_people::shift_reviews(&mut parsed, ctx.now());
    let customers = demo_people::customers(ctx, CUSTOMERS).await?;
    let shown = Shown::new();
    let outcome = imports::apply(ctx, "the demo shop", parsed, &Embedded, &|what, done, total| shown.show(what, done, total)).await?;
    shown.finish();
    let votes = demo_people::votes(ctx).await?;
    let orders = demo_orders::write(ctx).await?;
    let banners = demo_pictures::categories(ctx, &Embedded).await?;
    println!("The demo shop:");
    report(&outcome);
    println!("{banners} pictures of categories, {customers} customers, {orders} orders, {votes} votes for reviews");
    Ok(())
}
