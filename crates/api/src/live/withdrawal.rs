//! Products that go off sale: whoever is not staff hears nothing more of them.

use novashop_services::products;
use novashop_types::ProductId;
use serde_json::Value;

use super::{Live, channels::Channel};
use crate::Ctx;

impl Live {
    /// Ends the sockets that listen to a product which an event may have taken off sale and which is not on sale any more. They may come again, and are
    /// told then that there is no such product.
    pub(super) fn end_withdrawn(&self, ctx: &Ctx, event: &Value) {
        let products = self.changed(event);
        if products.is_empty() {
            return;
        }
        let (live, ctx) = (self.clone(), ctx.clone());
        // The news goes on meanwhile.
        actix_web::rt::spawn(async move {
            for product in products {
                // Also where the database cannot say: rather too few hear of it than too many.
                if products::find(&ctx, &product.to_string(), false).await.is_err() {
                    live.inner.channels.cut(Channel::Product(product));
                }
            }
        });
    }

    /// What somebody listens to of what an event changed.
    fn changed(&self, event: &Value) -> Vec<ProductId> {
        let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
        match text(event.get("type")).as_deref() {
            Some("product.updated") => {
                let changed: Option<ProductId> = text(event.pointer("/data/product_id")).and_then(|id| id.parse().ok());
                self.inner.channels.products().into_iter().filter(|id| Some(*id) == changed).collect()
            }
            Some("catalogue.imported" | "catalogue.replaced") => self.inner.channels.products(),
            _ => Vec::new(),
        }
    }
}
