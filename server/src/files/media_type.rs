//! What a file really is, told by its first bytes. What it is called, and what its sender claims, counts for nothing.

use crate::domain::file::MediaType;

/// How many of a file's first bytes are wanted; fewer if the file is shorter.
pub const HEAD: usize = 1024;

/// `None` for anything that is not one of our kinds. Only the beginning is looked at: a file may still be broken.
pub fn sniff(head: &[u8]) -> Option<MediaType> {
    let head = &head[..head.len().min(HEAD)];
    if head.starts_with(b"\x89PNG\r\n\x1a\n") && head.get(12..16) == Some(b"IHDR") {
        Some(MediaType::Png)
    } else if head.starts_with(b"\xff\xd8\xff") {
        Some(MediaType::Jpeg)
    } else if is_pdf(head) {
        Some(MediaType::Pdf)
    } else if is_json(head) {
        Some(MediaType::Json)
    } else {
        sniff_attachment(head)
    }
}

/// The kinds that records take beyond those that the platform itself reads.
fn sniff_attachment(head: &[u8]) -> Option<MediaType> {
    if head.starts_with(b"GIF87a") || head.starts_with(b"GIF89a") {
        Some(MediaType::Gif)
    } else if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        Some(MediaType::Webp)
    } else if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        Some(MediaType::Zip)
    } else if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        Some(MediaType::Office)
    } else if head.get(4..8) == Some(b"ftyp") {
        Some(MediaType::Mp4)
    } else if is_text(head) {
        Some(MediaType::Text)
    } else {
        None
    }
}

/// Text in UTF-8, or in one of the encodings of Chinese that spreadsheets still write: no control characters, and nothing
/// that a browser would take for a page.
fn is_text(head: &[u8]) -> bool {
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        return is_wide_text(head);
    }
    let text = without_mark(head);
    let plain = text
        .iter()
        .all(|byte| *byte >= 0x20 && *byte != 0x7f || matches!(byte, b'\t' | b'\r' | b'\n'));
    plain && !text.is_empty() && text.trim_ascii_start().first() != Some(&b'<') && !text.starts_with(b"MZ")
}

/// The same in UTF-16 with its mark, as spreadsheets write "Unicode text".
fn is_wide_text(head: &[u8]) -> bool {
    // The head may end within a character.
    let whole = &head[..head.len() / 2 * 2];
    let encoding = match whole {
        [0xff, 0xfe, ..] => encoding_rs::UTF_16LE,
        _ => encoding_rs::UTF_16BE,
    };
    let (text, _) = encoding.decode_without_bom_handling(&whole[2..]);
    let plain = text.chars().all(|c| !c.is_control() || matches!(c, '\t' | '\r' | '\n'));
    plain && !text.is_empty() && !text.trim_start().starts_with('<')
}

/// Readers accept blanks and a byte order mark before the signature, and so do we; other bytes would let a file be a
/// PDF to one reader and a web page to another.
fn is_pdf(head: &[u8]) -> bool {
    without_mark(head).trim_ascii_start().starts_with(b"%PDF-")
}

/// An object or a list, in UTF-8.
fn is_json(head: &[u8]) -> bool {
    let text = without_mark(head);
    let valid = match std::str::from_utf8(text) {
        Ok(_) => true,
        // The head may end within a character.
        Err(error) => error.error_len().is_none(),
    };
    valid && matches!(text.trim_ascii_start().first(), Some(b'{' | b'[')) && !text.contains(&0)
}

fn without_mark(head: &[u8]) -> &[u8] {
    head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_say() {
        for (head, media_type) in [
            (&b"%PDF-1.7\n%\xe2\xe3"[..], MediaType::Pdf),
            (b"\xef\xbb\xbf\r\n%PDF-2.0", MediaType::Pdf),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", MediaType::Png),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", MediaType::Jpeg),
            (b"\xff\xd8\xff\xe1\0\x10Exif", MediaType::Jpeg),
            (b" \n{\"name\": 1}", MediaType::Json),
            (b"GIF89a\x01\0", MediaType::Gif),
            (b"RIFF\x10\0\0\0WEBPVP8 ", MediaType::Webp),
            (b"PK\x03\x04\x14\0", MediaType::Zip),
            (b"\0\0\0\x18ftypmp42", MediaType::Mp4),
            ("\u{feff}名称,数量\r\n".as_bytes(), MediaType::Text),
            (b"\xff\xfe\x0d\x54\t\0n\0", MediaType::Text),
            (b"\xc3\xfb\xb3\xc6,\xca\xfd\xc1\xbf", MediaType::Text),
            ("\u{feff}[\"应用\"]".as_bytes(), MediaType::Json),
        ] {
            assert_eq!(sniff(head), Some(media_type), "{head:?}");
        }
    }

    #[test]
    fn nothing_else_passes_under_another_name() {
        for head in [
            &b""[..],
            b"MZ\x90\0",
            b"<html>%PDF-1.4",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"\x89PNG\r\n\x1a\n\0\0\0\rXXXX",
            b"{\0\"\0a\0",
        ] {
            assert_eq!(sniff(head), None, "{head:?}");
        }
    }

    #[test]
    fn a_head_cut_within_a_character_is_still_json() {
        let text = format!("{{\"a\": \"{}\"}}", "应".repeat(500));
        for length in 1000..1024 {
            assert_eq!(sniff(&text.as_bytes()[..length]), Some(MediaType::Json));
        }
    }
}
