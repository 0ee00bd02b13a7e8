//! 权限 (D19): who sees a page and who may do what with its records, decided for the whole application and, where it differs,
//! page by page. Always the customer's own decision; no delivery touches it.

mod grant;

use leptos::prelude::*;

use grant::GrantForm;

use crate::{
    api::{
        application::ComponentKind,
        instance::Instance,
        page_setting::{self, AppPermission, PageGrant, PageSettings, RecordReach, SetPagePermissionInput},
        record::PageAction,
    },
    components::{
        badge::{Tone, badge},
        button::{Button, Look},
        dialog::{Dialog, Width, open_for},
        dynamic::dynamic,
        error_summary::ErrorSummary,
        icon::Icon,
        layout::{Card, Row, RowActions, Stack, muted, paragraph, two_lines},
        skeleton::Skeleton,
        table::{Table, action_column, column},
        toast::toast,
    },
    format,
    forms::{Errors, FieldError, submission::Submission},
    i18n::{
        Text, live,
        texts::{common, customer},
    },
    labels,
    load::{Loaded, load, show_steadily},
};

type Found = Loaded<Option<AppPermission>>;

/// What is being decided: a page, or the whole application where there is no key.
#[derive(Clone, Debug, PartialEq)]
struct Chosen {
    key: Option<String>,
    name: String,
    is_form: bool,
    settings: PageSettings,
}

/// Most grants of one page.
const MOST: usize = 20;

pub fn tab(app: &Instance) -> AnyView {
    let id = app.id.clone();
    let found: Found = load(move || page_setting::of_app(id.clone()));
    let chosen = RwSignal::new(None::<Chosen>);
    let name = app.name.clone();
    let rows = show_steadily(found, Skeleton::Rows(4), move |decided| table(decided, &name, chosen));
    let app = app.id.clone();
    view! {
        <Stack>
            <Card title=customer::TAB_PERMISSION>
                <Stack tight=true>{paragraph(customer::PERMISSION_HINT)}{rows}</Stack>
            </Card>
            {dynamic(move || chosen.get().map(|decided| editor(app.clone(), decided, chosen, found)))}
        </Stack>
    }
    .into_any()
}

fn table(decided: Option<AppPermission>, app: &str, chosen: RwSignal<Option<Chosen>>) -> AnyView {
    let Some(AppPermission {
        settings: Some(settings),
        pages,
        ..
    }) = decided
    else {
        return muted(customer::NOTHING_TO_SHOW);
    };
    let whole = Chosen {
        key: None,
        name: app.to_owned(),
        is_form: true,
        settings,
    };
    let mut rows = vec![row(whole, customer::PERMISSION_WHOLE.into(), true, chosen)];
    for page in pages {
        let kind = labels::component(page.kind);
        let may = page.available_actions.contains(&PageAction::SetPermission);
        if let Some(settings) = page.settings {
            let decided = Chosen {
                key: Some(page.key),
                name: page.name,
                is_form: page.kind == ComponentKind::FormPage,
                settings,
            };
            rows.push(row(decided, kind.into(), may, chosen));
        }
    }
    let columns = vec![
        column(customer::PERMISSION_OF),
        column(customer::PERMISSION_WHO),
        column(customer::PERMISSION_BY),
        action_column(),
    ];
    view! { <Table label=customer::TAB_PERMISSION columns=columns rows=rows inside=true /> }.into_any()
}

fn row(decided: Chosen, kind: Text, may: bool, chosen: RwSignal<Option<Chosen>>) -> Vec<AnyView> {
    let name = decided.name.clone();
    let settings = &decided.settings;
    let (tone, words) = match (settings.permission_decided, decided.key.is_some()) {
        (true, _) => (Tone::Active, customer::PERMISSION_OWN),
        (false, true) => (Tone::Neutral, customer::PERMISSION_INHERITED),
        (false, false) => (Tone::Neutral, customer::PERMISSION_USUAL),
    };
    let is_form = decided.is_form;
    let lines: Vec<AnyView> = settings
        .grants
        .iter()
        .flatten()
        .cloned()
        .map(|grant| paragraph(in_words(grant, is_form)))
        .collect();
    let who = match lines.is_empty() {
        true => muted(customer::PERMISSION_NOBODY),
        false => view! { <Stack tight=true>{lines}</Stack> }.into_any(),
    };
    let by = settings
        .updated_at
        .clone()
        .filter(|_| settings.permission_decided)
        .map(|at| {
            let by = settings
                .updated_by
                .as_ref()
                .map_or_else(String::new, |by| by.name.clone());
            muted(live(move || format!("{by} {}", format::date_time(&at))))
        });
    let label = Text::from(move || format!("{}: {name}", customer::PERMISSION_SET.get()));
    let name = decided.name.clone();
    let open = Callback::new(move |()| chosen.set(Some(decided.clone())));
    let action = may.then(|| view! { <RowActions><Button label=customer::PERMISSION_SET name=label on_press=open look=Look::Quiet small=true /></RowActions> });
    vec![
        two_lines(name.into_any(), kind.into_view_any()),
        who,
        two_lines(badge(tone, words), by.into_any()),
        action.into_any(),
    ]
}

/// A grant as a sentence.
fn in_words(grant: PageGrant, is_form: bool) -> Text {
    Text::from(move || {
        let names: Vec<String> = grant
            .departments
            .iter()
            .map(|one| one.name.clone())
            .chain(grant.members.iter().map(|one| one.name.clone()))
            .collect();
        let who = if grant.everyone {
            customer::GRANT_EVERYONE.get().to_owned()
        } else {
            format::list(&names)
        };
        let mut rights = Vec::new();
        if !is_form {
            rights.push(customer::GRANT_SEES.get().to_owned());
        } else {
            if grant.add {
                rights.push(customer::GRANT_ADDS.get().to_owned());
            }
            for (reach, own, all) in [
                (grant.read, customer::GRANT_READS_OWN, customer::GRANT_READS_ALL),
                (grant.edit, customer::GRANT_EDITS_OWN, customer::GRANT_EDITS_ALL),
                (grant.delete, customer::GRANT_DELETES_OWN, customer::GRANT_DELETES_ALL),
            ] {
                match reach {
                    RecordReach::None => {}
                    RecordReach::Own => rights.push(own.get().to_owned()),
                    RecordReach::All => rights.push(all.get().to_owned()),
                }
            }
        }
        customer::grant_words(&who, &format::list(&rights))
    })
}

fn editor(app: cynic::Id, decided: Chosen, chosen: RwSignal<Option<Chosen>>, found: Found) -> AnyView {
    let open = open_for(chosen);
    let errors = Errors::new();
    let submission = Submission::new();
    let grants: RwSignal<Vec<GrantForm>> =
        RwSignal::new(decided.settings.grants.iter().flatten().map(GrantForm::of).collect());
    let (key, version, is_form) = (decided.key.clone(), decided.settings.version, decided.is_form);
    let send = Callback::new(move |own: bool| {
        let forms = grants.get_untracked();
        let empty: Vec<FieldError> = forms.iter().filter_map(GrantForm::flaw).collect();
        if own && !errors.set(empty) {
            return;
        }
        let input = SetPagePermissionInput {
            instance_id: app.clone(),
            page_key: key.clone(),
            version,
            grants: own.then(|| forms.iter().map(GrantForm::input).collect()),
        };
        submission.run_form(errors, page_setting::set_page_permission(input), move |_| {
            toast(common::SAVED);
            open.set(false);
            found.reload();
        });
    });
    let words = match (decided.settings.permission_decided, &decided.key) {
        (false, _) => None,
        (true, Some(_)) => Some(customer::PERMISSION_INHERIT),
        (true, None) => Some(customer::PERMISSION_RESET),
    };
    let busy = submission.busy;
    let back = move || {
        words.map(|words| view! { <Button label=words on_press=Callback::new(move |()| send.run(false)) busy=busy /> })
    };
    let name = decided.name;
    let title = Text::from(move || customer::permission_name(&name));
    // The button is drawn anew with every grant: what is added belongs to the dialog, or it would go with the button.
    let owner = Owner::current();
    let add = Callback::new(move |()| {
        let form = owner
            .as_ref()
            .map_or_else(GrantForm::new, |owner| owner.with(GrantForm::new));
        grants.update(|grants| grants.push(form));
    });
    view! {
        <Dialog open=open title=title width=Width::Wide>
            <Stack>
                <ErrorSummary errors=errors labels=Callback::new(|_: String| Some(customer::GRANT_WHO.into())) submission=submission />
                {dynamic(move || {
                    let forms = grants.get();
                    let several: Vec<AnyView> = forms.iter().zip(1..).map(|(form, place)| grant::fields(place, form.clone(), is_form, errors, grants)).collect();
                    if several.is_empty() { muted(customer::PERMISSION_NOBODY) } else { several.into_any() }
                })}
                {dynamic(move || (grants.with(Vec::len) < MOST).then(|| view! {
                    <Button label=customer::GRANT_ADD on_press=add small=true leading=Icon::Plus />
                }))}
                <Row end=true>
                    {back()}
                    <Button label=common::CANCEL on_press=Callback::new(move |()| open.set(false)) />
                    <Button label=common::SAVE on_press=Callback::new(move |()| send.run(true)) look=Look::Primary busy=busy />
                </Row>
            </Stack>
        </Dialog>
    }
    .into_any()
}
