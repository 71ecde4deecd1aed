//! What processes of the shop share and tell each other: in this process, or by Redis.
//!
//! ```text
//! relay → Carrier ─ Local ─────────────────────────→ Events → cache, sockets
//!                 └ Stream → Redis → follow, in each process ↗
//! ```
//!
//! Redis holds nothing that the database does not hold or that may not be lost. While it is away each process goes on by itself.
// A text that is cut within a letter panics. Tests may.
#![cfg_attr(not(test), deny(clippy::string_slice))]

mod answers;
mod carrier;
mod events;
mod hearing;
mod link;
mod quotas;
mod stream;

pub use answers::{Answers, Kept};
pub use carrier::{Carrier, Local};
pub use events::{Events, Heard, Subscription};
pub use hearing::Hearing;
pub use link::{Away, Link, Pulse};
pub use quotas::{Quotas, Spending, Standing};
pub use stream::{Stream, follow};
