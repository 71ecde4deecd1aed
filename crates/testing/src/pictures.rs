//! Pictures, and the bodies that carry them.

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};
use novashop_services::images;
use novashop_types::{ProductId, catalogue::Image};

use crate::TestApp;

/// A picture of this size in this format, with something to see in it.
#[must_use]
pub fn picture(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let shade = |n: u32| u8::try_from(n % 256).unwrap_or(0);
    let picture = RgbImage::from_fn(width, height, |x, y| Rgb([shade(x), shade(y), shade(x + y)]));
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("the format can be written");
    bytes.into_inner()
}

/// A small PNG.
#[must_use]
pub fn png() -> Vec<u8> {
    picture(ImageFormat::Png, 8, 6)
}

/// A `multipart/form-data` body of these fields, and its content type. The field `file` has a file name that is no picture's: it must not matter.
#[must_use]
pub fn multipart(fields: &[(&str, &[u8])]) -> (String, Vec<u8>) {
    const BOUNDARY: &str = "----a-boundary-of-the-tests";
    let mut body = Vec::new();
    for (name, value) in fields {
        let file = if *name == "file" { "; filename=\"notes.txt\"" } else { "" };
        body.extend_from_slice(format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n").as_bytes());
        body.extend_from_slice(value);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={BOUNDARY}"), body)
}

impl TestApp {
    /// A picture of a product, written through the service.
    pub async fn image(&self, product: ProductId) -> Image {
        let keeper = self.keeper().await;
        let stored = images::store_new(self.ctx(), Some(&keeper), product, png().into(), "", None, None).await;
        stored.expect("a small PNG can be stored")
    }
}
