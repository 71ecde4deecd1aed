//! The checkout's form, with the sum and the button always in sight.

use leptos::{prelude::*, task::spawn_local};
use novashop_client::{Failure, Resource, get_own, use_session};
use novashop_locales::{cart as cart_words, checkout as words, money};
use novashop_types::{ErrorCode, Money, Page, orders::Order};
use novashop_ui::{Button, Check, Icon, Notice, NoticeKind, Show, Sign, TextField, country_choices, failure_text, focus_soon, use_toasts};

use crate::parts::{
    address_fields::{AddressFields, BILLING, SHIPPING},
    cart_lines::{CartLines, CartNewsLine},
    cart_state::use_cart,
    cart_sum::is_blocked,
    checkout_delivery::{Delivery, delivery_price},
    checkout_form::CheckoutForm,
    form::Mistakes,
    place_order::{Placed, place},
};

/// Why it is not ordered yet.
#[derive(Debug, Clone, PartialEq)]
enum Halt {
    Changed(Vec<String>),
    Short,
    Refused(Failure),
    Unknown,
}

/// The form.
#[component]
pub fn CheckoutFields(
    /// Told the number of the order.
    ordered: Callback<String>,
) -> impl IntoView {
    let (cart, session, toasts) = (use_cart(), use_session(), use_toasts());
    let form = CheckoutForm::start(cart.who());
    let mistakes = Mistakes::new();
    let (busy, halt) = (RwSignal::new(false), RwSignal::new(None::<Halt>));
    // The account knows no whole address: the last order does.
    let unwritten = form.shipping.is_empty();
    let last = Resource::new(move || {
        let asked = (unwritten && session.person_id().is_some()).then(|| get_own::<Page<Order>>("/api/v1/orders?limit=1"));
        async move {
            match asked {
                Some(asked) => asked.await.ok().and_then(|page| page.items.into_iter().next()),
                None => None,
            }
        }
    });
    Effect::new(move || {
        let (person, last) = (session.person(), last.get());
        if let Some(order) = last.clone().flatten() {
            form.repeat(order);
        }
        if let (Some(person), true) = (person, last.is_some()) {
            form.fill(&person);
        }
    });
    let check = Callback::new(move |place: &'static str| {
        mistakes.check_field(&form.order(), place);
        form.keep();
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let order = form.order();
        form.keep();
        if busy.get_untracked() || !mistakes.check(&order) {
            return;
        }
        busy.set(true);
        halt.set(None);
        spawn_local(async move {
            match place(cart, &order).await {
                Placed::Order(order) => ordered.run(order.number),
                Placed::Changed(changes) => stop(halt, Halt::Changed(changes)),
                Placed::Unknown => stop(halt, Halt::Unknown),
                Placed::Refused(failure) if failure.code() == Some(ErrorCode::OutOfStock) => {
                    // The cart knows by now what is short: each line says so, with what to do.
                    cart.reload();
                    stop(halt, Halt::Short);
                }
                // The session is over, and with it goes this form: it must be said elsewhere.
                Placed::Refused(failure) if failure.status() == Some(401) => toasts.fail(&failure),
                Placed::Refused(failure) => {
                    let places: Vec<&str> = ["email"].into_iter().chain(SHIPPING.all()).chain(BILLING.all()).collect();
                    if !mistakes.refused(&failure, &places) {
                        stop(halt, Halt::Refused(failure));
                    }
                }
            }
            let _gone = busy.try_set(false);
        });
    };
    view! {
        <form class="checkout" novalidate on:submit=submit>
            <div class="checkout__groups">
                <Contact form=form mistakes=mistakes check=check/>
                <section class="stack checkout__group">
                    <h2>{words::review()}</h2>
                    <CartNewsLine/>
                    <CartLines/>
                </section>
                <section class="stack checkout__group">
                    <h2>{words::pay()}</h2>
                    <div class="choice-card">
                        <Icon sign=Sign::Card/>
                        <div>
                            <strong>{words::manual()}</strong>
                            <p class="small muted">{words::manual_help()}</p>
                        </div>
                    </div>
                    <Delivery form=form/>
                </section>
            </div>
            <aside class="checkout__bar">
                <Why halt=halt mistakes=mistakes/>
                <PlaceButton form=form busy=busy/>
            </aside>
        </form>
    }
}

fn stop(halt: RwSignal<Option<Halt>>, why: Halt) {
    let _gone = halt.try_set(Some(why));
    focus_soon(".checkout__why");
}

#[component]
fn Contact(form: CheckoutForm, mistakes: Mistakes, check: Callback<&'static str>) -> impl IntoView {
    let session = use_session();
    let countries = StoredValue::new(country_choices(words::choose_country()));
    view! {
        <section class="stack checkout__group">
            <h2>{words::contact()}</h2>
            <Show when=move || session.signed_in() == Some(false)>
                <p class="small">
                    {words::have_account()} " " <a href="/login?next=%2Fcheckout">{words::sign_in()}</a>
                </p>
            </Show>
            <TextField
                label=words::email().to_owned()
                value=form.email
                name="email"
                kind="email"
                autocomplete="email"
                keyboard="email"
                help=words::email_help()
                error=mistakes.of("email")
                on_leave=UnsyncCallback::new(move |()| check.run("email"))
            />
            <AddressFields form=form.shipping places=SHIPPING section="shipping" countries=countries mistakes=mistakes check=check/>
            <Check label=words::same_address().to_owned() value=form.same/>
            <Show when=move || !form.same.get()>
                <h3>{words::billing()}</h3>
                <AddressFields form=form.billing places=BILLING section="billing" countries=countries mistakes=mistakes check=check/>
            </Show>
        </section>
    }
}

/// The total, and the button that says it.
#[component]
fn PlaceButton(form: CheckoutForm, busy: RwSignal<bool>) -> impl IntoView {
    let cart = use_cart();
    let sum = Memo::new(move |_| cart.cart.with(|cart| cart.as_ref().map(|cart| (cart.total, cart.item_count, is_blocked(cart)))));
    let delivery = Memo::new(move |_| form.delivery.with(|method| method.as_ref().map(|method| method.price)));
    // Nothing is said of a total, and nothing ordered, before it is known what sending costs.
    let total = move || {
        let (cart, delivery) = (sum.get()?.0, delivery.get()?);
        cart.amount.checked_add(delivery.amount).map(|amount| money(Money::new(amount, cart.currency)))
    };
    let blocked = Signal::derive(move || total().is_none() || sum.get().is_some_and(|(_, _, blocked)| blocked));
    view! {
        <p class="row row--apart checkout__delivery">
            <span>{cart_words::delivery()}</span>
            <span class="price">{move || delivery.get().map(delivery_price)}</span>
        </p>
        <p class="row row--apart cart-sum__total">
            <span>
                {cart_words::total()} " "
                <span class="small muted">{move || sum.get().map(|(_, count, _)| cart_words::pieces(count))}</span>
            </span>
            <span class="price">{total}</span>
        </p>
        <Button kind="button--primary button--wide" submit=true busy=busy disabled=blocked>
            {move || if busy.get() { words::placing().to_owned() } else { words::place(&total().unwrap_or_default()) }}
        </Button>
        <p class="small muted checkout__once">{words::once()}</p>
    }
}

/// What keeps it from being ordered, and what to do.
#[component]
fn Why(halt: RwSignal<Option<Halt>>, mistakes: Mistakes) -> impl IntoView {
    let wrong = Memo::new(move |_| mistakes.count());
    let text = move |halt: Halt| match halt {
        Halt::Changed(changes) => view! {
            <p>{words::changed()}</p>
            <ul>{changes.into_iter().map(|change| view! { <li>{change}</li> }).collect_view()}</ul>
        }
        .into_any(),
        Halt::Short => words::short().into_any(),
        Halt::Unknown => words::unknown().into_any(),
        Halt::Refused(failure) => failure_text(&failure).into_any(),
    };
    let look_again = move || {
        let count = wrong.get();
        (count > 0).then(|| view! { <Notice kind=NoticeKind::Negative>{words::look_again(count)}</Notice> })
    };
    view! {
        <div class="checkout__why" tabindex="-1">
            {move || look_again().into_any()}
            {move || halt.get().map(|halt| view! { <Notice kind=NoticeKind::Warning>{text(halt)}</Notice> }).into_any()}
        </div>
    }
}
