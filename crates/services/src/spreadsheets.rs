//! Cells that spreadsheets would run as formulas: made harmless on the way out, and undone on the way in.
//!
//! A cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return is run by spreadsheets (OWASP, "CSV Injection"). An apostrophe before it
//! makes it a text for them. A cell that already looks like one with its apostrophe gets another one, so that undoing gives every cell back.

/// Whether a spreadsheet would run the text, or would but for the apostrophes before it.
fn runs(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A text as a cell that nothing runs.
#[must_use]
pub fn harmless(text: &str) -> String {
    if runs(text) { format!("'{text}") } else { text.to_owned() }
}

/// A text as a cell of a file that nobody reads in again. Where semicolons or tabs part the cells, and where quotation marks count for nothing,
/// a cell begins within the text too: nothing runs from there either.
#[must_use]
pub fn harmless_throughout(text: &str) -> String {
    let mut cell = String::with_capacity(text.len() + 1);
    if text.starts_with(['\t', '\r']) {
        cell.push('\'');
    }
    let mut begins = true;
    for c in text.chars() {
        if begins && matches!(c, '=' | '+' | '-' | '@') {
            cell.push('\'');
        }
        begins = matches!(c, ';' | '\t' | '\r' | '\n') || begins && c.is_whitespace();
        cell.push(c);
    }
    cell
}

/// The text that a cell stands for.
#[must_use]
pub fn undone(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| runs(text)).unwrap_or(cell)
}

/// An amount of minor units as importers read it: `1999` as `19.99`.
#[must_use]
pub fn decimal(amount: i64) -> String {
    let (sign, amount) = (if amount < 0 { "-" } else { "" }, amount.unsigned_abs());
    format!("{sign}{}.{:02}", amount / 100, amount % 100)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn nothing_runs_and_every_text_comes_back(text in "['=+@\t\ra-]{0,6}") {
            let cell = harmless(&text);
            prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']));
            prop_assert_eq!(undone(&cell), text);
        }
    }

    #[test]
    fn a_plain_apostrophe_stays() {
        assert_eq!((harmless("'tis"), undone("'tis")), ("'tis".to_owned(), "'tis"));
    }

    #[test]
    fn nothing_runs_from_within_a_text() {
        for (text, cell) in [
            ("=1", "'=1"),
            (" +1", " '+1"),
            ("\t@a", "'\t'@a"),
            ("Maya;=1", "Maya;'=1"),
            ("Maya; \u{a0}-1", "Maya; \u{a0}'-1"),
            ("a\r\n=1\t@b", "a\r\n'=1\t'@b"),
            ("maya+shop@example.com; x = 1-2", "maya+shop@example.com; x = 1-2"),
        ] {
            assert_eq!(harmless_throughout(text), cell);
        }
    }

    #[test]
    fn amounts_have_two_decimals() {
        for (amount, text) in [(1999, "19.99"), (5, "0.05"), (0, "0.00"), (-150, "-1.50")] {
            assert_eq!(decimal(amount), text);
        }
    }
}
