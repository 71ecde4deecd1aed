//! How many there are, as it changes.

use std::collections::HashMap;

use leptos::prelude::*;
use novashop_client::{use_live, wire};
use novashop_locales::product as words;
use novashop_types::{
    ProductId, VariantId,
    catalogue::{Product, Variant},
    live::{ProductNews, StockNews},
};

/// Fewer are told by number.
const FEW: i64 = 5;

/// How many there are of each variant.
pub type Stocks = HashMap<VariantId, i64>;

/// How many there were of each variant of a product when it was read.
#[must_use]
pub fn stocks_of(product: &Product) -> Stocks {
    product.variants.iter().map(|variant| (variant.id, variant.stock)).collect()
}

/// The variants with the stock as it is now.
#[must_use]
pub fn with_news(variants: &[Variant], news: &Stocks) -> Vec<Variant> {
    let now = |variant: &Variant| match news.get(&variant.id) {
        Some(stock) => Variant { stock: *stock, in_stock: *stock > 0, ..variant.clone() },
        None => variant.clone(),
    };
    variants.iter().map(now).collect()
}

/// Follows a product's stock until the page is left; `changed` is told when all of it should be read again.
pub fn follow_stock(product: ProductId, stocks: RwSignal<Stocks>, changed: impl Fn() + 'static) {
    if let Some(live) = use_live() {
        let topic = format!("product:{product}");
        live.follow(&topic, move |event| match event.kind.as_str() {
            "product.stock" => {
                if let Some(news) = wire::from_value::<StockNews>(&event.data)
                    && news.product_id == product
                {
                    stocks.update(|stocks| {
                        stocks.insert(news.variant_id, news.stock);
                    });
                }
            }
            "product.updated" if wire::from_value::<ProductNews>(&event.data).is_some_and(|news| news.product_id == product) => changed(),
            // After a lost connection things may have happened unheard.
            _ if event.missed => changed(),
            _ => {}
        });
    }
}

/// The stock of a variant in words.
#[component]
pub fn Stock(
    /// The variant.
    #[prop(into)]
    variant: Signal<Option<Variant>>,
) -> impl IntoView {
    let state = move || match variant.read().as_ref().map(|variant| variant.stock) {
        None | Some(..=0) => ("stock stock--out", words::sold_out().to_owned()),
        Some(few) if few <= FEW => ("stock stock--low", words::left(few)),
        Some(_) => ("stock", words::in_stock().to_owned()),
    };
    view! {
        <p class=move || state().0 role="status">
            {move || state().1}
        </p>
    }
}

#[cfg(test)]
mod tests {
    use novashop_types::{Currency, Money};

    use super::*;

    #[test]
    fn news_of_a_variant_changes_that_variant() {
        let variant = |number: u128| Variant {
            id: uuid::Uuid::from_u128(number).into(),
            sku: number.to_string(),
            options: Default::default(),
            price: Money::new(1000, Currency::EUR),
            compare_at_price: None,
            stock: 7,
            in_stock: true,
        };
        let variants = [variant(1), variant(2)];
        let now = with_news(&variants, &HashMap::from([(variants[1].id, 0)]));
        assert_eq!(now[0], variants[0]);
        assert_eq!((now[1].stock, now[1].in_stock), (0, false));
    }
}
