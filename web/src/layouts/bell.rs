//! The bell in the top bar: how much is unread, on screen and told politely when something comes.

use leptos::prelude::*;

use crate::{
    components::{
        dynamic::dynamic,
        icon::{Icon, icon},
    },
    i18n::texts::shell,
    inbox,
    routes::{Notifications, Route},
};

/// A larger number says no more.
const MOST: i32 = 99;

/// The bell, which leads to the notifications.
pub fn bell() -> AnyView {
    inbox::follow();
    let unread = || inbox::now().map_or(0, |inbox| inbox.unread_count);
    let name = move || match unread() {
        0 => shell::NOTIFICATIONS.get().to_owned(),
        count => shell::notifications_unread(&count),
    };
    let badge = move || {
        let count = unread();
        (count > 0).then(|| {
            let shown = if count > MOST { format!("{MOST}+") } else { count.to_string() };
            view! { <span class="badge badge-primary badge-xs absolute -end-1 -top-0.5 px-1 font-medium" aria-hidden="true">{shown}</span> }
        })
    };
    view! {
        <a href=Route::Notifications(Notifications::List).address() class="btn btn-ghost btn-square btn-sm relative" aria-label=name title=name>
            {icon(Icon::Bell)}
            {dynamic(badge)}
        </a>
        <span class="sr-only" role="status">{dynamic(news())}</span>
    }
    .into_any()
}

/// The words that are read out when something new came: nothing at first, since nothing came.
fn news() -> impl Fn() -> Option<String> + Send + 'static {
    let newest = Memo::new(|_| inbox::now().map(|inbox| inbox.newest.map(|newest| newest.id.into_inner())));
    let known = StoredValue::new(None::<Option<String>>);
    let told = RwSignal::new(false);
    Effect::new(move |_| {
        let Some(id) = newest.get() else {
            known.set_value(None);
            return told.set(false);
        };
        let came = known.with_value(|known| known.as_ref().is_some_and(|known| *known != id)) && id.is_some();
        known.set_value(Some(id));
        if came {
            told.set(true);
        }
    });
    move || {
        let count = inbox::now().map_or(0, |inbox| inbox.unread_count);
        (told.get() && count > 0).then(|| shell::notifications_new(&count))
    }
}
