//! Pictures for the tests beside it, with what cameras and attackers put into them by hand.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

/// What is hidden in metadata and must be nowhere afterwards.
pub const SECRET: &[u8] = b"N31.2304-E121.4737-by-Lin-Xiao";

/// Red above, blue below, so that turning it shows.
pub fn picture(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |_, y| {
        if y < height / 2 {
            Rgb([220, 0, 0])
        } else {
            Rgb([0, 0, 220])
        }
    })
}

pub fn written(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub fn png(width: u32, height: u32) -> Vec<u8> {
    written(picture(width, height), ImageFormat::Png)
}

pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    written(picture(width, height), ImageFormat::Jpeg)
}

/// Metadata with an orientation, and with a place in the block of GPS tags.
pub fn exif(orientation: u8) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [
            &tag.to_be_bytes()[..],
            &kind.to_be_bytes(),
            &count.to_be_bytes(),
            &value.to_be_bytes(),
        ]
        .concat()
    };
    let mut tiff = b"MM\0*\0\0\0\x08\0\x02".to_vec();
    tiff.extend(entry(0x0112, 3, 1, u32::from(orientation) << 16));
    tiff.extend(entry(0x8825, 4, 1, 38));
    tiff.extend([0; 4]);
    assert_eq!(tiff.len(), 38);
    tiff.extend(b"\0\x01");
    tiff.extend(entry(0x001c, 7, SECRET.len() as u32, 56));
    tiff.extend([0; 4]);
    tiff.extend(SECRET);
    tiff
}

/// The JPEG with metadata, a profile and a comment behind its beginning.
pub fn tagged(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let segment = |marker: u8, parts: &[&[u8]]| {
        let content = parts.concat();
        [&[0xff, marker][..], &(content.len() as u16 + 2).to_be_bytes(), &content].concat()
    };
    let mut bytes = jpeg[..2].to_vec();
    bytes.extend(segment(0xe1, &[b"Exif\0\0", &exif(orientation)]));
    bytes.extend(segment(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0", SECRET]));
    bytes.extend(segment(0xe2, &[b"ICC_PROFILE\0\x01\x01", SECRET]));
    bytes.extend(segment(0xfe, &[SECRET]));
    bytes.extend(&jpeg[2..]);
    bytes
}

pub fn chunk(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let named = [&kind[..], content].concat();
    let mut remainder = !0_u32;
    for byte in &named {
        remainder ^= u32::from(*byte);
        for _ in 0..8 {
            remainder = if remainder & 1 == 1 {
                remainder >> 1 ^ 0xedb8_8320
            } else {
                remainder >> 1
            };
        }
    }
    [
        &(content.len() as u32).to_be_bytes()[..],
        &named,
        &(!remainder).to_be_bytes(),
    ]
    .concat()
}

/// The PNG with chunks behind its header, which is 33 bytes long with the signature.
pub fn with_chunks(png: &[u8], chunks: &[u8]) -> Vec<u8> {
    [&png[..33], chunks, &png[33..]].concat()
}

/// The kinds of a PNG's chunks.
pub fn kinds(png: &[u8]) -> Vec<String> {
    let (mut at, mut found) = (8, Vec::new());
    while at < png.len() {
        let length = u32::from_be_bytes(png[at..at + 4].try_into().unwrap()) as usize;
        found.push(String::from_utf8_lossy(&png[at + 4..at + 8]).into_owned());
        at += length + 12;
    }
    found.dedup();
    found
}
