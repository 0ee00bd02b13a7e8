//! Imports of packages: how far one has come, its report, its problems.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::version::{ApplicationVersion, ComponentCount};
use crate::domain::application::PackageImportStatus;
use crate::domain::locale::Locale;
use crate::graphql::context::{Ask, query_error};
use crate::graphql::file::File;
use crate::package::KeptAs;
use crate::services::package_import::{KeptProblem, KeptReport, problems_of, report_of};
use crate::store::package_import;

/// The import of one file. `stage` and `done`/`total` move while RUNNING; `version` is set on SUCCEEDED, `problems` on
/// FAILED.
#[derive(Clone, Debug)]
pub struct PackageImport(pub package_import::PackageImport);

/// Something of the file that has no counterpart here.
#[derive(Clone, Debug, SimpleObject)]
pub struct UnmappedPart {
    /// Where it stands in the file.
    place: String,
    /// What it is, in the caller's language.
    what: String,
    /// What became of it, in the caller's language; null where it was not kept.
    kept_as: Option<String>,
}

/// What was found in the file.
#[derive(Clone, Debug, SimpleObject)]
pub struct ImportReport {
    /// Name of the application.
    application: String,
    /// Number of the version.
    version: String,
    /// How many components of each kind that occurs.
    components: Vec<ComponentCount>,
    /// Sample rows of all form pages together.
    sample_rows: i32,
    /// What could not be mapped.
    unmapped: Vec<UnmappedPart>,
    /// What a person should know, in the caller's language.
    warnings: Vec<String>,
}

/// One reason why nothing was stored.
#[derive(Clone, Debug, SimpleObject)]
pub struct ImportProblem {
    /// Stable.
    code: String,
    /// Where it stands in the file.
    place: String,
    /// What is wrong and what to do, in the caller's language.
    message: String,
}

#[Object]
impl PackageImport {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Where it stands.
    async fn status(&self) -> PackageImportStatus {
        self.0.status
    }

    /// Name of the uploaded file.
    async fn file_name(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(File::load(ctx, self.0.file_id.clone()).await?.0.name)
    }

    /// What is being done: WAITING, READING, STORING or FINISHED.
    async fn stage(&self) -> &str {
        self.0.stage.as_str()
    }

    /// How much of `total` the stage has dealt with.
    async fn done(&self) -> i32 {
        self.0.done
    }

    /// How much the stage has to deal with: bytes while READING, rows while STORING; 0 while nobody knows.
    async fn total(&self) -> i32 {
        self.0.total
    }

    /// Nothing is stored.
    async fn dry_run(&self) -> bool {
        self.0.dry_run
    }

    /// What was found, once it succeeded.
    async fn report(&self, ctx: &Context<'_>) -> Result<Option<ImportReport>> {
        let report = report_of(&self.0).map_err(|error| query_error(error, ctx.locale()))?;
        Ok(report.map(|report| ImportReport::new(report, ctx.locale())))
    }

    /// Why nothing was stored, once it failed; at most the first 50 reasons.
    async fn problems(&self, ctx: &Context<'_>) -> Result<Vec<ImportProblem>> {
        let problems = problems_of(&self.0).map_err(|error| query_error(error, ctx.locale()))?;
        let problem = |problem: &KeptProblem| ImportProblem {
            code: problem.code.clone(),
            place: problem.place(ctx.locale()),
            message: problem.text(ctx.locale()),
        };
        Ok(problems.iter().map(problem).collect())
    }

    /// What was made, once it succeeded; null for a dry run.
    async fn version(&self, ctx: &Context<'_>) -> Result<Option<ApplicationVersion>> {
        match &self.0.version_id {
            Some(id) => ApplicationVersion::load(ctx, id.clone()).await.map(Some),
            None => Ok(None),
        }
    }

    /// When it was asked for.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at.utc()
    }

    /// When it ended.
    async fn finished_at(&self) -> Option<DateTime<Utc>> {
        self.0.finished_at.map(Into::into)
    }
}

impl ImportReport {
    fn new(report: KeptReport, locale: Locale) -> Self {
        let count = |(kind, count): (_, i32)| ComponentCount::new(kind, i64::from(count));
        let unmapped = report.unmapped.into_iter().map(|part| UnmappedPart {
            what: part.text(locale).to_owned(),
            place: part.place,
            kept_as: kept_as(part.kept_as, locale).map(str::to_owned),
        });
        Self {
            application: report.application,
            version: report.version,
            components: report.components.into_iter().map(count).collect(),
            sample_rows: report.sample_rows,
            unmapped: unmapped.collect(),
            warnings: report.warnings.iter().map(|warning| warning.text(locale)).collect(),
        }
    }
}

fn kept_as(kept: KeptAs, locale: Locale) -> Option<&'static str> {
    let (zh, en) = match kept {
        KeptAs::ReadOnlyText => ("只读文本", "read-only text"),
        KeptAs::Definition => ("定义中的数据", "data in the definition"),
        KeptAs::Metadata => ("文件说明，不含文件本身", "a description without the file itself"),
        KeptAs::Blank => ("空白，需人工填写", "blank, to be filled in by hand"),
        KeptAs::NotKept => return None,
    };
    Some(match locale {
        Locale::ZhCn => zh,
        Locale::En => en,
    })
}
