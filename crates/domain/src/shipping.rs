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

/// Every way there is: one, and free, until the shop can decide.
pub const METHODS: [Method; 1] = [Method { code: "standard", name: "Standard", amount: 0, days: (2, 5) }];

/// The way that an order calls so.
#[must_use]
pub fn find(code: &str) -> Option<&'static Method> {
    METHODS.iter().find(|method| method.code == code)
}
