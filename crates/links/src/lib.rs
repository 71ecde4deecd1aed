//! What processes of the shop share and tell each other: in this process, or by Redis.
