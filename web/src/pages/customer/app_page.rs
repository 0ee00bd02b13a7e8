//! One page of an application: loads what it is made of and hands it to what can show its kind, at the place that the
//! address names.

use std::cell::RefCell;

use leptos::prelude::*;

use super::{custom, record};
use crate::{
    api::{
        application::ComponentKind,
        instance::InstanceAction,
        record::{self as operations, AppFrame, OpenPage, PageVariables},
    },
    components::{
        alert::{Alert, Level},
        layout::Card,
        skeleton::Skeleton,
    },
    i18n::{Text, texts::customer},
    labels,
    load::{Loaded, load, show_steadily},
    pages::not_found,
    session,
};

/// What of a page is open.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// The page itself: the records of a form, the content of the others.
    Page,
    /// A new record is filled in.
    New,
    /// The record of that id.
    Record(String),
    /// The record of that id is changed.
    Edit(String),
}

/// Pages that were opened, so that going from a list to a record and back shows the page at once.
const REMEMBERED: usize = 6;

/// A page with the organisation and the application to which it belongs.
type Known = ((String, String), OpenPage);

thread_local! {
    static KNOWN: RefCell<Vec<Known>> = const { RefCell::new(Vec::new()) };
}

fn known(of: &(String, String), key: &str) -> Option<OpenPage> {
    KNOWN.with_borrow(|pages| {
        let mut found = pages.iter().filter(|(owner, page)| owner == of && page.key == key);
        found.next().map(|(_, page)| page.clone())
    })
}

fn remember(of: (String, String), page: OpenPage) {
    KNOWN.with_borrow_mut(|pages| {
        pages.retain(|(owner, known)| *owner != of || known.key != page.key);
        pages.insert(0, (of, page));
        pages.truncate(REMEMBERED);
    });
}

/// Loads a page: the one that is known at once, then what the server says now.
pub fn load_page(app: &AppFrame, key: String) -> Loaded<Option<OpenPage>> {
    let organization = session::viewer_now().map_or_else(String::new, |viewer| viewer.organization.id.into_inner());
    let of = (organization, app.id.inner().to_owned());
    let here = known(&of, &key);
    let variables = PageVariables {
        id: app.id.clone(),
        key,
    };
    let found = load(move || {
        let (variables, of) = (variables.clone(), of.clone());
        async move {
            let page = operations::open_page(variables).await?;
            if let Some(page) = &page {
                remember(of, page.clone());
            }
            Ok(page)
        }
    });
    if let Some(page) = here {
        found.set(Some(page));
    }
    found
}

/// The page with the given key. `outer` is asked again when records came or went, for the count of sample data.
pub fn view(outer: Loaded<Option<AppFrame>>, frame: &AppFrame, key: String, place: Place) -> AnyView {
    let found = load_page(frame, key);
    let app = frame.clone();
    let changed = Callback::new(move |()| outer.reload());
    show_steadily(found, Skeleton::Rows(6), move |page| match page {
        Some(page) => of_kind(app.clone(), page, place.clone(), changed),
        None => not_found::page(),
    })
}

fn of_kind(app: AppFrame, page: OpenPage, place: Place, changed: Callback<()>) -> AnyView {
    let may_add = app.may(InstanceAction::Open);
    match (page.kind, place) {
        (ComponentKind::FormPage, Place::Page) => record::list::page(app, page, may_add),
        (ComponentKind::FormPage, Place::New) if may_add => record::new(app, page, changed),
        (ComponentKind::FormPage, Place::Record(id)) => record::detail::page(app, page, id, changed),
        (ComponentKind::FormPage, Place::Edit(id)) => record::change(app, page, id, changed),
        (ComponentKind::CustomPage, Place::Page) => custom::custom(&page, &app),
        (ComponentKind::Portal, Place::Page) => custom::portal(&page, &app),
        (kind, Place::Page) => view! {
            <Card title=page.name>
                <Alert level=Level::Info title=Text::from(move || customer::kind_not_shown(&labels::component(kind).get())) />
            </Card>
        }
        .into_any(),
        _ => not_found::page(),
    }
}
