//! The shell of signed-in people: top bar, side navigation (a drawer on phones), the page in the main region.

use leptos::{html, prelude::*};

use crate::components::dynamic::dynamic;

use super::{bell::bell, inside::working_inside, navigation_list::NavigationList, preferences::Preferences, skip_link};
use crate::{
    api::session::{Membership, Role, Viewer},
    components::{
        alert::ProblemPanel,
        button::IconButton,
        icon::{Icon, icon},
        menu::{Entry, entry, popover, popover_menu},
        toast::toast,
    },
    i18n::texts::{common, shell},
    labels,
    routes::{Notifications, Route},
    session,
};

/// The shell around `page`, which changes while the shell stays.
#[component]
pub fn ShellLayout(page: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let drawer = NodeRef::<html::Dialog>::new();
    let open_drawer = Callback::new(move |()| {
        if let Some(drawer) = drawer.get_untracked() {
            let _ = drawer.show_modal();
        }
    });
    let close_drawer = Callback::new(move |()| {
        if let Some(drawer) = drawer.get_untracked() {
            drawer.close();
        }
    });
    // Read and not only tracked, so that a change of anything else opens no new bell.
    let inside = Memo::new(|_| session::viewer().is_some_and(|viewer| viewer.maintenance.is_some()));
    view! {
        {skip_link()}
        <header class="sticky top-0 z-30 flex h-14 items-center gap-2 border-b border-base-300 bg-base-100 px-3 sm:px-5">
            <span class="lg:hidden"><IconButton label=shell::OPEN_NAVIGATION picture=Icon::Menu on_press=open_drawer /></span>
            <a href="/" class="text-base font-semibold me-auto sm:me-4">{shell::PRODUCT}</a>
            {dynamic(move || session::viewer().map(organization_menu))}
            <span class="hidden flex-1 sm:block"></span>
            <span class="contents max-sm:hidden"><Preferences /></span>
            {dynamic(move || (!inside.get()).then(bell))}
            {dynamic(move || session::viewer().map(user_menu))}
        </header>
        <div class="mx-auto flex w-full max-w-[96rem]">
            <aside class="hidden min-h-[calc(100dvh-3.5rem)] w-60 shrink-0 border-e border-base-300 bg-base-100 lg:block">
                <div class="sticky top-14 max-h-[calc(100dvh-3.5rem)] overflow-y-auto p-3">
                    <NavigationList on_choice=Callback::new(|()| ()) />
                </div>
            </aside>
            <div class="min-w-0 flex-1">
                {dynamic(move || inside.get().then(working_inside))}
                <main id="main" tabindex="-1" class="px-4 py-6 sm:px-8 sm:py-8">{page}</main>
            </div>
        </div>
        <dialog
            node_ref=drawer
            class="m-0 h-dvh max-h-none w-72 max-w-[85vw] border-e border-base-300 bg-base-100 p-3 text-base-content shadow-floating backdrop:bg-black/40"
            aria-label=shell::NAVIGATION
        >
            <div class="flex items-center justify-between ps-3">
                <span class="font-semibold">{shell::PRODUCT}</span>
                <IconButton label=common::CLOSE picture=Icon::Close on_press=close_drawer />
            </div>
            <NavigationList on_choice=close_drawer />
            <div class="mt-4 flex gap-1 border-t border-base-300 pt-3 sm:hidden"><Preferences /></div>
        </dialog>
    }
    .into_any()
}

/// The organisation acted for; a menu where there are several.
fn organization_menu(viewer: Viewer) -> AnyView {
    let name = view! {
        {icon(Icon::Building)}
        <span class="max-w-28 truncate sm:max-w-56">{viewer.organization.name.clone()}</span>
    }
    .into_any();
    if viewer.memberships.len() < 2 {
        return view! { <p class="flex items-center gap-2 px-2">{name}</p> }.into_any();
    }
    let trigger = view! { {name}{icon(Icon::ChevronDown)} }.into_any();
    let current = viewer.organization.id.clone();
    let entries = viewer
        .memberships
        .iter()
        .map(|membership| organization_entry(membership, &current))
        .collect();
    popover_menu(
        shell::SWITCH_ORGANIZATION.into(),
        trigger,
        "btn btn-ghost btn-sm text-sm font-normal",
        entries,
    )
}

fn organization_entry(membership: &Membership, current: &cynic::Id) -> Entry {
    let id = membership.organization.id.clone();
    let here = id == *current;
    let name = membership.organization.name.clone();
    let label = if here { format!("✓ {name}") } else { name };
    entry(label, move || {
        if here {
            return;
        }
        let id = id.clone();
        wasm_bindgen_futures::spawn_local(async move {
            if session::switch_organization(id, false).await.is_err() {
                toast(shell::SWITCH_FAILED);
            }
        });
    })
}

/// The person: name, roles, signing out.
fn user_menu(viewer: Viewer) -> AnyView {
    let problem = RwSignal::new(None);
    let sign_out = move |_| {
        wasm_bindgen_futures::spawn_local(async move {
            let _ = problem.try_set(session::sign_out().await.err());
        });
    };
    // Inside a remote maintenance the way out is that of its banner.
    let own = viewer.maintenance.is_none();
    let roles: Vec<Role> = viewer.roles.clone();
    let roles = move || {
        crate::format::list(
            &roles
                .iter()
                .map(|role| labels::role(*role).get().to_owned())
                .collect::<Vec<_>>(),
        )
    };
    let content = view! {
        <div class="w-64 p-3">
            <p class="font-medium">{viewer.user.name.clone()}</p>
            {viewer.user.email.clone().map(|email| view! { <p class="text-xs text-muted break-all">{email}</p> })}
            <p class="mt-1 text-xs text-muted">{dynamic(roles)}</p>
            {dynamic(move || problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
            {own.then(|| view! {
                <a href=Route::Notifications(Notifications::Settings).address() class="btn btn-sm btn-ghost mt-3 w-full font-normal">
                    {icon(Icon::Settings)}
                    {shell::NOTIFICATION_SETTINGS}
                </a>
                <button type="button" class="btn btn-sm btn-outline border-outline mt-2 w-full font-normal" on:click=sign_out>
                    {icon(Icon::SignOut)}
                    {shell::SIGN_OUT}
                </button>
            })}
        </div>
    }
    .into_any();
    let trigger =
        view! { {icon(Icon::User)}<span class="max-md:hidden max-w-32 truncate">{viewer.user.name}</span> }.into_any();
    popover(
        shell::ACCOUNT.into(),
        trigger,
        "btn btn-ghost btn-sm text-sm font-normal",
        content,
    )
}
