//! The way of an event to every process of the shop.

use serde_json::Value;

use crate::{Away, Events};

/// Takes events to whoever listens, in every process of the shop, this one included.
#[async_trait::async_trait]
pub trait Carrier: Send + Sync + std::fmt::Debug {
    /// Takes events along, in their order. Once this says yes they are not lost where a process ends; some may come twice.
    ///
    /// # Errors
    /// Where they could not be taken along, or nobody knows whether they were.
    async fn carry(&self, events: &[Value]) -> Result<(), Away>;

    /// Whether it looks as if events would be taken along just now.
    fn is_up(&self) -> bool;
}

/// The carrier of a shop that is one process.
#[derive(Debug)]
pub struct Local(pub Events);

#[async_trait::async_trait]
impl Carrier for Local {
    async fn carry(&self, events: &[Value]) -> Result<(), Away> {
        events.iter().for_each(|event| self.0.publish(event.clone()));
        Ok(())
    }

    fn is_up(&self) -> bool {
        true
    }
}
