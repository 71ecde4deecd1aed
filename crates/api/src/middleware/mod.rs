//! What happens around every request.

mod browsers;
mod limits;
mod observe;
mod problems;
mod server_timing;
mod trace_context;

pub use browsers::browsers;
pub use limits::rate_limit;
pub use observe::{RequestId, observe};
pub use problems::problem_documents;
pub use server_timing::server_timing;
