//! Everything that a partner typed, by the three steps of the wizard. Of a revision of something approved, what changed comes
//! first with what stood there before, and what did not is folded away. Beside each field a remark for the partner can be written.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::{
    product_review_value::{markdown, plan, plan_changes, value},
    product_review_words::{DETAILS, PROMOTION, Place, SPECIFICATION, anchor, inside, is_changed, reason_path},
};
use crate::{
    api::{
        product_content::{ChargeForm, ProductContent, ProductPlan},
        product_review::ProductChange,
    },
    components::{
        badge::{Tone, badge, tag},
        button::{Button, Look},
        dynamic::dynamic,
        field::TextArea,
        folded::folded,
        icon::Icon,
        layout::{Card, Stack, muted},
        review_field::{ReviewField, review_fields},
        text_diff::text_diff,
    },
    forms::{Errors, interned},
    i18n::{Text, live, texts::reviews},
};

/// What the reviewer wrote beside fields, by the paths of the fields.
pub type Remarks = RwSignal<BTreeMap<String, String>>;

/// What is shown, and against what.
pub struct Sheet {
    pub content: ProductContent,
    /// What is approved; nothing for a first review and for what is only read.
    pub before: Option<ProductContent>,
    pub changes: Vec<ProductChange>,
    /// Where remarks are written, for whoever decides.
    pub remarks: Option<Remarks>,
}

/// A card a step.
pub fn cards(sheet: &Sheet) -> AnyView {
    let free = sheet.content.charge_form == Some(ChargeForm::Free);
    let was_free = sheet
        .before
        .as_ref()
        .is_none_or(|before| before.charge_form == Some(ChargeForm::Free));
    let specification = if free && was_free {
        view! { <Card title=reviews::STEP_SPECIFICATION>{muted(reviews::FREE_HAS_NO_PLANS)}</Card> }.into_any()
    } else {
        let mut rows = fields(sheet, &SPECIFICATION);
        rows.extend(plans(sheet));
        step(sheet, reviews::STEP_SPECIFICATION.into(), rows)
    };
    let details = step(sheet, reviews::STEP_DETAILS.into(), fields(sheet, &DETAILS));
    let promotion = step(sheet, reviews::STEP_PROMOTION.into(), fields(sheet, &PROMOTION));
    view! { {details}{specification}{promotion} }.into_any()
}

/// A field, and whether it changed.
type Shown = (bool, ReviewField);

fn step(sheet: &Sheet, title: Text, rows: Vec<Shown>) -> AnyView {
    if sheet.before.is_none() {
        let all = rows.into_iter().map(|(_, field)| field).collect();
        return view! { <Card title=title>{review_fields(all)}</Card> }.into_any();
    }
    let (changed, same): (Vec<Shown>, Vec<Shown>) = rows.into_iter().partition(|(changed, _)| *changed);
    let count = changed.len() as u64;
    let aside = match count {
        0 => muted(reviews::NOTHING_CHANGED),
        _ => badge(Tone::Attention, live(move || reviews::changed_count(count))),
    };
    let kept = same.len() as u64;
    let only = |rows: Vec<Shown>| review_fields(rows.into_iter().map(|(_, field)| field).collect());
    let changed = (count > 0).then(|| only(changed));
    let same = (kept > 0).then(|| folded(live(move || reviews::unchanged_count(kept)), only(same)));
    view! { <Card title=title aside=aside><Stack>{changed}{same}</Stack></Card> }.into_any()
}

fn fields(sheet: &Sheet, places: &[Place]) -> Vec<Shown> {
    places.iter().map(|place| field(sheet, *place)).collect()
}

fn field(sheet: &Sheet, place: Place) -> Shown {
    let key = place.key();
    let changed = sheet.before.as_ref().filter(|_| is_changed(&sheet.changes, key));
    let (before, shown) = match changed {
        // Of a long text one wants to see the lines that changed.
        Some(before) if place == Place::Description => {
            (None, long_text(&before.description, &sheet.content.description))
        }
        Some(before) => (Some(value(place, before)), value(place, &sheet.content)),
        None => (None, value(place, &sheet.content)),
    };
    let (action, remark) = remark(sheet.remarks, key, place.label().into());
    let field = ReviewField {
        id: anchor(key),
        name: place.label().into(),
        mark: changed.map(|_| badge(Tone::Attention, reviews::CHANGED)),
        action,
        value: shown,
        before,
        remark,
    };
    (changed.is_some(), field)
}

fn long_text(before: &str, after: &str) -> AnyView {
    let whole = folded(reviews::WHOLE_TEXT, markdown(after.to_owned()));
    let changes = text_diff(before, after);
    view! { <Stack tight=true>{changes}{whole}</Stack> }.into_any()
}

/// The plans that would be, and after them those that would go.
fn plans(sheet: &Sheet) -> Vec<Shown> {
    let old: &[ProductPlan] = sheet
        .before
        .as_ref()
        .map(|before| before.plans.as_slice())
        .unwrap_or_default();
    let stays = |one: &&ProductPlan| !sheet.content.plans.iter().any(|other| other.item_code == one.item_code);
    let now = sheet.content.plans.iter().enumerate().map(|(at, plan)| {
        let before = old.iter().find(|one| one.item_code == plan.item_code);
        present_plan(sheet, at, plan, before)
    });
    now.chain(old.iter().filter(stays).map(gone_plan)).collect()
}

fn present_plan(sheet: &Sheet, at: usize, now: &ProductPlan, before: Option<&ProductPlan>) -> Shown {
    let place = format!("plans.{}", now.item_code.inner());
    let parts: Vec<&str> = sheet
        .changes
        .iter()
        .filter_map(|change| inside(&change.path, &place))
        .collect();
    let (mark, shown) = match before {
        _ if sheet.before.is_none() => (None, plan(now)),
        None => (Some(badge(Tone::Good, reviews::ADDED)), plan(now)),
        Some(_) if parts.is_empty() => (None, plan(now)),
        Some(before) => {
            let whole = folded(reviews::WHOLE_PLAN, plan(now));
            let changes = plan_changes(before, now, &parts);
            let both = view! { <Stack tight=true>{changes}{whole}</Stack> }.into_any();
            (Some(badge(Tone::Attention, reviews::CHANGED)), both)
        }
    };
    let key = format!("plans.{at}");
    let name = now.name.clone();
    let title = Text::from(move || reviews::plan_named(&name));
    let (action, remark) = remark(sheet.remarks, &key, title.clone());
    let field = ReviewField {
        id: anchor(&key),
        name: title,
        action,
        value: shown,
        before: None,
        remark,
        mark,
    };
    (!parts.is_empty() || (sheet.before.is_some() && before.is_none()), field)
}

fn gone_plan(old: &ProductPlan) -> Shown {
    let name = old.name.clone();
    let field = ReviewField {
        id: anchor(&format!("plans.{}", old.item_code.inner())),
        name: Text::from(move || reviews::plan_named(&name)),
        mark: Some(badge(Tone::Bad, reviews::REMOVED)),
        action: None,
        value: plan(old),
        before: None,
        remark: None,
    };
    (true, field)
}

/// The button that opens the remark beside a field, and the remark.
/// Writing a remark beside a field: the button, and the field in which it is written.
pub fn remark(remarks: Option<Remarks>, key: &str, of: Text) -> (Option<AnyView>, Option<AnyView>) {
    let Some(remarks) = remarks else { return (None, None) };
    let path = reason_path(key);
    let name = interned(&format!("remark-{key}"));
    let written = remarks.with_untracked(|remarks| remarks.get(&path).cloned());
    let open = RwSignal::new(written.is_some());
    let typed = RwSignal::new(written.unwrap_or_default());
    let own = path.clone();
    // What is written outlives the view, which is drawn anew when the product changes.
    Effect::new(move |_| {
        let wanted = Some(typed.get()).filter(|text| open.get() && !text.trim().is_empty());
        if remarks.with_untracked(|remarks| remarks.get(&own) == wanted.as_ref()) {
            return;
        }
        remarks.update(|remarks| match wanted {
            Some(text) => drop(remarks.insert(own.clone(), text)),
            None => drop(remarks.remove(&own)),
        });
    });
    let toggle = Callback::new(move |()| {
        open.update(|open| *open = !*open);
        if open.get_untracked() {
            crate::browser::after(0, move || crate::browser::focus(&crate::forms::field_id(name)));
        }
    });
    let button = dynamic(move || {
        let (label, picture) = match open.get() {
            true => (reviews::REMARK_REMOVE, Icon::Close),
            false => (reviews::REMARK_ADD, Icon::Edit),
        };
        let of = of.clone();
        let full = Text::from(move || format!("{}: {}", label.get(), of.get()));
        view! { <Button label=label name=full on_press=toggle look=Look::Quiet small=true leading=picture /> }
    });
    let errors = Errors::new();
    let area = dynamic(move || {
        open.get().then(|| view! {
            <TextArea name=name label=reviews::REMARK value=typed errors=errors hint=reviews::REMARK_HINT limit=1000 rows=2 />
        })
    });
    (Some(button), Some(area))
}

/// How many remarks are written, as a mark.
pub fn remark_count(remarks: Remarks) -> AnyView {
    dynamic(move || {
        let count = remarks.with(BTreeMap::len) as u64;
        (count > 0).then(|| tag(live(move || reviews::remark_count(count))))
    })
}
