//! 验收 (D27): what an admin has seen of an application that is tried out, and what is left. It guides and hinders nobody;
//! opening a page and submitting a record tick themselves.

use leptos::prelude::*;

use crate::{
    api::{
        acceptance::{self, AcceptanceItem, AcceptanceItemKind, Checklist, TickAcceptanceItemInput},
        instance::{InstanceAction, InstanceStatus},
        record::AppFrame,
    },
    components::{
        button::Button,
        folded::folded,
        layout::{Stack, link, muted},
        skeleton::Skeleton,
        task_list::{Task, task_list},
    },
    i18n::{Text, texts::customer},
    load::{Loaded, load, show_steadily},
    pages::sign_offs,
    routes::Customer,
};

pub type Items = Loaded<Checklist>;

/// The checklist of an application, while this person may accept it.
pub fn load_items(app: &AppFrame) -> Option<Items> {
    let accepts = app.status == InstanceStatus::DevMaintenance && app.may(InstanceAction::CloseMaintenance);
    let id = app.id.clone();
    accepts.then(|| load(move || acceptance::checklist(id.clone())))
}

/// Notes that something was seen, unless it was before.
pub fn seen(items: Items, app: &AppFrame, kind: AcceptanceItemKind, key: &str) {
    let (id, key) = (app.id.clone(), key.to_owned());
    let asked = StoredValue::new(false);
    Effect::new(move |_| {
        let Some(list) = items.get() else { return };
        let open = list
            .acceptance_checklist
            .iter()
            .any(|item| item.kind == kind && item.component_key == key && !item.done);
        if open && !asked.get_value() {
            asked.set_value(true);
            tick(items, id.clone(), kind, key.clone());
        }
    });
}

/// Notes something while the application is tried out, without a list on the screen; what was noted before stays so.
pub fn note(app: &AppFrame, kind: AcceptanceItemKind, key: &str) {
    if app.status != InstanceStatus::DevMaintenance || !app.may(InstanceAction::CloseMaintenance) {
        return;
    }
    let input = TickAcceptanceItemInput {
        id: app.id.clone(),
        kind,
        component_key: key.to_owned(),
    };
    wasm_bindgen_futures::spawn_local(async move {
        // What was not noted stays on the list and is noted at the next visit.
        let _ = acceptance::tick_acceptance_item(input).await;
    });
}

fn tick(items: Items, id: cynic::Id, kind: AcceptanceItemKind, component_key: String) {
    wasm_bindgen_futures::spawn_local(async move {
        let input = TickAcceptanceItemInput {
            id,
            kind,
            component_key,
        };
        // What was not noted stays on the list and is noted at the next visit.
        if acceptance::tick_acceptance_item(input).await.is_ok() {
            items.reload();
        }
    });
}

/// How much was seen, and the list on demand; below it the sign-offs of earlier rounds.
pub fn progress(items: Items, app: AppFrame) -> AnyView {
    show_steadily(items, Skeleton::Lines, move |found| {
        let list = found.acceptance_checklist;
        let now = (!list.is_empty()).then(|| {
            let (done, all) = count(&list);
            let title = Text::from(move || customer::acceptance_progress(&done, &all));
            folded(title, tasks(items, list, &app))
        });
        let rounds = found.acceptances.len() as u64;
        let earlier = (rounds > 0).then(|| {
            let title = Text::from(move || customer::sign_offs(rounds));
            folded(title, sign_offs::history(found.acceptances))
        });
        view! { <Stack tight=true>{now}{earlier}</Stack> }.into_any()
    })
}

/// What is still open, for the one who is about to sign off.
pub fn summary(id: cynic::Id) -> AnyView {
    let items: Items = load(move || acceptance::checklist(id.clone()));
    show_steadily(items, Skeleton::Lines, move |found| {
        let list = found.acceptance_checklist;
        if list.is_empty() {
            return ().into_any();
        }
        let (done, all) = count(&list);
        let open: Vec<Task> = list
            .into_iter()
            .filter(|item| !item.done)
            .map(|item| task(item, None))
            .collect();
        let title = muted(Text::from(move || customer::acceptance_progress(&done, &all)));
        let rest = (!open.is_empty()).then(|| folded(customer::ACCEPTANCE_OPEN, task_list(open)));
        view! { <Stack tight=true>{title}{rest}</Stack> }.into_any()
    })
}

fn count(list: &[AcceptanceItem]) -> (usize, usize) {
    (list.iter().filter(|item| item.done).count(), list.len())
}

fn tasks(items: Items, list: Vec<AcceptanceItem>, app: &AppFrame) -> AnyView {
    let tasks = list.into_iter().map(|item| task(item, Some((items, app)))).collect();
    task_list(tasks)
}

/// One thing to see; with the way to it where there is an application around.
fn task(item: AcceptanceItem, at: Option<(Items, &AppFrame)>) -> Task {
    let AcceptanceItem {
        kind,
        component_key,
        name,
        work,
        done,
    } = item;
    let words = {
        let name = name.clone();
        Text::from(move || match kind {
            AcceptanceItemKind::PageOpened => customer::accept_page(&name),
            AcceptanceItemKind::RecordSubmitted => customer::accept_record(&name),
            AcceptanceItemKind::WorkSeen => customer::accept_work(&name),
        })
    };
    let what = match (kind, at) {
        (AcceptanceItemKind::PageOpened, Some((_, app))) => link(
            Customer::AppPage(app.id.inner().to_owned(), component_key.clone()).address(),
            words,
        ),
        (AcceptanceItemKind::RecordSubmitted, Some((_, app))) => link(
            Customer::NewRecord(app.id.inner().to_owned(), component_key.clone()).address(),
            words,
        ),
        _ => words.into_view_any(),
    };
    let action = at
        .filter(|_| kind == AcceptanceItemKind::WorkSeen && !done)
        .map(|(items, app)| {
            let id = app.id.clone();
            let label = Text::from(move || format!("{}: {name}", customer::ACCEPT_SEEN.get()));
            let press = Callback::new(move |()| tick(items, id.clone(), kind, component_key.clone()));
            view! { <Button label=customer::ACCEPT_SEEN name=label on_press=press small=true /> }.into_any()
        });
    Task {
        what,
        hint: (!work.is_empty()).then(|| Text::from(work.join("\n"))),
        done,
        action,
    }
}
