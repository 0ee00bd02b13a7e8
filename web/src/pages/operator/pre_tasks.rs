//! The tasks before the marketplace (L9): what has to be done for every product before its partner may put it there.

use leptos::prelude::*;

use super::{
    categories::{both_names, in_use, named},
    category_dialogs::{Entry, entry_dialog},
};
use crate::{
    api::category::{self, PreTask},
    components::{
        button::{Button, Look},
        dialog::open_for,
        dynamic::dynamic,
        empty::Empty,
        folded::folded,
        icon::Icon,
        layout::{RowActions, Stack, paragraph},
        skeleton::Skeleton,
        table::{Table, action_column, column},
    },
    i18n::texts::reviews,
    load::{load, show_steadily},
};

pub fn list(editing: RwSignal<Option<Entry>>) -> AnyView {
    let tasks = load(category::pre_tasks);
    let changed = Callback::new(move |()| tasks.reload());
    let explained = view! {
        <Stack tight=true>
            {paragraph(reviews::TASKS_EXPLAINED)}
            {paragraph(reviews::RETIRED_TASK_EXPLAINED)}
        </Stack>
    };
    view! {
        <Stack>
            {folded(reviews::WHAT_TASKS_MEAN, explained.into_any())}
            {show_steadily(tasks, Skeleton::Rows(4), move |tasks| table(tasks, editing))}
        </Stack>
        {dynamic(move || editing.get().map(|entry| {
            let open = open_for(editing);
            entry_dialog(entry, open, changed)
        }))}
    }
    .into_any()
}

fn table(tasks: Vec<PreTask>, editing: RwSignal<Option<Entry>>) -> AnyView {
    if tasks.is_empty() {
        let add = Callback::new(move |()| editing.set(Some(Entry::new_task())));
        return view! {
            <Empty picture=Icon::List title=reviews::TASKS_EMPTY hint=reviews::TASKS_EMPTY_HINT>
                <Button label=reviews::TASK_ADD on_press=add look=Look::Primary leading=Icon::Plus />
            </Empty>
        }
        .into_any();
    }
    let row = |task: PreTask| {
        let entry = Entry::from(&task);
        let edit = Callback::new(move |()| editing.set(Some(entry.clone())));
        let full = named(reviews::EDIT, &task.name);
        let actions = view! {
            <RowActions>
                <Button label=reviews::EDIT name=full on_press=edit look=Look::Quiet small=true />
            </RowActions>
        };
        vec![
            both_names(&task.name, &task.name_zh, &task.name_en),
            in_use(task.retired),
            actions.into_any(),
        ]
    };
    let columns = vec![column(reviews::TASK), column(reviews::STATUS), action_column()];
    let rows = tasks.into_iter().map(row).collect();
    view! { <Table label=reviews::TAB_TASKS columns=columns rows=rows /> }.into_any()
}
