//! Seats (L15): no more people use an application than were bought for. Whoever goes in first takes one; an admin gives it
//! back.

use leptos::prelude::*;

use super::settings::Found;
use crate::{
    api::{
        instance::Instance,
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
    let submission = Submission::new();
    let id = app.id.clone();
    let enter = Callback::new(move |()| {
        let input = OpenInstanceInput { id: id.clone() };
        submission.run(seat::open_instance(input), move |_| entered.run(()));
    });
    let (taken, bought) = (seats.taken, seats.bought);
    let numbers = Text::from(move || customer::seats_taken(&taken, &bought));
    let panel = match taken < bought {
        true => view! {
            <Alert level=Level::Info title=customer::SEAT_NEEDED>
                <p>{numbers}</p>
                <p>{customer::SEAT_NEEDED_HINT}</p>
                <Row><Button label=customer::SEAT_TAKE on_press=enter busy=submission.busy look=Look::Primary small=true /></Row>
            </Alert>
        }
        .into_any(),
        false => view! {
            <Alert level=Level::Warning title=customer::SEATS_FULL>
                <p>{numbers}</p>
                <p>{customer::SEATS_FULL_HINT}</p>
                <Row><Button label=common::TRY_AGAIN on_press=enter busy=submission.busy small=true leading=Icon::Retry /></Row>
            </Alert>
        }
        .into_any(),
    };
    view! {
        <Stack>
            {panel}
            {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
        </Stack>
    }
    .into_any()
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
