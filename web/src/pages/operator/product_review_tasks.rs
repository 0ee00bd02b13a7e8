//! The tasks before the marketplace (L9) as they stand for a product: what is open, what was done by whom, and both ways between.

use leptos::prelude::*;

use crate::{
    api::{
        product_content::PromotionMode,
        product_review::{self, AnswerProductTaskInput, ProductAction, ProductStatus, ProductTask, ReviewedProduct},
    },
    components::{
        alert::ProblemPanel,
        badge::tag,
        button::{Button, Look},
        dialog::{Confirm, open_for},
        dynamic::dynamic,
        field::TextArea,
        layout::{Card, Stack, muted, paragraph},
        task_list::{Task, task_list},
        toast::toast,
    },
    format,
    forms::{Errors, submission::Submission},
    i18n::{Text, live, texts::reviews},
};

/// The card; nothing for what does not go to the marketplace or is not approved.
pub fn card(product: &ReviewedProduct, changed: Callback<()>) -> Option<AnyView> {
    let approved = product.approved_revision.as_ref()?;
    let before_it = approved.content.promotion_mode == Some(PromotionMode::Marketplace)
        && product.status != ProductStatus::Delisted;
    if !before_it {
        return None;
    }
    if product.tasks.is_empty() {
        return Some(view! { <Card title=reviews::TASKS>{muted(reviews::TASKS_NONE)}</Card> }.into_any());
    }
    let may = product.may(ProductAction::AnswerTask);
    let answering = RwSignal::new(None::<ProductTask>);
    let undoing = Submission::new();
    let total = product.tasks.len();
    let done = product.tasks.iter().filter(|task| task.done).count();
    let id = product.id.clone();
    let undo = Callback::new(move |task: cynic::Id| {
        let input = AnswerProductTaskInput {
            id: id.clone(),
            task_id: task,
            done: false,
            note: String::new(),
        };
        undoing.run(product_review::answer_product_task(input), move |_| {
            toast(reviews::TASK_UNDONE);
            changed.run(());
        });
    });
    let items = product
        .tasks
        .iter()
        .map(|task| item(task, may, answering, undo))
        .collect();
    let hint = match (product.status, done == total) {
        (ProductStatus::Approved, false) => reviews::TASKS_OPEN_HINT,
        (ProductStatus::Approved, true) => reviews::TASKS_DONE_HINT,
        _ => reviews::TASKS_PAST_HINT,
    };
    let aside = tag(live(move || reviews::tasks_progress(&done, &total)));
    let of = product.id.clone();
    let dialog = dynamic(move || {
        let of = of.clone();
        answering.get().map(move |task| {
            let open = open_for(answering);
            answer_dialog(of, task, open, changed)
        })
    });
    Some(
        view! {
            <Card title=reviews::TASKS aside=aside>
                <Stack tight=true>
                    {paragraph(hint)}
                    {dynamic(move || undoing.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
                    {task_list(items)}
                </Stack>
            </Card>
            {dialog}
        }
        .into_any(),
    )
}

fn item(task: &ProductTask, may: bool, answering: RwSignal<Option<ProductTask>>, undo: Callback<cynic::Id>) -> Task {
    let name = task.task.name.clone();
    let label = if task.done {
        reviews::TASK_UNDO
    } else {
        reviews::TASK_DONE
    };
    let of = name.clone();
    let full = Text::from(move || format!("{}: {of}", label.get()));
    let own = task.clone();
    let press = Callback::new(move |()| match own.done {
        true => undo.run(own.task.id.clone()),
        false => answering.set(Some(own.clone())),
    });
    let look = if task.done { Look::Quiet } else { Look::Plain };
    let action = may.then(|| view! { <Button label=label name=full on_press=press look=look small=true /> }.into_any());
    let by = task.done_by.clone().zip(task.done_at.clone());
    let note = task.note.clone().filter(|note| !note.is_empty());
    let hint = by.map(|(person, at)| {
        Text::from(move || {
            let by = reviews::done_by(&person.name, &format::date_time(&at));
            match &note {
                Some(note) => format!("{by}\n{note}"),
                None => by,
            }
        })
    });
    Task {
        what: name.into_any(),
        hint,
        done: task.done,
        action,
    }
}

fn answer_dialog(id: cynic::Id, task: ProductTask, open: RwSignal<bool>, changed: Callback<()>) -> AnyView {
    let (submission, errors) = (Submission::new(), Errors::new());
    let note = RwSignal::new(String::new());
    let task_id = task.task.id.clone();
    let confirm = Callback::new(move |()| {
        let input = AnswerProductTaskInput {
            id: id.clone(),
            task_id: task_id.clone(),
            done: true,
            note: note.get_untracked(),
        };
        submission.run_form(errors, product_review::answer_product_task(input), move |_| {
            toast(reviews::TASK_WAS_DONE);
            let _ = open.try_set(false);
            changed.run(());
        });
    });
    let name = task.task.name;
    let title = Text::from(move || reviews::task_title(&name));
    view! {
        <Confirm open=open title=title confirm=reviews::TASK_DONE on_confirm=confirm busy=submission.busy problem=submission.problem>
            <Stack>
                {paragraph(reviews::TASK_MEANS)}
                <TextArea name="note" label=reviews::NOTE value=note errors=errors hint=reviews::NOTE_HINT limit=1000 />
            </Stack>
        </Confirm>
    }
    .into_any()
}
