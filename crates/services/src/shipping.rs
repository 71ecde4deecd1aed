//! How orders can be sent.

use novashop_domain::shipping::METHODS;
use novashop_types::{
    ErrorCode,
    orders::COUNTRIES,
    shipping::{ShippingMethod, ShippingMethods},
};

use crate::{Context, Error, Result};

/// The ways to send an order to a country; so far they are the same for all.
///
/// # Errors
/// `invalid_parameter` for what is no country.
pub fn list(ctx: &Context, country: Option<&str>) -> Result<ShippingMethods> {
    if country.is_some_and(|code| COUNTRIES.binary_search(&code).is_err()) {
        return Err(Error::refused(ErrorCode::InvalidParameter, "`country` must be an ISO 3166-1 alpha-2 code such as DE or ES."));
    }
    let method = |method: &novashop_domain::shipping::Method| ShippingMethod {
        code: method.code.to_owned(),
        name: method.name.to_owned(),
        price: ctx.money(method.amount),
        min_days: method.days.0,
        max_days: method.days.1,
    };
    Ok(ShippingMethods { items: METHODS.iter().map(method).collect() })
}
