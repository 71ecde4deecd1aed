//! Names in addresses.

use novashop_types::ProductId;

/// Makes a slug of a name: letters without their accents, everything else a hyphen; `fallback` where nothing is left.
#[must_use]
pub fn from_name(name: &str, fallback: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        let plain = plain_letters(c);
        if plain.is_empty() {
            if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        } else {
            slug.push_str(&plain);
        }
        if slug.len() >= 100 {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    match slug {
        "" => fallback.to_owned(),
        // Where ids and slugs stand in the same place, a name must not pass for somebody else's id.
        slug if slug.parse::<ProductId>().is_ok() => format!("{slug}-{fallback}"),
        slug => slug.to_owned(),
    }
}

/// A word with its Latin letters bare, as people type it who have no such keys: `lámpara` becomes `lampara`, `Größe` becomes `grosse`.
#[must_use]
pub fn without_accents(word: &str) -> String {
    let mut bare = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        match c {
            'ä' => bare.push('a'),
            'ö' => bare.push('o'),
            'ü' => bare.push('u'),
            c if c.is_ascii() => bare.push(c),
            c => match plain_letters(c) {
                letters if letters.is_empty() => bare.push(c),
                letters => bare.push_str(&letters),
            },
        }
    }
    bare
}

/// A lower-case letter in ASCII, or nothing for what is no letter of a Latin alphabet.
fn plain_letters(c: char) -> String {
    let plain = match c {
        'a'..='z' | '0'..='9' => return c.to_string(),
        'á' | 'à' | 'â' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ä' | 'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => "e",
        'ğ' => "g",
        'í' | 'ì' | 'î' | 'ï' | 'ī' | 'ı' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ó' | 'ò' | 'ô' | 'õ' | 'ø' | 'ō' | 'ő' => "o",
        'ö' | 'œ' => "oe",
        'ř' => "r",
        'ś' | 'š' | 'ş' => "s",
        'ß' => "ss",
        'ť' | 'ţ' => "t",
        'ú' | 'ù' | 'û' | 'ū' | 'ů' | 'ű' => "u",
        'ü' => "ue",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => "",
    };
    plain.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_can_be_typed_without_its_accents() {
        assert_eq!(without_accents("Lámpara"), "lampara");
        assert_eq!(without_accents("Schüssel"), "schussel");
        assert_eq!(without_accents("茶碗"), "茶碗");
    }

    #[test]
    fn names_become_readable_addresses() {
        assert_eq!(from_name("Stoneware mug, 350 ml", "product"), "stoneware-mug-350-ml");
        assert_eq!(from_name("Über-große Schüssel!", "product"), "ueber-grosse-schuessel");
        assert_eq!(from_name("Jersey niño  ", "product"), "jersey-nino");
        assert_eq!(from_name("茶碗", "product"), "product");
        assert_eq!(from_name("0198C0DE-7A11-7C3F-9A54-0C1DE2F3A4B5", "product"), "0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5-product");
        assert!(from_name(&"x".repeat(500), "product").len() <= 120);
    }
}
