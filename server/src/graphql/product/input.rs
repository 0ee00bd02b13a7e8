//! What the wizard sends: everything that was typed so far, complete or not.

use async_graphql::{ID, InputObject};

use crate::domain::id::{IdSource, ItemCode};
use crate::domain::product_content::{
    Audience, ChargeForm, ChargingRule, FreePlan, Industry, IndustryCase, OpeningOrder, PlanPeriod, ProductContent,
    ProductPlan, PromotionMode, SalesChannel, TrialLength,
};
use crate::domain::project::OrganizationSize;
use crate::domain::refusal::Refusal;
use crate::graphql::given_id::GivenIds;
use crate::graphql::scalars::MinorUnits;

/// A case of a customer.
#[derive(Clone, Debug, InputObject)]
pub struct IndustryCaseInput {
    /// 1 to 60 characters.
    pub title: String,
    /// Markdown, 1 to 5,000 characters.
    pub text: String,
}

/// Whom a product is for. An empty list is everybody.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ProductAudienceInput {
    /// What the organisations do.
    #[graphql(default)]
    pub industries: Vec<Industry>,
    /// How large they are.
    #[graphql(default)]
    pub sizes: Vec<OrganizationSize>,
    /// 1 to 100,000 trials a day; null is no cap.
    pub daily_trials: Option<i32>,
}

/// A plan that costs nothing and has no end.
#[derive(Clone, Debug, InputObject)]
pub struct FreePlanInput {
    /// Its code, as it was read; without one, or with one that is none of the product's, a new one is made.
    pub item_code: Option<ID>,
    /// 1 to 1,000,000; null is no limit. Once customers may have it, it may only be raised or removed.
    pub max_seats: Option<i32>,
}

/// For how long a plan is bought.
#[derive(Clone, Debug, InputObject)]
pub struct PlanPeriodInput {
    /// 1 to 40 characters, unlike any other period's of the plan.
    pub name: String,
    /// 1 to 24.
    pub months: Option<i32>,
    /// Not less than zero, and not more than the price.
    #[graphql(default_with = "MinorUnits(0)")]
    pub rounding_off: MinorUnits,
}

/// A plan. Amounts are CNY.
#[derive(Clone, Debug, InputObject)]
pub struct ProductPlanInput {
    /// Its code, as it was read; without one, or with one that is none of the product's, a new one is made.
    pub item_code: Option<ID>,
    /// 1 to 40 characters, unlike any other plan's of the product.
    pub name: String,
    /// 1 to 1,000,000. Ranges of one product do not overlap.
    pub min_seats: Option<i32>,
    /// Not less than minSeats.
    pub max_seats: Option<i32>,
    /// One seat, one month; not less than zero.
    pub unit_price: Option<MinorUnits>,
    /// At least one.
    #[graphql(default)]
    pub periods: Vec<PlanPeriodInput>,
    /// Where it is sold.
    #[graphql(default_with = "SalesChannel::All")]
    pub sales_channel: SalesChannel,
    /// Which sizes of organisations may buy it; empty is every size.
    #[graphql(default)]
    pub sizes: Vec<OrganizationSize>,
}

/// The three steps of the wizard. Everything may be incomplete or wrong in a draft; the report says what is.
#[derive(Clone, Debug, InputObject)]
pub struct ProductContentInput {
    /// 2 to 40 characters.
    #[graphql(default)]
    pub name: String,
    /// A picture that was uploaded as PRODUCT_ICON.
    pub icon_id: Option<ID>,
    /// 4 to 120 characters.
    #[graphql(default)]
    pub summary: String,
    /// Markdown, at most 20,000 characters.
    #[graphql(default)]
    pub description: String,
    /// Routes the review.
    pub category_id: Option<ID>,
    /// Never changes once it was handed in.
    pub charge_form: Option<ChargeForm>,
    /// Only PER_SEAT is accepted; never changes once it was handed in.
    pub charging_rule: Option<ChargingRule>,
    /// At most 10, each 1 to 20 characters.
    #[graphql(default)]
    pub tags: Vec<String>,
    /// 1 to 8 pictures that were uploaded as PRODUCT_SCREENSHOT.
    #[graphql(default)]
    pub screenshot_ids: Vec<ID>,
    /// At most 10.
    #[graphql(default)]
    pub cases: Vec<IndustryCaseInput>,
    /// Who sees it.
    #[graphql(default)]
    pub audience: ProductAudienceInput,
    /// 1 to 5 members of the partner.
    #[graphql(default)]
    pub contact_ids: Vec<ID>,
    /// An https address.
    #[graphql(default)]
    pub privacy_url: String,
    /// An https address.
    #[graphql(default)]
    pub terms_url: String,
    /// Null is no trial.
    pub trial: Option<TrialLength>,
    /// Null is none.
    pub free_plan: Option<FreePlanInput>,
    /// Needed where there is a trial or a free plan.
    pub opening_order: Option<OpeningOrder>,
    /// Of what is paid for: at least one.
    #[graphql(default)]
    pub plans: Vec<ProductPlanInput>,
    /// Where it is found.
    pub promotion_mode: Option<PromotionMode>,
}

impl ProductContentInput {
    /// As the domain reads it; ids that are none are named.
    pub fn read(self, ids: &IdSource) -> Result<ProductContent, Refusal> {
        let mut reader = Reader {
            ids,
            given: GivenIds::default(),
        };
        let content = ProductContent {
            name: self.name,
            icon_id: reader.given.id("iconId", self.icon_id),
            summary: self.summary,
            description: self.description,
            category_id: reader.given.id("categoryId", self.category_id),
            charge_form: self.charge_form,
            charging_rule: self.charging_rule,
            tags: self.tags,
            screenshot_ids: reader.given.ids("screenshotIds", self.screenshot_ids),
            cases: self.cases.into_iter().map(IndustryCase::from).collect(),
            audience: Audience {
                industries: self.audience.industries,
                sizes: self.audience.sizes,
                daily_trials: self.audience.daily_trials,
            },
            contact_ids: reader.given.ids("contactIds", self.contact_ids),
            privacy_url: self.privacy_url,
            terms_url: self.terms_url,
            trial: self.trial,
            free_plan: self.free_plan.map(|plan| FreePlan {
                item_code: reader.code(plan.item_code),
                max_seats: plan.max_seats,
            }),
            opening_order: self.opening_order,
            plans: self.plans.into_iter().map(|plan| reader.plan(plan)).collect(),
            promotion_mode: self.promotion_mode,
        };
        reader.given.check()?;
        Ok(content)
    }
}

impl From<IndustryCaseInput> for IndustryCase {
    fn from(case: IndustryCaseInput) -> Self {
        Self {
            title: case.title,
            text: case.text,
        }
    }
}

struct Reader<'a> {
    ids: &'a IdSource,
    given: GivenIds,
}

impl Reader<'_> {
    /// A code that is none of the product's is replaced when the draft is saved.
    fn code(&self, given: Option<ID>) -> ItemCode {
        let read = given.and_then(|id| id.parse().ok());
        read.unwrap_or_else(|| self.ids.next(chrono::DateTime::UNIX_EPOCH))
    }

    fn plan(&self, plan: ProductPlanInput) -> ProductPlan {
        let period = |period: PlanPeriodInput| PlanPeriod {
            name: period.name,
            months: period.months,
            rounding_off: period.rounding_off.0,
        };
        ProductPlan {
            item_code: self.code(plan.item_code),
            name: plan.name,
            min_seats: plan.min_seats,
            max_seats: plan.max_seats,
            unit_price: plan.unit_price.map(|price| price.0),
            periods: plan.periods.into_iter().map(period).collect(),
            sales_channel: plan.sales_channel,
            sizes: plan.sizes,
        }
    }
}
