//! Distribution links of a project (D7 to D9): the picker with every application, the link with its QR code, revoking.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use crate::{
    api::{
        application::{self, ApplicationPage, ApplicationRow},
        file,
        link::{self, CreateDistributionLinkInput, DistributionLinkAction, LinkRow, RevokeDistributionLinkInput},
        page::Window,
    },
    components::{
        alert::{Alert, Level, ProblemPanel},
        button::{Button, ButtonLink, Look, Submit},
        copy_field::CopyField,
        dialog::{Confirm, Dialog, Width},
        empty::Empty,
        field::{Kind, TextInput},
        icon::Icon,
        layout::{Card, Row, RowActions, Stack, muted, one_line, paragraph, two_lines},
        link_result::qr,
        option_list::{Item, OptionList},
        skeleton::Skeleton,
        table::{Table, action_column, column, end_column},
        toast::toast,
    },
    format,
    forms::{Errors, FieldError, submission::Submission},
    i18n::{
        Text, live,
        texts::{common, portal},
    },
    labels,
    load::{load, show},
    routes::Portal,
};

/// Makes a link: pick the application, perhaps an expiry, then copy the result.
#[component]
pub fn LinkDialog(
    open: RwSignal<bool>,
    project_id: cynic::Id,
    #[prop(into)] project_name: String,
    created: Callback<()>,
) -> AnyView {
    let title = Text::from(move || portal::link_title(&project_name));
    let project_id = StoredValue::new(project_id);
    let made = RwSignal::new(false);
    // The page behind is read anew when the dialog closes, so that the result stays on the screen until then.
    Effect::new(move |was_open: Option<bool>| {
        let is_open = open.get();
        if was_open == Some(true) && !is_open && made.get_untracked() {
            created.run(());
        }
        is_open
    });
    view! {
        <Dialog open=open title=title width=Width::Wide>
            {dynamic(move || view! { <LinkSteps open=open project_id=project_id.get_value() made=made /> })}
        </Dialog>
    }
    .into_any()
}

#[component]
fn LinkSteps(open: RwSignal<bool>, project_id: cynic::Id, made: RwSignal<bool>) -> AnyView {
    let result = RwSignal::new(None::<LinkRow>);
    let applications = load(|| {
        let Window {
            first,
            after,
            last,
            before,
        } = Window::first(100);
        application::applications(first, after, last, before, None)
    });
    dynamic(move || match result.get() {
        Some(link) => result_view(link, open),
        None => {
            let project_id = project_id.clone();
            show(applications, Skeleton::Rows(4), move |page| {
                let done = Callback::new(move |link| {
                    result.set(Some(link));
                    made.set(true);
                });
                view! { <LinkForm page=page project_id=project_id.clone() made=done /> }.into_any()
            })
        }
    })
}

#[component]
fn LinkForm(page: ApplicationPage, project_id: cynic::Id, made: Callback<LinkRow>) -> AnyView {
    let chosen = RwSignal::new(String::new());
    let expiry = RwSignal::new(String::new());
    let errors = Errors::new();
    let submission = Submission::new();
    if page.nodes.is_empty() {
        return view! {
            <Empty picture=Icon::Grid title=portal::NO_APPLICATIONS hint=portal::NO_APPLICATIONS_HINT>
                <ButtonLink label=portal::IMPORT_APPLICATION href=Portal::Import.address() look=Look::Primary />
            </Empty>
        }
        .into_any();
    }
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let (application, expires) = (chosen.get_untracked(), expiry.get_untracked());
        if !errors.set(check(&application, &expires)) {
            return;
        }
        let input = CreateDistributionLinkInput {
            project_id: project_id.clone(),
            application_id: cynic::Id::new(application),
            expires_at: (!expires.is_empty()).then(|| format::end_of_day(&expires)),
        };
        submission.run_form(
            errors,
            link::create_distribution_link(input, Some(submission.key())),
            move |link| made.run(link),
        );
    };
    let items = page.nodes.into_iter().map(item).collect();
    view! {
        <form novalidate=true on:submit=submit>
            <Stack>
                {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
                <OptionList name="applicationId" label=portal::CHOOSE_APPLICATION items=items value=chosen errors=errors />
                <TextInput name="expiresAt" label=portal::EXPIRES_ON value=expiry errors=errors kind=Kind::Day hint=portal::EXPIRES_HINT />
                <Row end=true><Submit label=portal::MAKE_LINK busy=submission.busy /></Row>
            </Stack>
        </form>
    }
    .into_any()
}

/// D7: every application stands in the list; what cannot be distributed is greyed with its reason.
fn item(application: ApplicationRow) -> Item {
    let version = application.published_version.map(|version| version.number);
    let hint = match (application.distribution_barrier, version) {
        (Some(_), _) | (None, None) => Text::from(labels::origin(application.origin).1),
        (None, Some(number)) => Text::from(move || portal::published_number(&number)),
    };
    Item {
        value: application.id.into_inner(),
        label: application.name.into(),
        hint,
        barrier: application
            .distribution_barrier
            .map(|barrier| labels::barrier(barrier).into()),
    }
}

fn check(application: &str, expires: &str) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if application.is_empty() {
        errors.push(FieldError {
            name: "applicationId".to_owned(),
            message: portal::CHOOSE_ONE.into(),
        });
    }
    if !expires.is_empty() && *expires < *format::today() {
        errors.push(FieldError {
            name: "expiresAt".to_owned(),
            message: portal::EXPIRY_PAST.into(),
        });
    }
    errors
}

fn result_view(link: LinkRow, open: RwSignal<bool>) -> AnyView {
    view! {
        <Stack>
            <Alert level=Level::Good title=portal::LINK_MADE><p>{portal::LINK_MADE_HINT}</p></Alert>
            {link_details(link)}
            <Row end=true><Button label=common::DONE on_press=Callback::new(move |()| open.set(false)) look=Look::Primary /></Row>
        </Stack>
    }
    .into_any()
}

/// Address and QR code of a link.
fn link_details(link: LinkRow) -> AnyView {
    let Some(url) = link.url else {
        return paragraph(portal::URL_GONE);
    };
    let file_name = format!("{}.svg", link.application.name);
    let picture = link.qr_svg.map(|svg| {
        let saved = svg.clone();
        let download = Callback::new(move |()| file::save_text(&saved, "image/svg+xml", &file_name));
        view! {
            {qr(portal::QR_CODE, &svg)}
            <Row><Button label=portal::DOWNLOAD_QR on_press=download leading=Icon::Download small=true /></Row>
        }
    });
    view! { <Stack tight=true><CopyField label=portal::LINK_ADDRESS value=url />{picture}</Stack> }.into_any()
}

/// The links of a project as a card.
pub fn links_card(links: Vec<LinkRow>, changed: Callback<()>) -> AnyView {
    if links.is_empty() {
        return view! { <Card title=portal::LINKS>{muted(portal::NO_LINKS)}</Card> }.into_any();
    }
    let columns = vec![
        column(portal::APPLICATION),
        column(portal::STATUS),
        column(portal::CREATED_AT),
        end_column(portal::ORDER_COUNT),
        action_column(),
    ];
    let rows = links.into_iter().map(|link| link_row(link, changed)).collect();
    view! { <Card title=portal::LINKS><Table label=portal::LINKS columns=columns rows=rows inside=true /></Card> }
        .into_any()
}

fn link_row(link: LinkRow, changed: Callback<()>) -> Vec<AnyView> {
    let (expires, made, by) = (
        link.expires_at.clone(),
        link.created_at.clone(),
        link.created_by.name.clone(),
    );
    let validity = move || {
        expires.as_ref().map_or_else(
            || portal::NEVER.get().to_owned(),
            |at| portal::valid_until(&format::day_of(at)),
        )
    };
    vec![
        link.application.name.clone().into_any(),
        two_lines(labels::state_badge(labels::link(link.status)), one_line(live(validity))),
        two_lines(one_line(live(move || format::day_of(&made))), by.into_any()),
        link.order_count.to_string().into_any(),
        view! { <LinkActions link=link changed=changed /> }.into_any(),
    ]
}

#[component]
fn LinkActions(link: LinkRow, changed: Callback<()>) -> AnyView {
    let showing = RwSignal::new(false);
    let revoking = RwSignal::new(false);
    let submission = Submission::new();
    let id = link.id.clone();
    let revoke = Callback::new(move |()| {
        submission.run(
            link::revoke_distribution_link(RevokeDistributionLinkInput { id: id.clone() }),
            move |_| {
                revoking.set(false);
                toast(portal::LINK_REVOKED);
                changed.run(());
            },
        );
    });
    let name = link.application.name.clone();
    let shown = StoredValue::new(link.clone());
    let named = |words: crate::i18n::Key| {
        let name = name.clone();
        Text::from(move || format!("{}: {name}", words.get()))
    };
    let title = name.clone();
    let may = |action| link.available_actions.contains(&action);
    let show = may(DistributionLinkAction::Copy).then(|| view! {
        <Button label=portal::SHOW_LINK on_press=Callback::new(move |()| showing.set(true)) small=true name=named(portal::SHOW_LINK) />
    });
    let end = may(DistributionLinkAction::Revoke).then(|| view! {
        <Button label=portal::REVOKE_LINK on_press=Callback::new(move |()| revoking.set(true)) small=true look=Look::Quiet name=named(portal::REVOKE_LINK) />
    });
    view! {
        <RowActions>{show}{end}</RowActions>
        <Dialog open=showing title=title>{dynamic(move || link_details(shown.get_value()))}</Dialog>
        <Confirm open=revoking title=portal::REVOKE_TITLE confirm=portal::REVOKE_LINK on_confirm=revoke busy=submission.busy problem=submission.problem danger=true>
            {paragraph(portal::REVOKE_EFFECT)}
        </Confirm>
    }
    .into_any()
}
