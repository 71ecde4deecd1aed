//! The home page.

use leptos::prelude::*;
use novashop_client::get;
use novashop_types::{catalogue::ProductPage, pages};
use novashop_ui::{Load, Picture, Price, use_title};

/// The home page.
#[component]
pub fn Home() -> impl IntoView {
    use_title(|| Some("NovaShop".into()));
    let newest = LocalResource::new(|| get::<ProductPage>(pages::NEWEST));
    view! {
        <h1>"NovaShop"</h1>
        <Load from=newest skeleton=|| view! { <div class="skeleton"></div> }.into_any() let:page>
            <ul class="grid">
                {page
                    .page
                    .items
                    .into_iter()
                    .map(|product| {
                        view! {
                            <li>
                                <a href=pages::product_page(&product.slug)>
                                    {product.image.map(|image| view! { <Picture image=image sizes="50vw" decorative=true/> })}
                                    {product.name}
                                </a>
                                <Price price=product.price/>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </Load>
    }
}
