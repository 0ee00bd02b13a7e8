//! Files of records (D30): the uploader's alone until a record holds them, then for whoever reads the record; and nothing
//! of them stays when nobody holds them any more.

use anyhow::Context;
use appshelf::domain::organization::EditionName;
use appshelf::files::storage::StorageKey;
use appshelf::jobs::upkeep;
use appshelf_tests::api::{Someone, TestApp};
use appshelf_tests::forms::{record, submit, update};
use appshelf_tests::on_each_database;
use appshelf_tests::scene::Scene;
use chrono::Duration;
use diesel::RunQueryDsl;
use serde_json::{Value, json};

use crate::served::Served;

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj";

/// An application in use, and a server of it.
struct Desk {
    scene: Scene,
    instance: String,
    served: Served,
}

impl Desk {
    async fn open(app: &TestApp) -> anyhow::Result<Self> {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let instance = scene.forms_in_use().await?;
        let served = Served::start(app)?;
        Ok(Self {
            scene,
            instance,
            served,
        })
    }

    /// Uploads a file for a contract; its id.
    async fn upload(&self, by: &Someone) -> anyhow::Result<String> {
        let query = format!("purpose=RECORD&name=a.pdf&instance={}&page=contract", self.instance);
        let answer = self.served.put(by, &query, PDF).await?;
        let status = answer.status();
        let body: Value = answer.json().await?;
        anyhow::ensure!(status == 201, "{body}");
        Ok(body["id"].as_str().unwrap_or_default().to_owned())
    }

    /// A contract that holds the file; its id.
    async fn contract(&self, by: &Someone, file: &str) -> anyhow::Result<String> {
        record(
            by,
            &self.instance,
            "contract",
            json!({ "title": "框架", "files": [{ "file": file, "name": "a.pdf" }] }),
        )
        .await
    }

    /// What is answered to somebody who asks for the file.
    async fn status(&self, by: &Someone, file: &str) -> anyhow::Result<u16> {
        Ok(self.served.get(by, &format!("/files/{file}")).await?.status().as_u16())
    }
}

/// Where the storage keeps the bytes of a file.
async fn key(app: &TestApp, file: &str) -> anyhow::Result<StorageKey> {
    #[derive(diesel::QueryableByName)]
    struct Stored {
        #[diesel(sql_type = diesel::sql_types::Text)]
        storage_key: String,
    }
    let query = format!("SELECT storage_key FROM record_files WHERE id = '{file}'");
    let stored = app
        .app
        .store
        .read(move |conn| Ok(diesel::sql_query(&query).get_result::<Stored>(conn)?))
        .await?;
    StorageKey::from_stored(&stored.storage_key).context("a key of the storage")
}

on_each_database! {
    async fn d30_a_file_is_its_uploaders_alone_until_a_record_holds_it(app) {
        let desk = Desk::open(app).await?;
        let (employee, admin) = (&desk.scene.employee, &desk.scene.customer);
        let file = desk.upload(employee).await?;
        assert_eq!(desk.status(employee, &file).await?, 200);
        assert_eq!(desk.status(admin, &file).await?, 404);
        let taken = submit(admin, &desk.instance, "contract", json!({ "title": "x", "files": [{ "file": file, "name": "a.pdf" }] })).await?;
        assert_eq!(taken["code"], "VALIDATION", "somebody else's upload: {taken}");
        let contract = desk.contract(employee, &file).await?;
        assert_eq!(desk.status(admin, &file).await?, 200);
        let stranger = app.customer("red", EditionName::Professional).await?;
        for other in [&stranger, &desk.scene.partner, &app.nobody()] {
            assert!(matches!(desk.status(other, &file).await?, 401 | 404));
        }
        let twice = submit(employee, &desk.instance, "contract", json!({ "title": "y", "files": [{ "file": file, "name": "a.pdf" }] })).await?;
        assert_eq!(twice["code"], "VALIDATION", "a file belongs to one record: {twice}");
        let on = "... on DeletedRecord { id }";
        employee.act("deleteRecord", "DeleteRecordInput", json!({ "id": contract }), on, None).await?;
        assert_eq!(desk.status(admin, &file).await?, 404);
    }

    async fn d30_the_same_file_or_record_twice_in_a_field_counts_once(app) {
        let desk = Desk::open(app).await?;
        let (by, id) = (&desk.scene.employee, &desk.instance);
        let file = json!({ "file": desk.upload(by).await?, "name": "a.pdf" });
        let customer = json!({ "record": record(by, id, "customer", json!({ "name": "蓝海" })).await? });
        let mut data = json!({ "title": "框架", "files": [file, file], "customers": [customer, customer] });
        let made = submit(by, id, "contract", data.clone()).await?;
        let counts = |of: &Value| ["files", "customers"].map(|field| of["data"][field].as_array().map(Vec::len));
        assert_eq!(counts(&made), [Some(1), Some(1)], "{made}");
        data["title"] = json!("框架二");
        let saved = update(by, made["id"].as_str().context("an id")?, 1, data).await?;
        assert_eq!((&saved["version"], counts(&saved)), (&json!(2), [Some(1), Some(1)]), "{saved}");
    }

    async fn d30_the_bytes_of_a_file_go_when_no_record_holds_it_any_more(app) {
        let desk = Desk::open(app).await?;
        let employee = &desk.scene.employee;
        let (first, second) = (desk.upload(employee).await?, desk.upload(employee).await?);
        let (left, kept) = (key(app, &first).await?, key(app, &second).await?);
        let contract = desk.contract(employee, &first).await?;
        upkeep::clear_files(&app.app.store, &app.app.files).await?;
        assert!(app.app.files.get(&left).await?.is_some(), "the record holds it");
        update(employee, &contract, 1, json!({ "title": "框架", "files": [{ "file": second, "name": "a.pdf" }] })).await?;
        upkeep::clear_files(&app.app.store, &app.app.files).await?;
        assert!(app.app.files.get(&left).await?.is_none(), "its bytes are gone");
        assert!(app.app.files.get(&kept).await?.is_some());
        upkeep::clear_files(&app.app.store, &app.app.files).await?;
    }

    async fn d30_an_upload_that_no_record_took_is_forgotten_after_a_week_unless_a_draft_waits(app) {
        let desk = Desk::open(app).await?;
        let (employee, admin) = (&desk.scene.employee, &desk.scene.customer);
        let (loose, drafted) = (desk.upload(admin).await?, desk.upload(employee).await?);
        let (lost, waiting) = (key(app, &loose).await?, key(app, &drafted).await?);
        let input = json!({ "instanceId": desk.instance, "pageKey": "contract", "data": { "files": [{ "file": drafted, "name": "a.pdf" }] } });
        employee.act("saveRecordDraft", "SaveRecordDraftInput", input, "... on RecordDraft { version }", None).await?;
        app.advance(Duration::days(6));
        upkeep::clear_files(&app.app.store, &app.app.files).await?;
        assert_eq!(desk.status(admin, &loose).await?, 200, "a day is left");
        app.advance(Duration::days(2));
        upkeep::clear_files(&app.app.store, &app.app.files).await?;
        assert_eq!(desk.status(admin, &loose).await?, 404);
        assert!(app.app.files.get(&lost).await?.is_none());
        assert_eq!(desk.status(employee, &drafted).await?, 200, "what was typed keeps its files");
        desk.contract(employee, &drafted).await?;
        upkeep::clear_files(&app.app.store, &app.app.files).await?;
        assert!(app.app.files.get(&waiting).await?.is_some());
    }
}
