//! What follows an application that was sent (D16, D17): the buttons for pages and components, and the dialog that one of them
//! opened. It stands outside of the order's page, which is read anew while the dialog shows progress.

use leptos::prelude::*;

use super::{send_components::SendComponentsDialog, send_pages::SendPagesDialog};
use crate::{
    api::order::{Order, OrderAction},
    components::{
        button::{Button, Look},
        dialog::open_for,
        dynamic::dynamic,
        icon::Icon,
    },
    i18n::{Key, texts::portal},
};

/// The order to which something is about to be sent.
#[derive(Clone, Debug)]
pub struct Followed {
    action: OrderAction,
    pub order_id: cynic::Id,
    pub application_id: Option<cynic::Id>,
    pub application: String,
    pub customer: String,
}

/// What the dialog is about; nothing while none is open.
pub type Following = RwSignal<Option<Followed>>;

/// What can be sent now.
pub fn buttons(order: &Order, following: Following) -> AnyView {
    let button = |action: OrderAction, label: Key, look: Look| {
        let followed = Followed {
            action,
            order_id: order.id.clone(),
            application_id: order.application.as_ref().map(|application| application.id.clone()),
            application: order.application_name.clone(),
            customer: order.customer.name.clone(),
        };
        order.available_actions.contains(&action).then(|| {
            let press = Callback::new(move |()| following.set(Some(followed.clone())));
            view! { <Button label=label on_press=press look=look leading=Icon::Send /> }
        })
    };
    let pages = button(OrderAction::SendPages, portal::SEND_PAGES, Look::Primary);
    let components = button(OrderAction::SendComponents, portal::SEND_COMPONENTS, Look::Plain);
    view! { {components}{pages} }.into_any()
}

/// The dialog that was opened. `sent` runs when a delivery has started and when it has ended.
pub fn dialog(following: Following, sent: Callback<()>) -> AnyView {
    dynamic(move || {
        let followed = following.get()?;
        let open = open_for(following);
        Some(match followed.action {
            OrderAction::SendComponents => {
                view! { <SendComponentsDialog open=open to=followed sent=sent /> }.into_any()
            }
            _ => view! { <SendPagesDialog open=open to=followed sent=sent /> }.into_any(),
        })
    })
}
