//! The choices of a variant in a line.

use novashop_types::catalogue::Options;

/// `M, grey`: the values say what they are of.
pub fn options_line(options: &Options) -> String {
    options.values().filter_map(|value| value.as_str()).collect::<Vec<_>>().join(", ")
}
