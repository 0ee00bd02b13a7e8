//! The form of a cool app (L21): kept as a draft however incomplete, handed in when everything fits. What the server finds wrong stands
//! beside its field and is summed up at the top.

use leptos::prelude::*;

use super::{
    cool_app::{self as detail, Found},
    cool_app_entries::{self as rows, Rows},
};
use crate::{
    api::{
        Problem, Refused,
        cool_app::{
            self, CoolAppAction, CoolAppApplication, CoolAppContent, CoolAppContentInput, CoolAppRobotInput,
            CoolAppVersionInput, SaveCoolAppDraftInput,
        },
        file::Purpose,
    },
    components::{
        button::{Button, ButtonLink, Look},
        dynamic::dynamic,
        error_summary::ErrorSummary,
        field::{Checkbox, TextArea, TextInput},
        layout::{Card, FieldGrid, FormColumn, Row, Stack, Wide, quiet_status},
        page_header::PageHeader,
        picture_drop::{Pictures, picture_drop},
        skeleton::Skeleton,
        tick_group::tick_group,
        toast::toast,
    },
    forms::{
        Errors, FieldError,
        product::{of_words, words},
        submission::Submission,
    },
    i18n::{Key, Text, texts::cool_apps as texts},
    labels::{cool_app::ROLES, product::INDUSTRIES},
    load::{load, show},
    navigation,
    pages::not_found,
    routes::Portal,
};

/// Characters that a name has at most: the cool app's, an entry's, the robot's.
pub(super) const NAME: u32 = 6;
const INTRO: u32 = 12;
const FUNCTION: u32 = 100;
const INVITE: u32 = 30;

/// What is typed.
#[derive(Clone, Copy)]
struct Values {
    name: RwSignal<String>,
    intro: RwSignal<String>,
    function: RwSignal<String>,
    invite: RwSignal<String>,
    icon: RwSignal<Vec<String>>,
    entry_icon: RwSignal<Vec<String>>,
    industries: RwSignal<Vec<String>>,
    roles: RwSignal<Vec<String>>,
    thumbnails: RwSignal<Vec<String>>,
    cases: RwSignal<Vec<String>>,
    entries: Rows,
    has_robot: RwSignal<bool>,
    robot_name: RwSignal<String>,
    robot_icon: RwSignal<Vec<String>>,
}

fn ids(given: &[cynic::Id]) -> RwSignal<Vec<String>> {
    RwSignal::new(given.iter().map(|id| id.inner().to_owned()).collect())
}

pub(super) fn one_id(given: Option<&cynic::Id>) -> RwSignal<Vec<String>> {
    RwSignal::new(given.iter().map(|id| id.inner().to_owned()).collect())
}

fn all(ids: RwSignal<Vec<String>>) -> Vec<cynic::Id> {
    ids.get().into_iter().map(cynic::Id::new).collect()
}

pub(super) fn first(ids: RwSignal<Vec<String>>) -> Option<cynic::Id> {
    ids.get().into_iter().next().map(cynic::Id::new)
}

impl Values {
    fn of(content: &CoolAppContent) -> Self {
        let text = |text: &str| RwSignal::new(text.to_owned());
        let robot = content.robot.as_ref();
        Self {
            name: text(&content.name),
            intro: text(&content.intro),
            function: text(&content.function_text),
            invite: text(&content.invite_line),
            icon: one_id(content.icon_id.as_ref()),
            entry_icon: one_id(content.entry_icon_id.as_ref()),
            industries: RwSignal::new(words(&content.industries)),
            roles: RwSignal::new(words(&content.roles)),
            thumbnails: ids(&content.thumbnail_ids),
            cases: ids(&content.case_ids),
            entries: rows::of(&content.entries),
            has_robot: RwSignal::new(robot.is_some()),
            robot_name: text(robot.map_or("", |robot| &robot.name)),
            robot_icon: one_id(robot.and_then(|robot| robot.icon_id.as_ref())),
        }
    }

    /// What is sent; views that read it follow what is typed.
    fn input(self) -> CoolAppContentInput {
        CoolAppContentInput {
            name: self.name.get(),
            intro: self.intro.get(),
            icon_id: first(self.icon),
            entry_icon_id: first(self.entry_icon),
            industries: of_words(&self.industries.get()),
            roles: of_words(&self.roles.get()),
            thumbnail_ids: all(self.thumbnails),
            case_ids: all(self.cases),
            function_text: self.function.get(),
            invite_line: self.invite.get(),
            entries: rows::input(self.entries),
            robot: self.has_robot.get().then(|| CoolAppRobotInput {
                name: self.robot_name.get(),
                icon_id: first(self.robot_icon),
            }),
        }
    }
}

pub fn page(id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let found = load(move || cool_app::cool_app_application(id.clone()));
    show(found, Skeleton::Form, move |app: Found| match app {
        Some(app) if app.may(CoolAppAction::Edit) => form(app),
        Some(app) => closed(&app),
        None => not_found::page(),
    })
}

fn address_of(app: &CoolAppApplication) -> String {
    Portal::CoolApp(app.id.inner().to_owned()).address()
}

/// In review and off the market nothing is changed.
fn closed(app: &CoolAppApplication) -> AnyView {
    let (back, told) = (address_of(app), detail::standing(app));
    view! {
        <PageHeader title=app.name.clone() crumbs=detail::crumbs() />
        <Stack>
            {told}
            <Row><ButtonLink label=texts::BACK href=back /></Row>
        </Stack>
    }
    .into_any()
}

fn form(app: CoolAppApplication) -> AnyView {
    let Some(content) = app.content.clone() else {
        return not_found::page();
    };
    let values = Values::of(&content);
    let errors = Errors::new();
    let (saving, sending) = (Submission::new(), Submission::new());
    let version = StoredValue::new(app.version);
    let kept = RwSignal::new(untrack(move || values.input()));
    let changed = Memo::new(move |_| values.input() != kept.get());
    Effect::new(move |_| navigation::set_dirty(changed.get()));
    let (id, own) = (app.id.clone(), address_of(&app));
    let keep = {
        let id = id.clone();
        move || {
            let content = untrack(move || values.input());
            let input = SaveCoolAppDraftInput {
                id: id.clone(),
                version: version.get_value(),
                content: content.clone(),
            };
            async move {
                let saved = cool_app::save_cool_app_draft(input).await?;
                version.set_value(saved.version);
                let _ = kept.try_set(content);
                Ok::<_, Problem>(saved.version)
            }
        }
    };
    let save = {
        let keep = keep.clone();
        Callback::new(move |()| saving.run_form(errors, named(errors, keep()), |_| toast(texts::SAVED)))
    };
    let submit = Callback::new(move |()| {
        let (keep, id, own) = (keep.clone(), id.clone(), own.clone());
        let work = async move {
            let version = keep().await?;
            cool_app::submit_cool_app_application(CoolAppVersionInput { id, version }).await
        };
        sending.run(named(errors, work), move |_| {
            navigation::set_dirty(false);
            toast(texts::SUBMITTED);
            navigation::go(&own);
        });
    });
    let own = address_of(&app);
    let told = (!app.field_reasons.is_empty() || app.reason.is_some()).then(|| detail::standing(&app));
    let state = move || match changed.get() {
        true => texts::UNSAVED.get().to_owned(),
        false => texts::ALL_SAVED.get().to_owned(),
    };
    view! {
        <PageHeader title=app.name.clone() crumbs=vec![detail::crumbs().remove(0)] hint=texts::FORM_HINT />
        <FormColumn>
            {told}
            <ErrorSummary errors=errors labels=Callback::new(|_| None::<Text>) submission=sending />
            {texts_card(values, errors)}
            {pictures_card(values, errors)}
            {audience_card(values, errors)}
            <Card title=texts::ENTRIES>{rows::view(values.entries, errors)}</Card>
            {robot_card(values, errors)}
            {dynamic(move || saving.problem.get().map(|problem| view! { <crate::components::alert::ProblemPanel problem=problem /> }))}
            <Row end=true>
                {quiet_status(state)}
                <ButtonLink label=texts::BACK href=own.clone() look=Look::Quiet />
                <Button label=texts::SAVE on_press=save busy=saving.busy />
                <Button label=texts::SUBMIT on_press=submit look=Look::Primary busy=sending.busy />
            </Row>
        </FormColumn>
    }
    .into_any()
}

/// Runs `work`; what the server says of fields goes beside them by their whole place in the form.
async fn named<T>(errors: Errors, work: impl Future<Output = Result<T, Problem>>) -> Result<T, Problem> {
    let answer = work.await;
    if let Err(Problem::Refused(refused)) = &answer {
        errors.set(placed(refused));
    }
    answer
}

fn placed(refused: &Refused) -> Vec<FieldError> {
    let error = |issue: &crate::api::Issue| {
        let path = match issue.path.split_first() {
            Some((first, rest)) if first == "content" => rest,
            _ => issue.path.as_slice(),
        };
        // The pictures of a list share one field.
        let field = match path.first().map(String::as_str) {
            Some("thumbnailIds" | "caseIds" | "industries" | "roles") => path[0].clone(),
            _ => path.join("."),
        };
        FieldError {
            name: field,
            message: issue.message.clone().into(),
        }
    };
    refused.issues.iter().map(error).collect()
}

fn texts_card(values: Values, errors: Errors) -> AnyView {
    view! {
        <Card title=texts::BASICS>
            <FieldGrid>
                <TextInput name="name" label=texts::NAME hint=texts::NAME_HINT value=values.name errors=errors required=true limit=NAME />
                <TextInput name="intro" label=texts::INTRO hint=texts::INTRO_HINT value=values.intro errors=errors required=true limit=INTRO />
                <Wide><TextArea name="functionText" label=texts::FUNCTION hint=texts::FUNCTION_HINT value=values.function errors=errors required=true limit=FUNCTION rows=3 /></Wide>
                <Wide><TextInput name="inviteLine" label=texts::INVITE hint=texts::INVITE_HINT value=values.invite errors=errors required=true limit=INVITE /></Wide>
            </FieldGrid>
        </Card>
    }
    .into_any()
}

/// A field for pictures; the second word names one of them.
fn drop_of(
    name: &'static str,
    (label, one): (Key, Key),
    hint: Key,
    purpose: Purpose,
    most: usize,
    value: RwSignal<Vec<String>>,
    errors: Errors,
) -> AnyView {
    picture_drop(Pictures {
        name,
        label: label.into(),
        hint: hint.into(),
        words: one.into(),
        purpose,
        most,
        value,
        errors,
    })
}

fn pictures_card(values: Values, errors: Errors) -> AnyView {
    let icon = drop_of(
        "iconId",
        (texts::ICON, texts::ICON),
        texts::ICON_HINT,
        Purpose::CoolAppIcon,
        1,
        values.icon,
        errors,
    );
    let entry_icon = drop_of(
        "entryIconId",
        (texts::ENTRY_ICON, texts::ENTRY_ICON),
        texts::ENTRY_ICON_HINT,
        Purpose::CoolAppEntryIcon,
        1,
        values.entry_icon,
        errors,
    );
    let thumbnails = drop_of(
        "thumbnailIds",
        (texts::THUMBNAILS, texts::THUMBNAIL),
        texts::THUMBNAILS_HINT,
        Purpose::CoolAppThumbnail,
        3,
        values.thumbnails,
        errors,
    );
    let cases = drop_of(
        "caseIds",
        (texts::CASES, texts::CASE),
        texts::CASES_HINT,
        Purpose::CoolAppCase,
        2,
        values.cases,
        errors,
    );
    view! {
        <Card title=texts::PICTURES>
            <Stack>
                <FieldGrid>{icon}{entry_icon}</FieldGrid>
                {thumbnails}
                {cases}
            </Stack>
        </Card>
    }
    .into_any()
}

fn audience_card(values: Values, errors: Errors) -> AnyView {
    let industries = tick_group(
        "industries",
        texts::INDUSTRIES,
        texts::AT_MOST_THREE,
        INDUSTRIES.to_vec(),
        values.industries,
        errors,
    );
    let roles = tick_group(
        "roles",
        texts::ROLES,
        texts::AT_MOST_THREE,
        ROLES.to_vec(),
        values.roles,
        errors,
    );
    view! { <Card title=texts::AUDIENCE><Stack>{industries}{roles}</Stack></Card> }.into_any()
}

fn robot_card(values: Values, errors: Errors) -> AnyView {
    view! {
        <Card title=texts::ROBOT>
            <Stack>
                <Checkbox name="robot" value=values.has_robot errors=errors hint=texts::ROBOT_HINT>{texts::HAS_ROBOT}</Checkbox>
                {dynamic(move || values.has_robot.get().then(|| {
                    let icon = drop_of("robot.iconId", (texts::ROBOT_ICON, texts::ROBOT_ICON), texts::ICON_HINT, Purpose::CoolAppIcon, 1, values.robot_icon, errors);
                    view! {
                        <FieldGrid>
                            <TextInput name="robot.name" label=texts::ROBOT_NAME hint=texts::NAME_HINT value=values.robot_name errors=errors required=true limit=NAME />
                            {icon}
                        </FieldGrid>
                    }
                }))}
            </Stack>
        </Card>
    }
    .into_any()
}
