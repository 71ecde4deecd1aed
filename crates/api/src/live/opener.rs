//! Whoever opens a socket.

use super::places::Place;
use crate::{connections::Wire, limits::Client};

/// Who is at the other end, as the request said that opened the socket.
pub(crate) struct Opener {
    /// The connection.
    pub(crate) wire: Option<Wire>,
    /// Whose quota it asks from, where requests are counted.
    pub(crate) client: Option<Client>,
    /// What is taken by this socket until it ends.
    pub(crate) places: [Place; 2],
    /// An access token: it counts as the first message.
    pub(crate) token: Option<String>,
}
