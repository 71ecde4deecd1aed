//! More of the same kind.

use leptos::prelude::*;
use novashop_client::{Resource, get};
use novashop_locales::product as words;
use novashop_types::{ProductId, catalogue::ProductPage, pages};

use crate::parts::card::ProductGrid;

/// So many are shown: one row on a desktop.
const SHOWN: usize = 4;

/// Other products of a category. A page does without them where they cannot be had.
#[component]
pub fn Related(
    /// The category's slug.
    category: String,
    /// The product whose page it is.
    except: ProductId,
) -> impl IntoView {
    let path = format!("/api/v1/products?category={}&sort=rating&limit={}", pages::encoded(&category), SHOWN + 1);
    let list = Resource::new(move || get::<ProductPage>(path.clone()));
    let others = move || {
        let page = list.get()?.ok()?;
        let others: Vec<_> = page.page.items.into_iter().filter(|product| product.id != except).take(SHOWN).collect();
        (!others.is_empty()).then(|| {
            view! {
                <section class="shelf">
                    <h2>{words::related()}</h2>
                    <ProductGrid products=others/>
                </section>
            }
        })
    };
    view! { {move || others().into_any()} }
}
