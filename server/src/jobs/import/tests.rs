//! The job of an import from the uploaded bytes to the version, with crashes between.

use super::*;
use crate::auth::viewer::Viewer;
use crate::domain::application::PackageImportStatus;
use crate::domain::file::FilePurpose;
use crate::domain::id::FileId;
use crate::domain::job::Lane;
use crate::files::storage::{Files, StoredFile};
use crate::services::package_import::{NewImport, problems_of, report_of};
use crate::services::testing::{World, write};
use crate::store::conn::Conn;
use crate::store::job::{self, Job};
use crate::store::page::PageRequest;
use crate::store::testing::{TestStore, on_both};
use crate::store::{Result as StoreResult, application};

const GOOD: &str = r#"{"format":"appshelf.package/1","name":"进销存","version":"1.4.0","components":[
    {"key":"desk","kind":"PORTAL","name":"工作台","definition":{}}]}"#;
const BAD: &str = "{\"format\":\"appshelf.package/1\",\n\"name\":\"进销存\"}";

struct Scene<'a> {
    on: &'a TestStore,
    world: World,
    context: Context,
    _folder: tempfile::TempDir,
}

impl<'a> Scene<'a> {
    fn new(on: &'a TestStore) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let files = Files::in_folder(folder.path()).expect("the folder opens");
        let context = Context::new(on.store.clone(), files);
        let world = World::new(on);
        Self {
            on,
            world,
            context,
            _folder: folder,
        }
    }

    /// An uploaded package and its import, queued.
    async fn import(&self, text: &'static str, dry_run: bool) -> PackageImportId {
        let bytes = futures_util::stream::iter([Ok::<_, std::io::Error>(bytes::Bytes::from_static(text.as_bytes()))]);
        let stored = self.context.files().put(FilePurpose::Package, bytes).await;
        let file_id = self.keep(&self.world.admin, &stored.expect("it is stored"));
        let new = NewImport {
            file_id,
            format: PackageFormat::Auto,
            application_id: None,
            version: None,
            dry_run,
        };
        let start = |tx: &mut crate::store::Tx<'_>, viewer: &Viewer| service::start(tx, viewer, new.clone());
        write(self.on, &self.world.admin, start).expect("it starts").id
    }

    fn keep(&self, viewer: &Viewer, stored: &StoredFile) -> FileId {
        let keep = |tx: &mut crate::store::Tx<'_>, viewer: &Viewer| {
            crate::services::file::keep(tx, viewer, FilePurpose::Package, "package.json", stored)
        };
        write(self.on, viewer, keep).expect("it is kept").id
    }

    fn lease(&self, token: &str) -> Job {
        let taken = self
            .on
            .system(|tx| job::lease(tx, Lane::Others, token, chrono::Duration::seconds(6)));
        taken.expect("the queue can be asked").expect("a job is due")
    }

    async fn run(&self, job: &Job) -> anyhow::Result<()> {
        let held = Held::of(job, chrono::Duration::seconds(6));
        run(&self.context, &serde_json::from_str(&job.payload)?, &held).await
    }

    fn row(&self, id: &PackageImportId) -> PackageImport {
        self.look(|conn| package_import::get(conn, id))
    }

    fn look<T>(&self, work: impl FnOnce(&mut Conn) -> StoreResult<T>) -> T {
        self.on.read_blocking(work).expect("it can be read")
    }

    fn applications(&self) -> usize {
        let scope = self.world.admin.partner().expect("an admin of a partner");
        self.look(|conn| application::list(conn, &scope, None, &PageRequest::default()))
            .rows
            .len()
    }
}

fn scenes(test: impl AsyncFn(Scene<'_>)) {
    on_both(|on| {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(test(Scene::new(on)));
    });
}

#[test]
fn an_uploaded_package_becomes_a_version() {
    scenes(async |scene| {
        let mut signals = scene.on.signals();
        let id = scene.import(GOOD, false).await;
        scene.run(&scene.lease("a")).await.unwrap();
        let row = scene.row(&id);
        assert_eq!(
            (row.status, row.stage),
            (PackageImportStatus::Succeeded, ImportStage::Finished)
        );
        assert!(row.version_id.is_some() && row.finished_at.is_some());
        assert_eq!(report_of(&row).unwrap().unwrap().version, "1.4.0");
        assert_eq!(scene.applications(), 1);
        let mut moved = 0;
        while let Ok(signal) = signals.try_recv() {
            moved += usize::from(signal == crate::store::Signal::ImportMoved(id.clone()));
        }
        assert!(moved >= 3, "it was heard of {moved} times");
    });
}

#[test]
fn a_bad_file_and_a_dry_run_store_nothing() {
    scenes(async |scene| {
        let bad = scene.import(BAD, false).await;
        scene.run(&scene.lease("a")).await.unwrap();
        let row = scene.row(&bad);
        assert_eq!(row.status, PackageImportStatus::Failed);
        assert_eq!(problems_of(&row).unwrap()[0].code, "MISSING_MEMBER");
        let dry = scene.import(GOOD, true).await;
        scene.run(&scene.lease("b")).await.unwrap();
        let row = scene.row(&dry);
        assert_eq!((row.status, &row.version_id), (PackageImportStatus::Succeeded, &None));
        assert!(row.report.is_some());
        assert_eq!(scene.applications(), 0);
    });
}

#[test]
fn a_worker_that_died_leaves_nothing_and_the_next_one_stores_it_once() {
    scenes(async |scene| {
        let id = scene.import(GOOD, false).await;
        let dead = scene.lease("dead");
        let begun = begin(scene.on, &id).await.unwrap();
        assert!(begun.is_some(), "it got as far as reading");
        assert_eq!(scene.applications(), 0);
        scene.on.clock.advance(chrono::Duration::seconds(7));
        let next = scene.lease("next");
        // The dead one was only slow: it goes on after its lease was lost.
        assert!(scene.run(&dead).await.is_err());
        assert_eq!(scene.applications(), 0);
        scene.run(&next).await.unwrap();
        assert_eq!(scene.applications(), 1);
        // The process ended before the queue heard of it.
        scene.on.clock.advance(chrono::Duration::seconds(7));
        scene.run(&scene.lease("last")).await.unwrap();
        assert_eq!(scene.applications(), 1);
        assert_eq!(scene.row(&id).status, PackageImportStatus::Succeeded);
    });
}

#[test]
fn an_import_that_is_given_up_says_so() {
    scenes(async |scene| {
        let id = scene.import(GOOD, false).await;
        let payload = serde_json::from_str(&scene.lease("a").payload).unwrap();
        give_up(&scene.context, &payload).await.unwrap();
        let row = scene.row(&id);
        assert_eq!(row.status, PackageImportStatus::Failed);
        assert_eq!(problems_of(&row).unwrap()[0].code, "INTERNAL");
        give_up(&scene.context, &payload).await.unwrap();
    });
}
