//! One page of an application: loads what it is made of and hands it to what shows it.

use std::{cell::RefCell, sync::Arc};

use leptos::prelude::*;

use crate::{
    api::record::{self as operations, AppFrame, OpenPage, PageVariables},
    components::skeleton::Skeleton,
    load::{Loaded, load, show_steadily},
    pages::not_found,
    session,
};

/// What stands inside the frame: made from the application, one of its pages, and the bell for records that came or went.
pub type Content = Arc<dyn Fn(AppFrame, OpenPage, Callback<()>) -> AnyView + Send + Sync>;

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
pub fn view(outer: Loaded<Option<AppFrame>>, frame: &AppFrame, key: String, content: Content) -> AnyView {
    let found = load_page(frame, key);
    let app = frame.clone();
    let changed = Callback::new(move |()| outer.reload());
    show_steadily(found, Skeleton::Rows(6), move |page| match page {
        Some(page) => content(app.clone(), page, changed),
        None => not_found::page(),
    })
}
