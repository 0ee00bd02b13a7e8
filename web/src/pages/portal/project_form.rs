//! A new project and the editing of a draft: two blocks, 项目信息 and 客户信息. What was typed survives a refusal, a lost
//! connection and a reload of the tab.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use crate::{
    api::{
        Problem,
        file::{Purpose, StoredFile},
        project::{self, CreateProjectInput, Project, ProjectAction, ProjectActionInput, UpdateProjectInput},
    },
    components::{
        alert::{Alert, Level},
        button::{Button, Submit},
        error_summary::ErrorSummary,
        field::{Checkbox, Kind, RadioGroup, Select, TextArea, TextInput, choice},
        file_drop::{FileDrop, Limits},
        layout::{Card, FieldGrid, Row, Stack, Wide},
        page_header::PageHeader,
        skeleton::Skeleton,
        toast::toast,
    },
    forms::{
        Errors,
        project::{ProjectForm, corp_id, corp_id_is_well_formed, label, mobile_is_well_formed},
        submission::Submission,
    },
    i18n::{
        Text,
        texts::{portal, status},
    },
    labels,
    load::{load, show},
    navigation,
    pages::not_found,
    routes::Portal,
};

pub fn new_page() -> AnyView {
    view! {
        <PageHeader title=portal::NEW_PROJECT crumbs=vec![super::projects_crumb()] hint=portal::NEW_PROJECT_HINT />
        <ProjectEditor draft=None form=ProjectForm::default() />
    }
    .into_any()
}

pub fn edit_page(id: String) -> AnyView {
    let id = cynic::Id::new(id);
    let found = load(move || project::project(id.clone()));
    show(found, Skeleton::Page, |project| match project {
        Some(project) if project.may(ProjectAction::Edit) => {
            let form = ProjectForm::of(&project);
            view! {
                <PageHeader
                    title=project.name.clone()
                    crumbs=vec![super::projects_crumb()]
                    status=labels::state_badge(labels::project(project.status))
                    hint=portal::DRAFT_HINT
                />
                <ProjectEditor draft=Some(project) form=form />
            }
            .into_any()
        }
        // D3: after submitting there is nothing to edit.
        Some(project) => {
            let address = Portal::Project(project.id.into_inner()).address();
            crate::browser::after(0, move || navigation::replace(&address));
            Skeleton::Page.view()
        }
        None => not_found::page(),
    })
}

/// The values of the form as signals, one a field.
#[derive(Clone, Copy)]
struct Values {
    name: RwSignal<String>,
    amount: RwSignal<String>,
    file: RwSignal<Option<StoredFile>>,
    file_kind: RwSignal<String>,
    part_of_larger: RwSignal<bool>,
    description: RwSignal<String>,
    start_on: RwSignal<String>,
    end_on: RwSignal<String>,
    delivery_scope: RwSignal<String>,
    owner_name: RwSignal<String>,
    customer_name: RwSignal<String>,
    corp_id: RwSignal<String>,
    industry: RwSignal<String>,
    size: RwSignal<String>,
    contact_name: RwSignal<String>,
    contact_mobile: RwSignal<String>,
}

impl Values {
    fn new(form: ProjectForm) -> Self {
        Self {
            name: RwSignal::new(form.name),
            amount: RwSignal::new(form.amount),
            file: RwSignal::new(form.file),
            file_kind: RwSignal::new(form.file_kind),
            part_of_larger: RwSignal::new(form.part_of_larger),
            description: RwSignal::new(form.description),
            start_on: RwSignal::new(form.start_on),
            end_on: RwSignal::new(form.end_on),
            delivery_scope: RwSignal::new(form.delivery_scope),
            owner_name: RwSignal::new(form.owner_name),
            customer_name: RwSignal::new(form.customer_name),
            corp_id: RwSignal::new(form.corp_id),
            industry: RwSignal::new(form.industry),
            size: RwSignal::new(form.size),
            contact_name: RwSignal::new(form.contact_name),
            contact_mobile: RwSignal::new(form.contact_mobile),
        }
    }

    /// The form now; a reader follows every field.
    fn form(self) -> ProjectForm {
        ProjectForm {
            name: self.name.get(),
            amount: self.amount.get(),
            file: self.file.get(),
            file_kind: self.file_kind.get(),
            part_of_larger: self.part_of_larger.get(),
            description: self.description.get(),
            start_on: self.start_on.get(),
            end_on: self.end_on.get(),
            delivery_scope: self.delivery_scope.get(),
            owner_name: self.owner_name.get(),
            customer_name: self.customer_name.get(),
            corp_id: self.corp_id.get(),
            industry: self.industry.get(),
            size: self.size.get(),
            contact_name: self.contact_name.get(),
            contact_mobile: self.contact_mobile.get(),
        }
    }
}

/// The draft on the server, once there is one: id and the version that was read.
type Stored = RwSignal<Option<(cynic::Id, i32)>>;

/// What happens after the draft is stored.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Intent {
    Save,
    Submit,
}

#[component]
fn ProjectEditor(draft: Option<Project>, form: ProjectForm) -> AnyView {
    let stored: Stored = RwSignal::new(draft.as_ref().map(|project| (project.id.clone(), project.version)));
    let customer_unknown = draft
        .as_ref()
        .and_then(|project| project.detail.as_ref())
        .is_some_and(|detail| !detail.customer_known);
    let saved_corp_id = form.corp_id.clone();
    let saved = RwSignal::new(form.clone());
    let values = Values::new(form);
    let errors = Errors::new();
    let submission = Submission::new();
    let form_now = move || untrack(|| values.form());
    Effect::new(move |_| navigation::set_dirty(values.form() != saved.get()));
    let send = move |intent: Intent| {
        let form = form_now();
        let wrong = if intent == Intent::Submit {
            form.check_submission()
        } else {
            form.check_draft()
        };
        if !errors.set(wrong) {
            return;
        }
        let key = submission.key();
        let work = store(stored, form.clone(), intent, key);
        submission.run_form(errors, work, move |id| {
            saved.set(form);
            finished(&id, intent, stored);
        });
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        send(Intent::Submit);
    };
    // Said for the CorpID that the server looked up, not for one that is being typed.
    let unknown = move || {
        customer_unknown && !saved_corp_id.is_empty() && values.corp_id.with(|typed| corp_id(typed) == saved_corp_id)
    };
    view! {
        <form novalidate=true on:submit=submit>
            <Stack>
                <ErrorSummary errors=errors labels=Callback::new(|name: String| label(&name)) submission=submission />
                {project_block(values, errors)}
                {customer_block(values, errors)}
                {dynamic(move || unknown().then(|| view! { <Alert level=Level::Warning title=portal::CUSTOMER_UNKNOWN><p>{portal::CUSTOMER_UNKNOWN_HINT}</p></Alert> }))}
                <Row end=true>
                    <Button label=portal::SAVE_DRAFT on_press=Callback::new(move |()| send(Intent::Save)) busy=submission.busy />
                    <Submit label=portal::SUBMIT_PROJECT busy=submission.busy />
                </Row>
            </Stack>
        </form>
    }
    .into_any()
}

/// Stores the draft, then submits it where that was asked for. A draft that was stored is never created twice.
async fn store(stored: Stored, form: ProjectForm, intent: Intent, key: String) -> Result<cynic::Id, Problem> {
    let fields = form.fields();
    let (id, version) = match stored.get_untracked() {
        Some((id, version)) => {
            let state = project::update_project(UpdateProjectInput { id, version, fields }).await?;
            (state.id, state.version)
        }
        None => {
            let state = project::create_project(CreateProjectInput { fields, submit: false }, Some(key)).await?;
            (state.id, state.version)
        }
    };
    let _ = stored.try_set(Some((id.clone(), version)));
    if intent == Intent::Submit {
        project::submit_project(ProjectActionInput { id: id.clone() }).await?;
    }
    Ok(id)
}

fn finished(id: &cynic::Id, intent: Intent, stored: Stored) {
    let id = id.inner().to_owned();
    match intent {
        Intent::Submit => {
            toast(portal::SUBMITTED);
            navigation::replace(&Portal::Project(id).address());
        }
        Intent::Save => {
            toast(portal::DRAFT_SAVED);
            if stored.try_get_untracked().is_some() {
                navigation::replace(&Portal::EditProject(id).address());
            }
        }
    }
}

fn project_block(values: Values, errors: Errors) -> AnyView {
    let kinds = vec![
        choice("CONTRACT", status::CONTRACT_CONTRACT),
        choice("QUOTATION", status::CONTRACT_QUOTATION).hint(portal::QUOTATION_HINT),
    ];
    let must_explain = Memo::new(move |_| values.part_of_larger.get() || values.file_kind.get() == "QUOTATION");
    let dates = Callback::new(move |()| {
        let (start, end) = (values.start_on.get_untracked(), values.end_on.get_untracked());
        if !start.is_empty() && !end.is_empty() && end < start {
            errors.replace("endOn", Some(portal::END_BEFORE_START.into()));
        }
    });
    let amount = Callback::new(move |()| {
        let typed = values.amount.get_untracked();
        match crate::format::read_amount(&typed) {
            // Written out as everybody writes it, so that a slip of a digit is seen.
            Some(minor) => values.amount.set(crate::format::amount(&minor.0)),
            None if typed.trim().is_empty() => {}
            None => errors.replace("contractAmount", Some(portal::AMOUNT_FORM.into())),
        }
    });
    view! {
        <Card title=portal::BLOCK_PROJECT>
            <FieldGrid>
                <Wide><TextInput name="name" label=portal::PROJECT_NAME value=values.name errors=errors required=true limit=60 hint=portal::PROJECT_NAME_HINT /></Wide>
                <TextInput name="contractAmount" label=portal::CONTRACT_AMOUNT value=values.amount errors=errors required=true kind=Kind::Money prefix="¥" hint=portal::CONTRACT_AMOUNT_HINT on_leave=amount />
                <TextInput name="ownerName" label=portal::OWNER_NAME value=values.owner_name errors=errors required=true limit=60 />
                <Wide><RadioGroup name="contractFileKind" label=portal::CONTRACT_KIND value=values.file_kind errors=errors choices=kinds required=true /></Wide>
                <Wide><FileDrop name="contractFileId" label=portal::CONTRACT_FILE purpose=Purpose::Contract limits=Limits::DOCUMENT value=values.file errors=errors required=true /></Wide>
                <Wide><Checkbox name="partOfLargerContract" value=values.part_of_larger errors=errors hint=portal::PART_OF_LARGER_HINT>{portal::PART_OF_LARGER}</Checkbox></Wide>
                <Wide>{dynamic(move || {
                    let explained = must_explain.get();
                    view! { <TextArea name="description" label=portal::PROJECT_DESCRIPTION value=values.description errors=errors required=explained limit=5000 hint=portal::DESCRIPTION_HINT /> }
                })}</Wide>
                <TextInput name="startOn" label=portal::START_ON value=values.start_on errors=errors required=true kind=Kind::Day on_leave=dates />
                <TextInput name="endOn" label=portal::END_ON value=values.end_on errors=errors required=true kind=Kind::Day on_leave=dates />
                <Wide><TextArea name="deliveryScope" label=portal::DELIVERY_SCOPE value=values.delivery_scope errors=errors required=true limit=2000 rows=3 hint=portal::DELIVERY_SCOPE_HINT /></Wide>
            </FieldGrid>
        </Card>
    }
    .into_any()
}

fn customer_block(values: Values, errors: Errors) -> AnyView {
    let sizes = labels::SIZES
        .iter()
        .map(|(_, code, label)| choice(*code, *label))
        .collect();
    let check =
        move |name: &'static str, typed: RwSignal<String>, fine: fn(&str) -> bool, message: crate::i18n::Key| {
            Callback::new(move |()| {
                let typed = typed.get_untracked();
                if !typed.trim().is_empty() && !fine(&typed) {
                    errors.replace(name, Some(Text::from(message)));
                }
            })
        };
    let check_corp_id = check(
        "customerCorpId",
        values.corp_id,
        corp_id_is_well_formed,
        portal::CORP_ID_FORM,
    );
    let check_mobile = check(
        "customerContactMobile",
        values.contact_mobile,
        mobile_is_well_formed,
        portal::MOBILE_FORM,
    );
    view! {
        <Card title=portal::BLOCK_CUSTOMER>
            <FieldGrid>
                <TextInput name="customerName" label=portal::CUSTOMER_NAME value=values.customer_name errors=errors required=true limit=100 hint=portal::CUSTOMER_NAME_HINT />
                <TextInput name="customerCorpId" label=portal::CORP_ID value=values.corp_id errors=errors required=true limit=80 hint=portal::CORP_ID_HINT on_leave=check_corp_id />
                <TextInput name="customerIndustry" label=portal::INDUSTRY value=values.industry errors=errors required=true limit=60 />
                <Select name="customerSize" label=portal::SIZE value=values.size errors=errors choices=sizes required=true />
                <TextInput name="customerContactName" label=portal::CUSTOMER_CONTACT value=values.contact_name errors=errors required=true limit=60 />
                <TextInput name="customerContactMobile" label=portal::CUSTOMER_MOBILE value=values.contact_mobile errors=errors required=true kind=Kind::Phone limit=20 hint=portal::MOBILE_HINT on_leave=check_mobile />
            </FieldGrid>
        </Card>
    }
    .into_any()
}
