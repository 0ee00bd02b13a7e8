//! Records from a table: the file is checked first, every bad line is named, and nothing is written before the person says so.

use leptos::prelude::*;

use crate::{
    api::{
        file::{Purpose, StoredFile},
        record::{AppFrame, OpenPage, PageAction},
        record_table::{self, ImportRecordsInput, ImportReport},
    },
    components::{
        alert::{Alert, Level, ProblemPanel},
        button::{Button, ButtonLink, Look},
        dynamic::dynamic,
        field::Checkbox,
        file_drop::{FileDrop, Limits},
        layout::{Card, Row, Stack, back_link, bullets, muted, paragraph},
        table::{Table, column, end_column},
        toast::toast,
    },
    format,
    forms::{Errors, submission::Submission},
    i18n::{
        Text,
        texts::{common, customer},
    },
    navigation,
    pages::not_found,
    routes::Customer,
};

const LIMITS: Limits = Limits {
    types: &[".csv"],
    megabytes: 5,
};

/// What is under way. Copies are handles of the same.
#[derive(Clone, Copy)]
struct Import {
    of: StoredValue<(cynic::Id, String)>,
    list: StoredValue<String>,
    file: RwSignal<Option<StoredFile>>,
    report: RwSignal<Option<ImportReport>>,
    skip: RwSignal<bool>,
    errors: Errors,
    submission: Submission,
    changed: Callback<()>,
}

pub fn page(app: AppFrame, page: OpenPage, changed: Callback<()>) -> AnyView {
    if !page.may(PageAction::ImportRecords) {
        return not_found::page();
    }
    let list = Customer::AppPage(app.id.inner().to_owned(), page.key.clone()).address();
    let import = Import {
        of: StoredValue::new((app.id.clone(), page.key.clone())),
        list: StoredValue::new(list.clone()),
        file: RwSignal::new(None),
        report: RwSignal::new(None),
        skip: RwSignal::new(false),
        errors: Errors::new(),
        submission: Submission::new(),
        changed,
    };
    // A file is checked as soon as it is here; another one begins anew.
    Effect::new(move |_| {
        let here = import.file.get().is_some();
        import.report.set(None);
        if here {
            import.run(true);
        }
    });
    let purpose = Purpose::RecordImport {
        instance: app.id,
        page: page.key,
    };
    let name = page.name.clone();
    let title = Text::from(move || customer::import_into(&name));
    view! {
        <Stack tight=true>
            {back_link(list.clone(), page.name)}
            <Card title=title>
                <Stack>
                    {bullets(vec![muted(customer::IMPORT_FIRST_LINE), muted(customer::IMPORT_LIMITS), muted(customer::IMPORT_LEFT_OUT)])}
                    <FileDrop name="fileId" label=customer::IMPORT_FILE purpose=purpose limits=LIMITS value=import.file errors=import.errors required=true />
                    {dynamic(move || import.submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
                    {dynamic(move || import.report.get().map(|found| report(found, import)))}
                    <Row end=true>
                        <ButtonLink label=common::CANCEL href=list />
                        {dynamic(move || import.report.get().map(|found| button(&found, import)))}
                    </Row>
                </Stack>
            </Card>
        </Stack>
    }
    .into_any()
}

impl Import {
    fn run(self, check_only: bool) {
        let Some(file) = self.file.get_untracked() else { return };
        let (instance_id, page_key) = self.of.get_value();
        let input = ImportRecordsInput {
            instance_id,
            page_key,
            file_id: file.id,
            check_only,
            skip_bad_lines: !check_only && self.skip.get_untracked(),
            utc_offset: format::utc_offset(),
        };
        let key = (!check_only).then(|| self.submission.key());
        self.submission
            .run_form(self.errors, record_table::import_records(input, key), move |found| {
                if check_only {
                    self.report.set(Some(found));
                    return;
                }
                let count = u64::try_from(found.imported).unwrap_or_default();
                toast(Text::from(move || customer::imported(count)));
                self.changed.run(());
                navigation::replace(&self.list.get_value());
            });
    }
}

fn good(found: &ImportReport) -> u64 {
    u64::try_from(found.lines - found.bad_line_count).unwrap_or_default()
}

fn button(found: &ImportReport, import: Import) -> AnyView {
    let count = good(found);
    let bad = found.bad_line_count > 0;
    let barrier = Signal::derive(move || {
        if count == 0 {
            Some(customer::IMPORT_NOTHING.get().to_owned())
        } else if bad && !import.skip.get() {
            Some(customer::IMPORT_BAD_FIRST.get().to_owned())
        } else {
            None
        }
    });
    let label = Text::from(move || customer::import_now(count));
    view! { <Button label=label on_press=Callback::new(move |()| import.run(false)) look=Look::Primary busy=import.submission.busy reason=barrier /> }
        .into_any()
}

/// What the check found.
fn report(found: ImportReport, import: Import) -> AnyView {
    let (count, bad) = (good(&found), u64::try_from(found.bad_line_count).unwrap_or_default());
    let title = Text::from(move || match bad {
        0 => customer::import_fine(count),
        _ => customer::import_bad(bad),
    });
    let level = if bad == 0 { Level::Good } else { Level::Warning };
    let columns = |names: Vec<String>, words: fn(&dyn std::fmt::Display) -> String| {
        (!names.is_empty()).then(|| paragraph(Text::from(move || words(&format::list(&names)))))
    };
    let unknown = columns(found.unknown_columns, |names| customer::import_unknown(&names));
    let left_out = columns(found.left_out_columns, |names| customer::import_ignored(&names));
    let hint = (bad > 0 && count > 0).then(|| view! {
        <Checkbox name="skipBadLines" value=import.skip errors=import.errors>{Text::from(move || customer::import_skip(count))}</Checkbox>
    });
    let rows: Vec<Vec<AnyView>> = found
        .bad_lines
        .into_iter()
        .flat_map(|line| {
            let number = line.line;
            line.cells.into_iter().map(move |cell| {
                let field = cell.field.unwrap_or_else(|| "—".to_owned());
                vec![field.into_any(), cell.message.into_any(), number.to_string().into_any()]
            })
        })
        .collect();
    let table = (!rows.is_empty()).then(|| {
        let columns = vec![
            column(customer::FILTER_FIELD),
            column(customer::IMPORT_WRONG),
            end_column(customer::IMPORT_LINE),
        ];
        view! { <Table label=customer::IMPORT_BAD_LINES columns=columns rows=rows /> }
    });
    view! {
        <Stack tight=true>
            <Alert level=level title=title>{unknown}{left_out}</Alert>
            {table}
            {hint}
        </Stack>
    }
    .into_any()
}
