//! A letter as an HTML document that mail programs show: one column, no tables, no pictures, every style on its element.

use maud::{DOCTYPE, Markup, html};

use super::letter::{Figure, HIDDEN_LINK, Letter, Line, Part};

// The roles of frontend/styles/tokens.css in its light theme: mail programs know no variables.
const SURFACE: &str = "#faf7f2";
const RAISED: &str = "#ffffff";
const TEXT: &str = "#1f1b16";
const MUTED: &str = "#645b4f";
const LINE: &str = "#e3dccf";
const ACCENT: &str = "#1d5a4b";
const ACCENT_TEXT: &str = "#ffffff";
const ACCENT_SOFT: &str = "#e0ece6";
const SANS: &str = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";
const DISPLAY: &str = "'Iowan Old Style','Palatino Linotype',Palatino,Georgia,serif";

/// The document; `link` is where its secret link leads, and without it the button leads nowhere.
pub(super) fn html(letter: &Letter, link: Option<&str>, shop_name: &str, home: &str) -> String {
    let page = format!("margin:0;padding:32px 16px;background:{SURFACE};color:{TEXT};font-family:{SANS};font-size:16px;line-height:1.5");
    let card = format!("margin:16px 0;padding:32px 24px;background:{RAISED};border:1px solid {LINE};border-radius:12px");
    let mark = format!("margin:0;font-family:{DISPLAY};font-size:22px;font-weight:600");
    let heading = format!("margin:0 0 16px;font-family:{DISPLAY};font-size:28px;font-weight:600;line-height:1.2");
    let foot = format!("margin:0;font-size:14px;color:{MUTED}");
    let document = html! {
        (DOCTYPE)
        html lang=(letter.language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                // Colours chosen by a program for the dark are not ours, and not always readable.
                meta name="color-scheme" content="light";
                meta name="supported-color-schemes" content="light";
                title { (letter.subject) }
            }
            body style=(page) {
                div style="max-width:560px;margin:0 auto" {
                    p style=(mark) { a href=(home) style=(format!("color:{TEXT};text-decoration:none")) { (shop_name) } }
                    div style=(card) {
                        h1 style=(heading) { (letter.heading) }
                        @for part in &letter.parts { (shown(part, link)) }
                    }
                    p style=(foot) { (shop_name) " · " a href=(home) style=(format!("color:{MUTED}")) { (home) } }
                }
            }
        }
    };
    document.into_string()
}

fn shown(part: &Part, link: Option<&str>) -> Markup {
    match part {
        Part::Paragraph(text) => html! { p style="margin:0 0 16px" { (text) } },
        Part::Note(text) => html! { p style=(format!("margin:16px 0 0;font-size:14px;color:{MUTED}")) { (text) } },
        Part::Panel { heading, texts } => html! {
            div style=(format!("margin:0 0 24px;padding:16px;background:{ACCENT_SOFT};border-radius:6px")) {
                h2 style="margin:0 0 4px;font-size:16px" { (heading) }
                @for text in texts {
                    // The lines of a text stay lines.
                    p style="margin:4px 0 0;white-space:pre-line" { (text) }
                }
            }
        },
        Part::Button { label, address, secret } => button(label, Part::leads_to(address, *secret, link)),
        Part::Lines(lines) => html! {
            div style=(format!("margin:0 0 16px;border-top:1px solid {LINE}")) {
                @for line in lines { (product(line)) }
            }
        },
        Part::Figures(figures) => html! {
            div style="margin:0 0 24px" {
                @for figure in figures { (row(figure)) }
            }
        },
    }
}

fn button(label: &str, address: Option<&str>) -> Markup {
    let style = format!(
        "display:inline-block;padding:12px 24px;background:{ACCENT};color:{ACCENT_TEXT};border-radius:6px;font-weight:600;text-decoration:none"
    );
    html! {
        p style="margin:24px 0" {
            @match address {
                Some(address) => { a href=(address) style=(style) { (label) } }
                None => { span style=(style) { (label) } " " (HIDDEN_LINK) }
            }
        }
    }
}

const BESIDE: &str = "display:flex;justify-content:space-between";
const NUMBER: &str = "padding-left:16px;text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums;margin-left:auto";

fn product(Line { name, details, amount }: &Line) -> Markup {
    html! {
        div style=(format!("{BESIDE};padding:12px 0;border-bottom:1px solid {LINE}")) {
            div {
                strong { (name) }
                div style=(format!("font-size:14px;color:{MUTED}")) { (details) }
            }
            " "
            div style=(NUMBER) { (amount) }
        }
    }
}

fn row(Figure { name, value, strong }: &Figure) -> Markup {
    let weight = if *strong { "font-weight:600;font-size:18px" } else { "" };
    html! {
        div style=(format!("{BESIDE};padding:4px 0;{weight}")) {
            span { (name) }
            " "
            span style=(NUMBER) { (value) }
        }
    }
}
