//! Import of an application package: the file, its format, a dry run, live progress, and the report of what was taken
//! over, what was not, and what is wrong with the file.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use crate::{
    api::{
        application::{self, ImportPackageInput, ImportReport, PackageFormat, PackageImport, PackageImportStatus},
        file::{Purpose, StoredFile},
        live::{self, Update},
    },
    browser,
    components::{
        alert::{Alert, Level},
        button::{Button, ButtonLink, Look, Submit},
        error_summary::ErrorSummary,
        facts::{fact, facts, text_fact},
        field::{Checkbox, RadioGroup, TextInput, choice},
        file_drop::{FileDrop, Limits},
        layout::{Card, Row, Stack, bullets, muted, paragraph, subheading},
        page_header::{PageHeader, crumb},
        progress::Progress,
        skeleton::Skeleton,
        table::{Table, column},
    },
    forms::{Errors, FieldError, submission::Submission},
    i18n::{Text, texts::portal},
    load::{load, show},
    navigation,
    routes::Portal,
};

const LIMITS: Limits = Limits {
    types: &[".json"],
    megabytes: 64,
};

pub fn page() -> AnyView {
    let location = navigation::location_now();
    let target = location.value("application").map(|id| cynic::Id::new(id.to_owned()));
    // The running import stands in the address: leaving the page and coming back finds it again.
    let running = navigation::query("import");
    let title = if target.is_some() {
        portal::IMPORT_VERSION
    } else {
        portal::IMPORT_APPLICATION
    };
    let mut crumbs = vec![super::applications_crumb()];
    if let Some(id) = &target {
        crumbs.push(crumb(
            portal::APPLICATION,
            Portal::Application(id.inner().to_owned()).address(),
        ));
    }
    view! {
        <PageHeader title=title crumbs=crumbs hint=portal::IMPORT_HINT />
        {dynamic(move || {
            let import = running.get();
            if import.is_empty() { view! { <ImportForm target=target.clone() /> }.into_any() } else { follow(import) }
        })}
    }
    .into_any()
}

#[component]
fn ImportForm(target: Option<cynic::Id>) -> AnyView {
    let file = RwSignal::new(None::<StoredFile>);
    let format = RwSignal::new("AUTO".to_owned());
    let version = RwSignal::new(String::new());
    let dry_run = RwSignal::new(false);
    let errors = Errors::new();
    let submission = Submission::new();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(stored) = file.get_untracked() else {
            errors.set(vec![FieldError {
                name: "fileId".to_owned(),
                message: portal::FILE_REQUIRED.into(),
            }]);
            return;
        };
        let input = ImportPackageInput {
            file_id: stored.id,
            format: match format.get_untracked().as_str() {
                "NATIVE" => PackageFormat::Native,
                "BASEROW" => PackageFormat::Baserow,
                _ => PackageFormat::Auto,
            },
            application_id: target.clone(),
            version: Some(version.get_untracked().trim().to_owned()).filter(|version| !version.is_empty()),
            dry_run: dry_run.get_untracked(),
        };
        submission.run_form(
            errors,
            application::import_package(input, Some(submission.key())),
            |started| {
                navigation::set_query(&[("import", started.id.inner())]);
            },
        );
    };
    let formats = vec![
        choice("AUTO", portal::FORMAT_AUTO),
        choice("NATIVE", portal::FORMAT_NATIVE),
        choice("BASEROW", portal::FORMAT_BASEROW),
    ];
    view! {
        <Card title=portal::PACKAGE>
            <form novalidate=true on:submit=submit>
                <Stack>
                    <ErrorSummary errors=errors labels=Callback::new(label) submission=submission />
                    <FileDrop name="fileId" label=portal::PACKAGE_FILE purpose=Purpose::Package limits=LIMITS value=file errors=errors required=true />
                    <RadioGroup name="format" label=portal::FORMAT value=format errors=errors choices=formats hint=portal::FORMAT_HINT required=true />
                    <TextInput name="version" label=portal::VERSION value=version errors=errors hint=portal::VERSION_HINT limit=40 />
                    <Checkbox name="dryRun" value=dry_run errors=errors hint=portal::DRY_RUN_HINT>{portal::DRY_RUN}</Checkbox>
                    <Row end=true><Submit label=portal::START_IMPORT busy=submission.busy /></Row>
                </Stack>
            </form>
        </Card>
    }
    .into_any()
}

fn label(name: String) -> Option<Text> {
    Some(Text::from(match name.as_str() {
        "fileId" => portal::PACKAGE_FILE,
        "format" => portal::FORMAT,
        "version" => portal::VERSION,
        _ => return None,
    }))
}

/// Follows an import: by subscription, and by asking every second and a half while that is interrupted.
fn follow(id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let asked = id.clone();
    let import = load(move || application::package_import(asked.clone()));
    live::while_shown(application::package_import_progress(id, move |update| match update {
        Update::Value(value) => import.set(Some(value)),
        Update::Complete => import.reload(),
        Update::Interrupted => ask_later(import),
    }));
    show(import, Skeleton::Lines, |import| match import {
        Some(import) => shown(import),
        None => crate::pages::not_found::page(),
    })
}

fn ask_later(import: crate::load::Loaded<Option<PackageImport>>) {
    browser::after(1500, move || {
        if import.peek().flatten().is_none_or(|import| !import.finished()) {
            import.reload();
        }
    });
}

fn shown(import: PackageImport) -> AnyView {
    let again = view! {
        <Button label=portal::IMPORT_ANOTHER on_press=Callback::new(|()| navigation::set_query(&[("import", "")])) look=Look::Plain />
    }
    .into_any();
    match import.status {
        PackageImportStatus::Queued | PackageImportStatus::Running => running(import),
        PackageImportStatus::Succeeded => succeeded(import, again),
        PackageImportStatus::Failed => failed(import, again),
    }
}

fn running(import: PackageImport) -> AnyView {
    let (done, total) = (import.done, import.total);
    let stage = import.stage;
    let label = Text::from(move || {
        if total > 0 {
            format!("{stage} · {done} / {total}")
        } else if stage.is_empty() {
            portal::IMPORT_QUEUED.get().to_owned()
        } else {
            stage.clone()
        }
    });
    view! {
        <Card title=import.file_name>
            <Stack tight=true>
                <Progress done=done total=total label=label />
                {muted(portal::IMPORT_GOES_ON)}
            </Stack>
        </Card>
    }
    .into_any()
}

fn succeeded(import: PackageImport, again: AnyView) -> AnyView {
    let title = if import.dry_run {
        portal::DRY_RUN_FINE
    } else {
        portal::IMPORTED
    };
    let open = import.version.map(|version| {
        let href = Portal::Application(version.application.id.into_inner()).address();
        view! { <ButtonLink label=portal::OPEN_APPLICATION href=href look=Look::Primary /> }
    });
    view! {
        <Stack>
            <Alert level=Level::Good title=title>{import.dry_run.then(|| paragraph(portal::DRY_RUN_NOTHING_WRITTEN))}</Alert>
            {import.report.map(report)}
            <Row>{open}{again}</Row>
        </Stack>
    }
    .into_any()
}

fn report(report: ImportReport) -> AnyView {
    let list = facts(vec![
        text_fact(portal::APPLICATION, &report.application),
        text_fact(portal::VERSION, &report.version),
        fact(portal::COMPONENTS, super::application::counts(&report.components)),
        fact(portal::SAMPLE_ROW_COUNT, report.sample_rows.to_string()),
    ]);
    let warnings = (!report.warnings.is_empty()).then(|| {
        let items = report
            .warnings
            .iter()
            .map(|warning| warning.clone().into_any())
            .collect();
        view! { <Alert level=Level::Warning title=portal::IMPORT_WARNINGS>{bullets(items)}</Alert> }
    });
    let unmapped = (!report.unmapped.is_empty()).then(|| {
        let rows = report
            .unmapped
            .into_iter()
            .map(|part| vec![part.place.into_any(), part.what.into_any(), muted(part.kept_as.unwrap_or_else(|| "—".to_owned()))])
            .collect();
        view! {
            <div>
                {subheading(portal::UNMAPPED)}
                <Table label=portal::UNMAPPED columns=vec![column(portal::PLACE), column(portal::WHAT), column(portal::KEPT_AS)] rows=rows inside=true />
            </div>
        }
    });
    view! { <Card title=portal::IMPORT_REPORT><Stack>{list}{warnings}{unmapped}</Stack></Card> }.into_any()
}

fn failed(import: PackageImport, again: AnyView) -> AnyView {
    let rows: Vec<Vec<AnyView>> = import
        .problems
        .into_iter()
        .map(|problem| vec![problem.place.into_any(), problem.message.into_any()])
        .collect();
    let table = (!rows.is_empty())
        .then(|| view! { <Table label=portal::IMPORT_PROBLEMS columns=vec![column(portal::PLACE), column(portal::PROBLEM)] rows=rows /> });
    view! {
        <Stack>
            <Alert level=Level::Error title=portal::IMPORT_FAILED><p>{portal::IMPORT_FAILED_HINT}</p></Alert>
            {table}
            <Row>{again}</Row>
        </Stack>
    }
    .into_any()
}
