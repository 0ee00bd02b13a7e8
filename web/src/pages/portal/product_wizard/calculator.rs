//! What so many seats cost, as a customer would be told.

use std::sync::Arc;

use leptos::prelude::*;

use super::rows::PlanRow;
use crate::{
    components::layout::Card, forms::product::price, i18n::texts::shelves as words,
    pages::plan_calculator::plan_calculator,
};

pub fn card(plans: RwSignal<Vec<PlanRow>>) -> AnyView {
    let seats = RwSignal::new("10".to_owned());
    let complete = Signal::derive(move || {
        let rows = plans.get();
        rows.iter().filter_map(|row| price::plan(&row.form())).collect()
    });
    let none = Arc::new(|_| words::CALCULATOR_NONE.get().to_owned());
    view! { <Card title=words::CALCULATOR>{plan_calculator(complete, seats, words::CALCULATOR_HINT.into(), none)}</Card> }
        .into_any()
}
