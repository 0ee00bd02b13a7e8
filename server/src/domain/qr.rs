//! A text as a QR code, in SVG and in PNG. Not a route: who may see the code of a link is the link's own matter.

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};

/// Light modules around the code; readers need four.
const QUIET_ZONE: usize = 4;

/// SVG markup of the code, error correction M, one unit a module, with no size of its own: it fills where it is put.
/// Dark on white whatever the theme, for inverted codes are not read by every phone. `title` is what a screen reader
/// says. `None` when the text is too long for a code, which is 2331 bytes.
pub fn svg(text: &str, title: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let side = width + 2 * QUIET_ZONE;
    let mut markup = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges" role="img"><title>{}</title><rect width="{side}" height="{side}" fill="#fff"/><path fill="#000" d=""##,
        escaped(title)
    );
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        for (x, run) in dark_runs(row) {
            // Writing to a string cannot fail.
            let _ = write!(markup, "M{} {}h{run}v1h-{run}z", x + QUIET_ZONE, y + QUIET_ZONE);
        }
    }
    markup.push_str(r#""/></svg>"#);
    Some(markup)
}

/// For what a picture of a code is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PngSize {
    /// For print: exactly 2 cm wide, made of the dots that a printer has at 300 dpi.
    Print,
    /// For posters and screens: about a thousand pixels wide.
    Poster,
}

impl PngSize {
    /// The most pixels of a side.
    const fn pixels(self) -> usize {
        match self {
            // 2 cm at 300 dots an inch.
            Self::Print => 236,
            Self::Poster => 1024,
        }
    }

    /// Pixels a metre by which a picture of so many comes out in its size; a poster is scaled by whoever makes it.
    fn density(self, pixels: usize) -> u32 {
        match self {
            Self::Print => u32::try_from(pixels * 50).unwrap_or_default(),
            Self::Poster => 11_811,
        }
    }
}

/// The code as a PNG of black and white, one bit a pixel: as many whole pixels a module as the size has room for, so that no edge is
/// blurred. `None` when the text is too long for a code.
pub fn png(text: &str, size: PngSize) -> Option<Vec<u8>> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let modules = code.width() + 2 * QUIET_ZONE;
    let scale = (size.pixels() / modules).max(1);
    let pixels = modules * scale;
    let light = |x: usize, y: usize| {
        let inside = |place: usize| (place / scale).checked_sub(QUIET_ZONE).filter(|at| *at < code.width());
        match (inside(x), inside(y)) {
            (Some(x), Some(y)) => code[(x, y)] == Color::Light,
            _ => true,
        }
    };
    let mut rows = Vec::with_capacity(pixels * pixels.div_ceil(8));
    for y in 0..pixels {
        for byte in 0..pixels.div_ceil(8) {
            let bit = |at: usize| u8::from(byte * 8 + at >= pixels || light(byte * 8 + at, y)) << (7 - at);
            rows.push((0..8).map(bit).sum());
        }
    }
    written(&rows, u32::try_from(pixels).ok()?, size.density(pixels))
}

/// Rows of packed bits as a PNG that knows how large it is on paper.
fn written(rows: &[u8], side: u32, density: u32) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: density,
        yppu: density,
        unit: png::Unit::Meter,
    }));
    encoder.write_header().ok()?.write_image_data(rows).ok()?;
    Some(bytes)
}

/// Where each run of dark modules of a row begins, and its length.
fn dark_runs(row: &[Color]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (x, _) in row.iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
        match runs.last_mut() {
            Some((start, length)) if *start + *length == x => *length += 1,
            _ => runs.push((x, 1)),
        }
    }
    runs
}

/// Text inside an XML element.
fn escaped(text: &str) -> String {
    let harmless = text.chars().filter(|c| !c.is_control());
    harmless.fold(String::with_capacity(text.len()), |mut out, c| {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PIXELS: usize = 3;

    /// Paints the markup, `PIXELS` to a module, and reads the code as a phone would.
    fn decoded(svg: &str) -> String {
        let side: usize = between(svg, "viewBox=\"0 0 ", " ").parse().unwrap();
        let mut dark = vec![false; side * side];
        for run in between(svg, " d=\"", "\"").split('M').skip(1) {
            let (x, rest) = run.split_once(' ').unwrap();
            let (y, rest) = rest.split_once('h').unwrap();
            let (length, _) = rest.split_once('v').unwrap();
            let start = y.parse::<usize>().unwrap() * side + x.parse::<usize>().unwrap();
            dark[start..start + length.parse::<usize>().unwrap()].fill(true);
        }
        let size = side * PIXELS;
        let grey = |x: usize, y: usize| if dark[y / PIXELS * side + x / PIXELS] { 0 } else { 255 };
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(size, size, grey);
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1);
        grids[0].decode().unwrap().1
    }

    fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
        text.split_once(from).unwrap().1.split_once(to).unwrap().0
    }

    #[test]
    fn d9_the_code_of_a_link_is_read_back() {
        for text in [
            "https://shelf.example/purchase/0123456789abcdefghijklmnopqrstuv?corpName=%E4%BA%91%E6%9D%89",
            "https://shelf.example/purchase/abc?corpName=云杉科技（杭州）有限公司",
            "a",
        ] {
            assert_eq!(decoded(&svg(text, "分发链接").unwrap()), text);
        }
        let long = "x".repeat(1500);
        assert_eq!(decoded(&svg(&long, "").unwrap()), long);
    }

    #[test]
    fn the_code_keeps_its_quiet_zone_and_its_colours() {
        let markup = svg("https://shelf.example/", "Link").unwrap();
        let side: usize = between(&markup, "viewBox=\"0 0 ", " ").parse().unwrap();
        for run in between(&markup, " d=\"", "\"").split('M').skip(1) {
            let (x, rest) = run.split_once(' ').unwrap();
            let y = rest.split_once('h').unwrap().0;
            for place in [x, y].map(|place| place.parse::<usize>().unwrap()) {
                assert!((4..side - 4).contains(&place), "{place} of {side}");
            }
        }
        assert!(markup.contains(r##"fill="#fff""##) && markup.contains(r##"fill="#000""##));
    }

    #[test]
    fn l18_a_png_has_whole_pixels_a_module_and_knows_its_size_on_paper() {
        let text = "https://shelf.example/promotion/0123456789abcdefghijklmnopqrstuv";
        for (size, most, least) in [(PngSize::Print, 236, 180), (PngSize::Poster, 1024, 900)] {
            let bytes = png(text, size).unwrap();
            let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
            let (side, dims) = (reader.info().width, reader.info().pixel_dims.unwrap());
            assert!((least..=most).contains(&side), "{side}");
            if size == PngSize::Print {
                assert_eq!(dims.xppu, side * 50, "two centimetres are a fiftieth of a metre");
            }
            assert_eq!(dims.unit, png::Unit::Meter);
            let mut rows = vec![0; reader.output_buffer_size().unwrap()];
            reader.next_frame(&mut rows).unwrap();
            let stride = (side as usize).div_ceil(8);
            let grey = |x: usize, y: usize| (rows[y * stride + x / 8] >> (7 - x % 8) & 1) * 255;
            let size = side as usize;
            let mut image = rqrr::PreparedImage::prepare_from_greyscale(size, size, grey);
            assert_eq!(image.detect_grids()[0].decode().unwrap().1, text);
        }
    }

    #[test]
    fn a_title_cannot_break_out_of_its_element() {
        let markup = svg("a", "</title><script>\u{0}&").unwrap();
        assert!(markup.contains("<title>&lt;/title&gt;&lt;script&gt;&amp;</title>"));
    }

    #[test]
    fn a_text_that_no_code_can_hold_gives_none() {
        assert!(svg(&"x".repeat(2331), "").is_some());
        assert!(svg(&"x".repeat(2332), "").is_none());
    }
}
