//! How far a JPEG reaches within its file. Decoders are lenient and fill up with grey what is missing; people should learn that
//! their upload is half a picture.

const SCAN: u8 = 0xda;
const END: u8 = 0xd9;

/// The bytes from the picture's beginning to its end; `None` where the end is missing.
pub fn length(bytes: &[u8]) -> Option<usize> {
    // After the start of the image.
    let mut at = 2;
    loop {
        let marker = marker(bytes, &mut at)?;
        match marker {
            END => return Some(at),
            // Without a length: restarts, and a filler.
            0x01 | 0xd0..=0xd8 => continue,
            _ => {}
        }
        let length = u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]);
        at += usize::from(length.max(2));
        if marker == SCAN {
            at = scan_end(bytes, at)?;
        }
    }
}

/// The next marker; `at` stands behind it then. What lies between two segments is skipped, as decoders do.
fn marker(bytes: &[u8], at: &mut usize) -> Option<u8> {
    *at += bytes.get(*at..)?.iter().position(|byte| *byte == 0xff)?;
    *at += bytes.get(*at..)?.iter().position(|byte| *byte != 0xff)?;
    let marker = *bytes.get(*at)?;
    *at += 1;
    Some(marker)
}

/// Where the pixels of a scan end: at a marker that is neither a stuffed byte nor a restart.
fn scan_end(bytes: &[u8], from: usize) -> Option<usize> {
    let pairs = bytes.get(from..)?.windows(2);
    let ends = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xff | 0xd0..=0xd7);
    pairs.into_iter().position(ends).map(|place| from + place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_ends_at_its_end_and_not_where_the_file_does() {
        let whole = b"\xff\xd8\xff\xe0\0\x04ab\xff\xda\0\x03x12\xff\x0034\xff\xd05\xff\xff\xd9";
        assert_eq!(length(whole), Some(whole.len()));
        assert_eq!(length(&[&whole[..], b"PK\x03\x04"].concat()), Some(whole.len()));
        for cut in 0..whole.len() {
            assert_eq!(length(&whole[..cut]), None, "{cut}");
        }
    }

    #[test]
    fn an_end_within_a_segment_is_none() {
        // A preview inside of the metadata has an end of its own.
        assert_eq!(length(b"\xff\xd8\xff\xe1\0\x06\xff\xd8\xff\xd9\xff\xda\0\x02123"), None);
    }
}
