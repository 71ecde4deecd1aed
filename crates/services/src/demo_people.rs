//! The people of the demo shop: customers who cannot sign in, and what they find helpful.

use novashop_db::{
    self as db,
    entities::{
        accounts::user,
        reviews::{review, review_vote},
    },
    sql::{Sql, insert_all},
};
use novashop_types::{Language, Timestamp, accounts::Role};
use serde::Deserialize;
use serde_json::json;

use crate::{Context, Error, Result, demo_dice::Dice, import_people::NO_PASSWORD, imports::Parsed, outbox};

const DAY: i64 = 24 * 3_600_000;

/// A customer of the demo shop.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Person {
    username: String,
    first_name: String,
    last_name: String,
    city: String,
}

/// Makes the customers of a JSON list who are not there yet; how many.
///
/// # Errors
/// Those of the list and of the database.
pub async fn customers(ctx: &Context, list: &[u8]) -> Result<usize> {
    let people: Vec<Person> = serde_json::from_slice(list).map_err(|error| Error::internal("the customers of the demo shop", error))?;
    let names: Vec<String> = people.iter().map(|person| person.username.to_lowercase()).collect();
    let emails: Vec<String> = names.iter().map(|name| format!("{name}@example.com")).collect();
    ctx.db
        .write(async |tx| {
            let known = db::imports::list_users(tx, &names, &emails).await?;
            let mut dice = Dice::new(44);
            let rows: Vec<user::Model> = people
                .iter()
                .filter(|person| !known.iter().any(|user| user.username_key == person.username.to_lowercase()))
                .map(|person| customer(ctx, person, &mut dice))
                .filter(|row| !known.iter().any(|user| user.email_key == row.email_key))
                .collect();
            let count = rows.len();
            insert_all::<user::Entity, _>(tx, rows).await?;
            Ok::<_, Error>(count)
        })
        .await
}

fn customer(ctx: &Context, person: &Person, dice: &mut Dice) -> user::Model {
    let username_key = person.username.to_lowercase();
    let email = format!("{username_key}@example.com");
    let since = ctx.now().0 - DAY * dice.between(300, 600) - dice.between(0, DAY);
    user::Model {
        id: ctx.new_id(),
        username: person.username.clone(),
        username_key,
        email_key: email.clone(),
        email,
        password_hash: NO_PASSWORD.into(),
        first_name: person.first_name.clone(),
        last_name: person.last_name.clone(),
        city: person.city.clone(),
        address: String::new(),
        language: Language::default().code().into(),
        role: Role::Customer.as_str().into(),
        active: true,
        email_verified_at: Some(since),
        created_at: since,
        updated_at: since,
        deleted_at: None,
    }
}

/// Moves the dates of reviews back together where the newest would lie in the future.
pub fn shift_reviews(parsed: &mut Parsed, now: Timestamp) {
    let dates = parsed.products.iter().flat_map(|product| &product.reviews).filter_map(|review| review.created_at);
    let ahead = dates.map(|at| at.0).max().unwrap_or(now.0) - (now.0 - DAY);
    if ahead <= 0 {
        return;
    }
    for review in parsed.products.iter_mut().flat_map(|product| &mut product.reviews) {
        review.created_at = review.created_at.map(|at| Timestamp(at.0 - ahead));
    }
}

/// Lets some of the customers find some of the reviews helpful; how many votes.
///
/// # Errors
/// Those of the database.
pub async fn votes(ctx: &Context) -> Result<usize> {
    ctx.db
        .write(async |tx| {
            let reviews: Vec<review::Model> = Sql::new("select * from reviews order by created_at, id", []).all(tx).await?;
            let people: Vec<user::Model> =
                Sql::new("select * from users where password_hash = $1 order by username_key", [NO_PASSWORD.into()]).all(tx).await?;
            let mut dice = Dice::new(7);
            let mut votes = Vec::new();
            for review in &reviews {
                // Long reviews help more people than short ones.
                let likely = i64::try_from(review.body.len() / 40).unwrap_or_default().min(6);
                let wanted = usize::try_from(dice.between(-2, likely)).unwrap_or_default();
                let start = dice.below(people.len());
                let others = people.iter().cycle().skip(start).take(people.len()).filter(|person| Some(person.id) != review.user_id);
                let ids: Vec<_> = others.take(wanted).map(|person| person.id).collect();
                if ids.is_empty() {
                    continue;
                }
                let count = i64::try_from(ids.len()).unwrap_or_default();
                let update = "update reviews set helpful_count = $1 where id = $2";
                Sql::new(update, [count.into(), review.id.into()]).execute(tx).await?;
                let created_at = review.created_at;
                votes.extend(ids.into_iter().map(|user_id| review_vote::Model { review_id: review.id, user_id, created_at }));
            }
            let count = votes.len();
            insert_all::<review_vote::Entity, _>(tx, votes).await?;
            outbox::event(ctx, tx, "catalogue.imported", json!({"votes": count})).await?;
            Ok::<_, Error>(count)
        })
        .await
}
