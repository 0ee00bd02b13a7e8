//! 页面 (D16, D19): the pages of an application in their folders, as people see them, with what may be done with each; and those
//! that were removed.

use leptos::prelude::*;

use super::{
    folders::{self, in_folders},
    page_move::{MoveDialog, Moved},
    page_rename::{Named, RenameDialog},
    remove_page::{Doomed, RemovePageDialog},
    removed_pages,
};
use crate::{
    api::{
        application::ComponentKind,
        instance::InstanceAction,
        instance_page::{self, AppPages, MovePageInput, PlacedPage},
        record::PageAction,
    },
    components::{
        alert::{Alert, Level, ProblemPanel},
        button::IconButton,
        dynamic::dynamic,
        empty::Empty,
        icon::Icon,
        layout::{Card, Stack, link, muted},
        menu::{Menu, entry, entry_danger, entry_link},
        order_buttons::{Place, Towards, order_buttons, refocus},
        page_tree::{Branch, Leaf, page_tree},
        skeleton::Skeleton,
        toast::toast,
    },
    format,
    forms::submission::Submission,
    i18n::{
        Text, live,
        texts::{customer, pages},
    },
    labels,
    load::{Loaded, load, show_steadily},
    navigation,
    routes::Customer,
};

type Found = Loaded<Option<AppPages>>;

/// What the rows share. Copies are handles of the same.
#[derive(Clone, Copy)]
struct Tools {
    found: Found,
    renaming: RwSignal<Option<Named>>,
    moving: RwSignal<Option<Moved>>,
    removing: RwSignal<Option<Doomed>>,
    stepping: Submission,
    /// The button under the keyboard while the list is drawn anew.
    focus: StoredValue<Option<(String, Towards)>>,
}

pub fn tab(id: &str) -> AnyView {
    let id = cynic::Id::new(id);
    let asked = id.clone();
    let found: Found = load(move || instance_page::app_instance(asked.clone()));
    let tools = Tools {
        found,
        renaming: RwSignal::new(None),
        moving: RwSignal::new(None),
        removing: RwSignal::new(None),
        stepping: Submission::new(),
        focus: StoredValue::new(None),
    };
    let changed = Callback::new(move |()| found.reload());
    let problem = tools.stepping.problem;
    view! {
        <Stack>
            {dynamic(move || problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
            {show_steadily(found, Skeleton::Rows(6), move |app| match app {
                Some(app) => body(app, tools),
                None => muted(customer::NOTHING_TO_SHOW),
            })}
        </Stack>
        <RenameDialog instance_id=id.clone() chosen=tools.renaming done=changed />
        <MoveDialog instance_id=id.clone() chosen=tools.moving done=changed />
        <RemovePageDialog instance_id=id chosen=tools.removing done=changed />
    }
    .into_any()
}

fn body(app: AppPages, tools: Tools) -> AnyView {
    if let Some((key, towards)) = tools.focus.get_value() {
        tools.focus.set_value(None);
        refocus(&key, towards);
    }
    let closed = closed(&app);
    let removed = (!super::settings::inside()).then(|| removed_pages::card(&app));
    let tree = match app.pages.is_empty() {
        true => view! { <Empty picture=Icon::Layers title=pages::NO_PAGES hint=pages::NO_PAGES_HINT /> }.into_any(),
        false => tree(app, tools),
    };
    view! {
        <Stack>
            {closed}
            <Card title=pages::TREE><Stack tight=true>{muted(pages::TREE_HINT)}{tree}</Stack></Card>
            {removed}
        </Stack>
    }
    .into_any()
}

/// Why nothing can be edited, and what to do about it.
fn closed(app: &AppPages) -> Option<AnyView> {
    if app.pages.is_empty() || app.pages.iter().any(|page| page.may(PageAction::Rename)) {
        return None;
    }
    if app.full_edit_permission {
        return Some(
            view! { <Alert level=Level::Info title=pages::CLOSED_WHILE_DISABLED><p>{pages::CLOSED_WHILE_DISABLED_HINT}</p></Alert> }
                .into_any(),
        );
    }
    let partner = app.partner_name.clone();
    let order = app
        .order
        .as_ref()
        .map_or_else(String::new, |order| order.number.clone());
    let hint = live(move || pages::closed_by_partner_hint(&partner, &order));
    let permission = link(
        navigation::address_now_with(&[("tab", "permission")]),
        pages::TO_PERMISSION,
    );
    Some(
        view! { <Alert level=Level::Info title=pages::CLOSED_BY_PARTNER><p>{hint}</p><p>{permission}</p></Alert> }
            .into_any(),
    )
}

fn tree(app: AppPages, tools: Tools) -> AnyView {
    let app = StoredValue::new(app);
    let branches = in_folders(app.with_value(|app| app.pages.clone()), |page| page.folder.clone())
        .into_iter()
        .map(|(folder, pages_inside)| {
            let all = pages_inside.len();
            let may = pages_inside.iter().any(|page| page.may(PageAction::Rename));
            let rename = folder.clone().filter(|_| may).map(|name| rename_folder(name, tools));
            let leaves = pages_inside
                .into_iter()
                .enumerate()
                .map(|(index, page)| leaf(app, page, Place { index, all }, tools))
                .collect();
            let name = folder.map_or_else(|| pages::NO_FOLDER.into(), Text::from);
            Branch {
                name,
                tools: rename.into_any(),
                leaves,
            }
        });
    page_tree(pages::TREE, branches.collect())
}

fn rename_folder(name: String, tools: Tools) -> AnyView {
    let label = {
        let name = name.clone();
        Text::from(move || pages::rename_folder_title(&name))
    };
    let open = Callback::new(move |()| {
        let name = name.clone();
        tools.renaming.set(Some(Named { key: None, name }));
    });
    view! { <IconButton label=label picture=Icon::Edit on_press=open /> }.into_any()
}

fn leaf(app: StoredValue<AppPages>, page: PlacedPage, place: Place, tools: Tools) -> Leaf {
    let id = app.with_value(|app| app.id.inner().to_owned());
    let name = link(Customer::AppPage(id, page.key.clone()).address(), page.name.clone());
    let picture = match page.kind {
        ComponentKind::FormPage => Icon::List,
        ComponentKind::Portal => Icon::Grid,
        _ => Icon::File,
    };
    let hint = about(&page);
    Leaf {
        id: None,
        picture,
        name,
        hint,
        tools: buttons(app, page, place, tools),
    }
}

/// The kind of a page, what it holds, and who changed it after it came.
fn about(page: &PlacedPage) -> AnyView {
    let kind = labels::component(page.kind);
    let records = (page.kind == ComponentKind::FormPage).then(|| u64::try_from(page.record_count).unwrap_or_default());
    let by = page.changed_by.as_ref().map(|by| by.name.clone());
    let at = page.changed_at.clone();
    live(move || {
        let mut parts = vec![kind.get().to_owned()];
        parts.extend(records.map(pages::records));
        if let (Some(by), Some(at)) = (&by, &at) {
            parts.push(pages::changed(by, &format::date_time(at)));
        }
        parts.join(" · ")
    })
    .into_view_any()
}

fn buttons(app: StoredValue<AppPages>, page: PlacedPage, place: Place, tools: Tools) -> AnyView {
    let name = page.name.clone();
    let order = page.may(PageAction::Move).then(|| {
        let (key, name) = (page.key.clone(), page.name.clone());
        let step = Callback::new(move |towards: Towards| step(app, &key, &name, towards, place, tools));
        order_buttons(&page.key, &Text::from(page.name.clone()), place, step)
    });
    let mut entries = Vec::new();
    if page.may(PageAction::Rename) {
        let named = Named {
            key: Some(page.key.clone()),
            name: page.name.clone(),
        };
        entries.push(entry(pages::RENAME, move || tools.renaming.set(Some(named.clone()))));
    }
    let id = app.with_value(|app| app.id.inner().to_owned());
    if page.may(PageAction::EditDefinition) {
        let address = Customer::EditForm(id.clone(), page.key.clone()).address();
        entries.push(entry_link(pages::EDIT_FORM, address));
    }
    if page.kind == ComponentKind::FormPage && page.may(PageAction::SetProcessDesign) {
        let address = Customer::ProcessDesign(id, page.key.clone()).address();
        entries.push(entry_link(pages::PROCESS, address));
    }
    if page.may(PageAction::Move) {
        let moved = Moved {
            key: page.key.clone(),
            name: page.name.clone(),
            folder: page.folder.clone(),
            pages: app.with_value(|app| app.pages.clone()),
        };
        entries.push(entry(pages::MOVE, move || tools.moving.set(Some(moved.clone()))));
    }
    if app.with_value(|app| app.available_actions.contains(&InstanceAction::RemovePage)) {
        let doomed = Doomed {
            key: page.key,
            name: page.name,
        };
        entries.push(entry_danger(customer::REMOVE_PAGE, move || {
            tools.removing.set(Some(doomed.clone()));
        }));
    }
    let more = Text::from(move || pages::more_for(&name));
    view! { {order}<Menu label=more entries=entries /> }.into_any()
}

/// Changes places with a neighbour, says so, and leaves the keyboard where it is.
fn step(app: StoredValue<AppPages>, key: &str, name: &str, towards: Towards, place: Place, tools: Tools) {
    let before = app.with_value(|app| {
        let all: Vec<folders::Place<'_>> = app
            .pages
            .iter()
            .map(|page| (page.key.as_str(), page.folder.as_deref()))
            .collect();
        match towards {
            Towards::Up => folders::above(&all, key).map(Some),
            Towards::Down => folders::below(&all, key),
        }
    });
    let Some(before) = before else { return };
    let found = app.with_value(|app| {
        app.pages
            .iter()
            .find(|page| page.key == key)
            .map(|page| page.folder.clone())
    });
    let input = MovePageInput {
        instance_id: app.with_value(|app| app.id.clone()),
        page_key: key.to_owned(),
        folder: found.flatten(),
        before,
    };
    let (key, name) = (key.to_owned(), name.to_owned());
    tools.stepping.run(instance_page::move_page(input), move |_| {
        let now = match towards {
            Towards::Up => place.index,
            Towards::Down => place.index + 2,
        };
        toast(Text::from(move || pages::moved_to(&name, &now, &place.all)));
        tools.focus.set_value(Some((key, towards)));
        tools.found.reload();
    });
}
