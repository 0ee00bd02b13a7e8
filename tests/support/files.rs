//! Files that people upload: packages of the demo, real exports where they are at hand, contracts.

use std::path::PathBuf;

use crate::repository;

/// A package of the demo.
pub fn demo_package(name: &str) -> PathBuf {
    repository().join(format!("server/demo/{name}.json"))
}

/// A real Baserow export that lies beside the repository; `None` where there is none.
pub fn export(name: &str) -> Option<PathBuf> {
    let file = repository().join(format!("../shared/data/baserow/{name}.json"));
    // The browser takes no path with `..` in it.
    file.canonicalize().ok()
}

/// A one-page PDF of these lines, ASCII only.
pub fn pdf(lines: &[&str]) -> Vec<u8> {
    let text: String = lines
        .iter()
        .enumerate()
        .map(|(place, line)| format!("/F1 12 Tf 1 0 0 1 60 {} Tm ({line}) Tj\n", 780 - 24 * place))
        .collect();
    let content = format!("BT\n{text}ET\n");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}endstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", number + 1));
    }
    let start = file.len();
    file.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    for place in places {
        file.push_str(&format!("{place:010} 00000 n \n"));
    }
    let size = objects.len() + 1;
    file.push_str(&format!(
        "trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    ));
    file.into_bytes()
}
