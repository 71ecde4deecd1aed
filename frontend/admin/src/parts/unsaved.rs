//! Whoever leaves a page with unsaved changes is asked first: by a link, by going back, by signing out, by closing the tab.

use std::{cell::RefCell, rc::Rc};

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use novashop_client::use_session;
use novashop_locales::{admin, common};
use novashop_ui::{Button, Dialog, use_toasts};
use wasm_bindgen::{JsCast, closure::Closure};

use crate::parts::{gate::use_leaving, query::use_go};

type Act = Rc<dyn Fn()>;
type Hold = Rc<dyn Fn(web_sys::Event)>;
type Door = Rc<dyn Fn(Act)>;

/// Where somebody wanted to go.
#[derive(Clone)]
enum Way {
    To(String),
    Back,
    Out(Act),
}

/// The guard of a page; leaving is asked about while `changed` says so.
#[component]
pub fn UnsavedGuard(
    /// Whether there is something to lose.
    #[prop(into)]
    changed: Signal<bool>,
) -> impl IntoView {
    let (way, open, free) = (RwSignal::new_local(None::<Way>), RwSignal::new(false), StoredValue::new(false));
    let held = move || changed.try_get_untracked().unwrap_or(false) && !free.try_get_value().unwrap_or(true);
    let ask = move |to: Way| {
        way.set(Some(to));
        open.set(true);
    };
    let clicked = move |event: web_sys::Event| {
        let Some(link) = held().then(|| link_of(&event)).flatten() else { return };
        event.prevent_default();
        event.stop_immediate_propagation();
        ask(Way::To(link));
    };
    let place = use_location();
    let went_back = move |event: web_sys::Event| {
        if held() {
            event.stop_immediate_propagation();
            // The browser has gone already, the router not yet: the address is put back until somebody has decided.
            let here = format!("{}{}", place.pathname.get_untracked(), place.query.with_untracked(leptos_router::params::ParamsMap::to_query_string));
            if let Ok(history) = window().history() {
                let _back = history.push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&here));
            }
            ask(Way::Back);
        }
    };
    let closing = move |event: web_sys::Event| {
        if held() {
            event.prevent_default();
        }
    };
    listen("click", clicked);
    HOLD.set(Some(Rc::new(went_back)));
    DOOR.set(Some(Rc::new(move |out| if held() { ask(Way::Out(out)) } else { out() })));
    on_cleanup(|| {
        HOLD.set(None);
        DOOR.set(None);
    });
    listen("beforeunload", closing);
    let go = use_go();
    let leave = UnsyncCallback::new(move |()| {
        free.set_value(true);
        open.set(false);
        match way.get_untracked() {
            Some(Way::To(link)) => go(&link),
            Some(Way::Back) => {
                let _gone = window().history().and_then(|history| history.back());
            }
            Some(Way::Out(out)) => out(),
            None => {}
        }
    });
    let leave = StoredValue::new_local(leave);
    view! {
        <Dialog open=open title=admin::unsaved()>
            <div class="dialog__body">
                <p>{common::unsaved_changes()}</p>
            </div>
            <div class="dialog__foot">
                <Button kind="button--danger" on_press=UnsyncCallback::new(move |()| leave.with_value(|leave| leave.run(())))>
                    {admin::leave()}
                </Button>
                <Button kind="button--primary" on_press=UnsyncCallback::new(move |()| open.set(false))>
                    {admin::stay()}
                </Button>
            </div>
        </Dialog>
    }
}

/// Where a plain click leads within the back office; nothing for what opens elsewhere or is a download.
fn link_of(event: &web_sys::Event) -> Option<String> {
    let mouse = event.dyn_ref::<web_sys::MouseEvent>()?;
    let elsewhere = mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key() || mouse.alt_key() || mouse.button() != 0;
    let element = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let link = element.closest("a[href]").ok()??.dyn_into::<web_sys::HtmlAnchorElement>().ok()?;
    let own = link.target().is_empty() && link.rel().is_empty() && !link.has_attribute("download");
    let path = link.pathname();
    (own && !elsewhere && (path == "/admin" || path.starts_with("/admin/"))).then(|| format!("{path}{}", link.search()))
}

thread_local! {
    /// What asks before the router goes back, while a page with a form is there.
    static HOLD: RefCell<Option<Hold>> = const { RefCell::new(None) };
    /// What asks before somebody signs out.
    static DOOR: RefCell<Option<Door>> = const { RefCell::new(None) };
}

/// Signs out, once it is known that nothing is lost by it.
pub fn use_sign_out() -> impl Fn() + Copy + 'static {
    let (session, toasts, leaving) = (use_session(), use_toasts(), use_leaving());
    let out = move || {
        leaving(true);
        leptos::task::spawn_local(async move {
            if let Err(failure) = session.sign_out().await {
                leaving(false);
                toasts.fail(&failure);
            }
        });
    };
    move || match DOOR.with_borrow(Clone::clone) {
        Some(door) => door(Rc::new(out)),
        None => out(),
    }
}

/// Hears the Back button before the router can: listeners of the window are called in the order in which they came. Once, before the app starts.
pub fn watch_back() {
    let heard = Closure::<dyn FnMut(web_sys::Event)>::new(|event: web_sys::Event| {
        // Not held while it asks: the answer may end the page.
        let hold = HOLD.with_borrow(Clone::clone);
        if let Some(hold) = hold {
            hold(event);
        }
    });
    let _listening = window().add_event_listener_with_callback_and_bool("popstate", heard.as_ref().unchecked_ref(), true);
    // It lives as long as the page.
    heard.forget();
}

/// Hears an event of the window before the router does, until the page is gone.
fn listen(name: &'static str, heard: impl FnMut(web_sys::Event) + 'static) {
    let closure = Closure::<dyn FnMut(web_sys::Event)>::new(heard);
    let function: js_sys::Function = closure.as_ref().unchecked_ref::<js_sys::Function>().clone();
    let _listening = window().add_event_listener_with_callback_and_bool(name, &function, true);
    let kept = send_wrapper::SendWrapper::new((closure, function));
    on_cleanup(move || {
        let _left = window().remove_event_listener_with_callback_and_bool(name, &kept.1, true);
    });
}
