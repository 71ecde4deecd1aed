//! `traceparent` (W3C Trace Context): by which trace a request is known to those who sent it.

use actix_web::http::header::HeaderMap;

/// Where a request comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parent {
    /// The whole trace.
    pub trace_id: u128,
    /// The span that sent the request.
    pub span_id: u64,
    /// Whether they keep the trace themselves.
    pub sampled: bool,
}

/// The parent, where there is exactly one `traceparent` and it is right in every letter (section 3.2); else the request begins a trace.
pub(super) fn parent(headers: &HeaderMap) -> Option<Parent> {
    let mut all = headers.get_all("traceparent");
    let (first, second) = (all.next()?, all.next());
    if second.is_some() { None } else { parse(first.to_str().ok()?) }
}

fn parse(text: &str) -> Option<Parent> {
    let mut parts = text.splitn(5, '-');
    let version = hex(parts.next()?, 2)?;
    let trace_id = u128::from_str_radix(hex(parts.next()?, 32)?, 16).ok()?;
    let span_id = u64::from_str_radix(hex(parts.next()?, 16)?, 16).ok()?;
    let flags = u8::from_str_radix(hex(parts.next()?, 2)?, 16).ok()?;
    let more = parts.next().is_some();
    // Versions to come may add parts; `ff` is none.
    let known = version != "ff" && (version != "00" || !more);
    (known && trace_id != 0 && span_id != 0).then_some(Parent { trace_id, span_id, sampled: flags & 1 == 1 })
}

/// As many digits, in lower case.
fn hex(part: &str, length: usize) -> Option<&str> {
    (part.len() == length && part.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))).then_some(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RIGHT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    #[test]
    fn a_traceparent_is_taken_only_where_every_letter_is_right() {
        let parent = Parent { trace_id: 0x4bf9_2f35_77b3_4da6_a3ce_929d_0e0e_4736, span_id: 0x00f0_67aa_0ba9_02b7, sampled: true };
        assert_eq!(parse(RIGHT), Some(parent));
        assert_eq!(parse(&RIGHT.replace("-01", "-02")), Some(Parent { sampled: false, ..parent }));
        assert_eq!(parse(&RIGHT.replacen("00", "cc", 1)), Some(parent), "a version to come is read as this one");
        assert_eq!(parse(&format!("{}-what-the-future-is-like", RIGHT.replacen("00", "cc", 1))), Some(parent));
        let wrong = [
            String::new(),
            RIGHT.to_uppercase(),
            format!("{RIGHT}-"),
            format!("{RIGHT}-00"),
            format!(" {RIGHT}"),
            RIGHT.replacen("00", "ff", 1),
            RIGHT.replacen("00", "0", 1),
            RIGHT.replace("4bf92f3577b34da6a3ce929d0e0e4736", "00000000000000000000000000000000"),
            RIGHT.replace("00f067aa0ba902b7", "0000000000000000"),
            RIGHT.replace("4bf9", "4bg9"),
            RIGHT.replace("4bf9", "+bf9"),
            RIGHT.replace("-01", "-1"),
            RIGHT.replace('-', "_"),
            RIGHT.replace("-01", ""),
        ];
        for text in wrong {
            assert_eq!(parse(&text), None, "{text:?}");
        }
    }
}
