//! Adding and changing a record, each at an address of its own; and the form of a page inside another page.

use leptos::prelude::*;

use super::form::{RecordForm, Saved, record_form};
use crate::{
    api::{
        acceptance::AcceptanceItemKind,
        record::{
            self, AppFrame, BegunRecord, OpenPage, OpenRecord, PageAction, PageVariables, RecordAction, RecordVariables,
        },
    },
    components::{
        dynamic::dynamic,
        layout::{Card, Stack, back_link, muted},
        skeleton::Skeleton,
        toast::toast,
    },
    i18n::{Text, texts::customer},
    load::{Loaded, load, show},
    navigation,
    pages::{customer::acceptance, not_found},
    routes::Customer,
};

/// A new record of the page.
pub fn new(app: AppFrame, page: OpenPage, changed: Callback<()>) -> AnyView {
    if !page.may(PageAction::AddRecord) {
        return not_found::page();
    }
    let list = Customer::AppPage(app.id.inner().to_owned(), page.key.clone()).address();
    let title = {
        let name = page.name.clone();
        Text::from(move || customer::new_record_in(&name))
    };
    let back = back_link(list.clone(), page.name.clone());
    let round = RwSignal::new(0u32);
    let to_list = list.clone();
    let (tried, key) = (app.clone(), page.key.clone());
    let done = Callback::new(move |saved| {
        toast(customer::RECORD_ADDED);
        acceptance::note(&tried, AcceptanceItemKind::RecordSubmitted, &key);
        changed.run(());
        match saved {
            Saved::Done => navigation::replace(&to_list),
            Saved::Another => round.update(|round| *round += 1),
        }
    });
    let filled = StoredValue::new((app, page));
    view! {
        <Stack tight=true>
            {back}
            <Card title=title>
                {dynamic(move || {
                    round.track();
                    let (app, page) = filled.get_value();
                    fresh(app, page, done, Some(list.clone()))
                })}
            </Card>
        </Stack>
    }
    .into_any()
}

/// The form of a page where another page shows it; an emptied one follows each record.
pub fn embedded(id: String, key: String) -> AnyView {
    let variables = PageVariables {
        id: cynic::Id::new(id.clone()),
        key,
    };
    let id = cynic::Id::new(id);
    let found = load(move || {
        let (id, variables) = (id.clone(), variables.clone());
        async move {
            let frame = record::app_frame(id).await?;
            Ok((frame, record::open_page(variables).await?))
        }
    });
    let round = RwSignal::new(0u32);
    let done = Callback::new(move |_| {
        toast(customer::RECORD_ADDED);
        round.update(|round| *round += 1);
    });
    show(found, Skeleton::Form, move |found| match found {
        (Some(app), Some(page)) if page.may(PageAction::AddRecord) => dynamic(move || {
            round.track();
            fresh(app.clone(), page.clone(), done, None)
        }),
        _ => muted(customer::FORM_CLOSED),
    })
}

fn fresh(app: AppFrame, page: OpenPage, done: Callback<Saved>, cancel: Option<String>) -> AnyView {
    let variables = PageVariables {
        id: app.id.clone(),
        key: page.key.clone(),
    };
    let begun: Loaded<Option<BegunRecord>> = load(move || record::begun_record(variables.clone()));
    show(begun, Skeleton::Form, move |begun| {
        let filled = RecordForm {
            app: app.clone(),
            page: page.clone(),
            record: None,
            draft: begun.and_then(|begun| begun.draft),
        };
        record_form(filled, done, cancel.clone())
    })
}

/// A record that is there.
pub fn change(app: AppFrame, page: OpenPage, id: String, changed: Callback<()>) -> AnyView {
    let record_page = Customer::Record(app.id.inner().to_owned(), page.key.clone(), id.clone()).address();
    let variables = RecordVariables {
        id: app.id.clone(),
        key: page.key.clone(),
        record: cynic::Id::new(id),
    };
    let found: Loaded<Option<OpenRecord>> = load(move || record::open_record(variables.clone()));
    let arrive = record_page.clone();
    let done = Callback::new(move |_| {
        toast(customer::RECORD_SAVED);
        changed.run(());
        navigation::replace(&arrive);
    });
    show(found, Skeleton::Form, move |found| {
        let Some(OpenRecord {
            record: Some(record),
            draft,
        }) = found
        else {
            return not_found::page();
        };
        if !record.may(RecordAction::Edit) {
            return not_found::page();
        }
        let title = super::detail::title_of(&record);
        let back = back_link(record_page.clone(), title.clone());
        let heading = Text::from(move || customer::edit_record(&title.get()));
        let filled = RecordForm {
            app: app.clone(),
            page: page.clone(),
            record: Some(record),
            draft,
        };
        let form = record_form(filled, done, Some(record_page.clone()));
        view! { <Stack tight=true>{back}<Card title=heading>{form}</Card></Stack> }.into_any()
    })
}
