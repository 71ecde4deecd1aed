//! The cart of this page: shown at once, sent behind, kept in step with the shop and with other tabs.

use std::collections::BTreeMap;

use leptos::{prelude::*, task::spawn_local};
use novashop_client::{Failure, Outcome, Request, Session, Tabs, has_guest_cart, use_session};
use novashop_types::{
    CartItemId, UserId, VariantId,
    cart::{Cart, CartItemCreate, CartItemPatch},
};
use novashop_ui::{Toasts, use_toasts};

use crate::parts::cart_sums::with_quantity;

/// How far the cart is known.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// Not yet.
    Waiting,
    /// It is what [`CartState::cart`] holds.
    Done,
    /// The shop could not say.
    Failed(Failure),
}

/// What just happened to the cart, to be said where it is shown.
#[derive(Debug, Clone, PartialEq)]
pub enum CartNews {
    /// Something of this name was put in.
    Added(String),
    /// A line was taken out, and can be put back.
    Removed {
        /// Which line it was.
        item: CartItemId,
        /// The product's name.
        name: String,
        /// What it was.
        variant: VariantId,
        /// How many.
        quantity: i64,
    },
    /// It did not work.
    Failed(Failure),
}

/// The cart, for all that show or change it.
#[derive(Clone, Copy)]
pub struct CartState {
    /// What is in it; `None` where it is empty or not known yet (see [`Self::reading`]).
    pub cart: RwSignal<Option<Cart>>,
    /// How far it is known.
    pub reading: RwSignal<Reading>,
    /// Whether the drawer is open.
    pub open: RwSignal<bool>,
    /// What just happened to it.
    pub news: RwSignal<Option<CartNews>>,
    session: Session,
    toasts: Toasts,
    tabs: StoredValue<Option<Tabs>, LocalStorage>,
    /// Quantities that are shown but not known to the shop yet: of many clicks on a stepper only the last is sent, and none at all takes the line out.
    wanted: StoredValue<BTreeMap<CartItemId, i64>>,
    /// What was taken out and is wanted back, and the line that it was: it may not overtake its removal.
    wanted_back: StoredValue<Vec<(CartItemId, VariantId, i64)>>,
    sending: StoredValue<bool>,
}

/// Offers the cart to the app. After the session and the toasts, once.
pub fn provide_cart() -> CartState {
    let state = CartState::new(use_toasts());
    provide_context(state);
    state.tabs.set_value(Some(Tabs::open("nova-cart", move || state.reload())));
    // Also where the shop cannot say who this is: then the cart says that it cannot be reached.
    let settled = Memo::new(move |_| (state.session.signed_in(), state.session.is_away()));
    Effect::new(move || {
        if settled.get() != (None, false) {
            state.reload();
        }
    });
    state
}

/// The cart of this page.
#[must_use]
pub fn use_cart() -> CartState {
    use_context().unwrap_or_else(|| CartState::new(use_toasts()))
}

impl CartState {
    fn new(toasts: Toasts) -> Self {
        Self {
            cart: RwSignal::new(None),
            reading: RwSignal::new(Reading::Waiting),
            open: RwSignal::new(false),
            news: RwSignal::new(None),
            session: use_session(),
            toasts,
            tabs: StoredValue::new_local(None),
            wanted: StoredValue::new(BTreeMap::new()),
            wanted_back: StoredValue::new(Vec::new()),
            sending: StoredValue::new(false),
        }
    }

    /// How many pieces are in it; reactive.
    #[must_use]
    pub fn count(&self) -> i64 {
        self.cart.with(|cart| cart.as_ref().map_or(0, |cart| cart.item_count))
    }

    /// Whose cart it is; `None` for a guest. Not reactive.
    #[must_use]
    pub fn who(self) -> Option<UserId> {
        untrack(|| self.session.person_id())
    }

    /// The cart as it is shown now; not reactive.
    #[must_use]
    pub fn seen(self) -> Option<Cart> {
        self.cart.get_untracked()
    }

    /// Puts something in and opens the drawer. Says by itself why it did not work; the failure is for who wants to show more.
    ///
    /// # Errors
    /// `out_of_stock` with how many there are, `cart_full`, and what a request can meet.
    pub async fn add(self, variant_id: VariantId, quantity: i64, name: String) -> Outcome<()> {
        match self.put(variant_id, quantity).await {
            Ok(()) => {
                self.news.set(Some(CartNews::Added(name)));
                self.open.set(true);
                Ok(())
            }
            Err(failure) => {
                self.toasts.fail(&failure);
                Err(failure)
            }
        }
    }

    /// Sets how many of a line: shown at once, sent behind.
    pub fn set_quantity(self, item: CartItemId, quantity: i64) {
        self.news.set(None);
        self.cart.update(|cart| {
            if let Some(cart) = cart {
                with_quantity(cart, item, quantity);
            }
        });
        self.want(item, quantity);
    }

    /// Takes a line out. [`CartNews::Removed`] is said where the cart is shown, with a way to [`Self::put_back`].
    pub fn remove(self, item: CartItemId) {
        let line = self.cart.with_untracked(|cart| cart.as_ref()?.items.iter().find(|line| line.id == item).cloned());
        let Some(line) = line else { return };
        self.cart.update(|cart| {
            if let Some(cart) = cart {
                with_quantity(cart, item, 0);
            }
        });
        self.news.set(Some(CartNews::Removed { item, name: line.product.name, variant: line.variant_id, quantity: line.quantity }));
        self.want(item, 0);
    }

    /// Puts back what was just taken out with a line.
    pub fn put_back(self, item: CartItemId, variant: VariantId, quantity: i64) {
        self.news.set(None);
        self.wanted_back.update_value(|back| back.push((item, variant, quantity)));
        self.send();
    }

    /// Whether a change is still on its way; not reactive.
    #[must_use]
    pub fn is_sending(self) -> bool {
        self.sending.get_value()
    }

    /// Asks the shop what is in it. A guest who never had a cart asks nothing.
    pub fn reload(self) {
        spawn_local(async move {
            let _told = self.read().await;
        });
    }

    /// Asks the shop what is in it, and waits for the answer.
    ///
    /// # Errors
    /// What a request can meet.
    pub async fn read(self) -> Outcome<Option<Cart>> {
        if untrack(|| self.session.signed_in()) == Some(false) && !has_guest_cart() {
            self.cart.set(None);
            self.reading.set(Reading::Done);
            return Ok(None);
        }
        match Request::get("/api/v1/cart").send::<Cart>().await {
            Ok(cart) => {
                self.show(cart.clone());
                Ok(Some(cart))
            }
            Err(failure) => {
                // What is shown already is better than nothing.
                if self.cart.with_untracked(Option::is_none) {
                    self.reading.set(Reading::Failed(failure.clone()));
                }
                Err(failure)
            }
        }
    }

    /// The cart became an order.
    pub fn ordered(self) {
        self.cart.set(None);
        self.news.set(None);
        self.reading.set(Reading::Done);
        self.tell();
    }

    async fn put(self, variant_id: VariantId, quantity: i64) -> Outcome<()> {
        self.show(post(variant_id, quantity).await?);
        self.tell();
        Ok(())
    }

    fn want(self, item: CartItemId, quantity: i64) {
        self.wanted.update_value(|wanted| {
            wanted.insert(item, quantity);
        });
        self.send();
    }

    /// Sends what waits, one after the other: none overtakes another.
    fn send(self) {
        if self.sending.get_value() {
            return;
        }
        self.sending.set_value(true);
        spawn_local(async move {
            while self.send_next().await {}
            self.sending.set_value(false);
            self.tell();
        });
    }

    /// Sends one change; whether there was one.
    async fn send_next(self) -> bool {
        let quantity = self.wanted.with_value(|wanted| wanted.first_key_value().map(|(item, quantity)| (*item, *quantity)));
        let (outcome, newer) = if let Some((item, quantity)) = quantity {
            (self.send_quantity(item, quantity).await, self.wanted.with_value(|wanted| wanted.contains_key(&item)))
        } else if let Some((_, variant, quantity)) = self.wanted_back.try_update_value(Vec::pop).flatten() {
            (post(variant, quantity).await.map(Some), false)
        } else {
            return false;
        };
        let last = self.wanted.with_value(BTreeMap::is_empty) && self.wanted_back.with_value(Vec::is_empty);
        match outcome {
            Ok(Some(cart)) if last => self.show(cart),
            // What was pressed since is shown already: its own answer will say how things stand.
            Ok(Some(_)) => {}
            Err(_) if newer => {}
            Ok(None) => {
                let _told = self.read().await;
            }
            Err(failure) => {
                self.news.set(Some(CartNews::Failed(failure)));
                // Not beside the next change: it might tell what was before.
                let _told = self.read().await;
            }
        }
        true
    }

    /// Sends how many of a line. The cart after it; nothing where the line to be taken out was gone already.
    async fn send_quantity(self, item: CartItemId, quantity: i64) -> Outcome<Option<Cart>> {
        let address = format!("/api/v1/cart/items/{item}");
        let request = if quantity == 0 { Request::delete(address) } else { Request::patch(address).json(&CartItemPatch { quantity }) };
        let outcome = request.send::<Cart>().await;
        // Only now: until then whatever else the shop tells of the cart is shown with it.
        self.wanted.update_value(|wanted| {
            if wanted.get(&item) == Some(&quantity) {
                wanted.remove(&item);
            }
        });
        match outcome {
            Err(failure) if quantity == 0 && failure.status() == Some(404) => Ok(None),
            Err(failure) => {
                // The line may still be there: put back as well, it would be doubled.
                self.wanted_back.update_value(|back| back.retain(|(of, ..)| quantity != 0 || *of != item));
                Err(failure)
            }
            Ok(cart) => Ok(Some(cart)),
        }
    }

    /// Shows the cart as the shop tells it, with what it does not know yet.
    fn show(self, mut cart: Cart) {
        self.wanted.with_value(|wanted| {
            for (item, quantity) in wanted {
                with_quantity(&mut cart, *item, *quantity);
            }
        });
        self.cart.set(Some(cart).filter(|cart| !cart.items.is_empty()));
        self.reading.set(Reading::Done);
    }

    fn tell(self) {
        self.tabs.with_value(|tabs| {
            if let Some(tabs) = tabs {
                tabs.tell();
            }
        });
    }
}

async fn post(variant_id: VariantId, quantity: i64) -> Outcome<Cart> {
    let item = CartItemCreate { variant_id: Some(variant_id), product_id: None, quantity };
    Request::post("/api/v1/cart/items").json(&item).send().await
}
