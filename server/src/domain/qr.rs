//! A text as a QR code in SVG. Not a route: who may see the code of a link is the link's own matter.

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
