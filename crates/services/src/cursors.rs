//! Cursors: a position in a list that only we can make, and that fits only the query it came from.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use novashop_types::{ErrorCode, Page};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::{Error, Result};

const TAG: usize = 12;

/// Seals and opens cursors.
#[derive(Clone)]
pub struct Cursors {
    key: [u8; 32],
}

impl std::fmt::Debug for Cursors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Cursors")
    }
}

impl Cursors {
    /// With a key of their own, made of the shop's secret.
    #[must_use]
    pub fn new(secret: &[u8]) -> Self {
        let digest = Sha256::new().chain_update(b"novashop cursor key\0").chain_update(secret).finalize();
        Self { key: digest.into() }
    }

    /// A cursor for a position in the list that `query` describes (its filters and its sort).
    #[must_use]
    pub fn seal(&self, query: &str, position: &impl Serialize) -> String {
        let payload = serde_json::to_vec(position).unwrap_or_default();
        let mut bytes = self.tag(query, &payload).to_vec();
        bytes.extend_from_slice(&payload);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The position of a cursor.
    ///
    /// # Errors
    /// `invalid_cursor` where it was changed or comes from another query.
    pub fn open<T: DeserializeOwned>(&self, query: &str, cursor: &str) -> Result<T> {
        let refused = || Error::refused(ErrorCode::InvalidCursor, "The cursor was changed, or it belongs to another query.");
        let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| refused())?;
        let (tag, payload) = bytes.split_at_checked(TAG).ok_or_else(refused)?;
        if !bool::from(self.tag(query, payload).ct_eq(tag)) {
            return Err(refused());
        }
        serde_json::from_slice(payload).map_err(|_| refused())
    }

    /// A page from one row more than was asked for: that row says whether there is a next page.
    pub fn page<T, P: Serialize>(&self, query: &str, mut rows: Vec<T>, limit: u32, total: Option<u64>, position: impl Fn(&T) -> P) -> Page<T> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next_cursor = if more { rows.last().map(|last| self.seal(query, &position(last))) } else { None };
        Page { items: rows, next_cursor, total }
    }

    /// A keyed digest: the key comes first and every part has its length, so no two inputs meet (no extension: the tag is cut short).
    fn tag(&self, query: &str, payload: &[u8]) -> [u8; TAG] {
        let digest = Sha256::new()
            .chain_update(self.key)
            .chain_update(u64::try_from(query.len()).unwrap_or(u64::MAX).to_be_bytes())
            .chain_update(query)
            .chain_update(payload)
            .finalize();
        let mut tag = [0; TAG];
        for (to, from) in tag.iter_mut().zip(digest) {
            *to = from;
        }
        tag
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_cursor_opens_only_for_its_own_query() {
        let cursors = Cursors::new(b"secret");
        let cursor = cursors.seal("sort=price", &(1999, "b"));
        assert_eq!(cursors.open::<(i64, String)>("sort=price", &cursor).unwrap(), (1999, "b".to_owned()));
        assert!(cursors.open::<(i64, String)>("sort=name", &cursor).is_err());
        assert!(Cursors::new(b"other").open::<(i64, String)>("sort=price", &cursor).is_err());
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".*") {
            prop_assert!(Cursors::new(b"secret").open::<(i64, String)>("q", &text).is_err());
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(Cursors::new(b"secret").open::<(i64, String)>("q", &URL_SAFE_NO_PAD.encode(bytes)).is_err());
        }

        #[test]
        fn what_was_sealed_is_opened_again_and_with_any_bit_flipped_it_is_not(query in ".*", number in any::<i64>(), text in ".*", bit in any::<prop::sample::Index>()) {
            let cursors = Cursors::new(b"secret");
            let cursor = cursors.seal(&query, &(number, &text));
            prop_assert_eq!(cursors.open::<(i64, String)>(&query, &cursor).unwrap(), (number, text));
            let mut bytes = URL_SAFE_NO_PAD.decode(&cursor).unwrap();
            let bit = bit.index(bytes.len() * 8);
            bytes[bit / 8] ^= 1 << (bit % 8);
            prop_assert!(cursors.open::<(i64, String)>(&query, &URL_SAFE_NO_PAD.encode(bytes)).is_err());
            let other = format!("{query} ");
            prop_assert!(cursors.open::<(i64, String)>(&other, &cursor).is_err());
        }
    }
}
