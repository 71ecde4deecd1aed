//! What came back.

use bytes::Bytes;
use serde_json::Value;

/// An answer, already checked against the OpenAPI document.
#[derive(Debug, Clone)]
pub struct Answer {
    /// What was asked, for the messages: `GET /api/v1/cart`.
    pub request: String,
    /// The status.
    pub status: u16,
    /// The headers, names in lower case, in the order they came.
    pub headers: Vec<(String, String)>,
    /// The body as it came.
    pub body: Bytes,
    /// The body as JSON; `null` where it is none.
    pub json: Value,
}

impl Answer {
    /// Stops the test where the status is another one, and shows the answer.
    #[track_caller]
    pub fn assert_status(self, status: u16) -> Self {
        assert!(self.status == status, "{} → {} instead of {status}\n{}", self.request, self.status, self.text());
        self
    }

    /// Stops the test where this is not the problem with this code.
    #[track_caller]
    pub fn assert_problem(self, status: u16, code: &str) -> Self {
        let answer = self.assert_status(status);
        assert!(answer.json["code"] == code, "{} → {} instead of {code}\n{}", answer.request, answer.json["code"], answer.text());
        answer
    }

    /// Stops the test where this is not 422 with an error at this place of the body.
    #[track_caller]
    pub fn assert_field(self, pointer: &str) -> Self {
        let answer = self.assert_problem(422, "invalid");
        let named = answer.json["errors"].as_array().is_some_and(|errors| errors.iter().any(|error| error["pointer"] == pointer));
        assert!(named, "{} → no error at {pointer}\n{}", answer.request, answer.text());
        answer
    }

    /// A header, where it was sent.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Every value of a header.
    pub fn every_header(&self, name: &str) -> impl Iterator<Item = &str> {
        self.headers.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// A header that has to be there.
    #[track_caller]
    #[must_use]
    pub fn need_header(&self, name: &str) -> &str {
        self.header(name).unwrap_or_else(|| panic!("{} → {} without {name}", self.request, self.status))
    }

    /// What the answer cost and how it was come by, as `Server-Timing` tells.
    #[must_use]
    pub fn server_timing(&self) -> String {
        let values = self.headers.iter().filter(|(name, _)| name == "server-timing").map(|(_, value)| value.as_str());
        values.collect::<Vec<_>>().join(", ")
    }

    /// How many statements the answer took, as `Server-Timing` tells.
    #[track_caller]
    #[must_use]
    pub fn statements(&self) -> u32 {
        let timing = self.server_timing();
        let count = timing.split_once("db;desc=\"").and_then(|(_, rest)| rest.split_once(' ')).and_then(|(count, _)| count.parse().ok());
        count.unwrap_or_else(|| panic!("{} → no statements in {timing}", self.request))
    }

    /// A text of the JSON body, by its JSON Pointer.
    #[track_caller]
    #[must_use]
    pub fn text_at(&self, pointer: &str) -> String {
        let value = self.json.pointer(pointer).and_then(Value::as_str);
        value.unwrap_or_else(|| panic!("{} → no text at {pointer}\n{}", self.request, self.text())).to_owned()
    }

    /// The entries of a list.
    #[track_caller]
    #[must_use]
    pub fn items(&self) -> &[Value] {
        self.json["items"].as_array().unwrap_or_else(|| panic!("{} → no items\n{}", self.request, self.text()))
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        match &self.json {
            Value::Null => String::from_utf8_lossy(&self.body).chars().take(2000).collect(),
            json => serde_json::to_string_pretty(json).unwrap_or_default(),
        }
    }
}
