//! An application in use: its pages beside the open one, and what its state means for the person in front of it.

use std::{cell::RefCell, sync::Arc};

use leptos::prelude::*;

use super::{
    acceptance::{self, Items},
    app_page::{self, Content},
    apps_crumb,
    folders::in_folders,
    instance_steps::{Chosen, Step, StepDialog, Target, entries},
    seats,
};
use crate::{
    api::{
        acceptance::AcceptanceItemKind,
        application::ComponentKind,
        instance::{InstanceAction, InstanceStatus, PageName},
        record::{self, AppFrame, OpenPage},
    },
    components::{
        alert::{Alert, Level},
        button::{Button, ButtonLink},
        empty::Empty,
        icon::Icon,
        layout::{Row, Stack},
        menu::Menu,
        page_header::PageHeader,
        side_list::{Group, Item, beside},
        skeleton::Skeleton,
    },
    i18n::{
        Text,
        texts::{checklist, customer, service},
    },
    labels,
    load::{Loaded, load, show_steadily},
    navigation,
    pages::not_found,
    routes::Customer,
    session,
};

type Found = Loaded<Option<AppFrame>>;

thread_local! {
    /// The application opened last, with the organisation it belongs to: going from page to page shows it at once.
    static LAST: RefCell<Option<(String, AppFrame)>> = const { RefCell::new(None) };
}

/// The application with one of its pages, its first where none is named; `content` shows the page.
pub fn page(
    id: String,
    key: Option<String>,
    content: impl Fn(AppFrame, OpenPage, Callback<()>) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    framed(id, key, Arc::new(content))
}

fn framed(id: String, key: Option<String>, content: Content) -> AnyView {
    let organization = session::viewer_now().map_or_else(String::new, |viewer| viewer.organization.id.into_inner());
    let known = LAST.with_borrow(|last| match last {
        Some((of, frame)) if *of == organization && frame.id.inner() == id => Some(frame.clone()),
        _ => None,
    });
    let id = cynic::Id::new(id);
    let found: Found = load(move || {
        let (id, organization) = (id.clone(), organization.clone());
        async move {
            let frame = record::app_frame(id).await?;
            LAST.set(frame.clone().map(|frame| (organization, frame)));
            Ok(frame)
        }
    });
    if let Some(frame) = known {
        found.set(Some(frame));
    }
    let chosen: Chosen = RwSignal::new(None);
    let done = Callback::new(move |step: Step| match step {
        Step::Remove => navigation::replace(&Customer::Apps.address()),
        _ => found.reload(),
    });
    view! {
        {show_steadily(found, Skeleton::Page, move |frame| match frame {
            Some(frame) => body(found, frame, key.clone(), content.clone(), chosen),
            None => not_found::page(),
        })}
        <StepDialog chosen=chosen done=done />
    }
    .into_any()
}

fn body(found: Found, frame: AppFrame, key: Option<String>, content: Content, chosen: Chosen) -> AnyView {
    let target = Target {
        id: frame.id.clone(),
        name: frame.name.clone(),
    };
    let menu_entries = entries(&target, frame.status, &frame.available_actions, chosen);
    let more = {
        let name = frame.name.clone();
        Text::from(move || customer::more_for(&name))
    };
    let menu = (menu_entries.len() > 1).then(|| view! { <Menu label=more entries=menu_entries /> });
    let actions = view! { {ask_partner(&frame)}{menu} }.into_any();
    let status = frame
        .may(InstanceAction::Remove)
        .then(|| labels::state_badge(labels::instance(frame.status)));
    let items = acceptance::load_items(&frame);
    let notice = notice(&frame, &target, chosen, items);
    let key = key.or_else(|| first_page(&frame));
    if let (Some(items), Some(key)) = (items, &key) {
        acceptance::seen(items, &frame, AcceptanceItemKind::PageOpened, key);
    }
    let open = key.as_ref().and_then(|key| frame.page(key)).cloned();
    let outside = frame.seats.as_ref().filter(|seats| !seats.admitted);
    let content = match open {
        _ if outside.is_some() => {
            let entered = Callback::new(move |()| found.reload());
            outside.map(|seats| seats::entrance(&frame, seats, entered)).into_any()
        }
        Some(page) => {
            let suspended = suspended(&frame, &page.key);
            // The records of a form stay readable; of any other page nothing is left to show.
            let shows = suspended.is_none() || page.kind == ComponentKind::FormPage;
            let shown = shows.then(|| app_page::view(found, &frame, page.key, content));
            view! { <Stack>{suspended}{shown}</Stack> }.into_any()
        }
        None if key.is_some() => not_found::page(),
        None => {
            view! { <Empty picture=Icon::Layers title=customer::NO_PAGES hint=customer::NO_PAGES_HINT /> }.into_any()
        }
    };
    let groups = groups(&frame, key.as_deref());
    view! {
        <PageHeader title=frame.name.clone() crumbs=vec![apps_crumb()] hint=frame.summary.clone() status=status.into_any() actions=actions />
        <Stack>
            {notice}
            {if groups.is_empty() { content } else { beside(customer::PAGES, groups, content) }}
        </Stack>
    }
    .into_any()
}

/// L25: whoever uses the application asks its partner; a developer who was let in is the partner.
fn ask_partner(frame: &AppFrame) -> Option<AnyView> {
    let asking = Customer::NewServiceRequest.address();
    let address = format!("{asking}?app={}", frame.id.inner());
    (!super::settings::inside()).then(|| {
        view! { <ButtonLink label=service::ASK_PARTNER href=address small=true leading=Icon::Chat /> }.into_any()
    })
}

/// What the application's state means here: trying it out, or reading the data of one that is closed.
fn notice(frame: &AppFrame, target: &Target, chosen: Chosen, items: Option<Items>) -> Option<AnyView> {
    let target = target.clone();
    match frame.status {
        // Trying it out is the customer's, not a developer's who was let in.
        InstanceStatus::DevMaintenance if super::settings::inside() => None,
        InstanceStatus::DevMaintenance => {
            let close = Callback::new(move |()| chosen.set(Some((Step::CloseMaintenance, target.clone()))));
            let may = frame.may(InstanceAction::CloseMaintenance);
            let progress = items.map(|items| acceptance::progress(items, frame.clone()));
            Some(
                view! {
                    <Alert level=Level::Warning title=customer::TRIAL_TITLE>
                        <p>{customer::TRIAL_HINT}</p>
                        {progress}
                        {may.then(|| view! { <Row><Button label=customer::CLOSE_MAINTENANCE on_press=close small=true /></Row> })}
                    </Alert>
                }
                .into_any(),
            )
        }
        InstanceStatus::Disabled => Some(
            view! { <Alert level=Level::Info title=customer::READ_ONLY_TITLE><p>{customer::READ_ONLY_HINT}</p></Alert> }.into_any(),
        ),
        _ => None,
    }
}

/// D26: why a page that the edition no longer covers cannot be used, and what to do.
fn suspended(frame: &AppFrame, key: &str) -> Option<AnyView> {
    let suspension = frame.suspensions.iter().find(|part| part.component_key == key)?;
    let reason = suspension.reason.clone();
    Some(view! { <Alert level=Level::Warning title=checklist::SUSPENDED_PAGE><p>{reason}</p></Alert> }.into_any())
}

/// A portal is made to be the beginning; otherwise the first page is.
fn first_page(frame: &AppFrame) -> Option<String> {
    let portal = frame.pages.iter().find(|page| page.kind == ComponentKind::Portal);
    portal.or_else(|| frame.pages.first()).map(|page| page.key.clone())
}

/// Pages in their folders, in the order of the application; those of no folder first.
fn groups(frame: &AppFrame, here: Option<&str>) -> Vec<Group> {
    let id = frame.id.inner();
    let item = |page: &PageName| Item {
        label: page.name.clone(),
        picture: match page.kind {
            ComponentKind::FormPage => Icon::List,
            ComponentKind::Portal => Icon::Grid,
            _ => Icon::File,
        },
        href: Customer::AppPage(id.to_owned(), page.key.clone()).address(),
        here: here == Some(page.key.as_str()),
    };
    in_folders(frame.pages.iter().collect(), |page| page.folder.clone())
        .into_iter()
        .map(|(name, pages)| Group {
            name,
            items: pages.into_iter().map(item).collect(),
        })
        .collect()
}
