//! One's own profile.

use leptos::prelude::*;
use novashop_client::{Request, use_session};
use novashop_locales::{Language, account as words, common};
use novashop_types::accounts::{User, UserPatch};
use novashop_ui::{Button, Choice, SelectField, Show, TextField, use_toasts};

use crate::parts::{account_frame::AccountFrame, password_field::PasswordField, sending::Sending};

const FIELDS: &[&str] = &["username", "email", "first_name", "last_name", "city", "address", "current_password"];

/// The page of the profile.
#[component]
pub fn AccountProfilePage() -> impl IntoView {
    let session = use_session();
    view! {
        <AccountFrame title=words::profile()>
            {move || untrack(|| session.person()).map(|person| view! { <ProfileForm person=person/> })}
        </AccountFrame>
    }
}

/// What is changed, and nothing else; `None` where nothing is.
fn patch(person: &User, now: &User, current_password: &str) -> Option<UserPatch> {
    let changed = |was: &str, is: &str| (was != is).then(|| is.to_owned());
    let patch = UserPatch {
        username: changed(&person.username, &now.username),
        current_password: None,
        email: changed(&person.email, &now.email),
        first_name: changed(&person.first_name, &now.first_name),
        last_name: changed(&person.last_name, &now.last_name),
        city: changed(&person.city, &now.city),
        address: changed(&person.address, &now.address),
        language: (person.language != now.language).then_some(now.language),
    };
    let all = [&patch.username, &patch.email, &patch.first_name, &patch.last_name, &patch.city, &patch.address];
    if all.iter().all(|field| field.is_none()) && patch.language.is_none() {
        return None;
    }
    let current_password = patch.email.is_some().then(|| current_password.to_owned());
    Some(UserPatch { current_password, ..patch })
}

#[component]
fn ProfileForm(person: User) -> impl IntoView {
    let (session, toasts) = (use_session(), use_toasts());
    let sending = Sending::new(FIELDS);
    let text = |text: &str| RwSignal::new(text.to_owned());
    let (username, email) = (text(&person.username), text(&person.email));
    let (first_name, last_name, city, address) = (text(&person.first_name), text(&person.last_name), text(&person.city), text(&person.address));
    let (current_password, language) = (text(""), text(person.language.code()));
    let (verified, saved) = (person.email_verified, RwSignal::new(person));
    let other_email = Memo::new(move |_| email.read().trim() != saved.read().email);
    let form = move || {
        let text = |field: RwSignal<String>| field.with_untracked(|text| text.trim().to_owned());
        let was = saved.get_untracked();
        let now = User {
            username: text(username),
            email: text(email),
            first_name: text(first_name),
            last_name: text(last_name),
            city: text(city),
            address: text(address),
            language: Language::parse(&text(language)).unwrap_or(was.language),
            ..was.clone()
        };
        patch(&was, &now, &current_password.read_untracked())
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(form) = form() else {
            sending.mistakes.clear();
            return toasts.say(words::nothing_changed());
        };
        if sending.mistakes.check(&form) {
            sending.send(Request::patch("/api/v1/users/me").json(&form).send::<User>(), move |user| {
                saved.set(user.clone());
                current_password.set(String::new());
                session.changed(user);
                toasts.say(common::saved());
            });
        }
    };
    let leave = move |field: &'static str| {
        UnsyncCallback::new(move |()| match form() {
            Some(form) => sending.mistakes.check_field(&form, field),
            None => sending.mistakes.clear(),
        })
    };
    let line = move |label: &'static str, value, field: &'static str, autocomplete: &'static str| {
        view! { <TextField label=label.to_owned() value=value name=field autocomplete=autocomplete required=false error=sending.mistakes.of(field) on_leave=leave(field)/> }
    };
    view! {
        <form class="stack account-form" novalidate on:submit=submit>
            {sending.notice()}
            <TextField label=words::username().to_owned() value=username name="username" autocomplete="username" help=words::username_help() error=sending.mistakes.of("username") on_leave=leave("username")/>
            <TextField
                label=words::email().to_owned()
                value=email
                name="email"
                kind="email"
                keyboard="email"
                autocomplete="email"
                help=if verified { words::verified() } else { words::not_verified() }
                error=sending.mistakes.of("email")
                on_leave=leave("email")
            />
            <Show when=move || other_email.get()>
                <p class="small muted">{words::email_asks()}</p>
                <PasswordField label=words::current_password().to_owned() value=current_password autocomplete="current-password" error=sending.mistakes.of("current_password")/>
            </Show>
            {line(words::first_name(), first_name, "first_name", "given-name")}
            {line(words::last_name(), last_name, "last_name", "family-name")}
            {line(words::address(), address, "address", "street-address")}
            {line(words::city(), city, "city", "address-level2")}
            <SelectField label=words::mail_language().to_owned() value=language choices=languages() name="language" help=words::mail_language_help()/>
            <div><Button kind="button--primary" submit=true busy=sending.busy>{common::save()}</Button></div>
        </form>
    }
}

/// Every language, by its own name.
fn languages() -> Vec<Choice> {
    Language::ALL.into_iter().map(|language| Choice::new(language.code(), language.name())).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn maya() -> User {
        serde_json::from_value(json!({
            "id": "0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5", "username": "maya", "email": "maya@example.com", "first_name": "Maya", "last_name": "",
            "city": "", "address": "", "language": "en", "role": "customer", "email_verified": true, "created_at": "2026-01-31T09:00:00.000Z",
        }))
        .unwrap()
    }

    #[test]
    fn only_what_changed_is_sent() {
        assert!(patch(&maya(), &maya(), "secret").is_none());
        let moved = User { city: "Porto".into(), ..maya() };
        let sent = patch(&maya(), &moved, "secret").unwrap();
        assert_eq!(serde_json::to_value(sent).unwrap(), json!({"city": "Porto"}));
    }

    #[test]
    fn another_language_is_a_change() {
        let other = User { language: Language::Es, ..maya() };
        assert_eq!(serde_json::to_value(patch(&maya(), &other, "").unwrap()).unwrap(), json!({"language": "es"}));
    }

    #[test]
    fn a_new_address_takes_the_password_along() {
        let other = User { email: "m@example.com".into(), ..maya() };
        let sent = patch(&maya(), &other, "secret").unwrap();
        assert_eq!(serde_json::to_value(sent).unwrap(), json!({"email": "m@example.com", "current_password": "secret"}));
    }
}
