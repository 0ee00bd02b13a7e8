//! The question before unsaved work is left behind.

use leptos::prelude::*;

use crate::{
    components::{
        button::{Button, Look},
        dialog::Dialog,
        layout::{Row, paragraph},
    },
    i18n::texts::shell,
    navigation,
};

#[component]
pub fn LeaveDialog() -> AnyView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(navigation::pending().is_some()));
    Effect::new(move |_| {
        if !open.get() {
            navigation::answer(false);
        }
    });
    view! {
        <Dialog open=open title=shell::LEAVE_TITLE>
            {paragraph(shell::LEAVE_HINT)}
            <Row end=true>
                <Button label=shell::LEAVE_STAY on_press=Callback::new(move |()| open.set(false)) />
                <Button label=shell::LEAVE_GO on_press=Callback::new(move |()| navigation::answer(true)) look=Look::Danger />
            </Row>
        </Dialog>
    }
    .into_any()
}
