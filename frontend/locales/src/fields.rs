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

/// The numbers in the shop's own words, which no other language has.
fn numbers(message: &str) -> Vec<&str> {
    message.split(|letter: char| !letter.is_ascii_digit() && letter != '-').filter(|number| !number.is_empty()).collect()
}

/// What must be kept within, in Spanish: `Must have 3 to 32 characters.`, `Must be from 1 to 5.`
fn bounds(error: &FieldError) -> Option<String> {
    let (length, unit) = (error.code == "length", if error.message.ends_with("characters") { " caracteres" } else { "" });
    match (numbers(&error.message).as_slice(), length) {
        ([most], true) => Some(format!("Como mucho {most}{unit}.")),
        ([least, most], true) => Some(format!("De {least} a {most}{unit}.")),
        ([least, most], false) if error.code == "range" => Some(format!("Un número del {least} al {most}.")),
        _ => None,
    }
}

/// The sentence for a field that was refused: in English the shop's own words; else by its code, with the bounds that they name.
#[must_use]
pub fn sentence(error: &FieldError) -> String {
    if crate::language() == crate::Language::En && !error.message.is_empty() {
        let mut letters = error.message.chars();
        let first: String = letters.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
        let message = format!("{first}{}", letters.as_str());
        return if message.ends_with(['.', '!', '?']) { message } else { format!("{message}.") };
    }
    if let Some(bounds) = bounds(error) {
        return bounds;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Language, speak};

    #[test]
    fn both_languages_name_the_bounds() {
        let said = |code: &str, message: &str| sentence(&FieldError::new("/field", code, message));
        assert_eq!(said("length", "must have 3 to 32 characters"), "Must have 3 to 32 characters.");
        speak(Language::Es);
        assert_eq!(said("length", "must have 3 to 32 characters"), "De 3 a 32 caracteres.");
        assert_eq!(said("length", "may have up to 200 characters"), "Como mucho 200 caracteres.");
        assert_eq!(said("length", "may have up to 5 options"), "Como mucho 5.");
        assert_eq!(said("range", "must be from 1 to 5"), "Un número del 1 al 5.");
        assert_eq!(said("range", "must be from -1000000000 to 1000000000"), "Un número del -1000000000 al 1000000000.");
        assert_eq!(said("length", "is too long"), length());
        assert_eq!(said("email", "must be an address with 1 @"), email());
        speak(Language::En);
    }
}
