//! Everything that the person was told in the organisation that they act for, newest first; what is unread on its own where
//! they want it so.

use leptos::prelude::*;

use super::topic;
use crate::{
    api::notification::{
        self, MarkAllNotificationsReadInput, MarkNotificationReadInput, Notification, NotificationPage,
    },
    components::{
        alert::ProblemPanel,
        badge::{Tone, badge, tag},
        button::{Button, ButtonLink, Look},
        dynamic::dynamic,
        empty::Empty,
        icon::Icon,
        layout::{Row, RowActions, Stack, link, one_line, two_lines},
        page_header::PageHeader,
        paged_list::{PagedList, load_page, paged_list},
        table::{action_column, column},
        tabs::{Tabs, tab},
    },
    format,
    i18n::{live, texts::inbox as words},
    inbox,
    load::Loaded,
    navigation,
    routes::{Notifications, Route},
};

pub fn page() -> AnyView {
    let chosen = navigation::query("show");
    let list = load_page(move |window| {
        // Whatever the bell hears of stands in the list.
        inbox::now();
        let unread = chosen.get() == "unread";
        notification::notifications(window.first, window.after, window.last, window.before, Some(unread))
    });
    let problem = RwSignal::new(None);
    let settings = Route::Notifications(Notifications::Settings).address();
    let actions = view! {
        {all_read(list, problem)}
        <ButtonLink label=words::SETTINGS href=settings leading=Icon::Settings />
    };
    view! {
        <PageHeader title=words::TITLE hint=words::HINT actions=actions.into_any() />
        <Stack>
            {dynamic(move || problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
            <Tabs name="show" label=words::TITLE tabs=vec![tab("", words::ALL), tab("unread", words::UNREAD)] />
            {frame().show_steadily(list, move |told| row(told, list, problem))}
        </Stack>
    }
    .into_any()
}

type Problems = RwSignal<Option<crate::api::Problem>>;

/// Marks all as read that the person can have seen; what comes meanwhile stays unread.
fn all_read(list: Loaded<NotificationPage>, problem: Problems) -> AnyView {
    let busy = RwSignal::new(false);
    let mark = move || {
        let up_to = inbox::now().and_then(|inbox| inbox.newest).map(|newest| newest.id);
        busy.set(true);
        wasm_bindgen_futures::spawn_local(async move {
            let done = notification::mark_all_notifications_read(MarkAllNotificationsReadInput { up_to }).await;
            let _ = busy.try_set(false);
            let _ = problem.try_set(done.as_ref().err().cloned());
            if let Ok(inbox) = done {
                inbox::set(inbox);
                list.reload();
            }
        });
    };
    let some = move || inbox::now().is_some_and(|inbox| inbox.unread_count > 0);
    dynamic(move || {
        some().then(|| {
            view! { <Button label=words::MARK_ALL on_press=Callback::new(move |()| mark()) busy=busy leading=Icon::Check /> }
        })
    })
}

fn frame() -> PagedList {
    let nothing = || match navigation::query("show").get() == "unread" {
        true => view! { <Empty picture=Icon::Check title=words::NOTHING_UNREAD hint=words::NOTHING_UNREAD_HINT /> }
            .into_any(),
        false => view! { <Empty picture=Icon::Bell title=words::NOTHING hint=words::NOTHING_HINT /> }.into_any(),
    };
    let columns = vec![
        column(words::WHAT),
        column(words::TOPIC),
        column(words::WHEN),
        action_column(),
    ];
    paged_list(words::TITLE, columns, nothing)
}

fn row(told: Notification, list: Loaded<NotificationPage>, problem: Problems) -> Vec<AnyView> {
    let at = told.created_at.clone();
    let topic = topic::name(told.topic);
    let action = told.read_at.is_none().then(|| mark_button(&told, list, problem));
    vec![
        what(told),
        tag(topic),
        one_line(live(move || format::date_time(&at))),
        view! { <RowActions>{action}</RowActions> }.into_any(),
    ]
}

/// What it says; the line leads on through the page that marks it as read.
fn what(told: Notification) -> AnyView {
    let address = Route::Notifications(Notifications::Open(told.id.into_inner())).address();
    let state = told.read_at.is_none().then(|| badge(Tone::Active, words::UNREAD));
    let first = view! { <Row>{link(address, told.title)}{state}</Row> }.into_any();
    two_lines(first, told.body.into_any())
}

fn mark_button(told: &Notification, list: Loaded<NotificationPage>, problem: Problems) -> AnyView {
    let id = told.id.clone();
    let busy = RwSignal::new(false);
    let mark = move |()| {
        let id = id.clone();
        busy.set(true);
        wasm_bindgen_futures::spawn_local(async move {
            let done = notification::mark_notification_read(MarkNotificationReadInput { id }).await;
            let _ = busy.try_set(false);
            let _ = problem.try_set(done.as_ref().err().cloned());
            if done.is_ok() {
                list.reload();
            }
        });
    };
    let name = words::mark_named(&told.title);
    view! { <Button label=words::MARK name=name on_press=Callback::new(mark) look=Look::Quiet small=true busy=busy /> }
        .into_any()
}
