//! What went wrong and what to do next: a sentence for every code that the API has.

use novashop_types::ErrorCode;

crate::words! {
    unreachable: "We could not reach the shop. What you had is safe. Check your connection and try again.", "No hemos podido conectar con la tienda. No se ha perdido nada. Comprueba tu conexión e inténtalo de nuevo.";
    unreadable: "The shop has changed since this page was loaded. Reload the page.", "La tienda ha cambiado desde que se cargó esta página. Recárgala.";
    bad_request: "The shop could not read this request. Reload the page and try again.", "La tienda no pudo leer la petición. Recarga la página e inténtalo de nuevo.";
    malformed_json: "The shop could not read this request. Reload the page and try again.", "La tienda no pudo leer la petición. Recarga la página e inténtalo de nuevo.";
    unknown_parameter: "This address has a filter the shop does not know. Start again without filters.", "Esta dirección tiene un filtro que la tienda no conoce. Empieza de nuevo sin filtros.";
    invalid_parameter: "A filter in this address has a value that does not fit. Start again without filters.", "Un filtro de esta dirección tiene un valor que no sirve. Empieza de nuevo sin filtros.";
    invalid_cursor: "The list has changed. Start again from its beginning.", "La lista ha cambiado. Empieza de nuevo desde el principio.";
    invalid_idempotency_key: "The shop could not tell this request from another. Reload the page and try again.", "La tienda no pudo distinguir esta petición de otra. Recarga la página e inténtalo de nuevo.";
    unauthorized: "Sign in to go on.", "Inicia sesión para continuar.";
    invalid_token: "You are signed out. Sign in again to go on.", "Tu sesión ha terminado. Inicia sesión de nuevo para continuar.";
    token_expired: "You are signed out. Sign in again to go on.", "Tu sesión ha terminado. Inicia sesión de nuevo para continuar.";
    invalid_credentials: "That name and password do not fit together. Check both, or choose a new password.", "El nombre y la contraseña no coinciden. Revísalos o elige una contraseña nueva.";
    invalid_refresh_token: "You are signed out. Sign in again to go on.", "Tu sesión ha terminado. Inicia sesión de nuevo para continuar.";
    forbidden: "Your account may not do this. Ask somebody who runs the shop.", "Tu cuenta no puede hacer esto. Pregunta a quien lleva la tienda.";
    not_found: "We could not find it. It may have been moved or taken away.", "No lo hemos encontrado. Puede que se haya movido o retirado.";
    method_not_allowed: "The shop does not offer this here. Reload the page and try again.", "La tienda no ofrece esto aquí. Recarga la página e inténtalo de nuevo.";
    request_timeout: "It took too long to arrive. Check your connection and try again.", "Tardó demasiado en llegar. Comprueba tu conexión e inténtalo de nuevo.";
    payload_too_large: "This is too large. Pictures may have up to 10 MB.", "Es demasiado grande. Las imágenes pueden tener hasta 10 MB.";
    unsupported_media_type: "This kind of file does not work here. Use JPEG, PNG or WebP for pictures.", "Este tipo de archivo no sirve aquí. Usa JPEG, PNG o WebP para las imágenes.";
    precondition_failed: "Somebody else changed this first. Look at the new state, then make your change again.", "Otra persona lo cambió antes. Mira el estado nuevo y repite tu cambio.";
    invalid: "Some fields need another look.", "Algunos campos necesitan otra mirada.";
    empty_cart: "Your cart is empty. Put something in it first.", "Tu carrito está vacío. Añade algo primero.";
    idempotency_key_reused: "This was sent already with other contents. Reload the page and look whether it went through.", "Esto ya se envió con otro contenido. Recarga la página y mira si se completó.";
    invalid_link: "This link has been used or is too old. Ask for a new one.", "Este enlace ya se usó o es demasiado antiguo. Pide uno nuevo.";
    conflict: "This does not fit with how things stand now. Reload and look again.", "Esto no encaja con la situación actual. Recarga y vuelve a mirar.";
    username_taken: "Somebody has this username already. Choose another.", "Alguien ya tiene este nombre de usuario. Elige otro.";
    email_taken: "There is an account with this address already. Sign in, or choose a new password.", "Ya hay una cuenta con este correo. Inicia sesión o elige una contraseña nueva.";
    slug_taken: "Another page has this address already. Choose another.", "Otra página ya tiene esta dirección. Elige otra.";
    sku_taken: "Another variant has this SKU already. Choose another.", "Otra variante ya tiene este SKU. Elige otro.";
    options_taken: "There is a variant with these options already.", "Ya hay una variante con estas opciones.";
    already_reviewed: "You have reviewed this already. You can edit your review.", "Ya has opinado sobre esto. Puedes editar tu opinión.";
    category_not_empty: "There is still something in this category. Move or archive it first.", "Todavía hay algo en esta categoría. Muévelo o archívalo primero.";
    last_variant: "A product needs at least one variant. Archive the product instead.", "Un producto necesita al menos una variante. Archiva el producto en su lugar.";
    out_of_stock: "There are not so many left.", "No quedan tantas unidades.";
    stock_not_available: "The stock cannot go below zero.", "Las existencias no pueden bajar de cero.";
    cart_full: "Your cart has no room for another line. Order what is in it first.", "En tu carrito no cabe otra línea. Pide primero lo que contiene.";
    variant_choice_needed: "Choose one of the variants first.", "Elige primero una de las variantes.";
    transition_not_allowed: "The order has moved on and cannot go there any more. Reload to see where it stands.", "El pedido ha avanzado y ya no puede pasar a ese estado. Recarga para ver dónde está.";
    idempotency_in_progress: "This is being worked on. Wait a moment, then look again.", "Ya se está procesando. Espera un momento y vuelve a mirar.";
    too_many_requests: "That was a lot at once. Wait a minute, then try again.", "Han sido demasiadas peticiones seguidas. Espera un minuto e inténtalo de nuevo.";
    internal: "The shop made a mistake, not you. Try again; what you had is safe.", "La tienda cometió un error, no tú. Inténtalo de nuevo; no se ha perdido nada.";
    unavailable: "The shop cannot answer just now. What you had is safe. Try again in a moment.", "La tienda no puede responder ahora mismo. No se ha perdido nada. Inténtalo de nuevo en un momento.";
}

/// The sentence for a code: what happened, and what to do next.
#[must_use]
pub fn sentence(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::BadRequest => bad_request(),
        ErrorCode::MalformedJson => malformed_json(),
        ErrorCode::UnknownParameter => unknown_parameter(),
        ErrorCode::InvalidParameter => invalid_parameter(),
        ErrorCode::InvalidCursor => invalid_cursor(),
        ErrorCode::InvalidIdempotencyKey => invalid_idempotency_key(),
        ErrorCode::Unauthorized => unauthorized(),
        ErrorCode::InvalidToken => invalid_token(),
        ErrorCode::TokenExpired => token_expired(),
        ErrorCode::InvalidCredentials => invalid_credentials(),
        ErrorCode::InvalidRefreshToken => invalid_refresh_token(),
        ErrorCode::Forbidden => forbidden(),
        ErrorCode::NotFound => not_found(),
        ErrorCode::MethodNotAllowed => method_not_allowed(),
        ErrorCode::RequestTimeout => request_timeout(),
        ErrorCode::PayloadTooLarge => payload_too_large(),
        ErrorCode::UnsupportedMediaType => unsupported_media_type(),
        ErrorCode::PreconditionFailed => precondition_failed(),
        ErrorCode::Invalid => invalid(),
        ErrorCode::EmptyCart => empty_cart(),
        ErrorCode::IdempotencyKeyReused => idempotency_key_reused(),
        ErrorCode::InvalidLink => invalid_link(),
        ErrorCode::Conflict => conflict(),
        ErrorCode::UsernameTaken => username_taken(),
        ErrorCode::EmailTaken => email_taken(),
        ErrorCode::SlugTaken => slug_taken(),
        ErrorCode::SkuTaken => sku_taken(),
        ErrorCode::OptionsTaken => options_taken(),
        ErrorCode::AlreadyReviewed => already_reviewed(),
        ErrorCode::CategoryNotEmpty => category_not_empty(),
        ErrorCode::LastVariant => last_variant(),
        ErrorCode::OutOfStock => out_of_stock(),
        ErrorCode::StockNotAvailable => stock_not_available(),
        ErrorCode::CartFull => cart_full(),
        ErrorCode::VariantChoiceNeeded => variant_choice_needed(),
        ErrorCode::TransitionNotAllowed => transition_not_allowed(),
        ErrorCode::IdempotencyInProgress => idempotency_in_progress(),
        ErrorCode::TooManyRequests => too_many_requests(),
        ErrorCode::Internal => internal(),
        ErrorCode::Unavailable => unavailable(),
    }
}
