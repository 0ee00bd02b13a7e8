//! 审批 (P11): what waits for the person's decision, what their organisation started and what was decided. For partners and for those
//! who decide; partners also begin here what they apply for.

mod forms;
mod list;

use leptos::prelude::*;

use super::not_found;
use crate::{
    api::approval::ApprovalBox,
    components::{
        layout::{Columns, Stack},
        page_header::PageHeader,
        tabs::{Tabs, tab},
    },
    i18n::{
        Key,
        texts::{approvals as words, shell},
    },
    navigation, session,
};

/// Who looks at the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Partner,
    Deciding,
}

impl Side {
    /// The box that a value of the address names; each side begins with its first.
    fn chosen(self, value: &str) -> ApprovalBox {
        match (self, value) {
            (_, "decided") => ApprovalBox::Decided,
            (Self::Partner, _) => ApprovalBox::Started,
            (Self::Deciding, _) => ApprovalBox::ToDecide,
        }
    }
}

/// For those who decide.
pub fn deciding() -> AnyView {
    if !session::viewer_now().is_some_and(|viewer| viewer.decides()) {
        return not_found::page();
    }
    view! {
        <PageHeader title=shell::NAV_APPROVALS hint=words::HINT_DECIDING />
        {lists(Side::Deciding, words::TO_DECIDE)}
    }
    .into_any()
}

/// For partners.
pub fn partner() -> AnyView {
    let lists = lists(Side::Partner, words::STARTED);
    view! {
        <PageHeader title=shell::NAV_APPROVALS hint=words::HINT />
        <Columns main=lists side=forms::card() />
    }
    .into_any()
}

fn lists(side: Side, first: Key) -> AnyView {
    let value = navigation::query("box");
    let chosen = Memo::new(move |_| side.chosen(&value.get()));
    let tabs = vec![tab("", first), tab("decided", words::DECIDED)];
    view! {
        <Stack>
            <Tabs name="box" label=shell::NAV_APPROVALS tabs=tabs />
            {list::list(side, chosen)}
        </Stack>
    }
    .into_any()
}
