//! What a partner typed, as the reviewer reads it: pictures as pictures, Markdown as readers will see it, amounts with their sale
//! prices.

use leptos::prelude::*;

use super::product_review_words::Place;
use crate::{
    api::{
        MinorUnits, Money,
        product_content::{IndustryCase, PlanPeriod, ProductContent, ProductPlan},
        product_review,
        project::OrganizationSize,
    },
    components::{
        badge::tag,
        change_list::{Change, change_list},
        facts::{fact, facts, text_fact},
        folded::folded,
        layout::{Stack, bullets, code, muted, outside_link, subheading, two_lines},
        markdown_view::markdown_view,
        review_field::{gallery, icon_picture, word_row},
        skeleton::Skeleton,
        table::{Table, column, end_column},
    },
    format,
    i18n::{Key, Text, live, texts::reviews},
    labels,
    labels::product_review as words,
    load::{load, show},
};

/// Where a picture of a product is shown.
pub fn picture_address(id: &cynic::Id) -> String {
    format!("/pictures/{}", id.inner())
}

pub fn value(place: Place, content: &ProductContent) -> AnyView {
    match place {
        Place::Name => text(&content.name),
        Place::Icon => content
            .icon_id
            .as_ref()
            .map_or_else(dash, |id| icon_picture(reviews::FIELD_ICON, picture_address(id))),
        Place::Summary => text(&content.summary),
        Place::Description => markdown(content.description.clone()),
        Place::Category => content
            .category
            .as_ref()
            .map_or_else(dash, |category| text(&category.name)),
        Place::ChargeForm => key(content.charge_form.map(words::charge_form)),
        Place::ChargingRule => key(content.charging_rule.map(words::charging_rule)),
        Place::Tags => some_or(&content.tags, dash, |tags| {
            word_row(tags.iter().cloned().map(tag).collect())
        }),
        Place::Screenshots => some_or(&content.screenshot_ids, dash, screenshots),
        Place::Cases => some_or(&content.cases, || muted(reviews::NO_CASES), cases),
        Place::Industries => some_or(
            &content.audience.industries,
            || muted(reviews::ALL_INDUSTRIES),
            |chosen| word_row(chosen.iter().map(|one| tag(words::industry(*one))).collect()),
        ),
        Place::Sizes => sizes(&content.audience.sizes),
        Place::DailyTrials => match content.audience.daily_trials {
            Some(cap) => live(move || reviews::trials_a_day(&cap)).into_view_any(),
            None => muted(reviews::NO_CAP),
        },
        Place::Contacts => some_or(&content.contacts, dash, |people| {
            word_row(people.iter().map(|person| tag(person.name.clone())).collect())
        }),
        Place::PrivacyUrl => address(&content.privacy_url),
        Place::TermsUrl => address(&content.terms_url),
        Place::Trial => match content.trial {
            Some(length) => key(Some(words::trial(length))),
            None => muted(reviews::NO_TRIAL),
        },
        Place::FreePlan => match content.free_plan.as_ref().map(|plan| plan.max_seats) {
            None => muted(reviews::NO_FREE_PLAN),
            Some(None) => key(Some(reviews::FREE_PLAN_UNLIMITED)),
            Some(Some(seats)) => live(move || reviews::free_plan_up_to(&seats)).into_view_any(),
        },
        Place::OpeningOrder => key(content.opening_order.map(words::opening_order)),
        Place::PromotionMode => match content.promotion_mode.map(words::promotion_mode) {
            Some((name, hint)) => two_lines(key(Some(name)), Text::from(hint).into_view_any()),
            None => dash(),
        },
    }
}

fn dash() -> AnyView {
    muted("—")
}

fn text(words: &str) -> AnyView {
    match words {
        "" => dash(),
        words => words.to_owned().into_any(),
    }
}

fn key(words: Option<Key>) -> AnyView {
    words.map_or_else(dash, |words| Text::from(words).into_view_any())
}

fn address(url: &str) -> AnyView {
    match url {
        "" => dash(),
        url => outside_link(url.to_owned(), url),
    }
}

fn some_or<T>(items: &[T], nothing: impl FnOnce() -> AnyView, view: impl FnOnce(&[T]) -> AnyView) -> AnyView {
    if items.is_empty() { nothing() } else { view(items) }
}

fn screenshots(ids: &[cynic::Id]) -> AnyView {
    let picture = |(at, id): (usize, &cynic::Id)| {
        let words = Text::from(move || reviews::screenshot_number(&(at + 1)));
        (words, picture_address(id))
    };
    gallery(ids.iter().enumerate().map(picture).collect())
}

fn cases(cases: &[IndustryCase]) -> AnyView {
    let items: Vec<AnyView> = cases
        .iter()
        .map(|case| folded(case.title.clone(), markdown(case.text.clone())))
        .collect();
    view! { <Stack tight=true>{items}</Stack> }.into_any()
}

/// Markdown as readers will see it.
pub fn markdown(text: String) -> AnyView {
    if text.is_empty() {
        return dash();
    }
    let html = load(move || product_review::rendered_markdown(text.clone()));
    show(html, Skeleton::Lines, markdown_view)
}

fn sizes(chosen: &[OrganizationSize]) -> AnyView {
    let name = |size: &OrganizationSize| {
        let known = labels::SIZES.iter().find(|(known, ..)| known == size);
        known.map_or_else(|| "—".into(), |(.., label)| Text::from(*label))
    };
    some_or(
        chosen,
        || muted(reviews::ALL_SIZES),
        |chosen| word_row(chosen.iter().map(|size| tag(name(size))).collect()),
    )
}

/// An amount of a product; amounts of products are in yuan.
fn amount(minor: &MinorUnits) -> String {
    format::money(&Money {
        amount: minor.clone(),
        currency: "CNY".to_owned(),
    })
}

fn price(minor: Option<&MinorUnits>) -> AnyView {
    minor.map(amount).map_or_else(dash, IntoAny::into_any)
}

fn number(number: Option<i32>) -> String {
    number.map_or_else(|| "—".to_owned(), |number| number.to_string())
}

fn seats(plan: &ProductPlan) -> AnyView {
    let (least, most) = (number(plan.min_seats), number(plan.max_seats));
    live(move || reviews::seat_range(&least, &most)).into_view_any()
}

/// A plan with everything that stands in it.
pub fn plan(plan: &ProductPlan) -> AnyView {
    let list = facts(vec![
        text_fact(reviews::PLAN_NAME, &plan.name),
        fact(reviews::ITEM_CODE, code(plan.item_code.inner().to_owned())),
        fact(reviews::SEATS, seats(plan)),
        fact(reviews::UNIT_PRICE, price(plan.unit_price.as_ref())),
        fact(
            reviews::SALES_CHANNEL,
            key(Some(words::sales_channel(plan.sales_channel))),
        ),
        fact(reviews::FIELD_SIZES, sizes(&plan.sizes)),
    ]);
    let columns = vec![
        column(reviews::PERIOD),
        end_column(reviews::MONTHS),
        end_column(reviews::ROUNDING_OFF),
        end_column(reviews::SALE_PRICE),
    ];
    let rows = plan.periods.iter().map(period_row).collect();
    let name = plan.name.clone();
    let label = live(move || reviews::periods_of(&name));
    view! {
        <Stack tight=true>
            {list}
            <div>
                {subheading(reviews::PERIODS)}
                <Table label=label columns=columns rows=rows inside=true />
            </div>
        </Stack>
    }
    .into_any()
}

fn period_row(period: &PlanPeriod) -> Vec<AnyView> {
    vec![
        text(&period.name),
        number(period.months).into_any(),
        amount(&period.rounding_off).into_any(),
        price(period.sale_price.as_ref()),
    ]
}

fn period_line(period: &PlanPeriod) -> AnyView {
    let (name, months) = (period.name.clone(), period.months);
    let off = amount(&period.rounding_off);
    let sale = period.sale_price.as_ref().map_or_else(|| "—".to_owned(), amount);
    live(move || {
        let months = months.and_then(|months| u64::try_from(months).ok());
        let length = months.map_or_else(|| "—".to_owned(), reviews::month_count);
        reviews::period_line(&name, &length, &off, &sale)
    })
    .into_view_any()
}

/// What changed in a plan, part by part: `parts` are the names in the contract of what did.
pub fn plan_changes(before: &ProductPlan, after: &ProductPlan, parts: &[&str]) -> AnyView {
    let part = |name: &str| parts.contains(&name);
    let mut changes = Vec::new();
    let mut add = |changed: bool, name: Key, view: &dyn Fn(&ProductPlan) -> AnyView| {
        if changed {
            changes.push(Change {
                name: name.into(),
                before: view(before),
                after: view(after),
                action: None,
            });
        }
    };
    let periods = |plan: &ProductPlan| bullets(plan.periods.iter().map(period_line).collect());
    add(part("name"), reviews::PLAN_NAME, &|plan| text(&plan.name));
    add(part("minSeats") || part("maxSeats"), reviews::SEATS, &seats);
    add(part("unitPrice"), reviews::UNIT_PRICE, &|plan| {
        price(plan.unit_price.as_ref())
    });
    // The sale prices follow from the price of a seat.
    add(part("periods") || part("unitPrice"), reviews::PERIODS, &periods);
    add(part("salesChannel"), reviews::SALES_CHANNEL, &|plan| {
        key(Some(words::sales_channel(plan.sales_channel)))
    });
    add(part("sizes"), reviews::FIELD_SIZES, &|plan| sizes(&plan.sizes));
    change_list(changes, (reviews::BEFORE.into(), reviews::AFTER.into()))
}
