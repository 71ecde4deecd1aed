//! HTML of a product text as plain text with paragraphs.

/// Tags that end a paragraph.
const PARAGRAPHS: [&str; 14] = ["p", "div", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "blockquote"];

/// `&#x0010FFFF;` and a little more: a text full of `&` is not looked through to its end for each of them.
const LONGEST_ENTITY: usize = 16;

/// The words of an HTML text: tags away, entities decoded, paragraphs separated by an empty line.
pub(crate) fn plain_text(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return tidy(html);
    }
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, from)) = rest.find('<').and_then(|at| rest.split_at_checked(at)) {
        push_words(&mut text, before);
        let is_tag = from.chars().nth(1).is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        if !is_tag {
            text.push('<');
            rest = from.strip_prefix('<').unwrap_or_default();
            continue;
        }
        // No tag ends from here on: what is left is text, and is not looked through again for every `<` in it.
        let Some((tag, after)) = from.split_once('>') else {
            rest = from;
            break;
        };
        rest = if tag.starts_with("<!--") { from.split_once("-->").map_or("", |(_, after)| after) } else { after };
        let name: String = tag.trim_start_matches(['<', '/']).chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
        match name.as_str() {
            "script" | "style" if !tag.starts_with("</") => {
                let end = format!("</{name}");
                let at = rest.to_ascii_lowercase().find(&end).unwrap_or(rest.len());
                rest = rest.get(at..).unwrap_or_default();
            }
            "br" | "tr" => text.push('\n'),
            "li" if !tag.starts_with("</") => text.push_str("\n- "),
            name if PARAGRAPHS.contains(&name) => text.push_str("\n\n"),
            "td" | "th" => text.push(' '),
            _ => {}
        }
    }
    push_words(&mut text, rest);
    tidy(&text)
}

/// Adds text between tags: entities decoded, line breaks are only spaces.
fn push_words(text: &mut String, words: &str) {
    let mut rest = words;
    while let Some((before, from)) = rest.find('&').and_then(|at| rest.split_at_checked(at)) {
        push_plain(text, before);
        let end = from.bytes().take(LONGEST_ENTITY).position(|byte| byte == b';');
        let named = end.and_then(|end| Some((from.get(1..end)?, from.get(end + 1..)?)));
        let decoded = named.and_then(|(name, after)| entity(name).map(|c| (c, after)));
        match decoded {
            Some((c, after)) => {
                text.push(c);
                rest = after;
            }
            None => {
                text.push('&');
                rest = from.strip_prefix('&').unwrap_or_default();
            }
        }
    }
    push_plain(text, rest);
}

fn push_plain(text: &mut String, words: &str) {
    text.extend(words.chars().map(|c| if c.is_ascii_whitespace() { ' ' } else { c }));
}

fn entity(name: &str) -> Option<char> {
    let named = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "hellip" => '…',
        "bull" => '•',
        "deg" => '°',
        "times" => '×',
        "euro" => '€',
        "pound" => '£',
        "reg" => '®',
        "trade" => '™',
        "copy" => '©',
        "frac12" => '½',
        "eacute" => 'é',
        "egrave" => 'è',
        "agrave" => 'à',
        "ccedil" => 'ç',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "szlig" => 'ß',
        "ntilde" => 'ñ',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            return char::from_u32(code).filter(|c| *c != '\0');
        }
    };
    Some(named)
}

/// Single spaces, no spaces at the ends of lines, at most one empty line.
fn tidy(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if !line.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(line);
        }
    }
    lines.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::plain_text;

    proptest! {
        #[test]
        fn no_text_makes_it_panic_or_grow(text in ".*", html in "[<>/!?&;#x0-9a-z\"'= -]{0,200}", parts in prop::collection::vec(prop_oneof![
            Just("<"), Just("<a"), Just(">"), Just("<!--"), Just("-->"), Just("<script>"), Just("</script"), Just("&#"), Just("&#x110000;"),
            Just("&amp;"), Just("&"), Just("ä"), Just("<li>"), Just("</p>"), Just("\u{0}"), Just("&#0;"), Just("<ſcript>"), Just("İ"),
        ], 0..40)) {
            for text in [text, html, parts.concat()] {
                let plain = plain_text(&text);
                prop_assert!(plain.len() <= 3 * text.len() + 2, "{text:?} becomes {plain:?}");
                prop_assert!(!plain.contains("\n\n\n") && plain.trim() == plain, "{plain:?}");
            }
        }
    }

    #[test]
    fn tags_go_and_words_stay() {
        for (html, text) in [
            ("Plain, 5 cm. ", "Plain, 5 cm."),
            ("<p>One\n two</p><p>Three<br/>four &amp; &#8364;5 &unknown; &</p>", "One two\n\nThree\nfour & €5 &unknown; &"),
            ("<ul><li>A</li><li>B</li></ul>", "- A\n- B"),
            ("5 < 6 <!-- no --> <b>yes</b><script>no('</p>')</script>", "5 < 6 yes"),
            ("first\nsecond", "first\nsecond"),
            ("<p>open", "open"),
            ("a <", "a <"),
        ] {
            assert_eq!(plain_text(html), text, "{html}");
        }
    }
}
