//! Who is asking, and whether they may. Guards come before anything of the request is looked at.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web};
use novashop_services::{Actor, Context, Error, sessions};
use novashop_types::{ErrorCode, accounts::Role};

use crate::Failure;

type Checked<T> = Pin<Box<dyn Future<Output = Result<T, Failure>>>>;

/// Anybody; signed in or not. A token that is sent must be right all the same.
#[derive(Debug, Clone, Copy)]
pub struct Caller(pub Option<Actor>);

/// Somebody who is signed in.
#[derive(Debug, Clone, Copy)]
pub struct Customer(pub Actor);

/// Somebody who runs the shop.
#[derive(Debug, Clone, Copy)]
pub struct Staff(pub Actor);

/// Somebody who runs the accounts too.
#[derive(Debug, Clone, Copy)]
pub struct Admin(pub Actor);

impl Caller {
    /// Whether the caller runs the shop.
    #[must_use]
    pub fn is_staff(&self) -> bool {
        self.0.as_ref().is_some_and(Actor::is_staff)
    }
}

async fn caller(request: HttpRequest) -> Result<Option<Actor>, Failure> {
    let mut values = request.headers().get_all(header::AUTHORIZATION);
    let Some(value) = values.next() else { return Ok(None) };
    let invalid = || Failure::new(ErrorCode::InvalidToken, "Send the access token as one `Authorization: Bearer <token>`.");
    // Of two, whatever stands before the shop might have checked the other one.
    if values.next().is_some() {
        return Err(invalid());
    }
    let (scheme, token) = value.to_str().ok().and_then(|text| text.split_once(' ')).ok_or_else(invalid)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(invalid());
    }
    let ctx = request.app_data::<web::Data<Context>>().ok_or_else(|| Error::internal("finding the context", "no context"))?;
    let actor = sessions::authenticate(ctx, token.trim()).await?;
    tracing::Span::current().record("user.id", tracing::field::display(actor.user_id));
    Ok(Some(actor))
}

async fn signed_in(request: HttpRequest, role: Role) -> Result<Actor, Failure> {
    let actor = caller(request).await?.ok_or_else(|| Failure::new(ErrorCode::Unauthorized, "This needs an access token: sign in first."))?;
    if actor.role < role {
        return Err(Failure::new(ErrorCode::Forbidden, format!("This needs the role {}; yours is {}.", role.as_str(), actor.role.as_str())));
    }
    Ok(actor)
}

impl FromRequest for Caller {
    type Error = Failure;
    type Future = Checked<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { caller(request).await.map(Self) })
    }
}

macro_rules! guard {
    ($name:ident, $role:expr) => {
        impl FromRequest for $name {
            type Error = Failure;
            type Future = Checked<Self>;

            fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
                let request = request.clone();
                Box::pin(async move { signed_in(request, $role).await.map(Self) })
            }
        }
    };
}

guard!(Customer, Role::Customer);
guard!(Staff, Role::Staff);
guard!(Admin, Role::Admin);
