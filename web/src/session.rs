//! Who is signed in, as a signal for the whole application, and what their roles open. The token itself is `api`'s.

use std::cell::OnceCell;

use leptos::prelude::*;

use crate::{
    api::{
        Problem, refresh,
        session::{self as operations, DistributionPermissionStatus, Locale, OrganizationKind, Role, Viewer},
    },
    browser,
    components::toast::toast,
    i18n::{self, Language, texts::shell},
    navigation,
    routes::{Portal, Route},
};

/// What is known about the person in front of the screen.
#[derive(Clone, Debug, PartialEq)]
pub enum Who {
    /// The session of an earlier visit is being renewed.
    Unknown,
    Visitor,
    Known(Box<Viewer>),
}

/// Says that this browser has signed in before, so that a first visit asks the server nothing.
const STORED: &str = "appshelf.session";

thread_local! {
    static WHO: OnceCell<ArcRwSignal<Who>> = const { OnceCell::new() };
}

fn signal() -> ArcRwSignal<Who> {
    WHO.with(|cell| cell.get_or_init(|| ArcRwSignal::new(Who::Unknown)).clone())
}

/// Who is here; views that read it follow it.
pub fn who() -> Who {
    signal().get()
}

/// The signed-in person, while there is one.
pub fn viewer() -> Option<Viewer> {
    match who() {
        Who::Known(viewer) => Some(*viewer),
        _ => None,
    }
}

/// The signed-in person, read outside of a view.
pub fn viewer_now() -> Option<Viewer> {
    match signal().get_untracked() {
        Who::Known(viewer) => Some(*viewer),
        _ => None,
    }
}

/// Renews the session of an earlier visit and follows its end. Once, at start.
pub fn start() {
    let ended = refresh::ended();
    Effect::new(move |earlier: Option<()>| {
        ended.track();
        if earlier.is_some() {
            forget();
        }
    });
    let left = refresh::left();
    Effect::new(move |earlier: Option<()>| {
        left.track();
        if earlier.is_some()
            && let Some(viewer) = refresh::refreshed()
        {
            toast(shell::MAINTENANCE_OVER);
            arrive(viewer, &Route::Portal(Portal::Maintenance).address());
        }
    });
    if browser::stored(STORED).is_none() {
        signal().set(Who::Visitor);
        return;
    }
    wasm_bindgen_futures::spawn_local(renew());
}

/// Keeps trying while the server cannot be reached: a lost connection does not sign anybody out.
async fn renew() {
    loop {
        match refresh::refresh().await {
            Ok(viewer) => return know(viewer),
            Err(Problem::Lost) => gloo_timers::future::TimeoutFuture::new(3000).await,
            Err(_) => return forget(),
        }
    }
}

fn know(viewer: Viewer) {
    browser::store(STORED, Some("1"));
    i18n::set_language(match viewer.user.locale {
        Locale::ZhCn => Language::Chinese,
        Locale::En => Language::English,
    });
    signal().set(Who::Known(Box::new(viewer)));
}

fn forget() {
    browser::store(STORED, None);
    signal().set(Who::Visitor);
}

pub async fn sign_in(email: String, password: String) -> Result<(), Problem> {
    let viewer = operations::sign_in(email, password).await?;
    know(viewer);
    Ok(())
}

pub async fn sign_out() -> Result<(), Problem> {
    operations::sign_out().await?;
    navigation::set_dirty(false);
    forget();
    navigation::replace(&Route::SignIn.address());
    Ok(())
}

/// Acts for another organisation of the person. Where nothing else is said, its home page follows.
pub async fn switch_organization(id: cynic::Id, stay: bool) -> Result<(), Problem> {
    let viewer = operations::switch_organization(id).await?;
    navigation::set_dirty(false);
    know(viewer);
    if !stay {
        navigation::replace(&Route::Home.address());
    }
    Ok(())
}

/// Acts for another organisation of the person, at a page of theirs there.
pub async fn switch_to(id: cynic::Id, address: &str) -> Result<(), Problem> {
    let viewer = operations::switch_organization(id).await?;
    arrive(viewer, address);
    Ok(())
}

/// L1: whether the acting organisation is a partner; said of nobody until it is known who asks.
pub fn has_portal() -> bool {
    viewer_now().is_none_or(|viewer| viewer.organization.kinds.contains(&OrganizationKind::Partner))
}

/// D31: enters a remote maintenance: this tab acts for the customer, inside the one application.
pub async fn enter_maintenance(id: cynic::Id) -> Result<(), Problem> {
    let viewer = operations::enter_maintenance(id).await?;
    arrive(viewer, &Route::Home.address());
    Ok(())
}

/// Leaves the remote maintenance: the person acts for their own organisation again, and may come back while it lasts.
pub async fn leave_maintenance() -> Result<(), Problem> {
    let inside = viewer_now().and_then(|viewer| viewer.maintenance);
    let viewer = refresh::leave().await?;
    let page = match inside {
        Some(inside) => Portal::MaintenanceSession(inside.id.into_inner()),
        None => Portal::Maintenance,
    };
    arrive(viewer, &Route::Portal(page).address());
    Ok(())
}

/// Goes on as another, at a page of theirs.
fn arrive(viewer: Viewer, address: &str) {
    navigation::set_dirty(false);
    know(viewer);
    navigation::replace(address);
}

/// Reads the rights anew, after a step that may have changed them.
pub async fn reread() {
    if let Ok(Some(viewer)) = operations::viewer().await {
        signal().set(Who::Known(Box::new(viewer)));
    }
}

/// Switches the language for this browser and, where somebody is signed in, for them everywhere.
pub fn choose_language(language: Language) {
    i18n::set_language(language);
    let Some(mut viewer) = viewer_now() else { return };
    let locale = match language {
        Language::Chinese => Locale::ZhCn,
        Language::English => Locale::En,
    };
    viewer.user.locale = locale;
    signal().set(Who::Known(Box::new(viewer)));
    wasm_bindgen_futures::spawn_local(async move {
        // The browser keeps the choice in any case; the account learns it when the server can be reached.
        let _ = operations::update_preferences(operations::UpdatePreferencesInput { locale }).await;
    });
}

/// One of the three faces of the application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    Partner,
    Customer,
    Operator,
}

impl Viewer {
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// The faces that the roles in the acting organisation open, first the one that is home.
    pub fn faces(&self) -> Vec<Face> {
        let mut faces = Vec::new();
        for role in &self.roles {
            let face = match role {
                Role::PartnerAdmin | Role::PartnerDeveloper => Face::Partner,
                Role::CategoryOperator | Role::OpenPlatformOperator | Role::InternalReviewer | Role::Superadmin => {
                    Face::Operator
                }
                Role::CustomerAdmin | Role::CustomerEmployee => Face::Customer,
            };
            if !faces.contains(&face) {
                faces.push(face);
            }
        }
        faces
    }

    /// P11: whether reviews may wait for the person's decision.
    pub fn decides(&self) -> bool {
        let deciding = [
            Role::InternalReviewer,
            Role::CategoryOperator,
            Role::OpenPlatformOperator,
        ];
        deciding.into_iter().any(|role| self.is(role))
    }

    /// D1: without it nothing of the distribution track is open.
    pub fn may_distribute(&self) -> bool {
        self.distribution_permission
            .as_ref()
            .is_some_and(|permission| permission.status == DistributionPermissionStatus::Granted)
    }
}
