//! How the product will stand in a list of the shop, while it is being written.

use leptos::prelude::*;
use novashop_locales::admin_editor as words;
use novashop_types::{Currency, catalogue::Image, catalogue::ProductStatus, pages};
use novashop_ui::{Icon, Picture, Price, Show, Sign};

use super::form::Form;
use crate::parts::amount;

/// The card, and the way to the page in the shop.
#[component]
pub fn ShopPreview(form: Form, images: RwSignal<Vec<Image>>, currency: Currency) -> impl IntoView {
    let picture = move || match images.with(|images| images.first().cloned()) {
        Some(image) => view! { <Picture image=image sizes="200px" decorative=true class="preview-card__picture"/> }.into_any(),
        None => view! { <div class="preview-card__picture"></div> }.into_any(),
    };
    let price = move || {
        let lowest = form.variants.with(|rows| {
            let priced = rows.iter().filter_map(|row| Some((amount::parse(&row.price, currency)?, amount::parse(&row.was, currency))));
            priced.min_by_key(|(price, _)| price.amount)
        });
        lowest.map(|(price, was)| match was {
            Some(was) => view! { <Price price=price was=was/> }.into_any(),
            None => view! { <Price price=price/> }.into_any(),
        })
    };
    let on_sale = move || form.saved.with(|saved| saved.status == ProductStatus::Published.as_str());
    view! {
        <aside class="preview-card stack stack--tight" aria-label=words::preview()>
            {picture}
            <strong>{form.name}</strong>
            <p>{price}</p>
            <Show when=on_sale fallback=|| view! { <p class="muted small">{words::not_in_shop()}</p> }>
                <a class="button button--small" href=move || form.saved.with(|saved| pages::product_page(&saved.slug)) target="_blank">
                    <Icon sign=Sign::Out/>
                    {words::see_in_shop()}
                </a>
            </Show>
        </aside>
    }
}
