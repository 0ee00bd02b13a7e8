//! A modal dialog: the native element keeps the focus inside and gives it back. Its content lives only while it is open.

use leptos::{html, prelude::*};

use crate::components::dynamic::dynamic;

use super::{
    alert::ProblemPanel,
    button::{Button, IconButton, Look, fresh_id},
    icon::Icon,
    layout::Row,
};
use crate::{
    api::Problem,
    browser,
    i18n::{Text, texts::common},
};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    #[default]
    Usual,
    Wide,
    /// As wide as the screen, for pictures.
    Full,
}

/// Whether the dialog of whatever is chosen is open: it is, until it is closed, which takes the choice back a moment later, when
/// the dialog has given the focus back.
pub fn open_for<T: Send + Sync + 'static>(chosen: RwSignal<Option<T>>) -> RwSignal<bool> {
    let open = RwSignal::new(true);
    Effect::new(move |_| {
        if !open.get() {
            browser::after(0, move || drop(chosen.try_set(None)));
        }
    });
    open
}

/// A dialog that `open` opens and closes. Closing by Escape or the cross sets `open` to false.
#[component]
pub fn Dialog(
    open: RwSignal<bool>,
    #[prop(into)] title: Text,
    #[prop(optional)] width: Width,
    children: ChildrenFn,
) -> AnyView {
    let dialog = NodeRef::<html::Dialog>::new();
    let heading = fresh_id("dialog");
    let named_by = heading.clone();
    Effect::new(move |_| {
        let Some(element) = dialog.get() else { return };
        match (open.get(), element.open()) {
            (true, false) => drop(element.show_modal()),
            (false, true) => element.close(),
            _ => {}
        }
    });
    let class = match width {
        Width::Usual => "modal-box max-w-lg bg-base-100 p-0",
        Width::Wide => "modal-box max-w-3xl bg-base-100 p-0",
        Width::Full => "modal-box max-w-6xl bg-base-100 p-0",
    };
    view! {
        <dialog node_ref=dialog class="modal modal-bottom sm:modal-middle" aria-labelledby=named_by on:close=move |_| { let _ = open.try_set(false); }>
            <div class=class>
                <div class="sticky top-0 z-10 flex items-center justify-between gap-4 border-b border-base-300 bg-base-100 px-5 py-3">
                    <h2 id=heading class="text-base">{title}</h2>
                    <IconButton label=common::CLOSE picture=Icon::Close on_press=Callback::new(move |()| open.set(false)) />
                </div>
                <div class="space-y-4 p-5">{dynamic(move || open.get().then(|| children()))}</div>
            </div>
        </dialog>
    }
    .into_any()
}

/// Asks before a step and names its effects. `problem` shows why it was refused; the dialog stays open then.
#[component]
pub fn Confirm(
    open: RwSignal<bool>,
    #[prop(into)] title: Text,
    #[prop(into)] confirm: Text,
    #[prop(into)] on_confirm: Callback<()>,
    #[prop(into)] busy: Signal<bool>,
    #[prop(optional, into)] problem: Signal<Option<Problem>>,
    #[prop(optional)] danger: bool,
    children: ChildrenFn,
) -> AnyView {
    let children = StoredValue::new(children);
    let confirm = StoredValue::new(confirm);
    let look = if danger { Look::Danger } else { Look::Primary };
    view! {
        <Dialog open=open title=title>
            {dynamic(move || children.with_value(|children| children()))}
            {dynamic(move || problem.get().map(|problem| view! { <ProblemPanel problem=problem /> }))}
            <Row end=true>
                <Button label=common::CANCEL on_press=Callback::new(move |()| open.set(false)) />
                <Button label=confirm.get_value() on_press=on_confirm look=look busy=busy />
            </Row>
        </Dialog>
    }
    .into_any()
}
