//! Products: of a category, of a search, or all of them.

use leptos::prelude::*;
use novashop_client::{Resource, get};
use novashop_locales::{frame, listing};
use novashop_types::{
    Currency,
    catalogue::{Facets, ProductPage},
};
use novashop_ui::{Dialog, DialogKind, Icon, Load, Show, Sign, in_turn, use_title};

use crate::{
    pages::not_found::NotFound,
    parts::{
        breadcrumb::Breadcrumb,
        card::CardSkeletons,
        categories::{Place, use_place},
        listing::{
            chips::{Chips, how_many},
            filters::Filters,
            heading::{Heading, heading},
            narrow::use_narrow,
            results::Results,
            sort::SortChoice,
        },
    },
};

/// A list of products, all of whose state is in the address.
#[component]
pub fn Listing() -> impl IntoView {
    let narrow = use_narrow();
    let query = narrow.query;
    let place = use_place(Signal::derive(move || query.read().category.clone()));
    let list = Resource::new(move || get::<ProductPage>(query.read().api_path()));
    // What is shown stays until the next is there, so that a filter keeps its place and its focus.
    let shown = Memo::new(move |before: Option<&Option<ProductPage>>| list.get().and_then(Result::ok).or_else(|| before.cloned().flatten()));
    let facets = Memo::new(move |_| shown.read().as_ref().and_then(|page| page.facets.clone()).unwrap_or_else(Facets::default));
    let currency = Memo::new(move |_| {
        shown.with(|page| page.as_ref().and_then(|page| page.page.items.first()).map_or(Currency::EUR, |item| item.price.currency))
    });
    let total = Memo::new(move |_| shown.with(|page| page.as_ref().and_then(|page| page.page.total)));
    let sheet = RwSignal::new(false);
    // Its filters are made when somebody wants them: they are those of the wide page once more.
    let wanted = Memo::new(move |before: Option<&bool>| sheet.get() || before.is_some_and(|before| *before));
    let title = Memo::new(move |_| heading(&place.get(), query.read().q.as_deref()));
    use_title(move || title.get());
    view! {
        <Show when=move || place.get() != Place::Nowhere fallback=NotFound>
            {move || view! { <Breadcrumb line=place.get().above() here=title.get().unwrap_or_default()/> }.into_any()}
            <Heading place=place title=title/>
            <div class="listing">
                <aside class="listing__filters" aria-label=listing::filters()>
                    {in_turn(move || view! { <Filters narrow=narrow facets=facets currency=currency/> }.into_any())}
                </aside>
                <section class="listing__list" aria-labelledby="listing-products">
                    <h2 class="visually-hidden" id="listing-products">
                        {frame::all_products()}
                    </h2>
                    <div class="listing__bar">
                        <p role="status">{move || total.get().map(listing::found)}</p>
                        <button type="button" class="button button--small listing__open" aria-haspopup="dialog" on:click=move |_| sheet.set(true)>
                            <Icon sign=Sign::Filter/>
                            {move || listing::filters_set(how_many(&query.read()))}
                        </button>
                        <SortChoice narrow=narrow/>
                    </div>
                    <Chips narrow=narrow currency=currency/>
                    <Load from=list skeleton=|| view! { <CardSkeletons/> }.into_any() let:page>
                        {in_turn(move || view! { <Results page=page query=query.get_untracked()/> }.into_any())}
                    </Load>
                </section>
            </div>
            <Dialog open=sheet title=Signal::stored(listing::filters().to_owned()) kind=DialogKind::Sheet>
                <div class="dialog__body">
                    <Show when=move || wanted.get()>
                        <Filters narrow=narrow facets=facets currency=currency/>
                    </Show>
                </div>
                <div class="dialog__foot">
                    <button type="button" class="button button--primary button--wide" on:click=move |_| sheet.set(false)>
                        {move || listing::show_found(total.get().unwrap_or_default())}
                    </button>
                </div>
            </Dialog>
        </Show>
    }
}
