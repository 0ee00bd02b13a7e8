//! What the pages of the portal say to an organisation that has not installed it (L1): what it is for, and how to install it.

use leptos::prelude::*;

use crate::{
    api::{
        self_test,
        session::{Role, Viewer},
    },
    components::{
        alert::{Alert, Level, ProblemPanel},
        button::{Button, Look},
        dynamic::dynamic,
        layout::{Card, Row, Stack, paragraph},
        page_header::PageHeader,
        steps::{step, steps},
        toast::toast,
    },
    forms::submission::Submission,
    i18n::{Text, texts::self_test as words},
    navigation,
    routes::Route,
    session,
};

pub fn page() -> AnyView {
    let Some(viewer) = session::viewer_now() else {
        return ().into_any();
    };
    let admin = viewer.is(Role::CustomerAdmin);
    let list = steps(vec![
        step(words::PORTAL_STEP_INSTALL, words::PORTAL_STEP_INSTALL_HINT),
        step(words::PORTAL_STEP_IMPORT, words::PORTAL_STEP_IMPORT_HINT),
        step(words::PORTAL_STEP_TEST, words::PORTAL_STEP_TEST_HINT),
    ]);
    let next = if admin { button() } else { asking() };
    view! {
        <PageHeader title=words::PORTAL_TITLE hint=words::PORTAL_HINT />
        <Card title=missing(viewer)>
            <Stack>
                {list}
                {next}
            </Stack>
        </Card>
    }
    .into_any()
}

fn missing(viewer: Viewer) -> Text {
    let name = viewer.organization.name;
    Text::from(move || words::portal_missing(&name))
}

fn button() -> AnyView {
    let submission = Submission::new();
    let install = Callback::new(move |()| {
        submission.run(self_test::install_portal(), move |_| {
            toast(words::PORTAL_INSTALLED);
            wasm_bindgen_futures::spawn_local(async {
                session::reread().await;
                navigation::replace(&Route::Home.address());
            });
        });
    });
    view! {
        {dynamic(move || submission.problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
        {paragraph(words::PORTAL_EFFECT)}
        <Row><Button label=words::PORTAL_INSTALL on_press=install look=Look::Primary busy=submission.busy /></Row>
    }
    .into_any()
}

fn asking() -> AnyView {
    view! { <Alert level=Level::Info title=words::PORTAL_ASK><p>{words::PORTAL_ASK_HINT}</p></Alert> }.into_any()
}
