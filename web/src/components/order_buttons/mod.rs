//! Two buttons that change the order of a list by keyboard, finger or mouse alike: before the neighbour above, after the one
//! below. At an edge the button stays where the focus is and says why it does nothing.

use leptos::prelude::*;

use super::icon::{Icon, icon};
use crate::{
    browser,
    i18n::{
        Key, Text,
        texts::{common, pages},
    },
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Towards {
    Up,
    Down,
}

impl Towards {
    fn id(self, of: &str) -> String {
        match self {
            Self::Up => format!("up-{of}"),
            Self::Down => format!("down-{of}"),
        }
    }

    fn words(self) -> (Key, Key, Icon) {
        match self {
            Self::Up => (common::MOVE_UP, pages::AT_EDGE_UP, Icon::ArrowUp),
            Self::Down => (common::MOVE_DOWN, pages::AT_EDGE_DOWN, Icon::ArrowDown),
        }
    }
}

/// The place of a thing among those that it changes places with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub index: usize,
    pub all: usize,
}

/// The buttons. `id` tells the thing from all others on the page; `name` is what people call it.
pub fn order_buttons(id: &str, name: &Text, place: Place, on_step: Callback<Towards>) -> AnyView {
    let up = button(id, name.clone(), Towards::Up, place.index > 0, on_step);
    let down = button(id, name.clone(), Towards::Down, place.index + 1 < place.all, on_step);
    view! { {up}{down} }.into_any()
}

/// The buttons of a thing in a list that a signal holds: they let it change places with its neighbour.
pub fn order_within<T: Send + Sync + 'static>(list: RwSignal<Vec<T>>, id: &str, name: &Text, place: Place) -> AnyView {
    let moved = id.to_owned();
    let step = Callback::new(move |towards: Towards| {
        let to = match towards {
            Towards::Up => place.index - 1,
            Towards::Down => place.index + 1,
        };
        list.update(|list| list.swap(place.index, to));
        refocus(&moved, towards);
    });
    order_buttons(id, name, place, step)
}

/// Leads the keyboard back to a button whose list was drawn anew.
pub fn refocus(id: &str, towards: Towards) {
    let id = towards.id(id);
    browser::after(0, move || browser::focus(&id));
}

fn button(of: &str, name: Text, towards: Towards, open: bool, on_step: Callback<Towards>) -> AnyView {
    let (label, edge, picture) = towards.words();
    let name = Text::from(move || match open {
        true => format!("{}: {}", label.get(), name.get()),
        false => format!("{}: {} ({})", label.get(), name.get(), edge.get()),
    });
    let press = move |_| {
        if open {
            on_step.run(towards);
        }
    };
    view! {
        <button
            type="button"
            id=towards.id(of)
            class="btn btn-ghost btn-square btn-sm"
            class=("text-muted", !open)
            aria-disabled=(!open).then_some("true")
            aria-label=name
            title=label
            on:click=press
        >
            {icon(picture)}
        </button>
    }
    .into_any()
}
