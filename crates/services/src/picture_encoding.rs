//! From what somebody uploaded to the files the shop serves: judged by content, turned upright, freed of everything but the
//! picture itself (place, camera, owner), scaled, and written as WebP.

use std::io::Cursor;

use bytes::Bytes;
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, metadata::Orientation};
use novashop_types::ErrorCode;
use tokio::sync::Semaphore;

use crate::{Error, Result};

/// The largest file.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;
const WIDTHS: [u32; 3] = [320, 640, 1280];
const MAX_SIDE: u32 = 12_000;
const MAX_PIXELS: u64 = 50_000_000;
/// What a decoded picture may take in memory.
const MAX_MEMORY: u64 = 256 * 1024 * 1024;
const QUALITY: f32 = 80.0;

/// Two at once, each takes a core for a second; of the large ones, which take some hundred megabytes, one.
const AT_ONCE: u32 = 2;
static WORKING: Semaphore = Semaphore::const_new(2);
const LARGE: u64 = MAX_PIXELS / 4;

/// A picture in its widths.
#[derive(Debug, Clone)]
pub struct Encoded {
    /// The width of the largest.
    pub width: i32,
    /// Its height.
    pub height: i32,
    /// A WebP file for each width, the smallest first.
    pub files: Vec<(i32, Bytes)>,
}

/// Reads a picture and writes it anew in the shop's widths, off the async threads.
///
/// # Errors
/// `payload_too_large`, `unsupported_media_type` where it is no JPEG, PNG or WebP, `invalid` where it is broken or too large to decode.
pub async fn encode(bytes: Bytes) -> Result<Encoded> {
    if bytes.len() > MAX_BYTES {
        return Err(Error::refused(ErrorCode::PayloadTooLarge, "A picture may have up to 10 MiB."));
    }
    let format = format(&bytes)?;
    let header = bytes.clone();
    let pixels = off_thread(move || decoder(&header, format).map(|decoder| pixels(&decoder))).await?;
    let places = if pixels > LARGE { AT_ONCE } else { 1 };
    let permit = WORKING.acquire_many(places).await.map_err(|error| Error::internal("waiting to encode a picture", error))?;
    off_thread(move || {
        // The permit goes along: a caller who hangs up must not free a place that is still in use.
        let _permit = permit;
        decode(&bytes, format).and_then(write)
    })
    .await
}

async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::internal("encoding a picture", error))?
}

/// What the first bytes say it is; names and announced types are not asked.
fn format(bytes: &[u8]) -> Result<ImageFormat> {
    match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) => Ok(format),
        _ => Err(Error::refused(ErrorCode::UnsupportedMediaType, "The file is not a JPEG, PNG or WebP picture.")),
    }
}

fn too_large() -> Error {
    Error::invalid_field("/file", "dimensions", "may have up to 12000 pixels a side and 50 million in all")
}

fn unreadable(error: &ImageError) -> Error {
    match error {
        ImageError::Limits(_) => too_large(),
        _ => Error::invalid_field("/file", "unreadable", "is damaged: it cannot be decoded"),
    }
}

fn pixels(decoder: &impl ImageDecoder) -> u64 {
    let (width, height) = decoder.dimensions();
    u64::from(width) * u64::from(height)
}

/// Reads the header alone: a bomb is refused before a single pixel is decoded.
fn decoder(bytes: &[u8], format: ImageFormat) -> Result<impl ImageDecoder> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(|error| unreadable(&error))?;
    let (width, height) = decoder.dimensions();
    if width.max(height) > MAX_SIDE || pixels(&decoder) > MAX_PIXELS || decoder.total_bytes() > MAX_MEMORY {
        return Err(too_large());
    }
    Ok(decoder)
}

fn decode(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage> {
    let mut decoder = decoder(bytes, format)?;
    let orientation = decoder.orientation().map_err(|error| unreadable(&error))?;
    let decoded = DynamicImage::from_decoder(decoder).map_err(|error| unreadable(&error))?;
    // Scaled before anything makes a copy of it.
    let small = shrink(decoded, orientation)?;
    let mut picture = if small.color().has_alpha() { DynamicImage::from(small.into_rgba8()) } else { DynamicImage::from(small.into_rgb8()) };
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// Scales a picture so that it will have the largest width it is kept in when it is turned upright.
fn shrink(picture: DynamicImage, orientation: Orientation) -> Result<DynamicImage> {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    let (width, height) = (picture.width(), picture.height());
    let turned = matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH);
    let (across, along) = if turned { (height, width) } else { (width, height) };
    let wanted = widths(across).into_iter().max().unwrap_or(across);
    if wanted == across {
        return Ok(picture);
    }
    let other = proportional(along, across, wanted);
    scale(&picture, if turned { (other, wanted) } else { (wanted, other) })
}

/// The other side of a picture whose `side` becomes `wanted`, rounded, and never nothing.
fn proportional(other: u32, side: u32, wanted: u32) -> u32 {
    let (other, side, wanted) = (u64::from(other), u64::from(side).max(1), u64::from(wanted));
    u32::try_from((other * wanted + side / 2) / side).unwrap_or(MAX_SIDE).max(1)
}

/// The widths a picture is kept in: never wider than it came.
fn widths(own: u32) -> Vec<u32> {
    let fitting: Vec<u32> = WIDTHS.into_iter().filter(|width| *width <= own).collect();
    if fitting.is_empty() { vec![own] } else { fitting }
}

fn write(mut picture: DynamicImage) -> Result<Encoded> {
    let mut files = Vec::new();
    let mut largest = None;
    // From the largest down, each made from the one before it.
    for width in widths(picture.width()).into_iter().rev() {
        if width != picture.width() {
            picture = scale(&picture, (width, proportional(picture.height(), picture.width(), width)))?;
        }
        largest.get_or_insert((signed(picture.width()), signed(picture.height())));
        files.push((signed(width), webp(&picture)?));
    }
    files.reverse();
    let (width, height) = largest.unwrap_or_default();
    Ok(Encoded { width, height, files })
}

fn scale(picture: &DynamicImage, (width, height): (u32, u32)) -> Result<DynamicImage> {
    let mut scaled = DynamicImage::new(width, height, picture.color());
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    Resizer::new().resize(picture, &mut scaled, &options).map_err(|error| Error::internal("scaling a picture", error))?;
    Ok(scaled)
}

fn webp(picture: &DynamicImage) -> Result<Bytes> {
    let (width, height) = (picture.width(), picture.height());
    let encoder = match picture {
        DynamicImage::ImageRgba8(pixels) => webp::Encoder::from_rgba(pixels.as_raw(), width, height),
        DynamicImage::ImageRgb8(pixels) => webp::Encoder::from_rgb(pixels.as_raw(), width, height),
        _ => return Err(Error::internal("writing a picture", "neither RGB nor RGBA")),
    };
    let memory = encoder.encode_simple(false, QUALITY).map_err(|error| Error::internal("writing a picture", format!("{error:?}")))?;
    Ok(Bytes::copy_from_slice(&memory))
}

fn signed(n: u32) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use image::{ImageEncoder, Rgb, RgbImage, Rgba, RgbaImage, codecs::jpeg::JpegEncoder, codecs::png::PngEncoder};
    use proptest::prelude::*;

    use super::*;

    fn png(picture: &DynamicImage) -> Vec<u8> {
        let mut bytes = Vec::new();
        picture.write_with_encoder(PngEncoder::new(&mut bytes)).unwrap();
        bytes
    }

    async fn code(bytes: Vec<u8>) -> ErrorCode {
        encode(bytes.into()).await.unwrap_err().refusal().unwrap().code
    }

    /// A PNG header that promises more than the file has.
    fn bomb(width: u32, height: u32) -> Vec<u8> {
        let mut chunk = b"IHDR".to_vec();
        chunk.extend(width.to_be_bytes());
        chunk.extend(height.to_be_bytes());
        chunk.extend([8, 2, 0, 0, 0]);
        let mut crc = u32::MAX;
        for byte in &chunk {
            crc ^= u32::from(*byte);
            for _ in 0..8 {
                crc = (crc >> 1) ^ if crc & 1 == 1 { 0xEDB8_8320 } else { 0 };
            }
        }
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
        bytes.extend(chunk);
        bytes.extend((!crc).to_be_bytes());
        // An IDAT chunk begins, so that the header counts as read.
        bytes.extend(b"\0\0\0\x02IDAT\x78\x9c");
        bytes
    }

    #[tokio::test]
    async fn a_picture_is_kept_in_every_width_it_reaches() {
        let encoded = encode(png(&RgbImage::from_pixel(1000, 500, Rgb([200, 30, 30])).into()).into()).await.unwrap();
        assert_eq!(encoded.files.iter().map(|(width, _)| *width).collect::<Vec<_>>(), [320, 640]);
        assert_eq!((encoded.width, encoded.height), (640, 320));
        for (width, file) in &encoded.files {
            assert_eq!(image::guess_format(file).unwrap(), ImageFormat::WebP);
            let read = image::load_from_memory(file).unwrap();
            assert_eq!((signed(read.width()), signed(read.height())), (*width, *width / 2));
        }
        let tiny = encode(png(&RgbaImage::from_pixel(7, 9000, Rgba([0, 0, 0, 0])).into()).into()).await.unwrap();
        assert_eq!((tiny.width, tiny.height, tiny.files.len()), (7, 9000, 1));
    }

    #[tokio::test]
    async fn a_photograph_is_turned_upright_and_loses_its_metadata() {
        // Orientation 6: to be turned by 90 degrees clockwise. Then a place that must not go out.
        let mut exif = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
        exif.extend(b"Lindenstrasse 7");
        let mut pixels = RgbImage::from_pixel(600, 400, Rgb([255, 255, 255]));
        for (_, _, pixel) in pixels.enumerate_pixels_mut().filter(|(x, _, _)| *x < 300) {
            *pixel = Rgb([0, 0, 0]);
        }
        let mut bytes = Vec::new();
        let mut encoder = JpegEncoder::new(&mut bytes);
        encoder.set_exif_metadata(exif).unwrap();
        encoder.write_image(pixels.as_raw(), 600, 400, image::ExtendedColorType::Rgb8).unwrap();
        assert!(bytes.windows(6).any(|w| w == b"Linden"));
        let encoded = encode(bytes.into()).await.unwrap();
        assert_eq!((encoded.width, encoded.height), (320, 480));
        let file = &encoded.files.first().unwrap().1;
        assert!(!file.windows(6).any(|w| w == b"Linden"));
        let read = image::load_from_memory(file).unwrap().into_rgb8();
        assert!(read.get_pixel(160, 20).0[0] < 40 && read.get_pixel(160, 460).0[0] > 215);
    }

    #[tokio::test]
    async fn what_is_no_picture_of_ours_is_refused() {
        assert_eq!(code(b"GIF89a\x01\0\x01\0\0\0\0;".to_vec()).await, ErrorCode::UnsupportedMediaType);
        assert_eq!(code(b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec()).await, ErrorCode::UnsupportedMediaType);
        assert_eq!(code(Vec::new()).await, ErrorCode::UnsupportedMediaType);
        assert_eq!(code(vec![0xFF; MAX_BYTES + 1]).await, ErrorCode::PayloadTooLarge);
        let mut broken = png(&RgbImage::new(64, 64).into());
        broken.truncate(60);
        assert_eq!(code(broken).await, ErrorCode::Invalid);
    }

    /// The headers of a JPEG and of a WebP that promise more than the files have.
    fn other_bombs() -> Vec<Vec<u8>> {
        let mut jpeg = Vec::new();
        JpegEncoder::new(&mut jpeg).write_image(&[0; 3 * 64], 8, 8, image::ExtendedColorType::Rgb8).unwrap();
        // SOF0: length, precision, then height and width.
        let frame = jpeg.windows(2).position(|marker| marker == [0xFF, 0xC0]).unwrap();
        jpeg[frame + 5..frame + 9].copy_from_slice(&[0xFF, 0xDC, 0xFF, 0xDC]);
        // An extended WebP: flags, three reserved bytes, then width and height less one in three bytes each.
        let mut webp = b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0".to_vec();
        webp.extend([0, 0, 0, 0, 0x4F, 0xC3, 0, 0x4F, 0xC3, 0]);
        webp.extend(b"VP8 \0\0\0\0");
        vec![jpeg, webp]
    }

    #[tokio::test]
    async fn a_bomb_of_any_format_is_refused_by_its_header() {
        for bytes in other_bombs() {
            let error = encode(bytes.into()).await.unwrap_err();
            // Not as damaged: that is said of what somebody began to decode.
            assert_eq!(error.refusal().unwrap().errors.first().unwrap().code, "dimensions", "{error}");
        }
    }

    #[tokio::test]
    async fn a_bomb_is_refused_by_its_header() {
        for (width, height) in [(12_001, 1), (1, 12_001), (8_000, 8_000), (65_000, 65_000)] {
            let error = encode(bomb(width, height).into()).await.unwrap_err();
            assert_eq!(error.refusal().unwrap().errors.first().unwrap().code, "dimensions", "{width} x {height}");
        }
    }

    fn small(format: ImageFormat) -> Vec<u8> {
        let picture = RgbImage::from_fn(24, 18, |x, y| Rgb([x * 9, y * 13, x * y].map(|shade| u8::try_from(shade % 256).unwrap())));
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::from(picture).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]
        /// A panic would be hidden by the thread it happens on, so this goes without one.
        #[test]
        fn no_file_makes_it_panic(
            kind in prop::sample::select(vec![ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP]),
            noise in prop::collection::vec(any::<u8>(), 0..200),
            keep in 0_usize..40,
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
            end in any::<prop::sample::Index>(),
        ) {
            let whole = small(kind);
            let mut changed = whole.clone();
            for (place, byte) in changes {
                let place = place.index(changed.len());
                changed[place] = byte;
            }
            let cut = changed[..end.index(changed.len())].to_vec();
            for bytes in [noise.clone(), [&whole[..keep], &noise].concat(), changed, cut] {
                if let Ok(format) = format(&bytes)
                    && let Err(error) = decode(&bytes, format).and_then(write)
                {
                    prop_assert!(error.refusal().is_some(), "{error}");
                }
            }
        }
    }
}
