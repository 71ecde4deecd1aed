//! Errors: what happened and what to do next.

use leptos::prelude::*;
use novashop_client::Failure;
use novashop_locales::{cart, common, errors};
use novashop_types::ErrorCode;

use crate::{Icon, Sign};

/// A failure in a sentence or two.
#[must_use]
pub fn failure_text(failure: &Failure) -> String {
    match failure {
        Failure::Unreachable => errors::unreachable().to_owned(),
        Failure::Unreadable => errors::unreadable().to_owned(),
        // The shop's own words name what is short.
        Failure::Refused(problem) if problem.code == ErrorCode::OutOfStock && novashop_locales::language() == novashop_locales::Language::En => {
            problem.detail.clone()
        }
        Failure::Refused(problem) => match problem.available {
            Some(left) if left > 0 => cart::only_left(left),
            Some(_) => cart::unavailable().to_owned(),
            None => errors::sentence(problem.code).to_owned(),
        },
    }
}

/// In the place of what could not be fetched: why, a way to try again, and the number to ask with.
#[component]
pub fn ErrorView(
    /// What happened.
    failure: Failure,
    /// Tries again.
    #[prop(into)]
    retry: UnsyncCallback<()>,
) -> impl IntoView {
    let number = match &failure {
        Failure::Refused(problem) if problem.status >= 500 => Some(problem.request_id.clone()),
        _ => None,
    };
    view! {
        <div class="empty" role="alert">
            <Icon sign=Sign::Warning/>
            <p>{failure_text(&failure)}</p>
            <button type="button" class="button" on:click=move |_| retry.run(())>
                <Icon sign=Sign::Turn/>
                {common::retry()}
            </button>
            {number.map(|number| view! { <p class="small">{number}</p> })}
        </div>
    }
}

/// How a notice is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NoticeKind {
    /// Good to know.
    #[default]
    Info,
    /// It worked.
    Positive,
    /// Take care.
    Warning,
    /// It did not work.
    Negative,
}

impl NoticeKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Info => "notice",
            Self::Positive => "notice notice--positive",
            Self::Warning => "notice notice--warning",
            Self::Negative => "notice notice--negative",
        }
    }
}

/// A few words in the flow of a page that a screen reader says when they appear.
#[component]
pub fn Notice(
    /// How it is meant.
    #[prop(optional)]
    kind: NoticeKind,
    /// What it says.
    children: Children,
) -> impl IntoView {
    let (sign, role) = match kind {
        NoticeKind::Info => (Sign::Info, "status"),
        NoticeKind::Positive => (Sign::Tick, "status"),
        NoticeKind::Warning => (Sign::Warning, "status"),
        NoticeKind::Negative => (Sign::Warning, "alert"),
    };
    view! {
        <div class=kind.class() role=role>
            <Icon sign=sign/>
            <div>{children()}</div>
        </div>
    }
}
