//! What is wrong with a field, by the stable code that the API gives.

use novashop_types::FieldError;

crate::words! {
    required: "Please fill this in.", "Rellena este campo.";
    email: "Enter an e-mail address such as maya@example.com.", "Escribe un correo como maya@example.com.";
    country: "Choose a country.", "Elige un país.";
    format: "This has a form that does not fit.", "El formato no es válido.";
    length: "This is too long or too short.", "Es demasiado largo o demasiado corto.";
    range: "This number is too small or too large.", "El número es demasiado pequeño o demasiado grande.";
    too_common: "This password is among the first that somebody would try. Choose another.", "Esta contraseña es de las primeras que alguien probaría. Elige otra.";
    password_short: "Use at least 10 characters.", "Usa al menos 10 caracteres.";
    wrong: "This value does not fit.", "Este valor no sirve.";
}

/// The sentence for a field that was refused: in English the shop's own words, which know the bounds; else by its code.
#[must_use]
pub fn sentence(error: &FieldError) -> String {
    if crate::language() == crate::Language::En && !error.message.is_empty() {
        let mut letters = error.message.chars();
        let first: String = letters.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
        let message = format!("{first}{}", letters.as_str());
        return if message.ends_with(['.', '!', '?']) { message } else { format!("{message}.") };
    }
    let text = match error.code.as_str() {
        "required" => required(),
        "email" => email(),
        "country" => country(),
        "format" | "type" | "slug" => format(),
        "length" => length(),
        "range" => range(),
        "password_too_common" | "common_password" | "too_common" => too_common(),
        "password_too_short" | "too_short" => password_short(),
        _ => wrong(),
    };
    text.to_owned()
}
