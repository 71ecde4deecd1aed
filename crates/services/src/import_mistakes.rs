//! What spreadsheets make of a file by mistake, told so that whoever saved it knows what to do.

use crate::imports::Unreadable;

/// How spreadsheets name the form that is read.
const SAVE_AS: &str = "save the sheet as “CSV UTF-8 (comma delimited)” and hand in that file";

/// A file that is empty, no text, or text of another kind.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn check_text(bytes: &[u8]) -> Result<(), Unreadable> {
    let wrong = match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, _, ..] | [_, 0, ..] => format!("The file is UTF-16 text, and UTF-8 is read: {SAVE_AS}."),
        [b'P', b'K', 3, 4, ..] => format!("The file is a workbook or another archive (.xlsx, .ods, .zip): {SAVE_AS}."),
        bytes if bytes.iter().all(u8::is_ascii_whitespace) => {
            "The file is empty. A CSV file has a line with the names of its columns and a row for each variant.".to_owned()
        }
        _ => return Ok(()),
    };
    Err(Unreadable(wrong))
}

/// Why the first line has no column `missing`.
pub(crate) fn no_column(first_line: &str, missing: &str) -> Unreadable {
    let has = |sign: char| first_line.split(sign).any(|name| name.trim().trim_matches('"') == missing);
    let separator = [(';', "semicolons"), ('\t', "tabs"), ('|', "vertical bars")].into_iter().find(|(sign, _)| has(*sign));
    Unreadable(match separator {
        Some((_, signs)) => format!("The columns are separated by {signs}, and commas are read: {SAVE_AS}."),
        None => format!("The file is neither JSON nor a Shopify product CSV: its first line has no column “{missing}”."),
    })
}

/// A first line that is no text.
pub(crate) fn no_header() -> Unreadable {
    Unreadable(format!("The file is neither JSON nor a CSV file in UTF-8. If it is a spreadsheet, {SAVE_AS}."))
}

/// Where a quoted cell begins that is never closed: all that follows stands in it.
pub(crate) fn open_quote(bytes: &[u8]) -> Option<usize> {
    #[derive(Clone, Copy)]
    enum At {
        Start,
        Plain,
        Quoted(usize),
        // After a quote in a quoted cell: a second one means the sign itself, anything else ends it.
        Quote(usize),
    }
    let mut at = At::Start;
    for (place, byte) in bytes.iter().enumerate() {
        at = match (at, byte) {
            (At::Quoted(from), b'"') => At::Quote(from),
            (At::Quote(from), b'"') | (At::Quoted(from), _) => At::Quoted(from),
            (_, b',' | b'\r' | b'\n') => At::Start,
            (At::Start, b'"') => At::Quoted(place),
            _ => At::Plain,
        };
    }
    if let At::Quoted(from) = at { Some(from) } else { None }
}

#[cfg(test)]
mod tests {
    use novashop_types::Currency;
    use proptest::prelude::*;

    use super::*;
    use crate::imports::parse;

    fn unreadable(bytes: &[u8]) -> String {
        parse(bytes, Currency::EUR).unwrap_err().to_string()
    }

    #[test]
    fn what_a_spreadsheet_saved_in_another_way_is_named_with_what_to_do() {
        let text = "Handle,Title,Variant Price\nmug,Mug,9.99\n";
        let wide: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = wide.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = wide.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        for bytes in [[b"\xFF\xFE", little.as_slice()].concat(), [b"\xFE\xFF", big.as_slice()].concat(), little, big] {
            assert!(unreadable(&bytes).starts_with("The file is UTF-16 text"), "{}", unreadable(&bytes));
        }
        for (separator, named) in [(";", "semicolons"), ("\t", "tabs"), (";\"", "semicolons")] {
            let said = unreadable(text.replace(',', separator).as_bytes());
            assert!(said.contains(named) && said.contains("“CSV UTF-8 (comma delimited)”"), "{said}");
        }
        for (bytes, named) in
            [(&b"PK\x03\x04\x14\0"[..], ".xlsx"), (b"", "empty"), (b"\xEF\xBB\xBF \r\n", "empty"), (b"\x89PNG\r\n", "neither JSON nor a CSV")]
        {
            assert!(unreadable(bytes).contains(named), "{}", unreadable(bytes));
        }
        assert!(unreadable(b"Name,Price\nMug,1\n").contains("no column “Handle”"));
    }

    #[test]
    fn a_quote_that_is_not_closed_is_told_where_it_begins_and_the_rows_before_are_kept() {
        let parsed = parse(b"Handle,Title,Variant Price\na,A,1\nb,\"B\n\"\"b\"\"\",2\nc,\"C,3\nd,D,4\n", Currency::EUR).unwrap();
        assert_eq!(parsed.products.iter().map(|product| product.slug.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!((parsed.refused.len(), parsed.refused[0].line), (1, 5));
        assert!(parsed.refused[0].reason.contains("never closed"), "{}", parsed.refused[0]);
        let said = unreadable(b"Handle,Title,\"Variant Price\na,A,1\n");
        assert!(said.contains("line 1") && said.contains("never closed"), "{said}");
    }

    proptest! {
        /// The reader itself is the judge: with a closing quote and one more row there is one record more, or there is not.
        #[test]
        fn a_quote_is_open_where_the_reader_of_the_file_is_within_one(text in "[a\",\r\n]{0,40}") {
            let records = |text: String| csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_bytes()).records().count();
            let open = records(format!("{text}\nx\ny")) == records(format!("{text}\nx"));
            prop_assert_eq!(open_quote(text.as_bytes()).is_some(), open, "{:?}", text);
        }
    }
}
