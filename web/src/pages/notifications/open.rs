//! Where a mail or a line of the list leads: acts for the organisation in which it concerns the person, marks it as read and
//! goes on to what it tells of. Seen only where that cannot be.

use leptos::prelude::*;

use super::address_of;
use crate::{
    api::{
        Problem,
        notification::{self, MarkNotificationReadInput},
    },
    components::{page_header::PageHeader, skeleton::Skeleton},
    i18n::texts::inbox as words,
    load::{load, show},
    navigation, session,
};

pub fn page(id: String) -> AnyView {
    let wanted = navigation::query("organization");
    let on_the_way = load(move || on(id.clone(), wanted.get_untracked()));
    view! {
        <PageHeader title=words::TITLE />
        {show(on_the_way, Skeleton::Rows(3), |()| Skeleton::Rows(3).view())}
    }
    .into_any()
}

async fn on(id: String, organization: String) -> Result<(), Problem> {
    let elsewhere = session::viewer_now().is_some_and(|viewer| viewer.organization.id.inner() != organization);
    if !organization.is_empty() && elsewhere {
        // The shell opens this page anew for the other organisation.
        return session::switch_organization(organization.into(), true).await;
    }
    let told = notification::mark_notification_read(MarkNotificationReadInput { id: id.into() }).await?;
    navigation::replace(&address_of(told.target, told.topic, &told.object_id));
    Ok(())
}
