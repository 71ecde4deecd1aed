//! The people who wrote the reviews of a file. Their accounts cannot sign in: a password has to be asked for by mail first.

use std::collections::{HashMap, HashSet};

use novashop_db::{self as db, ConnectionTrait, entities::accounts::user, sql::insert_all};
use novashop_types::{Language, accounts::Role};
use uuid::Uuid;

use crate::{Context, Result, imports::ImportReview};

/// No hash has this form, so no password fits it.
pub(crate) const NO_PASSWORD: &str = "!";

/// Where mails to people without an address go: nowhere, by RFC 2606.
const NO_DOMAIN: &str = "customers.invalid";

/// The accounts of reviewers, by address.
pub(crate) type People = HashMap<String, Uuid>;

/// The key of a reviewer in [`People`].
pub(crate) fn key(review: &ImportReview) -> String {
    let made_up = || format!("{}@{NO_DOMAIN}", review.username);
    review.email.clone().unwrap_or_else(made_up).to_lowercase()
}

/// Finds or makes the account of each reviewer.
pub(crate) async fn find_or_make(ctx: &Context, tx: &impl ConnectionTrait, reviews: &[&ImportReview]) -> Result<People> {
    if reviews.is_empty() {
        return Ok(People::new());
    }
    let emails: Vec<String> = reviews.iter().map(|review| key(review)).collect::<HashSet<_>>().into_iter().collect();
    let names: Vec<String> = reviews.iter().map(|review| review.username.to_lowercase()).collect::<HashSet<_>>().into_iter().collect();
    let known = db::imports::list_users(tx, &names, &emails).await?;
    let mut people: People = known.iter().map(|user| (user.email_key.clone(), user.id)).collect();
    let by_name: HashMap<&str, Uuid> = known.iter().map(|user| (user.username_key.as_str(), user.id)).collect();
    let mut taken: HashSet<String> = known.iter().map(|user| user.username_key.clone()).collect();
    let now = ctx.now().0;
    let mut fresh = Vec::new();
    for review in reviews {
        let email_key = key(review);
        if people.contains_key(&email_key) {
            continue;
        }
        // Without an address the username says who it is; with one it is only a wish.
        if let (None, Some(id)) = (&review.email, by_name.get(review.username.to_lowercase().as_str())) {
            people.insert(email_key, *id);
            continue;
        }
        let username = free_name(&review.username, &email_key, &mut taken);
        let id = ctx.new_id();
        people.insert(email_key.clone(), id);
        fresh.push(user::Model {
            id,
            username_key: username.to_lowercase(),
            username,
            email: review.email.clone().unwrap_or_else(|| email_key.clone()),
            email_key,
            password_hash: NO_PASSWORD.into(),
            first_name: review.first_name.clone(),
            last_name: review.last_name.clone(),
            city: String::new(),
            address: String::new(),
            language: Language::default().code().into(),
            role: Role::Customer.as_str().into(),
            active: true,
            email_verified_at: None,
            created_at: review.created_at.map_or(now, |at| at.0.min(now)),
            updated_at: now,
            deleted_at: None,
        });
    }
    insert_all::<user::Entity, _>(tx, fresh).await?;
    Ok(people)
}

/// The wished name, or where it is taken the name with letters that come from the address: the same in every run.
fn free_name(wish: &str, email_key: &str, taken: &mut HashSet<String>) -> String {
    use sha2::{Digest, Sha256};
    if taken.insert(wish.to_lowercase()) {
        return wish.to_owned();
    }
    let hash = Sha256::digest(email_key.as_bytes());
    let letters: String = hash.iter().take(3).map(|byte| format!("{byte:02x}")).collect();
    let short: String = wish.chars().take(25).collect();
    let name = format!("{short}-{letters}");
    taken.insert(name.to_lowercase());
    name
}
