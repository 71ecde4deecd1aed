//! Addresses as text.

/// Whether a path or a query is percent-encoded UTF-8 (RFC 3986, 2.1). What is not would be read as something nobody wrote.
#[must_use]
pub fn is_text(encoded: &str) -> bool {
    if !encoded.contains('%') {
        return true;
    }
    let mut decoded = Vec::with_capacity(encoded.len());
    let mut bytes = encoded.bytes();
    let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16)).and_then(|digit| u8::try_from(digit).ok());
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => match (digit(bytes.next()), digit(bytes.next())) {
                (Some(high), Some(low)) => high * 16 + low,
                _ => return false,
            },
            byte => byte,
        });
    }
    std::str::from_utf8(&decoded).is_ok()
}

#[cfg(test)]
mod tests {
    use super::is_text;

    #[test]
    fn only_percent_encoded_utf8_is_text() {
        for text in ["", "/mug", "q=a+b", "q=100%25", "caf%C3%A9", "caf%c3%a9", "%E2%82%AC", "café"] {
            assert!(is_text(text), "{text}");
        }
        for text in ["100%", "%zz", "%f", "%+1", "%ff", "%C3", "%C3%28", "%ed%a0%80", "%é"] {
            assert!(!is_text(text), "{text}");
        }
    }
}
