//! Sending a file, with its progress: the one thing that `fetch` cannot tell.

use futures_channel::oneshot;
use novashop_types::Problem;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{FormData, ProgressEvent, XmlHttpRequest};

use crate::{Failure, Outcome, session, wire};

/// Posts a form with a file; `progress` is told how much of it is sent, from 0 to 1.
///
/// # Errors
/// See [`Failure`].
pub async fn upload<T: DeserializeOwned>(path: &str, form: &FormData, progress: impl Fn(f64) + 'static) -> Outcome<T> {
    let token = session::token().await?;
    let request = XmlHttpRequest::new().map_err(|_| Failure::Unreachable)?;
    request.open("POST", path).map_err(|_| Failure::Unreadable)?;
    if let Some(token) = token {
        request.set_request_header("Authorization", &format!("Bearer {token}")).map_err(|_| Failure::Unreadable)?;
    }
    request.set_request_header("Accept", "application/json").map_err(|_| Failure::Unreadable)?;
    let sent = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.length_computable() && event.total() > 0.0 {
            progress(event.loaded() / event.total());
        }
    });
    if let Ok(upload) = request.upload() {
        upload.set_onprogress(Some(sent.as_ref().unchecked_ref()));
    }
    let (ended, end) = oneshot::channel::<()>();
    let over = Closure::once(move || {
        let _listening = ended.send(());
    });
    request.set_onloadend(Some(over.as_ref().unchecked_ref()));
    request.send_with_opt_form_data(Some(form)).map_err(|_| Failure::Unreachable)?;
    let _over = end.await;
    let status = request.status().unwrap_or(0);
    let text = request.response_text().ok().flatten().unwrap_or_default();
    match status {
        0 => Err(Failure::Unreachable),
        200..300 => wire::read(&text).ok_or(Failure::Unreadable),
        _ => Err(wire::read::<Problem>(&text).map_or(Failure::Unreadable, |problem| Failure::Refused(Box::new(problem)))),
    }
}
