//! A page's request: its address is read, the API is asked, the answer is written. Its status is the true one.

pub mod address;
mod asking;
mod catalogue;
mod home;

use actix_web::{
    HttpMessage, HttpRequest, HttpResponse, HttpResponseBuilder,
    http::{
        Method, StatusCode,
        header::{self, HeaderValue},
    },
    web,
};
use maud::Markup;
use novashop_types::catalogue::CategoryTree;

use address::{Address, Own};
use asking::Asking;

use crate::{
    app::Shop,
    files::is_known,
    html::{
        document::{Data, Head, document},
        empty::{self, message},
        etag,
        frame::{Around, frame, skeleton},
    },
    middleware::Label,
    proxy::RETRY_SECONDS,
    texts::{self, Texts},
    upstream::Upstream,
    visitor::Visitor,
};

/// A page that can be shown.
struct View {
    head: Head,
    main: Markup,
    categories: CategoryTree,
    /// What was searched for, to stand in the field again.
    searched: Option<String>,
    /// Whether nothing may lead away from it.
    plain: bool,
    data: Data,
}

/// Why a page is another one than was asked for.
enum Stop {
    /// Nothing is here.
    NotFound,
    /// It is there now, for good or for this once.
    Moved { to: String, for_good: bool },
    /// The API does not answer.
    Away,
    /// The API answers later.
    Busy(Option<HeaderValue>),
}

/// Every address that is neither a file nor the API's.
pub(crate) async fn show(request: HttpRequest, shop: web::Data<Shop>, upstream: web::Data<Upstream>) -> HttpResponse {
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        return HttpResponse::MethodNotAllowed().insert_header((header::ALLOW, "GET, HEAD")).finish();
    }
    let address = Address::parse(request.path(), request.query_string());
    request.extensions_mut().insert(Label(address.label()));
    let page = Page { request: &request, shop: &shop, upstream: &upstream, visitor: Visitor::of(&request) };
    if shop.files.shop().is_none() {
        return not_built();
    }
    let path = request.path();
    if path.len() > 1 && path.ends_with('/') && address != Address::Unknown {
        let trimmed = path.trim_end_matches('/');
        return moved(&with_query(if trimmed.is_empty() { "/" } else { trimmed }, request.query_string()), true);
    }
    let view = match &address {
        Address::Admin => return page.back_office(),
        Address::Home => home::view(&page).await,
        Address::Listing(query) => catalogue::listing(&page, query).await,
        Address::Product(slug) => catalogue::product(&page, slug).await,
        Address::Search => catalogue::search(&page).await,
        Address::Own(own) => page.own(own).await,
        Address::Offline => page.offline().await,
        Address::Unknown => Err(Stop::NotFound),
    };
    match view {
        Ok(view) => page.write(StatusCode::OK, view),
        Err(Stop::Moved { to, for_good }) => moved(&to, for_good),
        Err(Stop::NotFound) => page.not_found().await,
        Err(Stop::Busy(after)) => page.without_app(StatusCode::TOO_MANY_REQUESTS, after),
        Err(Stop::Away) => page.without_app(StatusCode::SERVICE_UNAVAILABLE, None),
    }
}

/// A page that is being made.
struct Page<'a> {
    request: &'a HttpRequest,
    shop: &'a Shop,
    upstream: &'a Upstream,
    visitor: Visitor,
}

impl<'a> Page<'a> {
    const fn texts(&self) -> &'static Texts {
        texts::of(self.visitor.language)
    }

    const fn asking(&self) -> Asking<'a> {
        Asking { request: self.request, upstream: self.upstream }
    }

    /// The frame of what is one person's own.
    async fn own(&self, own: &Own) -> Result<View, Stop> {
        let (categories, data) = self.asking().categories().await?;
        let title = own.title(self.texts());
        Ok(View { main: skeleton(&title), head: self.hidden(&title), categories, searched: None, plain: *own == Own::Checkout, data: vec![data] })
    }

    /// What is kept for when the shop cannot be reached.
    async fn offline(&self) -> Result<View, Stop> {
        let (categories, data) = self.asking().categories().await?;
        let texts = self.texts();
        let main = message(texts.offline, texts.offline_text, Some((texts.try_again, "/")));
        Ok(View { main, head: self.hidden(texts.offline), categories, searched: None, plain: false, data: vec![data] })
    }

    /// The head of a page that is not for search engines.
    fn hidden(&self, title: &str) -> Head {
        Head { title: Some(title.to_owned()), description: self.texts().about.to_owned(), hidden: true, ..Head::default() }
    }

    async fn not_found(&self) -> HttpResponse {
        let texts = self.texts();
        let (categories, data) = match self.asking().categories().await {
            Ok(found) => found,
            Err(Stop::Busy(after)) => return self.without_app(StatusCode::TOO_MANY_REQUESTS, after),
            Err(_) => return self.without_app(StatusCode::SERVICE_UNAVAILABLE, None),
        };
        let main = empty::not_found(&categories.items, texts);
        self.write(
            StatusCode::NOT_FOUND,
            View { head: self.hidden(texts.not_found), main, categories, searched: None, plain: false, data: vec![data] },
        )
    }

    /// The back office: nothing is known before somebody signs in.
    fn back_office(&self) -> HttpResponse {
        let texts = self.texts();
        let head = Head { title: Some(texts.back_office.to_owned()), description: texts.back_office.to_owned(), hidden: true, ..Head::default() };
        let html = document(self.shop, self.visitor, &head, &skeleton(texts.back_office), &Vec::new(), self.shop.files.admin());
        let mut response = self.answer(StatusCode::OK, html);
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, self.shop.office_policy.clone());
        response
    }

    fn write(&self, status: StatusCode, view: View) -> HttpResponse {
        let View { head, main, categories, searched, plain, data } = view;
        let around = Around { path: self.request.path(), categories: Some(&categories), searched: searched.as_deref(), plain };
        let body = frame(&around, &main, self.texts());
        self.answer(status, document(self.shop, self.visitor, &head, &body, &data, self.shop.files.shop()))
    }

    /// A page that the API gave nothing for, with the way back to it. The app would find no more than this.
    fn without_app(&self, status: StatusCode, retry_after: Option<HeaderValue>) -> HttpResponse {
        let texts = self.texts();
        let (heading, text) = match status {
            StatusCode::TOO_MANY_REQUESTS => (texts.busy, texts.busy_text),
            _ => (texts.away, texts.away_text),
        };
        // Empty, it is this page. Its path written out may begin with `//`, which leads to another host.
        let main = message(heading, text, Some((texts.try_again, "")));
        let head = Head { title: Some(heading.to_owned()), description: text.to_owned(), hidden: true, ..Head::default() };
        let html = document(
            self.shop,
            self.visitor,
            &head,
            &frame(&Around { path: self.request.path(), ..Around::default() }, &main, texts),
            &Vec::new(),
            None,
        );
        let mut response = self.answer(status, html);
        let after = retry_after.unwrap_or(HeaderValue::from_static(RETRY_SECONDS));
        response.headers_mut().insert(header::RETRY_AFTER, after);
        response
    }

    /// The same page for the same language and theme: it may be kept, and is asked for again each time, which costs its tag.
    fn answer(&self, status: StatusCode, html: String) -> HttpResponse {
        let mut response = HttpResponseBuilder::new(status);
        response.insert_header((header::VARY, "Accept-Language, Cookie")).insert_header((header::CONTENT_LANGUAGE, self.visitor.language.code()));
        if status != StatusCode::OK {
            return response.insert_header((header::CACHE_CONTROL, "no-store")).content_type(HTML).body(html);
        }
        // Weak: compressed it is other bytes.
        let tag = format!("W/{}", etag(html.as_bytes()));
        let known = is_known(self.request.headers(), &tag);
        response.insert_header((header::CACHE_CONTROL, "private, no-cache")).insert_header((header::ETAG, tag));
        if known { response.status(StatusCode::NOT_MODIFIED).finish() } else { response.content_type(HTML).body(html) }
    }
}

const HTML: &str = "text/html; charset=utf-8";

fn with_query(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

fn moved(to: &str, for_good: bool) -> HttpResponse {
    let status = if for_good { StatusCode::MOVED_PERMANENTLY } else { StatusCode::FOUND };
    // A slug that has moved may be taken by another product one day: browsers must not remember it for ever.
    let caching = if for_good { "public, max-age=3600" } else { "no-store" };
    HttpResponseBuilder::new(status).insert_header((header::LOCATION, to)).insert_header((header::CACHE_CONTROL, caching)).finish()
}

/// Where the app's files are missing, whoever opens the shop is told what to do.
fn not_built() -> HttpResponse {
    const PAGE: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>The app is not built</title><h1>The app is not built</h1>\
         <p>Run <code>make app</code>, then start the shop again. The API answers meanwhile: see <a href=\"/documentation/\">its documentation</a>.</p>\n";
    HttpResponse::ServiceUnavailable().insert_header((header::CACHE_CONTROL, "no-store")).content_type(HTML).body(PAGE)
}
