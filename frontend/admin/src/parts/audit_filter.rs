//! Finding an entry of the audit log among those that are there.

use novashop_types::admin::AuditEntry;

/// Whether every word stands somewhere in the entry: in what was done, to what, by whom, or in the particulars.
pub fn fits(entry: &AuditEntry, words: &str) -> bool {
    let actor = entry.actor_id.map(|actor| actor.to_string()).unwrap_or_default();
    let text = format!("{} {} {} {actor} {}", entry.action, entry.subject_kind, entry.subject_id, entry.details).to_lowercase();
    words.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_word_must_stand_in_the_entry() {
        let id = "0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5";
        let entry = json!({"id": id, "actor_id": null, "action": "product.updated", "subject_kind": "product", "subject_id": id, "details": {"price": "Changed"}, "at": "2026-11-21T09:00:00.000Z"});
        let entry: AuditEntry = serde_json::from_value(entry).unwrap();
        for (words, found) in [("", true), ("PRODUCT", true), ("updated changed", true), ("0198c0de", true), ("updated order", false)] {
            assert_eq!(fits(&entry, words), found, "{words}");
        }
    }
}
