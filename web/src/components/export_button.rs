//! A button that saves a list as a table, and what went wrong while the table was fetched. What the list is narrowed to is for the page to
//! say.

use leptos::prelude::*;

use super::{alert::ProblemPanel, button::Button, dynamic::dynamic, icon::Icon, toast::toast};
use crate::{
    api::file,
    format,
    forms::submission::Submission,
    i18n::{Key, texts::portal},
};

/// Names and values of the table's address; those without a value are left out of it.
pub type Asked = Vec<(&'static str, Option<String>)>;

/// The button, and the place that tells why the table could not be saved.
pub struct Export {
    pub button: AnyView,
    pub problem: AnyView,
}

/// Saves the table at `path` under the name `title`. `asked` is read when the button is pressed; in which zone times are written is added
/// to it.
pub fn export_button(path: &'static str, title: Key, asked: Callback<(), Asked>) -> Export {
    let submission = Submission::new();
    let press = Callback::new(move |()| {
        let mut asked = untrack(|| asked.run(()));
        asked.push(("utcOffset", Some(format::utc_offset().to_string())));
        let wanted: Vec<(&str, String)> = asked
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .collect();
        let name = title.get();
        let save = async move { file::export(path, &wanted, name).await };
        submission.run(save, |()| toast(portal::EXPORTED));
    });
    let button =
        view! { <Button label=portal::EXPORT_CSV on_press=press busy=submission.busy leading=Icon::Download /> };
    let problem = dynamic(move || {
        submission
            .problem
            .get()
            .map(|problem| view! { <ProblemPanel problem=problem /> })
    });
    Export {
        button: button.into_any(),
        problem,
    }
}
