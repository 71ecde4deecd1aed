//! A letter as plain text.

use super::letter::{Figure, HIDDEN_LINK, Letter, Line, Part};

/// The letter; `link` is where its secret link leads, and without it the place of the link is shown.
pub(super) fn text(letter: &Letter, link: Option<&str>, shop_name: &str, home: &str) -> String {
    let mut blocks = vec![letter.heading.clone()];
    blocks.extend(letter.parts.iter().map(|part| block(part, link)));
    blocks.push(format!("-- \n{shop_name}\n{home}"));
    blocks.join("\n\n") + "\n"
}

fn block(part: &Part, link: Option<&str>) -> String {
    match part {
        Part::Paragraph(text) | Part::Note(text) => text.clone(),
        Part::Panel { heading, texts } => format!("{heading}\n{}", texts.join("\n")),
        Part::Button { label, address, secret } => format!("{label}:\n{}", Part::leads_to(address, *secret, link).unwrap_or(HIDDEN_LINK)),
        Part::Lines(lines) => {
            lines.iter().map(|Line { name, details, amount }| format!("{name}\n  {details}: {amount}")).collect::<Vec<_>>().join("\n")
        }
        Part::Figures(figures) => figures.iter().map(|Figure { name, value, .. }| format!("{name}: {value}")).collect::<Vec<_>>().join("\n"),
    }
}
