//! From a submitted project to its verdict, with real bytes and the real tool.

use futures_util::stream;
use serde_json::json;

use super::*;
use crate::domain::amount_check::AmountVerdict;
use crate::domain::file::{FilePurpose, MediaType};
use crate::domain::id::FileId;
use crate::files::storage::Files;
use crate::services::project;
use crate::services::testing::{World, project_fields, write};
use crate::store::amount_check as checks;
use crate::store::file;
use crate::store::testing::{TestStore, sqlite};

/// A page that says so; what is wrong with its table of places, readers mend.
fn contract(line: &str) -> Vec<u8> {
    let content = format!("BT /F 12 Tf 50 700 Td ({line}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let numbered = objects.iter().enumerate();
    let body: String = numbered
        .map(|(place, object)| format!("{} 0 obj\n{object}\nendobj\n", place + 1))
        .collect();
    format!("%PDF-1.4\n{body}trailer\n<< /Size 6 /Root 1 0 R >>\n%%EOF\n").into_bytes()
}

/// Uploads the bytes as a contract of the world's partner.
async fn upload(store: &TestStore, files: &Files, world: &World, bytes: Vec<u8>) -> FileId {
    let parts = stream::iter([Ok::<_, std::io::Error>(bytes::Bytes::from(bytes))]);
    let stored = files
        .put(FilePurpose::Contract, parts)
        .await
        .expect("the bytes are kept");
    let made = write(store, &world.admin, |tx, viewer| {
        let row = File {
            id: tx.id(),
            organization_id: viewer.organization_id.clone(),
            purpose: FilePurpose::Contract,
            name: "contract.pdf".to_owned(),
            media_type: MediaType::Pdf,
            size: stored.size as i64,
            sha256: stored.sha256.clone(),
            storage_key: stored.key.as_str().to_owned(),
            created_by: viewer.user_id.clone(),
            created_at: tx.now,
            width: None,
            height: None,
        };
        file::insert(tx, &row)?;
        Ok(row.id)
    });
    made.expect("a file")
}

/// The verdict on a project of 120,000 whose contract says `line`.
async fn verdict(line: &str) -> AmountVerdict {
    let store = sqlite();
    let world = World::granted(&store);
    let folder = std::env::temp_dir().join(format!("appshelf-contracts-{:x}", rand::random::<u64>()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let context = Context::new(store.store.clone(), Files::in_folder(&folder).expect("it opens"));
    let id = upload(&store, context.files(), &world, contract(line)).await;
    let made = write(&store, &world.admin, |tx, viewer| {
        project::create(tx, viewer, &project_fields("一期", &id), true)
    });
    let id = made.expect("a project").id;
    let payload = json!({ "projectId": id.as_str() });
    let read = || {
        let check = store.read_blocking(|conn| checks::of_project(conn, &id));
        check.expect("it is read").expect("a check").verdict
    };
    assert_eq!(read(), AmountVerdict::Pending);
    run(&context, &payload).await.expect("the job is done");
    let first = read();
    // A second attempt finds nothing to do, even when the file is gone.
    std::fs::remove_dir_all(&folder).expect("the folder is removed");
    run(&context, &payload).await.expect("the job is done again");
    give_up(&context, &payload).await.expect("nothing changes");
    assert_eq!(read(), first);
    first
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn d2_a_submitted_contract_is_read_once_and_compared() {
    assert_eq!(verdict("Total: CNY 120,000.00").await, AmountVerdict::Match);
    assert_eq!(verdict("Total: CNY 130,000.00").await, AmountVerdict::Mismatch);
    assert_eq!(verdict("No amount at all").await, AmountVerdict::Unreadable);
}
