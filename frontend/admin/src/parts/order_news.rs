//! News of orders, as they come over the socket.

use novashop_client::{Event, wire};
use novashop_types::live::OrderNews;

/// What happened to an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// Whether it was placed just now; else it was moved on.
    pub placed: bool,
    /// How it stands.
    pub order: OrderNews,
}

/// What an event says of an order; `None` for everything else.
pub fn read(event: &Event) -> Option<Heard> {
    let placed = match event.kind.as_str() {
        "order.placed" => true,
        "order.updated" => false,
        _ => return None,
    };
    wire::from_value(&event.data).map(|order| Heard { placed, order })
}

/// Puts news first, once (an event may come twice), and keeps as many as fit.
pub fn remember(list: &mut Vec<Heard>, heard: Heard, most: usize) -> bool {
    if list.iter().any(|known| known.order.id == heard.order.id && known.order.version >= heard.order.version) {
        return false;
    }
    list.insert(0, heard);
    list.truncate(most);
    true
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn event(kind: &str, version: i64) -> Event {
        let data = json!({"id": "0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5", "number": "1001", "status": "paid", "version": version, "total": {"amount": 4290, "currency": "EUR"}});
        serde_json::from_value(json!({"type": kind, "data": data})).unwrap()
    }

    #[test]
    fn only_orders_are_read() {
        assert!(read(&event("order.placed", 1)).unwrap().placed);
        assert!(!read(&event("order.updated", 2)).unwrap().placed);
        assert_eq!(read(&event("product.stock", 1)), None);
    }

    #[test]
    fn what_comes_twice_or_too_late_is_not_told_again() {
        let mut list = Vec::new();
        assert!(remember(&mut list, read(&event("order.placed", 1)).unwrap(), 2));
        assert!(!remember(&mut list, read(&event("order.placed", 1)).unwrap(), 2));
        assert!(remember(&mut list, read(&event("order.updated", 3)).unwrap(), 2));
        assert!(!remember(&mut list, read(&event("order.updated", 2)).unwrap(), 2));
        assert!(remember(&mut list, read(&event("order.updated", 4)).unwrap(), 2));
        assert_eq!(list.iter().map(|heard| heard.order.version).collect::<Vec<_>>(), [4, 3]);
    }
}
