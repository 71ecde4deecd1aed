//! The fields of the editor, in sections.

use leptos::prelude::*;
use novashop_client::{Resource, get_own};
use novashop_locales::{admin_editor as words, admin_products};
use novashop_types::{
    Currency, ProductId,
    catalogue::{CategoryTree, Image, ProductStatus},
    pages,
};
use novashop_ui::{Choice, SelectField, Show, TextArea, TextField};

use super::{attributes::Attributes, form::Form, images::Images, options::OptionRows, preview::ShopPreview, variants::Variants};
use crate::parts::{category_choices::choices, form_section::FormSection};

/// Every field of a product.
#[component]
pub fn Fields(
    /// The form.
    form: Form,
    /// The product, where the shop has it already.
    product: Option<ProductId>,
    /// Its pictures.
    images: RwSignal<Vec<Image>>,
    /// The shop's currency.
    currency: Currency,
) -> impl IntoView {
    let categories = Resource::new(|| get_own::<CategoryTree>(pages::CATEGORIES));
    let categories = Signal::derive(move || {
        let tree = categories.get().and_then(Result::ok).map(|tree| choices(&tree.items)).unwrap_or_default();
        std::iter::once(Choice::new("", words::no_category())).chain(tree).collect::<Vec<_>>()
    });
    let statuses = [ProductStatus::Draft, ProductStatus::Published, ProductStatus::Archived];
    let statuses: Vec<Choice> = statuses.map(|status| Choice::new(status.as_str(), admin_products::status_word(status))).to_vec();
    let known = product.is_some();
    let bare = Memo::new(move |_| form.saved.with(|saved| saved.options.is_empty()));
    view! {
        <div class="editor">
            <div class="editor__form">
                <FormSection title=words::basics()>
                    <TextField label=words::name() value=form.name error=form.error("name")/>
                    <TextArea label=words::description() value=form.description rows=8 required=false help=words::description_help() error=form.error("description")/>
                    <TextField label=words::slug() value=form.slug required=false help=words::slug_help() error=form.error("slug")/>
                </FormSection>
                <FormSection title=words::place()>
                    <div class="pair">
                        <SelectField label=words::category() value=form.category choices=categories required=false error=form.error("category")/>
                        <SelectField label=words::status() value=form.status choices=statuses error=form.error("status")/>
                    </div>
                </FormSection>
                <FormSection title=words::selling() help=words::selling_help()>
                    <Show when=move || bare.get()>
                        <OptionRows form=form/>
                    </Show>
                    <Variants form=form known=known/>
                </FormSection>
                <FormSection title=words::images() help=words::images_help()>
                    {match product {
                        Some(product) => view! { <Images product=product images=images/> }.into_any(),
                        None => view! { <p class="muted">{words::images_later()}</p> }.into_any(),
                    }}
                </FormSection>
                <FormSection title=words::attributes() help=words::attributes_help()>
                    <Attributes form=form/>
                </FormSection>
            </div>
            <ShopPreview form=form images=images currency=currency/>
        </div>
    }
}
