//! The areas of the application. In a release build each is a WebAssembly module of its own, which the browser loads when
//! the first page of the area is opened, so that a first visit carries what it shows and not the whole application. What
//! several areas use lies in modules that they share; `web/pipeline` cuts them apart. A development build is one module, in
//! which every area is at hand.

use std::cell::Cell;

use leptos::prelude::*;
use wasm_split_helpers::SplitLoaderError;

use super::{audit, customer, not_found, operator, portal};
use crate::{
    api::{Problem, transport},
    components::skeleton::Skeleton,
    load::{load, show},
    routes::Route,
};

/// One module of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    Portal,
    Customer,
    Operator,
    Audit,
}

/// Draws the page of an address; what it calls lies in the module of its area.
type Door = fn(Route) -> AnyView;

thread_local! {
    static DOORS: [Cell<Option<Door>>; 4] = const { [const { Cell::new(None) }; 4] };
}

/// Makes the function that loads a module and answers its door.
macro_rules! door {
    ($module:ident, $page:path) => {
        #[cfg(not(debug_assertions))]
        #[allow(unsafe_code)] // The call into another module, which the attribute writes.
        #[wasm_split_helpers::wasm_split($module, fallible)]
        fn $module() -> Result<Door, SplitLoaderError> {
            Ok($page)
        }
        #[cfg(debug_assertions)]
        async fn $module() -> Result<Door, SplitLoaderError> {
            Ok($page)
        }
    };
}

mod doors {
    //! Named like the files of the modules.
    use super::*;
    door!(portal_area, portal_page);
    door!(customer_area, customer_page);
    door!(operator_area, operator_page);
    door!(audit_area, audit_page);

    pub async fn load(area: Area) -> Result<Door, SplitLoaderError> {
        match area {
            Area::Portal => portal_area().await,
            Area::Customer => customer_area().await,
            Area::Operator => operator_area().await,
            Area::Audit => audit_area().await,
        }
    }
}

fn portal_page(route: Route) -> AnyView {
    match route {
        Route::Portal(page) => portal::page(page),
        _ => not_found::page(),
    }
}

fn customer_page(route: Route) -> AnyView {
    match route {
        Route::Customer(page) => customer::page(page),
        Route::Purchase(token) => customer::purchase_page(token),
        _ => not_found::page(),
    }
}

fn operator_page(route: Route) -> AnyView {
    match route {
        Route::Operator(page) => operator::page(page),
        _ => not_found::page(),
    }
}

fn audit_page(_: Route) -> AnyView {
    audit::page()
}

impl Area {
    /// Where the page of an address lies; none for the pages that every visit carries.
    pub fn of(route: &Route) -> Option<Self> {
        match route {
            Route::Portal(_) => Some(Self::Portal),
            Route::Customer(_) | Route::Purchase(_) => Some(Self::Customer),
            Route::Operator(_) => Some(Self::Operator),
            Route::Audit => Some(Self::Audit),
            Route::Home | Route::SignIn | Route::NotFound => None,
        }
    }

    /// The page of an address of this area: at once where the module is here, after a skeleton where it is on its way.
    pub fn page(self, route: Route) -> AnyView {
        match DOORS.with(|doors| doors[self as usize].get()) {
            Some(door) => door(route),
            None => show(load(move || self.open()), Skeleton::Page, move |door: Door| {
                door(route.clone())
            }),
        }
    }

    async fn open(self) -> Result<Door, Problem> {
        match doors::load(self).await {
            Ok(door) => {
                DOORS.with(|doors| doors[self as usize].set(Some(door)));
                Ok(door)
            }
            Err(SplitLoaderError { .. }) => Err(transport::reason_of_absence().await),
        }
    }

    /// Begins to load the module before its page is wanted.
    pub fn prepare(self) {
        wasm_bindgen_futures::spawn_local(async move {
            let _ = self.open().await;
        });
    }
}
