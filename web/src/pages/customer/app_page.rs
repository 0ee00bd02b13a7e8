//! One page of an application: loads it and hands it to what can show its kind.

use leptos::prelude::*;

use super::{custom_page, form_page};
use crate::{
    api::{
        application::ComponentKind,
        instance::InstanceAction,
        record::{self, AppFrame, OpenPage, PageVariables},
    },
    components::{
        alert::{Alert, Level},
        layout::Card,
        skeleton::Skeleton,
    },
    i18n::{Text, texts::customer},
    labels,
    load::{Loaded, load, show},
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

/// The page with the given key. `outer` is asked again when a record was added, for the count of sample data.
pub fn view(outer: Loaded<Option<AppFrame>>, frame: &AppFrame, key: String) -> AnyView {
    let surroundings = Surroundings {
        app: frame.clone(),
        writes: frame.may(InstanceAction::Open),
    };
    let id = frame.id.clone();
    let (search, after) = (navigation::query("q"), navigation::query("after"));
    let found = load(move || {
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
    show(found, Skeleton::Rows(6), move |page| match page {
        Some(page) => of_kind(page, surroundings.clone(), added),
        None => not_found::page(),
    })
}

fn of_kind(page: OpenPage, surroundings: Surroundings, added: Callback<()>) -> AnyView {
    match page.kind {
        ComponentKind::FormPage => form_page::view(page, surroundings, added),
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
