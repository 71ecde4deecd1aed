//! What a mail says, part by part, in the language of who gets it. Text and HTML are both made of it, so they say the same.

use novashop_types::Language;
use serde::{Deserialize, Serialize};

/// What stands for a secret link where it must not be read.
pub(super) const HIDDEN_LINK: &str = "[link]";

/// A mail without its envelope; kept with its row as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Letter {
    /// The language of every text in it.
    pub(super) language: Language,
    /// One line.
    pub(super) subject: String,
    /// What it is about.
    pub(super) heading: String,
    /// From top to bottom.
    pub(super) parts: Vec<Part>,
}

/// A part of a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Part {
    /// A sentence or two.
    Paragraph(String),
    /// Something to be seen at once, with its heading; a text may have several lines.
    Panel { heading: String, texts: Vec<String> },
    /// The one thing to do. What makes a link secret is not in the letter: it is found when the mail is sent.
    Button { label: String, address: String, secret: bool },
    /// What was sold.
    Lines(Vec<Line>),
    /// Names and figures; the last one of a sum is `strong`.
    Figures(Vec<Figure>),
    /// Something beside.
    Note(String),
}

/// A line of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Line {
    /// What it is.
    pub(super) name: String,
    /// Its options, number of pieces, price of one.
    pub(super) details: String,
    /// What it comes to.
    pub(super) amount: String,
}

/// A name and what there is to say of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Figure {
    /// What it is.
    pub(super) name: String,
    /// How much, or which.
    pub(super) value: String,
    /// What it all comes to.
    pub(super) strong: bool,
}

impl Letter {
    /// The address that a secret makes the secret link.
    pub(super) fn secret_address(&self) -> Option<&str> {
        self.parts.iter().find_map(|part| match part {
            Part::Button { address, secret: true, .. } => Some(address.as_str()),
            _ => None,
        })
    }
}

impl Part {
    /// Where a button leads: `link` where it is a secret link, which need not be known.
    pub(super) fn leads_to<'a>(address: &'a str, secret: bool, link: Option<&'a str>) -> Option<&'a str> {
        if secret { link } else { Some(address) }
    }
}

impl Figure {
    pub(super) fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into(), strong: false }
    }

    pub(super) fn strong(self) -> Self {
        Self { strong: true, ..self }
    }
}
