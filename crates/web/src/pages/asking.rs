//! Asking the API for what a page shows: each answer is read for the HTML and kept for the app.

use actix_web::{HttpRequest, http::StatusCode};
use bytes::Bytes;
use novashop_types::{catalogue::CategoryTree, pages};
use serde::de::DeserializeOwned;

use super::Stop;
use crate::upstream::{Away, Upstream, collection};

/// An answer as the app will take it: the address that was asked, and what was answered.
pub(super) type Kept = (String, Bytes);

/// Whoever asks for a page asks the API.
#[derive(Clone, Copy)]
pub(super) struct Asking<'a> {
    pub(super) request: &'a HttpRequest,
    pub(super) upstream: &'a Upstream,
}

impl Asking<'_> {
    /// What the API answers at an address.
    pub(super) async fn ask<T: DeserializeOwned>(&self, path: &str) -> Result<(T, Kept), Stop> {
        let answer = self.upstream.get(path, self.request).await.map_err(|Away| Stop::Away)?;
        match answer.status {
            StatusCode::OK => {}
            StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST => return Err(Stop::NotFound),
            StatusCode::TOO_MANY_REQUESTS => return Err(Stop::Busy(answer.retry_after)),
            _ => return Err(Stop::Away),
        }
        match serde_json::from_slice(&answer.body) {
            Ok(value) => Ok((value, (path.to_owned(), answer.body))),
            Err(error) => {
                tracing::error!(%error, asked = collection(path), "the API's answer is not what this version understands");
                Err(Stop::Away)
            }
        }
    }

    /// The category tree, which the header of every page shows.
    pub(super) async fn categories(&self) -> Result<(CategoryTree, Kept), Stop> {
        self.ask(pages::CATEGORIES).await
    }
}
