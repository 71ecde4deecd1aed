//! What happens around every request.

mod observe;
mod problems;

pub use observe::{RequestId, observe};
pub use problems::problem_documents;
