//! Real documents, written here by hand, read by the real tool.

use super::*;
use crate::domain::contract_amount::{Verdict, find_amounts, verdict};
use crate::domain::money::Money;

const HELVETICA: &str = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
/// A Chinese font that is not embedded, as office programs write it; its characters are known by name alone.
const SONG: &str =
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [7 0 R] >>";
const SONG_GLYPHS: &str = "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 8 0 R \
     /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>";
const SONG_SHAPE: &str = "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /ItalicAngle 0 /Ascent 880 /Descent -120 \
     /CapHeight 880 /StemV 80 /FontBBox [-25 -254 1000 880] >>";

/// A document of one page with the given content; fonts /F (Latin) and /S (Chinese), further objects from 9 on.
fn pdf(content: &str, more: &[String], trailer: &str) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R \
         /Resources << /Font << /F 5 0 R /S 6 0 R >> /XObject << /X 9 0 R >> >> >>"
            .to_owned(),
        stream("", content),
        HELVETICA.to_owned(),
        SONG.to_owned(),
        SONG_GLYPHS.to_owned(),
        SONG_SHAPE.to_owned(),
    ];
    objects.extend_from_slice(more);
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", number + 1).bytes());
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let size = objects.len() + 1;
    out.extend(format!("trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n").bytes());
    out
}

fn stream(entries: &str, content: &str) -> String {
    format!(
        "<< {entries} /Length {} >>\nstream\n{content}\nendstream",
        content.len()
    )
}

fn chinese(text: &str) -> String {
    let hex: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    format!("/S 12 Tf <{hex}> Tj")
}

fn contract() -> Vec<u8> {
    let title = chinese("软件实施合同");
    let capital = chinese("合同总价为人民币（大写）壹拾贰万元整");
    let content = format!(
        "BT 50 700 Td {title} 0 -20 Td {capital} 0 -20 Td /F 12 Tf (CNY 120,000.00) Tj 0 -20 Td (No. HT-2026-0042) Tj ET"
    );
    pdf(&content, &[], "")
}

async fn read(document: &[u8]) -> Option<String> {
    PdfText::default().read(MediaType::Pdf, document).await
}

fn declared() -> Money {
    Money::cny(12_000_000)
}

#[tokio::test]
async fn d2_the_amounts_of_a_chinese_contract_are_read() {
    let text = read(&contract()).await.unwrap();
    assert!(text.contains("软件实施合同"), "{text}");
    let found = find_amounts(&text);
    let texts: Vec<&str> = found.iter().map(|amount| amount.text.as_str()).collect();
    assert_eq!(texts, ["壹拾贰万元整", "CNY 120,000.00"]);
    assert_eq!(verdict(declared(), Some(&found)), Verdict::Match);
}

#[tokio::test]
async fn d2_a_document_without_text_is_unreadable() {
    let scanned = pdf("0 0 600 800 re f", &[], "");
    let found = read(&scanned).await.map(|text| find_amounts(&text));
    assert_eq!(verdict(declared(), found.as_deref()), Verdict::Unreadable);
}

#[tokio::test]
async fn d2_an_image_contract_is_unreadable() {
    let reader = PdfText::default();
    for media_type in [MediaType::Png, MediaType::Jpeg, MediaType::Json] {
        assert_eq!(reader.read(media_type, &contract()).await, None);
    }
    assert_eq!(verdict(declared(), None), Verdict::Unreadable);
}

#[tokio::test]
async fn d2_a_broken_document_is_no_error() {
    let whole = contract();
    for broken in [
        &b""[..],
        b"%PDF-1.4\n",
        b"%PDF-1.4\ngarbage \xff\xfe\x00",
        b"not a PDF at all",
    ] {
        assert_eq!(read(broken).await, None, "{broken:?}");
    }
    // Cut off in the middle: readable or not, it ends and it is no error.
    read(&whole[..whole.len() / 2]).await;
}

#[tokio::test]
async fn d2_an_encrypted_document_is_unreadable() {
    let key = "00".repeat(32);
    let encrypted = pdf(
        "BT /F 12 Tf 50 700 Td (CNY 120,000.00) Tj ET",
        &[
            stream("", ""),
            format!("<< /Filter /Standard /V 1 /R 2 /P -4 /O <{key}> /U <{key}> >>"),
        ],
        &format!("/Encrypt 10 0 R /ID [<{0}> <{0}>]", "11".repeat(16)),
    );
    assert_eq!(read(&encrypted).await, None);
}

/// Eight forms, each of which draws the next a dozen times.
fn bomb() -> Vec<u8> {
    let mut forms = Vec::new();
    for depth in 0..8 {
        let entries = format!(
            "/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /Font << /F 5 0 R >> /XObject << /X {} 0 R >> >>",
            10 + depth
        );
        forms.push(stream(&entries, &"1 0 0 1 1 1 cm /X Do ".repeat(12)));
    }
    let last = "/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /Font << /F 5 0 R >> >>";
    forms.push(stream(last, "BT /F 1 Tf 5 5 Td (CNY 120,000.00) Tj ET"));
    pdf("/X Do", &forms, "")
}

#[tokio::test]
async fn d2_a_bomb_is_stopped() {
    let reader = PdfText {
        timeout: Duration::from_secs(2),
        memory_kib: 128 * 1024,
        ..PdfText::default()
    };
    let started = std::time::Instant::now();
    assert_eq!(reader.read(MediaType::Pdf, &bomb()).await, None);
    assert!(started.elapsed() < Duration::from_secs(8), "{:?}", started.elapsed());
}

#[tokio::test]
async fn d2_too_much_text_is_unreadable_rather_than_half_read() {
    let reader = PdfText {
        most_text: 20,
        ..PdfText::default()
    };
    assert_eq!(reader.read(MediaType::Pdf, &contract()).await, None);
}

#[tokio::test]
async fn d2_a_missing_or_hanging_tool_is_no_error() {
    let missing = PdfText {
        tool: "pdftotext-that-is-not-there".to_owned(),
        ..PdfText::default()
    };
    assert_eq!(missing.read(MediaType::Pdf, &contract()).await, None);

    let folder = std::env::temp_dir().join(format!("appshelf-tool-{:x}", rand::random::<u64>()));
    std::fs::create_dir(&folder).unwrap();
    let tool = folder.join("hangs");
    std::fs::write(&tool, "#!/bin/sh\nexec sleep 60\n").unwrap();
    #[cfg(unix)]
    std::fs::set_permissions(&tool, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let hanging = PdfText {
        tool: tool.display().to_string(),
        timeout: Duration::from_millis(300),
        ..PdfText::default()
    };
    let started = std::time::Instant::now();
    assert_eq!(hanging.read(MediaType::Pdf, &contract()).await, None);
    assert!(started.elapsed() < Duration::from_secs(5));
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn the_bounds_on_memory_hold() {
    let starved = PdfText {
        memory_kib: 4 * 1024,
        ..PdfText::default()
    };
    assert_eq!(starved.read(MediaType::Pdf, &contract()).await, None);
}
