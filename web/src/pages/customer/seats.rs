//! Seats (L15): no more people use an application than were bought for. Whoever goes in first takes one; an admin gives it
//! back.

use leptos::prelude::*;

use super::settings::Found;
use crate::{
    api::{
        Problem,
        instance::Instance,
        live::{Update, while_shown},
        page::Window,
        record::AppFrame,
        seat::{self, HoldersVariables, OpenInstanceInput, ReleaseSeatInput, SeatHolder, Seats},
    },
    components::{
        alert::{Alert, Level, ProblemPanel},
        button::{Button, Look},
        dialog::{Confirm, open_for},
        dynamic::dynamic,
        empty::Empty,
        icon::Icon,
        layout::{Card, Row, RowActions, Stack, bullets, muted, one_line, paragraph},
        paged_list::{load_page, paged_list},
        table::{action_column, column},
        toast::toast,
    },
    format,
    forms::submission::Submission,
    i18n::{
        Text, live,
        texts::{common, customer},
    },
};

/// What stands in place of the pages for somebody who has no seat yet. `entered` runs once they do.
pub fn entrance(app: &AppFrame, seats: &Seats, entered: Callback<()>) -> AnyView {
    match seats.taken < seats.bought {
        true => free(app, seats, entered),
        false => full(app, seats, entered),
    }
}

/// A seat is left: going in takes it.
fn free(app: &AppFrame, seats: &Seats, entered: Callback<()>) -> AnyView {
    let submission = Submission::new();
    let id = app.id.clone();
    let enter = Callback::new(move |()| {
        let input = OpenInstanceInput { id: id.clone() };
        submission.run(seat::open_instance(input), move |_| entered.run(()));
    });
    let numbers = numbers(seats);
    view! {
        <Stack>
            <Alert level=Level::Info title=customer::SEAT_NEEDED>
                <p>{numbers}</p>
                <p>{customer::SEAT_NEEDED_HINT}</p>
                <Row><Button label=customer::SEAT_TAKE on_press=enter busy=submission.busy look=Look::Primary small=true /></Row>
            </Alert>
            {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
        </Stack>
    }
    .into_any()
}

/// All are taken: whom to ask, and the wait for one to be given back, which leads in by itself. Where the server cannot be
/// followed there is a button instead.
fn full(app: &AppFrame, seats: &Seats, entered: Callback<()>) -> AnyView {
    let id = StoredValue::new(app.id.clone());
    let now = RwSignal::new(seats.clone());
    let admins = RwSignal::new(Vec::<String>::new());
    let followed = RwSignal::new(true);
    let submission = Submission::new();
    let enter = Callback::new(move |()| {
        let input = OpenInstanceInput { id: id.get_value() };
        let work = async move {
            match seat::open_instance(input).await {
                // Somebody was quicker: one waits on.
                Err(Problem::Refused(_)) if followed.try_get_untracked() == Some(true) => Ok(None),
                answer => answer.map(Some),
            }
        };
        submission.run(work, move |opened| {
            if opened.is_some() {
                entered.run(());
            }
        });
    });
    while_shown(seat::seats_changed(app.id.clone(), move |update| match update {
        Update::Value(change) => {
            followed.set(true);
            admins.set(change.admins.into_iter().map(|admin| admin.name).collect());
            let (admitted, left) = (change.seats.admitted, change.seats.taken < change.seats.bought);
            now.set(change.seats);
            match (admitted, left) {
                (true, _) => entered.run(()),
                (false, true) => enter.run(()),
                (false, false) => {}
            }
        }
        Update::Interrupted => followed.set(false),
        Update::Complete => {}
    }));
    let whom = live(move || match admins.get() {
        names if names.is_empty() => customer::SEATS_FULL_HINT.get().to_owned(),
        names => customer::seats_full_ask(&format::list(&names)),
    });
    view! {
        <Stack>
            <Alert level=Level::Warning title=customer::SEATS_FULL>
                {dynamic(move || view! { <p>{numbers(&now.get())}</p> })}
                <p>{whom}</p>
                {dynamic(move || match followed.get() {
                    true => view! { <p>{customer::SEATS_FULL_WAIT}</p> }.into_any(),
                    false => view! { <Row><Button label=common::TRY_AGAIN on_press=enter busy=submission.busy small=true leading=Icon::Retry /></Row> }
                        .into_any(),
                })}
            </Alert>
            {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
        </Stack>
    }
    .into_any()
}

fn numbers(seats: &Seats) -> Text {
    let (taken, bought) = (seats.taken, seats.bought);
    Text::from(move || customer::seats_taken(&taken, &bought))
}

/// Who holds a seat, for the admin.
pub fn tab(found: Found, app: &Instance, seats: &Seats) -> AnyView {
    let id = app.id.clone();
    let asked = id.clone();
    let list = load_page(move |window: Window| {
        seat::holders(HoldersVariables {
            id: asked.clone(),
            first: window.first,
            after: window.after,
            last: window.last,
            before: window.before,
        })
    });
    let chosen = RwSignal::new(None::<SeatHolder>);
    let nothing = || {
        view! { <Empty picture=Icon::User title=customer::NO_SEATS_TAKEN hint=customer::NO_SEATS_TAKEN_HINT /> }
            .into_any()
    };
    let columns = vec![column(customer::MEMBERS), column(customer::SEAT_SINCE), action_column()];
    let rows = paged_list(customer::TAB_SEATS, columns, nothing).show(list, move |holder| row(holder, chosen));
    let (taken, bought) = (seats.taken, seats.bought);
    let released = Callback::new(move |()| {
        toast(customer::SEAT_RELEASED);
        list.reload();
        found.reload();
    });
    view! {
        <Card title=customer::TAB_SEATS>
            <Stack>
                {paragraph(Text::from(move || customer::seats_taken(&taken, &bought)))}
                {rows}
            </Stack>
        </Card>
        {dynamic(move || chosen.get().map(|holder| release_dialog(id.clone(), holder, chosen, released)))}
    }
    .into_any()
}

fn row(holder: SeatHolder, chosen: RwSignal<Option<SeatHolder>>) -> Vec<AnyView> {
    let since = holder.since.clone();
    let name = holder.user.name.clone();
    let label = Text::from(move || format!("{}: {name}", customer::SEAT_RELEASE.get()));
    let name = holder.user.name.clone();
    let release = Callback::new(move |()| chosen.set(Some(holder.clone())));
    vec![
        name.into_any(),
        one_line(live(move || format::date_time(&since))),
        view! { <RowActions><Button label=customer::SEAT_RELEASE name=label on_press=release look=Look::Quiet small=true /></RowActions> }.into_any(),
    ]
}

fn release_dialog(
    id: cynic::Id,
    holder: SeatHolder,
    chosen: RwSignal<Option<SeatHolder>>,
    released: Callback<()>,
) -> AnyView {
    let open = open_for(chosen);
    let submission = Submission::new();
    let (user, name) = (holder.user.id, holder.user.name);
    let confirm = Callback::new(move |()| {
        let input = ReleaseSeatInput {
            instance_id: id.clone(),
            user_id: user.clone(),
        };
        submission.run(seat::release_seat(input), move |_| {
            open.set(false);
            released.run(());
        });
    });
    let title = Text::from(move || customer::seat_release_title(&name));
    view! {
        <Confirm open=open title=title confirm=customer::SEAT_RELEASE on_confirm=confirm busy=submission.busy problem=submission.problem danger=true>
            {bullets(vec![muted(customer::SEAT_RELEASE_OUT), muted(customer::SEAT_RELEASE_DATA)])}
        </Confirm>
    }
    .into_any()
}
