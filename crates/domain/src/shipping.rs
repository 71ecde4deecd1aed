//! How orders can be sent.

/// A way to send an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Method {
    /// What an order calls it.
    pub code: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// What it costs, in minor units.
    pub amount: i64,
    /// Working days, from and to.
    pub days: (u32, u32),
}

/// Every way there is: one, and free, until the shop can decide. Whoever gives one a price has
/// `totals::add_up` count it first: the checkout shows it already, and an order leaves it out.
pub const METHODS: [Method; 1] = [Method { code: "standard", name: "Standard", amount: 0, days: (2, 5) }];
