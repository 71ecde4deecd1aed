//! Moving an order on. The states that can follow come from the domain: the app has no rule of its own.

use leptos::{prelude::*, task::spawn_local};
use novashop_client::Request;
use novashop_domain::orders::next_states;
use novashop_locales::{admin_orders as words, common, fields};
use novashop_types::{
    OrderId,
    orders::{Order, OrderStatus, OrderTransition},
};
use novashop_ui::{Button, Dialog, TextArea, TextField, catch_focus, mistake, use_toasts};

/// The moves that are possible now, as buttons. Sending and cancelling ask for what belongs to them first.
#[component]
pub fn OrderMoves(
    /// The order.
    order: OrderId,
    /// Where it stands.
    status: Memo<OrderStatus>,
    /// The version it was read in last: a move of an older one is refused.
    etag: Signal<Option<String>>,
    /// Counted up when the order is to be read again.
    again: RwSignal<u32>,
) -> impl IntoView {
    let toasts = use_toasts();
    let (asking, open, busy) = (RwSignal::new(OrderStatus::Fulfilled), RwSignal::new(false), RwSignal::new(false));
    let (tracking, reason) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (wrong_tracking, wrong_reason) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let send = move |to: OrderStatus| {
        if busy.get_untracked() {
            return;
        }
        let said = |text: RwSignal<String>| Some(text.get_untracked().trim().to_owned()).filter(|text| !text.is_empty());
        let transition = OrderTransition {
            to,
            tracking: (to == OrderStatus::Fulfilled).then(|| said(tracking)).flatten(),
            reason: (to == OrderStatus::Cancelled).then(|| said(reason)).flatten(),
        };
        wrong_tracking.set(mistake(&transition, "tracking"));
        wrong_reason.set(mistake(&transition, "reason"));
        if wrong_tracking.read_untracked().is_some() || wrong_reason.read_untracked().is_some() {
            return;
        }
        busy.set(true);
        let mut request = Request::post(format!("/api/v1/admin/orders/{order}/transitions")).json(&transition);
        if let Some(etag) = etag.get_untracked() {
            request = request.if_match(&etag);
        }
        spawn_local(async move {
            let outcome = request.send::<Order>().await;
            busy.try_set(false);
            match outcome {
                Ok(order) => {
                    tracking.try_set(String::new());
                    reason.try_set(String::new());
                    toasts.say(words::moved(common::order_status(order.status)));
                }
                Err(failure) => {
                    let wrong = |name| failure.field(name).map(fields::sentence);
                    let (of_tracking, of_reason) = (wrong("tracking"), wrong("reason"));
                    if of_tracking.is_some() || of_reason.is_some() {
                        wrong_tracking.try_set(of_tracking);
                        wrong_reason.try_set(of_reason);
                        return;
                    }
                    toasts.fail(&failure);
                }
            }
            open.try_set(false);
            // News of the move may have come before its answer: then the button that asked went while the dialog was open.
            catch_focus("#order-next");
            // Also after a refusal: somebody else may have moved it.
            again.try_update(|again| *again = again.wrapping_add(1));
        });
    };
    let press = move |to: OrderStatus| {
        if matches!(to, OrderStatus::Fulfilled | OrderStatus::Cancelled) {
            asking.set(to);
            open.set(true);
        } else {
            send(to);
        }
    };
    let moves = move || next_states(status.get()).into_iter().filter_map(OrderStatus::parse).collect::<Vec<_>>();
    // The button that was pressed goes with the state it led out of.
    Effect::new(move |before: Option<OrderStatus>| {
        let now = status.get();
        if before.is_some_and(|before| before != now) {
            catch_focus("#order-next");
        }
        now
    });
    let button = move |to: OrderStatus| {
        let kind = if to == OrderStatus::Cancelled { "button--danger" } else { "button--primary" };
        view! {
            <Button kind=kind busy=Signal::derive(move || busy.get() && !open.get()) on_press=move |()| press(to)>
                {words::transition(to)}
            </Button>
        }
    };
    view! {
        <section class="panel stack">
            <h2 id="order-next" tabindex="-1">
                {words::next()}
            </h2>
            // By state: a button never becomes another one under a hand that presses twice.
            <div class="row">
                <For each=moves key=|to| to.as_str() children=button/>
            </div>
            {move || moves().is_empty().then(|| view! { <p class="muted">{words::finished()}</p> })}
        </section>
        <Dialog open=open title=Signal::derive(move || words::transition(asking.get()).to_owned())>
            <form
                novalidate=true
                on:submit=move |event| {
                    event.prevent_default();
                    send(asking.get_untracked());
                }
            >
                <div class="dialog__body stack">
                    {if asking.get() == OrderStatus::Fulfilled {
                        view! {
                            <p>{words::to_fulfilled_help()}</p>
                            <TextField label=words::tracking() value=tracking required=false help=words::tracking_help() error=wrong_tracking/>
                        }
                            .into_any()
                    } else {
                        view! {
                            <p>{words::to_cancelled_help()}</p>
                            <TextArea label=words::reason() value=reason rows=2 required=false help=words::reason_help() error=wrong_reason/>
                        }
                            .into_any()
                    }}
                </div>
                <div class="dialog__foot">
                    <Button on_press=move |()| open.set(false)>{common::back()}</Button>
                    <Button kind="button--primary" submit=true busy=busy>
                        {move || words::transition(asking.get())}
                    </Button>
                </div>
            </form>
        </Dialog>
    }
}
