//! The app's files as its build left them. All of them are read once: a request is answered from memory, by a name that is known or not at all.

use std::{collections::BTreeMap, collections::HashMap, io, path::Path};

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderMap, HeaderValue},
    web,
};
use bytes::Bytes;
use serde::Deserialize;

use crate::{app::Shop, html::etag};

/// A name with the digest of its content in it never means anything else.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// What keeps its name is asked for again.
const ASK_AGAIN: &str = "public, max-age=3600";

/// One of the two apps.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Bundle {
    /// The script that the build made beside the WASM.
    pub js: String,
    /// The app itself.
    pub wasm: String,
    /// Its styles.
    pub css: Vec<String>,
    /// The script that starts it.
    pub start: String,
}

/// What the build made: `manifest.json`.
#[derive(Debug, Clone, Default, Deserialize)]
struct Manifest {
    shop: Bundle,
    admin: Bundle,
    /// Addresses of files by their own names, such as `icon.svg`.
    #[serde(default)]
    files: BTreeMap<String, String>,
}

/// A file, and what it is when compressed.
#[derive(Debug)]
struct Asset {
    content_type: &'static str,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

/// The files of a build; without one there are none.
#[derive(Debug, Default)]
pub struct Files {
    manifest: Option<Manifest>,
    assets: HashMap<String, Asset>,
}

impl Files {
    /// Reads the folder that the build wrote.
    ///
    /// # Errors
    /// In words, with the name of what is missing or cannot be understood.
    pub fn read(folder: &Path) -> Result<Self, String> {
        let named = |path: &Path, error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let path = folder.join("manifest.json");
        let text = std::fs::read(&path).map_err(|error| named(&path, &error))?;
        let manifest: Manifest = serde_json::from_slice(&text).map_err(|error| named(&path, &error))?;
        let path = folder.join("assets");
        let assets = read_assets(&path).map_err(|error| named(&path, &error))?;
        let files = Self { manifest: Some(manifest), assets };
        if let Some(address) = files.addresses().find(|address| files.asset(address).is_none()) {
            return Err(format!("{} names {address}, which is not there", folder.join("manifest.json").display()));
        }
        Ok(files)
    }

    /// The shop, where it was built.
    #[must_use]
    pub fn shop(&self) -> Option<&Bundle> {
        self.manifest.as_ref().map(|manifest| &manifest.shop)
    }

    /// The back office, where it was built.
    #[must_use]
    pub fn admin(&self) -> Option<&Bundle> {
        self.manifest.as_ref().map(|manifest| &manifest.admin)
    }

    /// The address of a file such as `icon.svg`.
    #[must_use]
    pub fn address(&self, name: &str) -> Option<&str> {
        self.manifest.as_ref()?.files.get(name).map(String::as_str)
    }

    /// The pictures that stand for the shop, by name and address.
    pub fn icons(&self) -> impl Iterator<Item = (&str, &str)> {
        let files = self.manifest.iter().flat_map(|manifest| &manifest.files);
        files.filter(|(name, _)| name.starts_with("icon")).map(|(name, address)| (name.as_str(), address.as_str()))
    }

    fn addresses(&self) -> impl Iterator<Item = &String> {
        self.manifest.iter().flat_map(|Manifest { shop, admin, files }| {
            let bundles = [shop, admin].into_iter().flat_map(|Bundle { js, wasm, css, start }| [js, wasm, start].into_iter().chain(css));
            bundles.chain(files.values())
        })
    }

    fn asset(&self, address: &str) -> Option<&Asset> {
        self.assets.get(address.strip_prefix("/assets/")?)
    }
}

/// Every file of the folder by its name; `.br` and `.gz` count to the file that they are made of.
fn read_assets(folder: &Path) -> io::Result<HashMap<String, Asset>> {
    let mut contents = HashMap::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if let Ok(name) = entry.file_name().into_string()
            && entry.file_type()?.is_file()
        {
            contents.insert(name, Bytes::from(std::fs::read(entry.path())?));
        }
    }
    let is_form = |name: &str| name.strip_suffix(".br").or_else(|| name.strip_suffix(".gz")).is_some_and(|plain| contents.contains_key(plain));
    let asset = |(name, plain): (&String, &Bytes)| {
        let form = |ending: &str| contents.get(&format!("{name}{ending}")).cloned();
        let asset = Asset { content_type: content_type(name), plain: plain.clone(), brotli: form(".br"), gzip: form(".gz") };
        (name.clone(), asset)
    };
    Ok(contents.iter().filter(|(name, _)| !is_form(name)).map(asset).collect())
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "wasm" => "application/wasm",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "jpg" | "jpeg" => "image/jpeg",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "json" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// `/assets/{name}`.
pub(crate) async fn asset(request: HttpRequest, shop: web::Data<Shop>) -> HttpResponse {
    match shop.files.asset(request.path()) {
        Some(asset) => answer(&request, asset, FOR_EVER),
        None => {
            HttpResponse::NotFound().insert_header((header::CACHE_CONTROL, "no-store")).content_type("text/plain; charset=utf-8").body("Not found\n")
        }
    }
}

/// `/favicon.ico`: the picture, whatever its form.
pub(crate) async fn favicon(request: HttpRequest, shop: web::Data<Shop>) -> HttpResponse {
    let names = ["favicon.ico", "icon.svg"];
    match names.iter().find_map(|name| shop.files.asset(shop.files.address(name)?)) {
        Some(asset) => answer(&request, asset, ASK_AGAIN),
        None => HttpResponse::NotFound().finish(),
    }
}

fn answer(request: &HttpRequest, asset: &Asset, caching: &'static str) -> HttpResponse {
    let headers = request.headers();
    let forms = [("br", &asset.brotli), ("gzip", &asset.gzip)];
    let form = forms.into_iter().find_map(|(coding, form)| Some((coding, form.as_ref()?)).filter(|_| accepts(headers, coding)));
    let body = form.map_or(&asset.plain, |(_, body)| body);
    let tag = etag(body);
    let mut response = if is_known(headers, &tag) { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((header::CACHE_CONTROL, caching)).insert_header((header::ETAG, tag)).insert_header((header::VARY, "Accept-Encoding"));
    if is_known(headers, &etag(body)) {
        return response.finish();
    }
    if let Some((coding, _)) = form {
        response.insert_header((header::CONTENT_ENCODING, HeaderValue::from_static(coding)));
    }
    response.content_type(asset.content_type).body(body.clone())
}

/// Whether a client takes a coding. Of those that it takes, the smallest is sent, whatever their order: browsers name gzip first.
fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    let codings = headers.get_all(header::ACCEPT_ENCODING).filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    let weight = |one: &str| {
        let (name, parameters) = one.split_once(';').unwrap_or((one, ""));
        let weight = parameters.trim().strip_prefix("q=").map_or(Ok(1.0), str::parse::<f32>).unwrap_or(0.0);
        name.trim().eq_ignore_ascii_case(coding).then_some(weight)
    };
    codings.filter_map(weight).any(|weight| weight > 0.0)
}

/// Whether `If-None-Match` names a tag. For reads the comparison is weak (RFC 9110, 13.1.2).
pub(crate) fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let strong = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let tags = headers.get_all(header::IF_NONE_MATCH).filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    tags.map(strong).any(|known| known == strong(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coding_is_sent_only_where_it_is_taken() {
        let takes = |accepted: &'static str, coding| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(accepted));
            accepts(&headers, coding)
        };
        assert!(takes("gzip, deflate, br, zstd", "br") && takes("br;q=0.1, gzip", "br") && takes("BR", "br"));
        assert!(!takes("gzip", "br") && !takes("br;q=0", "br") && !takes("", "br") && !takes("brotli", "br"));
    }

    #[test]
    fn a_build_that_lacks_a_file_is_told_at_the_start() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        assert!(Files::read(path).unwrap_err().contains("manifest.json"));
        let bundle = r#"{"js":"/assets/a.js","wasm":"/assets/a.wasm","css":[],"start":"/assets/start.js"}"#;
        std::fs::write(path.join("manifest.json"), format!(r#"{{"shop":{bundle},"admin":{bundle}}}"#)).unwrap();
        assert!(Files::read(path).unwrap_err().contains("assets"));
        std::fs::create_dir(path.join("assets")).unwrap();
        for name in ["a.js", "a.wasm", "a.js.br"] {
            std::fs::write(path.join("assets").join(name), name).unwrap();
        }
        assert!(Files::read(path).unwrap_err().contains("/assets/start.js, which is not there"));
        std::fs::write(path.join("assets/start.js"), "").unwrap();
        let files = Files::read(path).unwrap();
        assert_eq!(files.assets.len(), 3);
        assert!(files.asset("/assets/a.js").is_some_and(|asset| asset.brotli.is_some() && asset.gzip.is_none()));
        assert!(files.asset("/assets/../manifest.json").is_none() && files.asset("/assets/a.js.br").is_none());
    }
}
