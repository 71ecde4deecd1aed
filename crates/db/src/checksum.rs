//! Whether two tables have the same rows, whatever order they come in.

use sha2::{Digest, Sha256};

/// How many rows, and the sum of their hashes: no order is needed to compare it, and no memory to compute it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Checksum {
    /// How many rows.
    pub rows: u64,
    sum: u128,
}

impl Checksum {
    /// Adds a row, in the form that both sides write it.
    pub fn add(&mut self, row: &[u8]) {
        let digest = Sha256::digest(row);
        let half = digest.first_chunk::<16>().map_or(0, |bytes| u128::from_be_bytes(*bytes));
        self.rows += 1;
        self.sum = self.sum.wrapping_add(half);
    }
}

impl std::fmt::Display for Checksum {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:032x}", self.sum)
    }
}
