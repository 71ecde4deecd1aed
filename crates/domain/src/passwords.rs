//! Which passwords are too easy to guess.

/// Passwords of ten characters and more that head every published list of leaked ones, in lower case.
const COMMON: &[&str] = &[
    "1234567890",
    "0123456789",
    "0987654321",
    "1111111111",
    "0000000000",
    "1q2w3e4r5t",
    "1q2w3e4r5t6y",
    "a123456789",
    "123456789a",
    "12345678910",
    "123456789q",
    "123456789z",
    "1234512345",
    "123123123123",
    "123321123321",
    "9876543210",
    "1qaz2wsx3edc",
    "qazwsxedcrfv",
    "zaq12wsxcde3",
    "1234qwerasdf",
    "q1w2e3r4t5",
    "q1w2e3r4t5y6",
    "1029384756",
    "147258369a",
    "1472583690",
    "1357924680",
    "2222222222",
    "5555555555",
    "6666666666",
    "7777777777",
    "8888888888",
    "9999999999",
];

/// What people add a year or a sign to: with `2026!` behind them these are the first that anybody tries on every account.
const WORDS: &[&str] = &[
    "abc",
    "abcd",
    "abcdef",
    "abcdefghij",
    "admin",
    "administrator",
    "alexander",
    "april",
    "asdfgh",
    "asdfghjkl",
    "august",
    "autumn",
    "azerty",
    "baseball",
    "basketball",
    "batman",
    "changeme",
    "charlie",
    "chocolate",
    "company",
    "computer",
    "contrasena",
    "december",
    "default",
    "dragon",
    "elizabeth",
    "fall",
    "february",
    "football",
    "friday",
    "guest",
    "hello",
    "iloveyou",
    "internet",
    "january",
    "jennifer",
    "july",
    "june",
    "letmein",
    "liverpool",
    "login",
    "manchester",
    "march",
    "master",
    "michael",
    "monday",
    "monkey",
    "motorcycle",
    "novashop",
    "november",
    "october",
    "p@ssw0rd",
    "p@ssword",
    "passw0rd",
    "password",
    "passwort",
    "princess",
    "qwerty",
    "qwertyuiop",
    "qwertz",
    "root",
    "samsung",
    "secret",
    "september",
    "shadow",
    "shop",
    "spring",
    "starwars",
    "summer",
    "sunshine",
    "superman",
    "test",
    "testtest",
    "trustno",
    "user",
    "welcome",
    "whatever",
    "winter",
    "zxcvbnm",
];

/// Why a password is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Weak {
    /// It is among the most used ones, or hardly more than that.
    #[error("is among the most common passwords; choose another")]
    Common,
    /// It is made of the account's own name or address.
    #[error("must not be the username or the e-mail address")]
    Personal,
}

/// Checks a password that is long enough already, as NIST SP 800-63B (3.1.1.2) advises: against common and personal ones, no rules on its letters.
///
/// # Errors
/// Why it is refused.
pub fn check(password: &str, username: &str, email: &str) -> Result<(), Weak> {
    let lower = password.to_lowercase();
    let mut letters = lower.chars();
    let first = letters.next();
    let repeated = letters.all(|c| Some(c) == first);
    let signs = |c: char| c.is_ascii_punctuation() || c == ' ';
    let word = lower.trim_matches(|c: char| signs(c) || c.is_ascii_digit());
    if repeated || COMMON.contains(&lower.as_str()) || COMMON.contains(&lower.trim_end_matches(signs)) || WORDS.contains(&word) {
        return Err(Weak::Common);
    }
    if !username.is_empty() && (lower == username.to_lowercase() || lower == email.to_lowercase()) {
        return Err(Weak::Personal);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_and_personal_passwords_are_refused() {
        assert_eq!(check("Password123!", "maya", "maya@example.com"), Err(Weak::Common));
        assert_eq!(check("aaaaaaaaaaaa", "maya", "maya@example.com"), Err(Weak::Common));
        assert_eq!(check("Maya@Example.com", "maya", "maya@example.com"), Err(Weak::Personal));
        for sprayed in ["Summer2026!", "Winter-2025", "Welcome12345", "P@ssw0rd123", "1234Novashop", "!!!Letmein1", "1234567890.."] {
            assert_eq!(check(sprayed, "maya", "maya@example.com"), Err(Weak::Common), "{sprayed}");
        }
        assert_eq!(check("correct horse battery", "maya", "maya@example.com"), Ok(()));
    }
}
