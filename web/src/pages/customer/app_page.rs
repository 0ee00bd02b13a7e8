//! One page of an application: loads it and hands it to what can show its kind.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;
use serde_json::Value;

use super::{custom_page, form_page};
use crate::{
    api::{
        application::ComponentKind,
        instance::InstanceAction,
        record::{self, AppFrame, OpenPage, PageVariables},
    },
    components::{
        alert::{Alert, Level, ProblemPanel},
        layout::Card,
        skeleton::Skeleton,
    },
    i18n::{Text, texts::customer},
    labels,
    load::{Loaded, State, load},
    navigation,
    pages::not_found,
};

/// Records on a page of a form.
const RECORDS: i32 = 20;

/// What every kind of page knows of the application around it.
#[derive(Clone)]
pub struct Surroundings {
    pub app: AppFrame,
    /// Records can be added.
    pub writes: bool,
}

/// A page without its records: what stays on the screen while one searches and turns pages.
#[derive(Clone, Debug, PartialEq)]
pub struct Shell {
    pub key: String,
    pub kind: ComponentKind,
    pub name: String,
    pub definition: Value,
}

/// The page under way or here; nothing where there is none by its key.
pub type Found = Loaded<Option<OpenPage>>;

/// The page with the given key. `outer` is asked again when a record was added, for the count of sample data.
pub fn view(outer: Loaded<Option<AppFrame>>, frame: &AppFrame, key: String) -> AnyView {
    let surroundings = Surroundings {
        app: frame.clone(),
        writes: frame.may(InstanceAction::Open),
    };
    let id = frame.id.clone();
    let (search, after) = (navigation::query("q"), navigation::query("after"));
    let found: Found = load(move || {
        let present = |words: String| Some(words).filter(|words| !words.is_empty());
        record::open_page(PageVariables {
            id: id.clone(),
            key: key.clone(),
            first: Some(RECORDS),
            after: present(after.get()),
            search: present(search.get()),
        })
    });
    let added = Callback::new(move |()| {
        found.reload();
        outer.reload();
    });
    let shell = Memo::new(move |_| match found.state() {
        State::Waiting => State::Waiting,
        State::Failed(problem) => State::Failed(problem),
        State::Ready(page) => State::Ready(page.map(|page| Shell {
            key: page.key,
            kind: page.kind,
            name: page.name,
            definition: page.definition.0,
        })),
    });
    dynamic(move || match shell.get() {
        State::Waiting => Skeleton::Rows(6).view(),
        State::Ready(Some(page)) => of_kind(page, found, surroundings.clone(), added),
        State::Ready(None) => not_found::page(),
        State::Failed(problem) => {
            view! { <ProblemPanel problem=problem retry=Callback::new(move |()| found.reload()) /> }.into_any()
        }
    })
}

fn of_kind(page: Shell, found: Found, surroundings: Surroundings, added: Callback<()>) -> AnyView {
    match page.kind {
        ComponentKind::FormPage => form_page::view(page, found, surroundings, added),
        ComponentKind::CustomPage => custom_page::custom(&page, &surroundings.app),
        ComponentKind::Portal => custom_page::portal(&page, &surroundings.app),
        kind => view! {
            <Card title=page.name>
                <Alert level=Level::Info title=Text::from(move || customer::kind_not_shown(&labels::component(kind).get())) />
            </Card>
        }
        .into_any(),
    }
}
