//! What the checkout keeps while the tab is open: for whoever typed it, and not for who comes after at the same screen.

use novashop_client::{storage::tab, wire};
use novashop_types::UserId;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

#[derive(Serialize, Deserialize)]
struct Kept<T> {
    /// Whose it is; nobody's name where a guest typed it.
    who: Option<UserId>,
    what: T,
}

/// What was kept under a name, for this person or guest. What a guest typed comes along when they sign in, and is theirs from then on; what
/// belongs to somebody else is forgotten as soon as another person is there.
#[must_use]
pub fn read<T: Serialize + DeserializeOwned>(name: &str, who: Option<UserId>) -> Option<T> {
    let kept: Kept<T> = wire::read(&tab::read(name)?)?;
    if !may_see(kept.who, who) {
        // A guest may be its owner, whose session has ended meanwhile; another person is not.
        if who.is_some() {
            tab::forget(name);
        }
        return None;
    }
    if kept.who != who {
        keep(name, who, &kept.what);
    }
    Some(kept.what)
}

/// Keeps something for this person or guest.
pub fn keep<T: Serialize>(name: &str, who: Option<UserId>, what: &T) {
    if let Ok(text) = serde_json::to_string(&Kept { who, what }) {
        tab::write(name, &text);
    }
}

/// Whether somebody may see what was typed: a person their own, and what they typed as a guest.
fn may_see(typed: Option<UserId>, now: Option<UserId>) -> bool {
    typed.is_none() || typed == now
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_sees_what_another_person_typed() {
        let (ana, ben) = (UserId(uuid::Uuid::from_u128(1)), UserId(uuid::Uuid::from_u128(2)));
        assert!(may_see(None, None) && may_see(None, Some(ana)) && may_see(Some(ana), Some(ana)));
        assert!(!may_see(Some(ana), Some(ben)));
        // Who signed out has left: a guest is somebody else.
        assert!(!may_see(Some(ana), None));
    }
}
