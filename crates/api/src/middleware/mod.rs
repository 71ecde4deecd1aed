//! What happens around every request.

mod browsers;
mod observe;
mod problems;
mod server_timing;

pub use browsers::browsers;
pub use observe::{RequestId, observe};
pub use problems::problem_documents;
pub use server_timing::server_timing;
