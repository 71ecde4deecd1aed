//! A line at the top while there is no network.

use std::time::Duration;

use leptos::{ev, prelude::*};
use novashop_locales::frame;
use novashop_ui::{Icon, Sign};

/// So long it says that the network is back.
const BACK: Duration = Duration::from_secs(4);

#[derive(Clone, Copy, PartialEq)]
enum Network {
    There,
    Away,
    Back,
}

/// Says that there is no network, and when it is back.
#[component]
pub fn OfflineBanner() -> impl IntoView {
    let network = RwSignal::new(if window().navigator().on_line() { Network::There } else { Network::Away });
    let gone = window_event_listener(ev::offline, move |_| network.set(Network::Away));
    let back = window_event_listener(ev::online, move |_| {
        network.set(Network::Back);
        set_timeout(move || network.update(|network| *network = if *network == Network::Away { Network::Away } else { Network::There }), BACK);
    });
    on_cleanup(move || {
        gone.remove();
        back.remove();
    });
    view! {
        <div role="status">
            {move || match network.get() {
                Network::There => ().into_any(),
                Network::Away => {
                    view! {
                        <p class="network network--away">
                            <Icon sign=Sign::Warning/>
                            {frame::offline()}
                        </p>
                    }
                        .into_any()
                }
                Network::Back => {
                    view! {
                        <p class="network">
                            <Icon sign=Sign::Tick/>
                            {frame::back_online()}
                        </p>
                    }
                        .into_any()
                }
            }}
        </div>
    }
}
