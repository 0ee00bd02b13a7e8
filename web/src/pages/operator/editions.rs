//! What each edition is entitled to (D25), as a table that superadmins edit one cell at a time.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use crate::{
    api::{
        delivery::Feature,
        edition::{self, Edition, SetEntitlementInput},
        session::EditionName,
    },
    components::{
        button::{Button, Look},
        dialog::{Confirm, open_for},
        field::{Kind, RadioGroup, TextInput, choice},
        layout::{Row, Stack, paragraph},
        page_header::PageHeader,
        skeleton::Skeleton,
        table::{Table, column},
        toast::toast,
    },
    forms::{Errors, FieldError, submission::Submission},
    i18n::{
        Text, live,
        texts::{operator, portal, shell},
    },
    labels,
    load::{load, show_steadily},
};

const FEATURES: [Feature; 6] = [
    Feature::PagesPerApp,
    Feature::CustomPages,
    Feature::HttpConnectors,
    Feature::DataPreparations,
    Feature::CrossAppForms,
    Feature::PublicDomain,
];

/// One cell of the table: its edition, its feature, and what stands there. No limit means unlimited.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Cell {
    edition: EditionName,
    feature: Feature,
    limit: Option<i32>,
}

pub fn page() -> AnyView {
    let editions = load(edition::editions);
    let editing = RwSignal::new(None::<Cell>);
    let changed = Callback::new(move |()| editions.reload());
    view! {
        <PageHeader title=shell::NAV_EDITIONS hint=operator::EDITIONS_HINT />
        {show_steadily(editions, Skeleton::Rows(6), move |editions| table(editions, editing))}
        {dynamic(move || editing.get().map(|cell| {
            let open = open_for(editing);
            edit_dialog(cell, open, changed)
        }))}
    }
    .into_any()
}

fn table(editions: Vec<Edition>, editing: RwSignal<Option<Cell>>) -> AnyView {
    let columns = std::iter::once(column(portal::FEATURE))
        .chain(editions.iter().map(|edition| column(labels::edition(edition.name))))
        .collect();
    let rows = FEATURES
        .into_iter()
        .map(|feature| {
            let name = Text::from(labels::feature(feature)).into_view_any();
            let cells = editions.iter().map(|edition| {
                let found = edition.entitlements.iter().find(|one| one.feature == feature);
                match found {
                    Some(found) => cell(
                        Cell {
                            edition: edition.name,
                            feature,
                            limit: found.limit,
                        },
                        editing,
                    ),
                    None => "—".into_any(),
                }
            });
            std::iter::once(name).chain(cells).collect()
        })
        .collect();
    view! { <Table label=shell::NAV_EDITIONS columns=columns rows=rows /> }.into_any()
}

fn cell(cell: Cell, editing: RwSignal<Option<Cell>>) -> AnyView {
    let edit = Callback::new(move |()| editing.set(Some(cell)));
    let name = Text::from(move || {
        let (edition, feature) = (labels::edition(cell.edition), labels::feature(cell.feature));
        operator::edit_entitlement(&edition.get(), &feature.get())
    });
    view! {
        <Row>
            {live(move || limit_words(cell.limit))}
            <Button label=operator::CHANGE on_press=edit look=Look::Quiet small=true name=name />
        </Row>
    }
    .into_any()
}

fn limit_words(limit: Option<i32>) -> String {
    match limit {
        None => portal::UNLIMITED.get().to_owned(),
        Some(0) => operator::NOT_INCLUDED.get().to_owned(),
        Some(limit) => limit.to_string(),
    }
}

fn edit_dialog(cell: Cell, open: RwSignal<bool>, changed: Callback<()>) -> AnyView {
    let submission = Submission::new();
    let errors = Errors::new();
    let (kind, limit) = match cell.limit {
        None => ("unlimited", String::new()),
        Some(0) => ("none", String::new()),
        Some(limit) => ("limited", limit.to_string()),
    };
    let (kind, limit) = (RwSignal::new(kind.to_owned()), RwSignal::new(limit));
    let confirm = Callback::new(move |()| {
        let Some(limit) = chosen_limit(kind, limit, errors) else {
            return;
        };
        let input = SetEntitlementInput {
            edition: cell.edition,
            feature: cell.feature,
            limit,
        };
        submission.run_form(errors, edition::set_entitlement(input), move |_| {
            toast(operator::ENTITLEMENT_SET);
            let _ = open.try_set(false);
            changed.run(());
        });
    });
    let title = Text::from(move || {
        operator::edit_entitlement(
            &labels::edition(cell.edition).get(),
            &labels::feature(cell.feature).get(),
        )
    });
    view! {
        <Confirm open=open title=title confirm=operator::CHANGE on_confirm=confirm busy=submission.busy problem=submission.problem>
            <Stack>
                {paragraph(Text::from(move || operator::now_is(&limit_words(cell.limit))))}
                <RadioGroup
                    name="kind"
                    label=portal::LIMIT
                    value=kind
                    errors=errors
                    required=true
                    choices=vec![
                        choice("limited", operator::UP_TO),
                        choice("unlimited", portal::UNLIMITED),
                        choice("none", operator::NOT_INCLUDED),
                    ]
                />
                {dynamic(move || (kind.get() == "limited").then(|| view! {
                    <TextInput name="limit" label=operator::UP_TO value=limit errors=errors kind=Kind::Number required=true />
                }))}
                {paragraph(Text::from(move || operator::entitlement_effect(&labels::edition(cell.edition).get())))}
            </Stack>
        </Confirm>
    }
    .into_any()
}

/// The limit as the contract has it; nothing, with an error beside the field, where it is no number above zero.
#[allow(clippy::option_option)]
fn chosen_limit(kind: RwSignal<String>, limit: RwSignal<String>, errors: Errors) -> Option<Option<i32>> {
    match kind.get_untracked().as_str() {
        "unlimited" => Some(None),
        "none" => Some(Some(0)),
        _ => match limit.get_untracked().trim().parse::<i32>() {
            Ok(limit) if limit > 0 => Some(Some(limit)),
            _ => {
                errors.set(vec![FieldError {
                    name: "limit".to_owned(),
                    message: operator::LIMIT_FORM.into(),
                }]);
                None
            }
        },
    }
}
