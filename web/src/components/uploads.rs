//! Files on their way from a field: each with its progress until it has arrived, or with why it did not until that is closed.

use leptos::prelude::*;

use super::{
    button::{Button, Look},
    progress::Progress,
};
use crate::{
    api::{
        Problem,
        file::{self, Purpose, StoredFile},
    },
    i18n::{Text, texts::common},
};

/// A file on its way: a number of its own, its name, how far it is in percent, and why it did not arrive.
#[derive(Clone, PartialEq)]
struct Sending {
    number: u32,
    name: String,
    percent: i32,
    problem: Option<Problem>,
}

/// The files of one field that have not arrived.
#[derive(Clone, Copy)]
pub struct Uploads {
    list: RwSignal<Vec<Sending>>,
    last: StoredValue<u32>,
}

impl Default for Uploads {
    fn default() -> Self {
        Self {
            list: RwSignal::new(Vec::new()),
            last: StoredValue::new(0),
        }
    }
}

impl Uploads {
    /// How many are on their way.
    pub fn under_way(self) -> usize {
        self.list
            .with_untracked(|list| list.iter().filter(|one| one.problem.is_none()).count())
    }

    /// No longer says of those that did not arrive why.
    pub fn forget_failed(self) {
        self.list.update(|list| list.retain(|one| one.problem.is_none()));
    }

    /// Sends a file. `ended` gets what is stored, or nothing where it did not arrive; also after the field is gone.
    pub fn send(self, chosen: web_sys::File, purpose: Purpose, ended: impl FnOnce(Option<StoredFile>) + 'static) {
        self.last.update_value(|last| *last += 1);
        let number = self.last.get_value();
        let name = chosen.name();
        self.list.update(|list| {
            list.push(Sending {
                number,
                name,
                percent: 0,
                problem: None,
            });
        });
        wasm_bindgen_futures::spawn_local(async move {
            #[allow(clippy::cast_possible_truncation)]
            let progress = move |part: f64| self.change(number, |one| one.percent = (part * 100.0) as i32);
            match file::upload(chosen, purpose, progress).await {
                Ok(stored) => {
                    let _ = self.list.try_update(|list| list.retain(|one| one.number != number));
                    ended(Some(stored));
                }
                Err(problem) => {
                    ended(None);
                    self.change(number, |one| one.problem = Some(problem));
                }
            }
        });
    }

    fn change(self, number: u32, with: impl FnOnce(&mut Sending)) {
        let _ = self.list.try_update(|list| {
            if let Some(one) = list.iter_mut().find(|one| one.number == number) {
                with(one);
            }
        });
    }

    /// A row for each; `say` tells why one did not arrive.
    pub fn rows(self, say: fn(&Problem) -> Text) -> Vec<AnyView> {
        let row = |one| self.row(one, say);
        self.list.get().into_iter().map(row).collect()
    }

    fn row(self, one: Sending, say: fn(&Problem) -> Text) -> AnyView {
        let Sending {
            number,
            name,
            percent,
            problem,
        } = one;
        let Some(problem) = problem else {
            return view! { <div class="mt-3"><Progress done=percent total=100 label=Text::from(move || common::uploading(&name)) /></div> }
                .into_any();
        };
        let words = say(&problem);
        let forget = Callback::new(move |()| self.list.update(|list| list.retain(|other| other.number != number)));
        view! {
            <p class="mt-3 flex flex-wrap items-center justify-between gap-2 text-error">
                <span class="min-w-0 break-words">{name}": "{words}</span>
                <Button label=common::CLOSE on_press=forget look=Look::Quiet small=true />
            </p>
        }
        .into_any()
    }
}
