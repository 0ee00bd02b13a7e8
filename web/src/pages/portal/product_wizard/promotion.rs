//! Step 3, 推广模式: where the product is found.

use leptos::prelude::*;

use super::{Wizard, details::item};
use crate::{
    components::{
        layout::{Card, Stack, muted},
        option_list::OptionList,
    },
    i18n::texts::shelves as words,
};

pub fn step(wizard: Wizard) -> AnyView {
    let modes = vec![
        item(
            "MARKETPLACE",
            words::MODE_MARKETPLACE,
            words::MODE_MARKETPLACE_HINT,
            None,
        ),
        item(
            "OWN_CHANNEL",
            words::MODE_OWN_CHANNEL,
            words::MODE_OWN_CHANNEL_HINT,
            None,
        ),
    ];
    let list = view! { <OptionList name="promotionMode" label=words::PROMOTION_MODE items=modes value=wizard.values.promotion_mode errors=wizard.errors /> };
    view! {
        <Card title=words::STEP_PROMOTION>
            <Stack tight=true>
                {wizard.noted("promotionMode", list.into_any())}
                {muted(words::MODE_LATER)}
            </Stack>
        </Card>
    }
    .into_any()
}
