//! The colours of `styles/tokens.css` can be read: WCAG 2.2, 1.4.3 (text 4.5:1) and 1.4.11 (what one operates 3:1).

use std::collections::HashMap;

/// Words on grounds.
const TEXT: [(&str, &[&str]); 8] = [
    ("text", &["surface", "surface-raised", "surface-sunken", "accent-soft", "positive-soft", "warning-soft", "negative-soft"]),
    ("text-muted", &["surface", "surface-raised", "surface-sunken"]),
    ("accent", &["surface", "surface-raised", "surface-sunken", "accent-soft"]),
    ("accent-text", &["accent", "accent-strong"]),
    ("positive", &["surface", "surface-raised", "positive-soft"]),
    ("warning", &["surface", "surface-raised", "warning-soft"]),
    ("negative", &["surface", "surface-raised", "negative-soft"]),
    // Toasts: the ground and the text change places.
    ("surface", &["text", "negative"]),
];
/// Stars, edges of what one operates, and the ring around what has the focus.
const EDGES: [(&str, &[&str]); 3] =
    [("edge", &["surface", "surface-raised"]), ("focus", &["surface", "surface-raised", "surface-sunken"]), ("star", &["surface", "surface-raised"])];

fn colours(css: &str, start: &str) -> HashMap<String, [f64; 3]> {
    let block = css.split_once(start).unwrap().1.split_once('}').unwrap().0;
    let line = |line: &str| {
        let (name, value) = line.trim().strip_prefix("--")?.trim_end_matches(';').split_once(": #")?;
        let channel = |at: usize| f64::from(u8::from_str_radix(&value[at..at + 2], 16).unwrap()) / 255.0;
        Some((name.to_owned(), [channel(0), channel(2), channel(4)]))
    };
    block.lines().filter_map(line).collect()
}

/// Relative luminance, as WCAG defines it.
fn luminance(colour: [f64; 3]) -> f64 {
    let [red, green, blue] = colour.map(|channel| if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_pair_of_colours_can_be_read_in_both_themes() {
    assert!((contrast([0.0; 3], [1.0; 3]) - 21.0).abs() < 0.01);
    let css = include_str!("../../styles/tokens.css");
    let mut poor = Vec::new();
    for (theme, start) in [("light", ":root {"), ("dark", ":root[data-theme=\"dark\"] {"), ("the device's dark", ":root:not([data-theme=\"light\"])")]
    {
        let colours = colours(css, start);
        for (least, pairs) in [(4.5, TEXT.as_slice()), (3.0, EDGES.as_slice())] {
            for (front, grounds) in pairs {
                for ground in *grounds {
                    let found = contrast(colours[*front], colours[*ground]);
                    if found < least {
                        poor.push(format!("{theme}: {front} on {ground} has {found:.2}, not {least}"));
                    }
                }
            }
        }
    }
    assert!(poor.is_empty(), "{poor:#?}");
}

#[test]
fn both_ways_to_dark_are_the_same() {
    let css = include_str!("../../styles/tokens.css");
    assert_eq!(colours(css, ":root[data-theme=\"dark\"] {"), colours(css, ":root:not([data-theme=\"light\"])"));
}
