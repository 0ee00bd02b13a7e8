//! Whether a revision of a product can be handed in (L2–L5): every check of the wizard's three steps, all at once, each tied to its
//! field and its step. The same report is the preflight that the wizard shows. What only the store knows comes as [`Facts`].

use std::collections::HashSet;

use appshelf_rules::price;

use super::id::{ApplicationVersionId, CategoryId, FileId, UserId};
use super::markdown;
use super::message::Code;
use super::problem::{Format, Problem};
use super::product_content::{
    ChargeForm, ChargingRule, FreePlan, OpeningOrder, ProductContent, ProductPlan, PromotionMode, TrialLength,
};
use super::refusal::Issue;
use super::wording;
use super::words::words;

words! {
    /// Where in the wizard a check belongs.
    ListingStep {
        /// Before the wizard: the application itself, and the partner's account.
        Precondition = "PRECONDITION",
        /// 应用详情.
        Details = "DETAILS",
        /// 商品参数规格.
        Specification = "SPECIFICATION",
        /// 推广模式.
        Promotion = "PROMOTION",
    }
}

pub const NAME_MIN: usize = 2;
pub const NAME_MAX: usize = 40;
pub const SUMMARY_MIN: usize = 4;
pub const SUMMARY_MAX: usize = 120;
pub const DESCRIPTION_MAX: usize = markdown::MAX_CHARS;
pub const TAGS_MAX: usize = 10;
pub const TAG_MAX: usize = 20;
pub const SCREENSHOTS_MAX: usize = 8;
pub const CASES_MAX: usize = 10;
pub const CASE_TITLE_MAX: usize = 60;
pub const CASE_TEXT_MAX: usize = 5_000;
pub const CONTACTS_MAX: usize = 5;
pub const DAILY_TRIALS_MAX: i32 = 100_000;
pub const SEATS_MAX: i32 = 1_000_000;
const URL_MAX: usize = 500;

/// One thing that keeps a revision from being handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListingIssue {
    pub step: ListingStep,
    /// With the path of its field, such as `content.plans.0.unitPrice`; empty for what is no field.
    pub issue: Issue,
}

/// What only the store knows of a revision.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// L4: the version in which the application is sold, where one is published.
    pub published: Option<ApplicationVersionId>,
    /// L2: that version passed a self-test.
    pub self_tested: bool,
    /// L3: the partner has a payee account on file.
    pub payee_account: bool,
    /// Categories that products can be filed under.
    pub categories: HashSet<CategoryId>,
    /// Those of the icon and the screenshots that are such pictures of the partner's own.
    pub icons: HashSet<FileId>,
    pub screenshots: HashSet<FileId>,
    /// Those of the contacts who are members of the partner.
    pub members: HashSet<UserId>,
    /// The free plan that customers may have already, of the approved revision.
    pub approved_free_plan: Option<FreePlan>,
}

/// Everything that keeps the revision from being handed in, in the order of the wizard.
pub fn report(content: &ProductContent, facts: &Facts) -> Vec<ListingIssue> {
    let mut found = Found(Vec::new());
    preconditions(content, facts, &mut found);
    details(content, facts, &mut found);
    if content.is_paid() {
        specification(content, facts, &mut found);
    }
    found.wrong_if(
        content.promotion_mode.is_none(),
        ListingStep::Promotion,
        "promotionMode",
        Problem::Required,
    );
    found.0
}

/// The issues found so far.
struct Found(Vec<ListingIssue>);

impl Found {
    fn wrong(&mut self, step: ListingStep, field: &str, problem: Problem) {
        let path = match field {
            "" => String::new(),
            field => format!("content.{field}"),
        };
        let mut issue = Issue::new(&path, problem);
        issue.path.retain(|part| !part.is_empty());
        self.0.push(ListingIssue { step, issue });
    }

    fn wrong_if(&mut self, condition: bool, step: ListingStep, field: &str, problem: Problem) {
        if condition {
            self.wrong(step, field, problem);
        }
    }

    fn checked(&mut self, step: ListingStep, field: &str, text: Result<String, Problem>) {
        if let Err(problem) = text {
            self.wrong(step, field, problem);
        }
    }
}

fn preconditions(content: &ProductContent, facts: &Facts, found: &mut Found) {
    let step = ListingStep::Precondition;
    if facts.published.is_none() {
        found.wrong(step, "", Problem::NothingPublished);
    } else if !facts.self_tested {
        found.wrong(step, "", Problem::Refused(Code::SelfTestRequired));
    }
    found.wrong_if(
        content.is_paid() && !facts.payee_account,
        step,
        "",
        Problem::PayeeAccountMissing,
    );
}

fn details(content: &ProductContent, facts: &Facts, found: &mut Found) {
    let step = ListingStep::Details;
    found.checked(step, "name", wording::sized(&content.name, NAME_MIN, NAME_MAX));
    let icon = match &content.icon_id {
        None => Some(Problem::Required),
        Some(id) => (!facts.icons.contains(id)).then_some(Problem::Unknown),
    };
    if let Some(problem) = icon {
        found.wrong(step, "iconId", problem);
    }
    found.checked(
        step,
        "summary",
        wording::sized(&content.summary, SUMMARY_MIN, SUMMARY_MAX),
    );
    let description = wording::required(wording::paragraphs(&content.description, DESCRIPTION_MAX));
    found.checked(step, "description", description);
    let category = match &content.category_id {
        None => Some(Problem::Required),
        Some(id) => (!facts.categories.contains(id)).then_some(Problem::Unknown),
    };
    if let Some(problem) = category {
        found.wrong(step, "categoryId", problem);
    }
    found.wrong_if(content.charge_form.is_none(), step, "chargeForm", Problem::Required);
    match content.charging_rule {
        Some(ChargingRule::PerSeat) => {}
        Some(ChargingRule::PerDirectoryMember | ChargingRule::PerSingleUser) => {
            found.wrong(step, "chargingRule", Problem::Refused(Code::ChargingRuleUnsupported));
        }
        None => found.wrong_if(
            content.charge_form == Some(ChargeForm::Paid),
            step,
            "chargingRule",
            Problem::Required,
        ),
    }
    tags(content, found);
    pictures(content, facts, found);
    cases(content, found);
    audience(content, facts, found);
    for (field, address) in [("privacyUrl", &content.privacy_url), ("termsUrl", &content.terms_url)] {
        found.checked(step, field, https_address(address));
    }
}

fn tags(content: &ProductContent, found: &mut Found) {
    let step = ListingStep::Details;
    let max = TAGS_MAX;
    found.wrong_if(content.tags.len() > max, step, "tags", Problem::TooMany { max });
    let mut seen = HashSet::new();
    for (at, tag) in content.tags.iter().enumerate() {
        let field = format!("tags.{at}");
        match wording::required(wording::line(tag, TAG_MAX)) {
            Ok(tag) => found.wrong_if(!seen.insert(tag.to_lowercase()), step, &field, Problem::Repeated),
            Err(problem) => found.wrong(step, &field, problem),
        }
    }
}

fn pictures(content: &ProductContent, facts: &Facts, found: &mut Found) {
    let step = ListingStep::Details;
    let (given, max) = (content.screenshot_ids.len(), SCREENSHOTS_MAX);
    found.wrong_if(given == 0, step, "screenshotIds", Problem::TooFew { min: 1 });
    found.wrong_if(given > max, step, "screenshotIds", Problem::TooMany { max });
    let mut seen = HashSet::new();
    for (at, id) in content.screenshot_ids.iter().enumerate() {
        let field = format!("screenshotIds.{at}");
        if !facts.screenshots.contains(id) {
            found.wrong(step, &field, Problem::Unknown);
        } else if !seen.insert(id) {
            found.wrong(step, &field, Problem::Repeated);
        }
    }
}

fn cases(content: &ProductContent, found: &mut Found) {
    let step = ListingStep::Details;
    let max = CASES_MAX;
    found.wrong_if(content.cases.len() > max, step, "cases", Problem::TooMany { max });
    for (at, case) in content.cases.iter().enumerate() {
        let title = wording::required(wording::line(&case.title, CASE_TITLE_MAX));
        found.checked(step, &format!("cases.{at}.title"), title);
        let text = wording::required(wording::paragraphs(&case.text, CASE_TEXT_MAX));
        found.checked(step, &format!("cases.{at}.text"), text);
    }
}

fn audience(content: &ProductContent, facts: &Facts, found: &mut Found) {
    let step = ListingStep::Details;
    let cap = content.audience.daily_trials;
    let (min, max) = (1, DAILY_TRIALS_MAX);
    let outside = cap.is_some_and(|cap| !(min..=max).contains(&cap));
    let range = Problem::OutOfRange {
        min: min.into(),
        max: max.into(),
    };
    found.wrong_if(outside, step, "audience.dailyTrials", range);
    let (given, max) = (content.contact_ids.len(), CONTACTS_MAX);
    found.wrong_if(given == 0, step, "contactIds", Problem::TooFew { min: 1 });
    found.wrong_if(given > max, step, "contactIds", Problem::TooMany { max });
    let mut seen = HashSet::new();
    for (at, id) in content.contact_ids.iter().enumerate() {
        let field = format!("contactIds.{at}");
        if !facts.members.contains(id) {
            found.wrong(step, &field, Problem::Unknown);
        } else if !seen.insert(id) {
            found.wrong(step, &field, Problem::Repeated);
        }
    }
}

/// An address that customers can open: https, with a host, without a password.
pub fn https_address(text: &str) -> Result<String, Problem> {
    let text = wording::required(wording::line(text, URL_MAX))?;
    let is_fine = url::Url::parse(&text).is_ok_and(|url| {
        url.scheme() == "https"
            && url.host_str().is_some_and(|host| host.contains('.'))
            && url.username().is_empty()
            && url.password().is_none()
    });
    match is_fine {
        true => Ok(text),
        false => Err(Problem::BadFormat { what: Format::Url }),
    }
}

fn specification(content: &ProductContent, facts: &Facts, found: &mut Found) {
    let step = ListingStep::Specification;
    free_plan(content, facts, found);
    let (has_trial, has_free) = (content.trial.is_some(), content.free_plan.is_some());
    match content.opening_order {
        None => found.wrong_if(has_trial || has_free, step, "openingOrder", Problem::Required),
        Some(order) => {
            let flaw = price_order(order).flaw(has_trial, has_free);
            if let Some(flaw) = flaw {
                found.wrong(step, "openingOrder", opening_problem(flaw));
            }
        }
    }
    found.wrong_if(content.plans.is_empty(), step, "plans", Problem::TooFew { min: 1 });
    let mut whole = Vec::new();
    for (at, plan) in content.plans.iter().enumerate() {
        match missing_of(plan, at) {
            missing if missing.is_empty() => whole.push((at, price_plan(plan))),
            missing => missing
                .into_iter()
                .for_each(|(field, problem)| found.wrong(step, &field, problem)),
        }
    }
    let plans: Vec<_> = whole.iter().map(|(_, plan)| plan.clone()).collect();
    for flaw in price::plan_flaws(&plans) {
        let place = |at: usize| whole.get(at).map_or(0, |(place, _)| *place);
        let (field, problem) = plan_problem(&flaw, place(flaw.plan), &content.plans, place);
        found.wrong(step, &field, problem);
    }
}

fn free_plan(content: &ProductContent, facts: &Facts, found: &mut Found) {
    let Some(plan) = &content.free_plan else { return };
    let (step, field) = (ListingStep::Specification, "freePlan.maxSeats");
    let (min, max) = (1, SEATS_MAX);
    let outside = plan.max_seats.is_some_and(|seats| !(min..=max).contains(&seats));
    let range = Problem::OutOfRange {
        min: min.into(),
        max: max.into(),
    };
    found.wrong_if(outside, step, field, range);
    let before = facts.approved_free_plan.as_ref();
    let same = before.filter(|before| before.item_code == plan.item_code);
    let lowered = same.is_some_and(|before| {
        let count = |seats: Option<i32>| seats.map(|seats| u32::try_from(seats).unwrap_or(0));
        !price::offer::seat_limit_may_become(count(before.max_seats), count(plan.max_seats))
    });
    found.wrong_if(lowered && !outside, step, field, Problem::SeatLimitLowered);
}

fn price_order(order: OpeningOrder) -> price::OpeningOrder {
    match order {
        OpeningOrder::TrialThenAutoFree => price::OpeningOrder::TrialThenAutoFree,
        OpeningOrder::TrialThenChoose => price::OpeningOrder::TrialThenChoose,
        OpeningOrder::FreeThenChoose => price::OpeningOrder::FreeThenChoose,
    }
}

fn opening_problem(flaw: price::offer::OpeningOrderFlaw) -> Problem {
    use price::offer::OpeningOrderFlaw as F;
    match flaw {
        F::Unsupported => Problem::Refused(Code::OpeningOrderUnsupported),
        F::NeedsTrial => Problem::TrialMissing,
        F::NeedsFreePlan => Problem::FreePlanMissing,
    }
}

/// Numbers that are still to be given, and those that no plan may have.
fn missing_of(plan: &ProductPlan, at: usize) -> Vec<(String, Problem)> {
    let mut missing = Vec::new();
    for (field, seats) in [("minSeats", plan.min_seats), ("maxSeats", plan.max_seats)] {
        let problem = match seats {
            None => Some(Problem::Required),
            Some(seats) => (!(1..=SEATS_MAX).contains(&seats)).then_some(Problem::OutOfRange {
                min: 1,
                max: SEATS_MAX.into(),
            }),
        };
        missing.extend(problem.map(|problem| (format!("plans.{at}.{field}"), problem)));
    }
    if plan.unit_price.is_none() {
        missing.push((format!("plans.{at}.unitPrice"), Problem::Required));
    }
    for (place, period) in plan.periods.iter().enumerate() {
        let field = format!("plans.{at}.periods.{place}.months");
        let max = i64::from(price::plan::MONTHS_MAX);
        match period.months {
            None => missing.push((field, Problem::Required)),
            Some(months) if months < 0 => missing.push((field, Problem::OutOfRange { min: 1, max })),
            Some(_) => {}
        }
    }
    missing
}

/// The length of a trial, as it is counted.
pub fn price_trial(length: TrialLength) -> price::TrialLength {
    match length {
        TrialLength::SevenDays => price::TrialLength::SevenDays,
        TrialLength::FifteenDays => price::TrialLength::FifteenDays,
        TrialLength::OneMonth => price::TrialLength::OneMonth,
        TrialLength::FortyFiveDays => price::TrialLength::FortyFiveDays,
        TrialLength::TwoMonths => price::TrialLength::TwoMonths,
        TrialLength::ThreeMonths => price::TrialLength::ThreeMonths,
    }
}

/// A plan whose numbers are all there, as prices are calculated from it.
pub fn price_plan(plan: &ProductPlan) -> price::Plan {
    let count = |number: Option<i32>| u32::try_from(number.unwrap_or(0)).unwrap_or(0);
    let period = |period: &super::product_content::PlanPeriod| price::Period {
        name: period.name.clone(),
        months: count(period.months),
        rounding_off: period.rounding_off,
    };
    price::Plan {
        name: plan.name.clone(),
        min_seats: count(plan.min_seats),
        max_seats: count(plan.max_seats),
        unit_price: plan.unit_price.unwrap_or(0),
        periods: plan.periods.iter().map(period).collect(),
    }
}

fn plan_problem(
    flaw: &price::PlanFlaw,
    at: usize,
    plans: &[ProductPlan],
    place: impl Fn(usize) -> usize,
) -> (String, Problem) {
    use price::PlanFlawKind as K;
    let name = |at: usize| plans.get(at).map(|plan| plan.name.clone()).unwrap_or_default();
    let (field, problem) = match flaw.kind {
        K::NameMissing => ("name", Problem::Required),
        K::NameTooLong => (
            "name",
            Problem::TooLong {
                max: price::plan::NAME_MAX,
            },
        ),
        K::NameTaken => ("name", Problem::NotUnique),
        K::NoSeats => (
            "minSeats",
            Problem::OutOfRange {
                min: 1,
                max: SEATS_MAX.into(),
            },
        ),
        K::SeatsReversed => ("maxSeats", Problem::SeatsReversed),
        K::SeatsOverlap { with } => (
            "minSeats",
            Problem::SeatsOverlap {
                plan: name(place(with)),
            },
        ),
        K::NegativeUnitPrice => ("unitPrice", Problem::Negative),
        K::NoPeriods => ("periods", Problem::TooFew { min: 1 }),
        K::MonthsOutOfRange => {
            let max = i64::from(price::plan::MONTHS_MAX);
            ("months", Problem::OutOfRange { min: 1, max })
        }
        K::NegativeRoundingOff => ("roundingOff", Problem::Negative),
        K::NegativeSalePrice => ("roundingOff", Problem::NegativeSalePrice),
        K::PriceTooLarge => ("unitPrice", Problem::PriceTooLarge),
    };
    let in_period = !matches!(flaw.kind, K::PriceTooLarge);
    match flaw.period.filter(|_| in_period) {
        Some(period) => (format!("plans.{at}.periods.{period}.{field}"), problem),
        None => (format!("plans.{at}.{field}"), problem),
    }
}

/// L9: sold on the marketplace once it is listed.
pub fn is_for_marketplace(content: &ProductContent) -> bool {
    content.promotion_mode == Some(PromotionMode::Marketplace)
}

#[cfg(test)]
mod tests;
