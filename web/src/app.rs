//! The root: starts what listens, mounts the view, and decides by the address and the person which frame stands on the
//! screen. Which page stands in the frame is `pages`.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use crate::{
    browser,
    components::{banner::ConnectionBanner, skeleton::Skeleton, toast::Toasts},
    layouts::{leave::LeaveDialog, plain::PlainLayout, shell::ShellLayout},
    navigation,
    pages::{self, area::Area},
    routes::{Customer, Route},
    session::{self, Who},
};

/// Mounts the application into the page.
pub fn start() {
    navigation::start();
    leptos::mount::mount_to_body(App);
}

/// What stands around the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Frame {
    /// An earlier session is being renewed, or the address is about to change.
    Waiting,
    SignIn,
    NotFound,
    /// What visitors may look at.
    Public,
    Shell,
}

/// The frame for a place and a person; an address instead where the person has to go elsewhere first.
fn frame(route: &Route, who: &Who) -> Result<Frame, String> {
    match (who, route) {
        (Who::Unknown, _) => Ok(Frame::Waiting),
        (Who::Visitor, Route::SignIn) => Ok(Frame::SignIn),
        (Who::Visitor, Route::NotFound) => Ok(Frame::NotFound),
        (Who::Visitor, Route::Market(_) | Route::Promotion(_)) => Ok(Frame::Public),
        (Who::Visitor, Route::Customer(Customer::CoolApps | Customer::CoolApp(_))) => Ok(Frame::Public),
        (Who::Visitor, _) => Err(pages::sign_in::address_back_here()),
        (Who::Known(_), Route::SignIn) => Err(pages::sign_in::return_address()),
        // D31: nothing but the one application exists for a developer in a remote maintenance.
        (Who::Known(viewer), route) if pages::home::outside(viewer, route) => {
            pages::home::elsewhere(viewer).map_or(Ok(Frame::Shell), Err)
        }
        (Who::Known(viewer), Route::Home) => pages::home::elsewhere(viewer).map_or(Ok(Frame::Shell), Err),
        (Who::Known(_), _) => Ok(Frame::Shell),
    }
}

#[component]
fn App() -> AnyView {
    session::start();
    let route = Memo::new(|_| Route::parse(&navigation::location().path));
    // While an earlier session is being renewed, the module of its page is already on its way.
    if untrack(session::who) == Who::Unknown
        && let Some(area) = Area::of(&route.get_untracked())
    {
        area.prepare();
    }
    let wanted = Memo::new(move |_| frame(&route.get(), &session::who()));
    Effect::new(move |_| {
        if let Err(address) = wanted.get() {
            // After this turn, so that nothing is redrawn in the middle of drawing.
            browser::after(0, move || navigation::replace(&address));
        }
    });
    // A change of organisation opens every page anew: nothing of the other one may stay on the screen. It is read, not only
    // tracked: a memo that nobody read computes at the next change of anything and would open the page anew then.
    let organization = Memo::new(|_| session::viewer().map(|viewer| viewer.organization.id.into_inner()));
    view! {
        <ConnectionBanner />
        {dynamic(move || match wanted.get().unwrap_or(Frame::Waiting) {
            Frame::Waiting => view! { <PlainLayout>{Skeleton::Page.view()}</PlainLayout> }.into_any(),
            Frame::SignIn => view! { <PlainLayout>{pages::sign_in::page()}</PlainLayout> }.into_any(),
            Frame::NotFound => view! { <PlainLayout>{pages::not_found::page()}</PlainLayout> }.into_any(),
            Frame::Public => view! { <PlainLayout visiting=true>{dynamic(move || fresh_page(route.get()))}</PlainLayout> }.into_any(),
            Frame::Shell => view! { <ShellLayout page=move || organization.with(|_| fresh_page(route.get())) /> }.into_any(),
        })}
        <LeaveDialog />
        <Toasts />
    }
    .into_any()
}

/// A page begins with nothing unsaved.
fn fresh_page(route: Route) -> AnyView {
    navigation::set_dirty(false);
    pages::page(route)
}
