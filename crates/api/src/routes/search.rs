//! Suggestions while somebody types.

use novashop_services::search;
use novashop_types::{ErrorCode, catalogue::Suggestions};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    Answer, Ctx, Failure,
    cache::{self, Fresh, Tag},
    extract::{Caller, Input},
    limits::Class,
    routes::Route,
};

/// The addresses of this file.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![route!("/search/suggest", get => suggest).limited(Class::Search)]
}

/// What was typed.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SuggestQuery {
    /// What somebody typed so far.
    #[param(min_length = 1, max_length = 100, example = "stonware")]
    q: String,
}

/// What may be meant
///
/// Products and categories whose names come near to what was typed, best first. Typing errors are forgiven; the last word may be unfinished.
#[utoipa::path(get, path = "/api/v1/search/suggest", tag = "catalogue", operation_id = "suggest", params(SuggestQuery),
    responses((status = 200, description = "Up to 8 products and 4 categories", body = Suggestions), (status = 304, description = "You have it already")))]
pub async fn suggest(ctx: Ctx, caller: Caller, input: Input) -> Answer {
    let query: SuggestQuery = input.query()?;
    let typed = query.q.trim();
    if typed.is_empty() || query.q.chars().count() > 100 {
        return Err(Failure::new(ErrorCode::InvalidParameter, "`q` must have 1 to 100 characters."));
    }
    let load = async || Fresh::new(&search::suggest(&ctx, typed).await?, [Tag::Lists]);
    Ok(cache::read(&input, caller.is_staff(), format!("suggest {}", typed.to_lowercase()), load).await?.answer(&input).await)
}
