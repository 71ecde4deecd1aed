//! Our own signs: strokes on a grid of 24, drawn in the colour of the text.

use leptos::prelude::*;

/// What a sign shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// A shopping bag.
    Bag,
    /// A magnifying glass.
    Search,
    /// A person.
    Person,
    /// A heart.
    Heart,
    /// A house.
    House,
    /// Four squares.
    Grid,
    /// Three lines.
    Menu,
    /// A cross.
    Close,
    /// A tick.
    Tick,
    /// Something to beware of.
    Warning,
    /// Something to know.
    Info,
    /// To the right.
    Next,
    /// To the left.
    Back,
    /// Downwards.
    Down,
    /// Upwards.
    Up,
    /// More of it.
    Plus,
    /// Less of it.
    Minus,
    /// A bin.
    Bin,
    /// A pencil.
    Pencil,
    /// A star.
    Star,
    /// A parcel.
    Parcel,
    /// A van.
    Van,
    /// A card to pay with.
    Card,
    /// An envelope.
    Mail,
    /// A clock.
    Clock,
    /// A sliders' panel.
    Filter,
    /// A picture.
    Picture,
    /// An arrow into a tray.
    Upload,
    /// An arrow out of a tray.
    Download,
    /// A chart.
    Chart,
    /// A tree of folders.
    Tree,
    /// A gear.
    Gear,
    /// A key.
    Key,
    /// A printer.
    Printer,
    /// A sun and a moon.
    Theme,
    /// A thumb upwards.
    Thumb,
    /// An eye.
    Eye,
    /// A closed eye.
    EyeShut,
    /// A list of lines.
    List,
    /// An arrow in a circle.
    Turn,
    /// A link out.
    Out,
    /// People.
    People,
    /// A speech bubble.
    Bubble,
    /// Six dots to drag by.
    Drag,
}

impl Sign {
    const fn path(self) -> &'static str {
        match self {
            Self::Bag => "M5 8h14l1 12H4L5 8zm4 0V7a3 3 0 0 1 6 0v1",
            Self::Search => "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zm5 12 5 5",
            Self::Person => "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21c0-4 3.5-6.5 8-6.5s8 2.5 8 6.5",
            Self::Heart => "M12 20S4 15.5 4 9.5A4.5 4.5 0 0 1 12 7a4.5 4.5 0 0 1 8 2.5C20 15.5 12 20 12 20z",
            Self::House => "M4 11l8-7 8 7v9h-5v-6H9v6H4z",
            Self::Grid => "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
            Self::Menu => "M4 7h16M4 12h16M4 17h16",
            Self::Close => "M6 6l12 12M18 6L6 18",
            Self::Tick => "M5 12.5l4.5 4.5L19 7",
            Self::Warning => "M12 4l9 16H3zM12 10v4M12 17v.1",
            Self::Info => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5M12 8v.1",
            Self::Next => "M9 5l7 7-7 7",
            Self::Back => "M15 5l-7 7 7 7",
            Self::Down => "M5 9l7 7 7-7",
            Self::Up => "M5 15l7-7 7 7",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Minus => "M5 12h14",
            Self::Bin => "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10 11v5M14 11v5",
            Self::Pencil => "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
            Self::Star => "M12 3.5l2.6 5.6 6.1.7-4.5 4.2 1.2 6-5.4-3-5.4 3 1.2-6L3.3 9.8l6.1-.7z",
            Self::Parcel => "M4 8l8-4 8 4v9l-8 4-8-4zM4 8l8 4 8-4M12 12v9",
            Self::Van => "M3 6h11v11H3zM14 10h4l3 3v4h-7zM7 19.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM17.5 19.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
            Self::Card => "M3 6h18v12H3zM3 10h18M7 15h4",
            Self::Mail => "M3 6h18v12H3zM3 7l9 6 9-6",
            Self::Clock => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.5 2",
            Self::Filter => "M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4",
            Self::Picture => "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9v.1",
            Self::Upload => "M12 15V4M7.5 8.5L12 4l4.5 4.5M4 15v5h16v-5",
            Self::Download => "M12 4v11M7.5 10.5L12 15l4.5-4.5M4 15v5h16v-5",
            Self::Chart => "M4 20V4M4 20h16M8 16v-4M12 16V8M16 16v-6",
            Self::Tree => "M5 4v14h6M5 10h6M11 8h8v4h-8zM11 16h8v4h-8z",
            Self::Gear => {
                "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.1 2.1M16.3 16.3l2.1 2.1M18.4 5.6l-2.1 2.1M7.7 16.3l-2.1 2.1"
            }
            Self::Key => "M8 12a4 4 0 1 0 0 .1zM12 12h9M18 12v4M15 12v3",
            Self::Printer => "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
            Self::Theme => "M12 4a8 8 0 1 0 8 8 6 6 0 0 1-8-8z",
            Self::Thumb => "M4 11h4v9H4zM8 12l4-8c1.8 0 2.5 1 2.5 2.5L14 10h6l-1.5 10H8",
            Self::Eye => "M3 12s3.5-6 9-6 9 6 9 6-3.5 6-9 6-9-6-9-6zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
            Self::EyeShut => "M3 10s3.5 5 9 5 9-5 9-5M7 14l-1.5 3M12 15v3.5M17 14l1.5 3",
            Self::List => "M8 6h12M8 12h12M8 18h12M4 6v.1M4 12v.1M4 18v.1",
            Self::Turn => "M20 12a8 8 0 1 1-2.5-5.8M20 4v4h-4",
            Self::Out => "M13 4h7v7M20 4l-9 9M18 14v6H4V6h6",
            Self::People => {
                "M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2 20c0-3.5 3-5.5 7-5.5s7 2 7 5.5M16 5.5a3.5 3.5 0 0 1 0 6.5M18 15c2.5.7 4 2.5 4 5"
            }
            Self::Bubble => "M4 5h16v11H11l-5 4v-4H4z",
            Self::Drag => "M9 6v.1M15 6v.1M9 12v.1M15 12v.1M9 18v.1M15 18v.1",
        }
    }
}

/// A sign beside words. It says nothing by itself to who cannot see it: the words do.
#[component]
pub fn Icon(
    /// What it shows.
    sign: Sign,
    /// Whether it is filled, as a chosen heart or star.
    #[prop(optional, into)]
    filled: Signal<bool>,
) -> impl IntoView {
    view! {
        <svg class="icon" class:icon--filled=filled viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=sign.path()/>
        </svg>
    }
}
