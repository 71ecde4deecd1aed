//! The only place that fetches: typed requests, who is signed in, events as they happen.
//!
//! A read that a page starts ends with the page: [`get`] aborts its request when the reactive owner it was called in is gone.

mod failure;
mod live;
mod preload;
mod request;
mod resource;
mod session;
pub mod storage;
mod tabs;
mod upload;
pub mod wire;

pub use failure::Failure;
pub use live::{Event, Live, provide_live, use_live};
pub use request::{Answer, Request, fresh_key, get, get_as_of, get_own, has_guest_cart};
pub use resource::Resource;
pub use session::{Session, Who, provide_session, use_session};
pub use tabs::Tabs;
pub use upload::upload;

/// What a request comes to.
pub type Outcome<T> = Result<T, Failure>;
