//! What an operator decided about a revision last: the reason for all of it, and the reasons beside fields.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    api::product::{ProductDecision, Revision, RevisionStatus},
    components::{
        alert::{Alert, Level},
        layout::{bullets, muted, paragraph},
        link_list::jump_list,
    },
    format,
    forms::{
        field_id,
        product::place::{self, field_of},
    },
    i18n::{Text, live, texts::shelves as words},
};

/// How one goes to a field.
pub type Way = Arc<dyn Fn(String) -> Callback<()>>;

/// Nothing where nothing was decided, or where the decision is an approval. With a `way`, the reasons lead to their fields.
pub fn panel(revision: &Revision, way: Option<Way>) -> Option<AnyView> {
    let title = match (revision.decision?, revision.status) {
        (_, RevisionStatus::InReview) | (ProductDecision::Approve, _) => return None,
        (ProductDecision::Reject, _) => words::REJECTED_TITLE,
        (ProductDecision::SendBack, _) => words::SENT_BACK_TITLE,
    };
    let reason = revision.reason.clone().filter(|reason| !reason.is_empty());
    let at = revision.decided_at.clone();
    let when = at.map(|at| muted(live(move || format::date_time(&at))));
    let said = revision.field_reasons.iter().map(|reason| {
        let field = field_of(&reason.path).to_owned();
        let (label, why) = (place::label(&field), reason.reason.clone());
        (field, Text::from(move || format!("{}: {why}", label.get())))
    });
    let fields = match way {
        _ if revision.field_reasons.is_empty() => None,
        None => Some(bullets(said.map(|(_, said)| said.into_view_any()).collect())),
        Some(way) => {
            let links = said.map(|(field, said)| (said, format!("#{}", field_id(&field)), way(field)));
            Some(jump_list(links.collect()))
        }
    };
    let panel = view! {
        <Alert level=Level::Error title=title>
            {reason.map(|reason| paragraph(live(move || words::reason_is(&reason))))}
            {fields}
            {paragraph(words::DECISION_HINT)}
            {when}
        </Alert>
    };
    Some(panel.into_any())
}
