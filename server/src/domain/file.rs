//! What an uploaded file may be: its purpose with the kinds and sizes that go with it, and a name that is safe to show
//! and to offer for download. Bytes and where they are kept are `files`.

use unicode_segmentation::UnicodeSegmentation;

use super::problem::Problem;
use super::wording::is_hidden;
use super::words::words;

words! {
    /// What a file was uploaded for.
    FilePurpose {
        /// The contract or quotation of a project.
        Contract = "CONTRACT",
        /// The acceptance certificate of a settlement.
        AcceptanceCertificate = "ACCEPTANCE_CERTIFICATE",
        /// An application package to import.
        Package = "PACKAGE",
        /// A file field of a record.
        Record = "RECORD",
        /// A table of records to import.
        RecordImport = "RECORD_IMPORT",
        /// What was seen in a self-test.
        SelfTestEvidence = "SELF_TEST_EVIDENCE",
        /// The icon of a product.
        ProductIcon = "PRODUCT_ICON",
        /// A screenshot of a product.
        ProductScreenshot = "PRODUCT_SCREENSHOT",
        /// A picture within a product's description.
        ProductImage = "PRODUCT_IMAGE",
        /// What a message of a service request shows.
        ServiceAttachment = "SERVICE_ATTACHMENT",
        /// The icon of a cool app or of its robot: PNG, 240 × 240.
        CoolAppIcon = "COOL_APP_ICON",
        /// The icon of a cool app's entry: PNG, 48 × 48.
        CoolAppEntryIcon = "COOL_APP_ENTRY_ICON",
        /// A thumbnail of a cool app: less than 100 KB.
        CoolAppThumbnail = "COOL_APP_THUMBNAIL",
        /// A picture of a case of a cool app: less than 100 KB.
        CoolAppCase = "COOL_APP_CASE",
    }
}

words! {
    /// The kinds of files that are accepted, told by their content.
    MediaType {
        /// A PDF document.
        Pdf = "application/pdf",
        /// A PNG image.
        Png = "image/png",
        /// A JPEG image.
        Jpeg = "image/jpeg",
        /// JSON text.
        Json = "application/json",
        /// A GIF image.
        Gif = "image/gif",
        /// A WebP image.
        Webp = "image/webp",
        /// Plain text; tables of values separated by commas are such.
        Text = "text/plain",
        /// An archive; today's office documents are such.
        Zip = "application/zip",
        /// An office document of the older kind.
        Office = "application/x-ole-storage",
        /// An MPEG-4 film or sound.
        Mp4 = "video/mp4",
    }
}

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;
/// What pictures of a cool app are smaller than.
const SMALL_KIB: u64 = 100;

impl FilePurpose {
    pub fn allowed(self) -> &'static [MediaType] {
        match self {
            FilePurpose::Contract | FilePurpose::AcceptanceCertificate | FilePurpose::SelfTestEvidence => {
                &[MediaType::Pdf, MediaType::Png, MediaType::Jpeg]
            }
            FilePurpose::Package => &[MediaType::Json],
            FilePurpose::Record | FilePurpose::ServiceAttachment => MediaType::ALL,
            FilePurpose::RecordImport => &[MediaType::Text],
            FilePurpose::ProductIcon
            | FilePurpose::ProductScreenshot
            | FilePurpose::ProductImage
            | FilePurpose::CoolAppThumbnail
            | FilePurpose::CoolAppCase => &[MediaType::Png, MediaType::Jpeg],
            FilePurpose::CoolAppIcon | FilePurpose::CoolAppEntryIcon => &[MediaType::Png],
        }
    }

    /// Bytes at most.
    pub fn max_bytes(self) -> u64 {
        match self {
            FilePurpose::Contract
            | FilePurpose::AcceptanceCertificate
            | FilePurpose::SelfTestEvidence
            | FilePurpose::Record
            | FilePurpose::ServiceAttachment => 20 * MIB,
            FilePurpose::RecordImport => 5 * MIB,
            FilePurpose::ProductIcon
            | FilePurpose::ProductScreenshot
            | FilePurpose::ProductImage
            | FilePurpose::CoolAppIcon
            | FilePurpose::CoolAppEntryIcon => 2 * MIB,
            // L21: less than 100 KB.
            FilePurpose::CoolAppThumbnail | FilePurpose::CoolAppCase => SMALL_KIB * KIB - 1,
            FilePurpose::Package => 64 * MIB,
        }
    }

    pub fn too_large(self) -> Problem {
        match self {
            FilePurpose::CoolAppThumbnail | FilePurpose::CoolAppCase => Problem::FileNotSmall { kib: SMALL_KIB },
            _ => Problem::FileTooLarge {
                max_mib: self.max_bytes() / MIB,
            },
        }
    }

    pub fn wrong_kind(self) -> Problem {
        let allowed = match self {
            FilePurpose::Contract | FilePurpose::AcceptanceCertificate | FilePurpose::SelfTestEvidence => {
                "PDF, PNG, JPEG"
            }
            FilePurpose::Package => "JSON",
            FilePurpose::Record | FilePurpose::ServiceAttachment => {
                "PDF, PNG, JPEG, GIF, WebP, TXT, CSV, JSON, ZIP, DOC(X), XLS(X), PPT(X), MP4"
            }
            FilePurpose::RecordImport => "CSV",
            FilePurpose::ProductIcon
            | FilePurpose::ProductScreenshot
            | FilePurpose::ProductImage
            | FilePurpose::CoolAppThumbnail
            | FilePurpose::CoolAppCase => "PNG, JPEG",
            FilePurpose::CoolAppIcon | FilePurpose::CoolAppEntryIcon => "PNG",
        };
        Problem::FileKind { allowed }
    }
}

impl MediaType {
    /// The usual ending of a file's name, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            MediaType::Pdf => "pdf",
            MediaType::Png => "png",
            MediaType::Jpeg => "jpg",
            MediaType::Json => "json",
            MediaType::Gif => "gif",
            MediaType::Webp => "webp",
            MediaType::Text => "txt",
            MediaType::Zip => "zip",
            MediaType::Office => "doc",
            MediaType::Mp4 => "mp4",
        }
    }

    /// Other endings that files of the kind go by.
    fn other_extensions(self) -> &'static [&'static str] {
        match self {
            MediaType::Jpeg => &["jpeg"],
            MediaType::Text => &["csv", "md", "log"],
            MediaType::Zip => &["docx", "xlsx", "pptx", "odt", "ods", "odp"],
            MediaType::Office => &["xls", "ppt"],
            MediaType::Mp4 => &["m4a", "m4v", "mov"],
            MediaType::Pdf | MediaType::Png | MediaType::Json | MediaType::Gif | MediaType::Webp => &[],
        }
    }

    /// The ending to keep: the given one where files of the kind go by it, else the usual one.
    fn kept_extension(self, name: &str) -> Option<&'static str> {
        let (_, ending) = name.rsplit_once('.')?;
        let ending = ending.to_ascii_lowercase();
        let known = std::iter::once(self.extension()).chain(self.other_extensions().iter().copied());
        known.into_iter().find(|known| *known == ending)
    }
}

/// Characters of a file's name that are kept, without its ending.
const LONGEST_STEM: usize = 100;

/// A name to show and to download under: the last part of a path, without characters that hide, reverse or separate,
/// not longer than people read, with the ending of what the file really is. Never empty, never refused.
pub fn clean_file_name(given: &str, media_type: MediaType) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| is_harmless(*c))
        .collect();
    let words: Vec<&str> = kept.split_whitespace().collect();
    let name = words.join(" ");
    let name = name.trim_matches(['.', ' ']);
    let ending = media_type.kept_extension(name);
    let stem = match ending {
        Some(_) => name.rsplit_once('.').map_or(name, |(stem, _)| stem),
        None => name,
    };
    let mut short: String = stem.graphemes(true).take(LONGEST_STEM).collect();
    // A pile of marks is one character to people and thousands to a file system.
    while short.len() > LONGEST_STEM * 4 {
        short.pop();
    }
    let stem = match short.trim_matches(['.', ' ']) {
        "" => "file",
        stem => stem,
    };
    // Of a picture's two endings one is enough.
    let ending = ending.filter(|_| media_type != MediaType::Jpeg);
    format!("{stem}.{}", ending.unwrap_or_else(|| media_type.extension()))
}

fn is_harmless(c: char) -> bool {
    !c.is_control() && !is_hidden(c) && !matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contracts_are_pdf_or_images_up_to_20_mib() {
        assert_eq!(FilePurpose::Contract.max_bytes(), 20 * 1024 * 1024);
        assert_eq!(FilePurpose::Package.too_large(), Problem::FileTooLarge { max_mib: 64 });
        assert!(!FilePurpose::Contract.allowed().contains(&MediaType::Json));
        assert_eq!(FilePurpose::Package.allowed(), [MediaType::Json]);
    }

    #[test]
    fn l21_pictures_of_cool_apps_are_smaller_than_100_kb_and_their_icons_png() {
        for purpose in [FilePurpose::CoolAppThumbnail, FilePurpose::CoolAppCase] {
            assert_eq!(purpose.max_bytes(), 102_399);
            assert_eq!(purpose.too_large(), Problem::FileNotSmall { kib: 100 });
        }
        for purpose in [FilePurpose::CoolAppIcon, FilePurpose::CoolAppEntryIcon] {
            assert_eq!(purpose.allowed(), [MediaType::Png]);
            assert_eq!(purpose.wrong_kind(), Problem::FileKind { allowed: "PNG" });
        }
    }

    #[test]
    fn a_file_name_is_cleaned_and_never_refused() {
        for (given, name) in [
            ("合同 2026.pdf", "合同 2026.pdf"),
            ("../../etc/passwd", "passwd.pdf"),
            ("C:\\fakepath\\合同.PDF", "合同.pdf"),
            ("evil\u{202e}fdp.exe", "evilfdp.exe.pdf"),
            ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie x=1.pdf"),
            ("\"quoted\"<b>.pdf", "quotedb.pdf"),
            ("....", "file.pdf"),
            ("", "file.pdf"),
            (".pdf", "pdf.pdf"),
            ("no ending", "no ending.pdf"),
            ("\u{0}\u{7f}.pdf", "pdf.pdf"),
        ] {
            assert_eq!(clean_file_name(given, MediaType::Pdf), name, "{given:?}");
        }
        assert_eq!(clean_file_name("photo.JPEG", MediaType::Jpeg), "photo.jpg");
        assert_eq!(clean_file_name("报价.XLSX", MediaType::Zip), "报价.xlsx");
        assert_eq!(clean_file_name("run.exe", MediaType::Zip), "run.exe.zip");
    }

    #[test]
    fn a_long_file_name_is_cut_between_characters() {
        let name = clean_file_name(&"合".repeat(5000), MediaType::Pdf);
        assert_eq!(name.chars().count(), LONGEST_STEM + 4);
        let pile = clean_file_name(&format!("a{}", "\u{301}".repeat(5000)), MediaType::Pdf);
        assert!(pile.len() <= LONGEST_STEM * 4 + 4);
    }
}
