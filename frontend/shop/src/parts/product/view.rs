//! A product: picture first, then name, rating, price, choice, stock, the button; below it what it is.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use novashop_locales::product as words;
use novashop_types::{VariantId, catalogue::Product, pages};
use novashop_ui::{Icon, Price, Rating, Sign, in_turn};

use super::{
    buy::Buy,
    choice::{OptionChoice, first},
    facts::Facts,
    gallery::Gallery,
    heart::Heart,
    stock::{Stock, Stocks, follow_stock, with_news},
};
use crate::parts::{
    breadcrumb::Breadcrumb,
    categories::{line_to, use_categories},
};

/// A product.
#[component]
pub fn ProductView(
    /// The product.
    product: Product,
    /// The variant that is looked at. One of another product gives way to the first of this one.
    chosen: RwSignal<Option<VariantId>>,
    /// How many are wanted.
    wanted: RwSignal<i64>,
    /// How many there are, as it changes.
    stocks: RwSignal<Stocks>,
    /// Reads it again.
    #[prop(into)]
    on_changed: Callback<()>,
) -> impl IntoView {
    let Product { summary, description, images, options, variants, attributes, .. } = product;
    let (query, navigate) = (use_location().query, use_navigate());
    let named = query.read_untracked().get("variant");
    if !variants.iter().any(|variant| Some(variant.id) == chosen.get_untracked()) {
        chosen.set(first(&variants, named.as_deref()));
        wanted.set(1);
    }
    follow_stock(summary.id, stocks, move || on_changed.run(()));
    let variants = StoredValue::new(variants);
    let now = Memo::new(move |_| variants.with_value(|variants| with_news(variants, &stocks.read())));
    let variant = Memo::new(move |_| {
        let id = chosen.get()?;
        now.read().iter().find(|variant| variant.id == id).cloned()
    });
    // The address says which: who passes it on means this one.
    let page = pages::product_page(&summary.slug);
    let on_choose = StoredValue::new_local(move |id: VariantId| {
        chosen.set(Some(id));
        if let Some(variant) = variant.read_untracked().as_ref() {
            let address = format!("{page}?variant={}", pages::encoded(&variant.sku));
            navigate(&address, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
        }
    });
    let on_choose = Callback::new(move |id: VariantId| on_choose.with_value(|choose| choose(id)));
    let categories = use_categories();
    let category = summary.category.clone().map(|category| category.slug);
    let line = move || category.as_ref().map(|slug| line_to(&categories.read(), slug)).unwrap_or_default();
    let (here, name) = (summary.name.clone(), summary.name.clone());
    let price = move || variant.get().map(|variant| view! { <Price price=variant.price was=variant.compare_at_price/> });
    view! {
        {move || view! { <Breadcrumb line=line() here=here.clone()/> }.into_any()}
        <article class="product">
            {in_turn(move || view! { <Gallery images=images name=name/> }.into_any())}
            <div class="product__details">
                <div class="stack stack--tight">
                    <h1 class="product__title">{summary.name.clone()}</h1>
                    {(summary.rating.count > 0)
                        .then(|| {
                            view! {
                                <a class="product__rating" href="#reviews">
                                    <Rating of=summary.rating/>
                                    <span class="visually-hidden">{words::to_reviews()}</span>
                                </a>
                            }
                        })}
                    <p class="product__price">{move || price().into_any()}</p>
                </div>
                {options
                    .into_iter()
                    .map(|option| view! { <OptionChoice option=option variants=now.into() chosen=variant.into() on_choose=on_choose/> })
                    .collect_view()}
                <Stock variant=variant/>
                <div class="product__buy">
                    {in_turn(move || {
                        view! {
                            <Buy variant=variant wanted=wanted name=summary.name/>
                            <Heart product=summary.id slug=summary.slug/>
                        }
                        .into_any()
                    })}
                </div>
                <ul class="product__promises">
                    <li>
                        <Icon sign=Sign::Van/>
                        {words::delivery_line()}
                    </li>
                    <li>
                        <Icon sign=Sign::Tick/>
                        {words::secure_line()}
                    </li>
                </ul>
                {in_turn(move || view! { <Facts description=description attributes=attributes/> }.into_any())}
            </div>
        </article>
    }
}
