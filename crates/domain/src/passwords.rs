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
    "qwertyuiop",
    "qwerty12345",
    "qwerty1234",
    "qwerty123456",
    "password12",
    "password123",
    "password1234",
    "password12345",
    "passw0rd123",
    "iloveyou12",
    "iloveyou123",
    "abcdefghij",
    "abc1234567",
    "abcd123456",
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
    "administrator",
    "admin12345",
    "admin123456",
    "letmein123",
    "letmein1234",
    "welcome123",
    "welcome1234",
    "changeme123",
    "sunshine123",
    "princess123",
    "football123",
    "baseball123",
    "superman123",
    "michael123",
    "liverpool1",
    "manchester",
    "basketball",
    "motorcycle",
    "alexander1",
    "chocolate1",
    "elizabeth1",
    "asdfghjkl1",
    "asdfghjkl;",
    "zxcvbnm123",
    "1234qwerasdf",
    "q1w2e3r4t5",
    "q1w2e3r4t5y6",
    "secret1234",
    "trustno123",
    "dragon1234",
    "monkey1234",
    "shadow1234",
    "master1234",
    "whatever12",
    "computer12",
    "internet12",
    "samsung123",
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
    if repeated || COMMON.contains(&lower.as_str()) || COMMON.contains(&lower.trim_end_matches(['!', '.', '?'])) {
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
        assert_eq!(check("correct horse battery", "maya", "maya@example.com"), Ok(()));
    }
}
