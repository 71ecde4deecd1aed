//! A stand-in of the same shape until the cart is merged.

use leptos::prelude::*;
use novashop_client::Outcome;
use novashop_types::VariantId;

/// The cart, for all that show or change it.
#[derive(Clone, Copy)]
pub struct CartState {
    /// Whether the drawer is open.
    pub open: RwSignal<bool>,
}

/// Offers the cart to the app.
pub fn provide_cart() -> CartState {
    let state = CartState { open: RwSignal::new(false) };
    provide_context(state);
    state
}

/// The cart of this page.
#[must_use]
pub fn use_cart() -> CartState {
    use_context().unwrap_or_else(|| CartState { open: RwSignal::new(false) })
}

impl CartState {
    /// How many pieces are in it; reactive.
    #[must_use]
    pub fn count(&self) -> i64 {
        0
    }

    /// Puts something in and opens the drawer.
    ///
    /// # Errors
    /// None yet.
    pub async fn add(self, _variant: VariantId, _quantity: i64, _name: String) -> Outcome<()> {
        self.open.set(true);
        Ok(())
    }
}
