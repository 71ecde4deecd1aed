//! How many, and into the cart.

use leptos::{prelude::*, task::spawn_local};
use novashop_locales::product as words;
use novashop_types::catalogue::Variant;
use novashop_ui::{Button, Icon, Show, Sign};

use crate::parts::{cart_later::fetch_soon, cart_state::use_cart};

/// The API takes no more of one thing at a time.
const MAX_QUANTITY: i64 = 999;

/// A quantity that can be had of this stock.
fn within(quantity: i64, stock: i64) -> i64 {
    quantity.clamp(1, stock.clamp(1, MAX_QUANTITY))
}

/// The quantity and the one big button.
#[component]
pub fn Buy(
    /// The variant that is looked at.
    #[prop(into)]
    variant: Signal<Option<Variant>>,
    /// How many are wanted, whatever there is.
    wanted: RwSignal<i64>,
    /// The product's name.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    let cart = use_cart();
    let busy = RwSignal::new(false);
    let stock = Memo::new(move |_| variant.read().as_ref().map_or(0, |variant| variant.stock));
    // What is wanted stays within what there is, also when that changes.
    let quantity = Memo::new(move |_| within(wanted.get(), stock.get()));
    let there = move || stock.get() > 0;
    let set = move |quantity: i64| wanted.set(within(quantity, stock.get_untracked()));
    let name = StoredValue::new(name);
    let add = move |()| {
        let Some(variant) = variant.read_untracked().as_ref().map(|variant| variant.id) else { return };
        busy.set(true);
        // It comes while the shop answers: the drawer opens with what is in it.
        fetch_soon();
        spawn_local(async move {
            // Why it did not work is said by the cart itself.
            let _said = cart.add(variant, quantity.get_untracked(), name.get_value()).await;
            busy.try_set(false);
        });
    };
    view! {
        <div class="buy">
            <Show when=there>
                <div class="stepper" role="group" aria-label=words::quantity()>
                    <button
                        type="button"
                        class="stepper__step"
                        aria-label=words::one_less()
                        disabled=move || { quantity.get() <= 1 }
                        on:click=move |_| set(quantity.get_untracked().saturating_sub(1))
                    >
                        <Icon sign=Sign::Minus/>
                    </button>
                    <input
                        class="stepper__field"
                        inputmode="numeric"
                        autocomplete="off"
                        aria-label=words::quantity()
                        prop:value=move || quantity.get().to_string()
                        on:change:target=move |event| {
                            set(event.target().value().trim().parse().unwrap_or(1));
                            event.target().set_value(&quantity.get_untracked().to_string());
                        }
                    />
                    <button
                        type="button"
                        class="stepper__step"
                        aria-label=words::one_more()
                        disabled=move || { quantity.get() >= stock.get().min(MAX_QUANTITY) }
                        on:click=move |_| set(quantity.get_untracked().saturating_add(1))
                    >
                        <Icon sign=Sign::Plus/>
                    </button>
                </div>
            </Show>
            <Button kind="button--primary buy__add" busy=busy disabled=Signal::derive(move || !there()) on_press=UnsyncCallback::new(add)>
                {move || if there() { words::add_to_cart() } else { words::sold_out() }}
            </Button>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_stays_within_what_there_is() {
        assert_eq!(within(5, 3), 3);
        assert_eq!(within(-1, 3), 1);
        assert_eq!(within(2, 0), 1);
        assert_eq!(within(5000, 100_000), MAX_QUANTITY);
    }
}
