//! Pictures of the demo's products and cool apps, drawn from plain shapes: an icon in a colour, and a page of an application as one sees it from afar.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

/// A colour.
pub type Colour = [u8; 3];

const WHITE: Colour = [255, 255, 255];
const PAPER: Colour = [246, 247, 249];
const LINE: Colour = [226, 230, 236];
const INK: Colour = [120, 130, 145];

/// A square icon of 512 pixels.
pub fn icon(colour: Colour) -> anyhow::Result<Vec<u8>> {
    icon_of(colour, 512)
}

/// A square icon of so many pixels: white bars of a list on the colour.
pub fn icon_of(colour: Colour, side: u32) -> anyhow::Result<Vec<u8>> {
    let mut picture = RgbImage::from_pixel(side, side, Rgb(colour));
    // Drawn on 512 pixels.
    let mut bar = |rectangle: [u32; 4]| fill(&mut picture, rectangle.map(|length| length * side / 512), WHITE);
    for (row, width) in [(0, 240), (1, 180), (2, 220)] {
        let top = 150 + row * 84;
        bar([112, top, 48, 48]);
        bar([184, top + 8, width, 32]);
    }
    encoded(picture)
}

/// A page of 1280 × 800 pixels: navigation, a heading with a button, and a table of so many rows.
pub fn page(colour: Colour, rows: u32) -> anyhow::Result<Vec<u8>> {
    let mut picture = RgbImage::from_pixel(1280, 800, Rgb(PAPER));
    fill(&mut picture, [0, 0, 1280, 56], colour);
    fill(&mut picture, [24, 20, 160, 16], WHITE);
    fill(&mut picture, [0, 56, 220, 744], WHITE);
    for entry in 0..6 {
        let shade = if entry == 1 { colour } else { LINE };
        fill(&mut picture, [24, 96 + entry * 48, 140, 14], shade);
    }
    fill(&mut picture, [252, 88, 220, 24], INK);
    fill(&mut picture, [1120, 84, 128, 36], colour);
    fill(&mut picture, [252, 144, 996, 624], WHITE);
    for row in 0..rows.min(12) {
        let top = 168 + row * 48;
        for (column, width) in [180, 120, 240, 90].into_iter().enumerate() {
            let left = 276 + u32::try_from(column)? * 240;
            let shade = if row == 0 { INK } else { LINE };
            fill(&mut picture, [left, top, width, 14], shade);
        }
        if row % 3 == 1 {
            fill(&mut picture, [1180, top - 4, 44, 22], colour);
        }
    }
    encoded(picture)
}

/// Fills the rectangle of left, top, width and height.
fn fill(picture: &mut RgbImage, [left, top, width, height]: [u32; 4], colour: Colour) {
    for y in top..(top + height).min(picture.height()) {
        for x in left..(left + width).min(picture.width()) {
            picture.put_pixel(x, y, Rgb(colour));
        }
    }
}

fn encoded(picture: RgbImage) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(picture).write_to(&mut bytes, ImageFormat::Png)?;
    Ok(bytes.into_inner())
}
