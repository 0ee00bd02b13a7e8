//! From the bytes that somebody sent to bytes of our own: header, bounds, pixels, upright and not larger than shown, written anew.
//! Takes its time; `super` chooses the thread.

use std::io::Cursor;

use bytes::Bytes;
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{CompressionType, FilterType, PngDecoder, PngEncoder};
use image::error::LimitErrorKind;
use image::imageops::FilterType as Resampling;
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageError, ImageResult, Limits, RgbaImage};

use super::{Picture, jpeg};
use crate::domain::file::MediaType;
use crate::domain::picture::{Dimensions, LONGEST_SIDE, PictureRule};
use crate::domain::problem::Problem;

/// Of a JPEG, where 100 is best: nobody sees the difference, and files stay small.
const QUALITY: u8 = 85;
/// Bytes that a decoder may use beside the pixels: what an upload of 2 MiB unfolds to beyond this is no picture.
const WORKSPACE: u64 = 16 * 1024 * 1024;

/// A picture of which only the header was read, and which may be decoded.
pub struct Header {
    decoder: Box<dyn ImageDecoder + Send>,
    media_type: MediaType,
    orientation: Orientation,
    /// As people see it.
    dimensions: Dimensions,
}

impl Header {
    /// Refuses what is no picture, too large to decode, or not what the rule asks for.
    pub fn read(rule: PictureRule, media_type: MediaType, bytes: Bytes) -> Result<Header, Problem> {
        let mut decoder = open(media_type, bytes)?;
        let (width, height) = decoder.dimensions();
        let stored = Dimensions { width, height };
        stored.decodable()?;
        let orientation = decoder.orientation().map_err(problem)?;
        let dimensions = if lies(orientation) { stored.turned() } else { stored };
        rule.check(dimensions)?;
        Ok(Header {
            decoder,
            media_type,
            orientation,
            dimensions,
        })
    }

    /// Bytes that decoding takes, by and large: the pixels, and what those of a progressive JPEG are gathered in.
    pub fn memory(&self) -> u64 {
        self.decoder.total_bytes().saturating_mul(3)
    }

    /// The picture anew.
    pub fn remake(self, rule: PictureRule) -> Result<Picture, Problem> {
        let dimensions = rule.kept(self.dimensions);
        let mut pixels = plain(DynamicImage::from_decoder(self.decoder).map_err(problem)?);
        if dimensions != self.dimensions {
            // Before it is turned, so that fewer pixels are.
            let lying = lies(self.orientation);
            pixels = scale(pixels, if lying { dimensions.turned() } else { dimensions });
        }
        pixels.apply_orientation(self.orientation);
        let bytes = write(self.media_type, pixels).map_err(problem)?;
        Ok(Picture {
            bytes: bytes.into(),
            media_type: self.media_type,
            dimensions,
        })
    }
}

fn open(media_type: MediaType, bytes: Bytes) -> Result<Box<dyn ImageDecoder + Send>, Problem> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(WORKSPACE);
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    match media_type {
        MediaType::Png => {
            let decoder = PngDecoder::with_limits(Cursor::new(bytes), limits).map_err(problem)?;
            Ok(Box::new(decoder))
        }
        MediaType::Jpeg => {
            let length = jpeg::length(&bytes).ok_or(Problem::FileBroken)?;
            let mut decoder = JpegDecoder::new(Cursor::new(bytes.slice(..length))).map_err(problem)?;
            decoder.set_limits(limits).map_err(problem)?;
            Ok(Box::new(decoder))
        }
        _ => Err(Problem::FileBroken),
    }
}

/// Whether width and height change places when the picture is shown.
fn lies(orientation: Orientation) -> bool {
    match orientation {
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH => {
            true
        }
        Orientation::NoTransforms
        | Orientation::Rotate180
        | Orientation::FlipHorizontal
        | Orientation::FlipVertical => false,
    }
}

/// Eight bits a channel: no screen shows more.
fn plain(pixels: DynamicImage) -> DynamicImage {
    match pixels {
        DynamicImage::ImageLuma16(_) => DynamicImage::ImageLuma8(pixels.into_luma8()),
        DynamicImage::ImageLumaA16(_) => DynamicImage::ImageLumaA8(pixels.into_luma_alpha8()),
        DynamicImage::ImageRgb16(_) => DynamicImage::ImageRgb8(pixels.into_rgb8()),
        DynamicImage::ImageRgba16(_) => DynamicImage::ImageRgba8(pixels.into_rgba8()),
        other => other,
    }
}

fn scale(pixels: DynamicImage, to: Dimensions) -> DynamicImage {
    if !pixels.color().has_alpha() {
        return pixels.resize_exact(to.width, to.height, Resampling::Lanczos3);
    }
    // What is transparent has a colour too, which nobody sees and which must not bleed into what is seen.
    let mut pixels = pixels.into_rgba8();
    weigh(&mut pixels, |colour, alpha| (colour * alpha + 127) / 255);
    let scaled = DynamicImage::ImageRgba8(pixels).resize_exact(to.width, to.height, Resampling::Lanczos3);
    let mut scaled = scaled.into_rgba8();
    weigh(&mut scaled, |colour, alpha| {
        (colour * 255 + alpha / 2).checked_div(alpha).unwrap_or(0)
    });
    DynamicImage::ImageRgba8(scaled)
}

fn weigh(pixels: &mut RgbaImage, by: impl Fn(u32, u32) -> u32) {
    for pixel in pixels.pixels_mut() {
        let [red, green, blue, alpha] = pixel.0.map(u32::from);
        let weighed = [red, green, blue].map(|colour| by(colour, alpha).min(255) as u8);
        pixel.0[..3].copy_from_slice(&weighed);
    }
}

/// Pixels and what is needed to show them, nothing else.
fn write(media_type: MediaType, pixels: DynamicImage) -> ImageResult<Vec<u8>> {
    let mut bytes = Vec::new();
    let (width, height) = (pixels.width(), pixels.height());
    if media_type == MediaType::Jpeg {
        let (pixels, colour) = match pixels {
            DynamicImage::ImageLuma8(grey) => (grey.into_raw(), ExtendedColorType::L8),
            other => (other.into_rgb8().into_raw(), ExtendedColorType::Rgb8),
        };
        JpegEncoder::new_with_quality(&mut bytes, QUALITY).write_image(&pixels, width, height, colour)?;
    } else {
        let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
        encoder.write_image(pixels.as_bytes(), width, height, pixels.color().into())?;
    }
    Ok(bytes)
}

/// What to tell the sender.
fn problem(error: ImageError) -> Problem {
    match error {
        ImageError::Limits(limit) if limit.kind() == LimitErrorKind::DimensionError => Dimensions::too_many(),
        _ => Problem::FileBroken,
    }
}
