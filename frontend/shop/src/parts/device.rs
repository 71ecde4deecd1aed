//! What a device is called, by what its browser says of itself.

use novashop_locales::account as words;

/// Which word in the browser's own name means what: the first that is found counts, since each claims to be several.
const BROWSERS: [(&str, &str); 6] = [
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: [(&str, &str); 6] =
    [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

/// A device as its owner would call it; what it says of itself where we do not know it.
#[must_use]
pub fn device(user_agent: &str) -> String {
    let find = |names: [(&str, &'static str); 6]| names.into_iter().find(|(sign, _)| user_agent.contains(sign)).map(|(_, name)| name);
    match (find(BROWSERS), find(SYSTEMS)) {
        (Some(browser), Some(system)) => words::on_device(browser, system),
        (Some(browser), None) => browser.to_owned(),
        (None, _) if user_agent.trim().is_empty() => words::unknown_device().to_owned(),
        (None, _) => user_agent.chars().take(60).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_called_as_people_call_them() {
        for (agent, name) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1",
                "Safari on iPhone",
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox on Linux"),
            ("curl/8.5.0", "curl/8.5.0"),
            ("", "A device without a name"),
        ] {
            assert_eq!(device(agent), name);
        }
    }
}
