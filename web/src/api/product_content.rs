//! What a revision of a product says: the three steps of the wizard, as they are read and as they are sent. Amounts are CNY.

use super::{MinorUnits, product::CategoryChoice, project::OrganizationSize, schema, session::Person};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChargeForm {
    Free,
    Paid,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChargingRule {
    PerSeat,
    PerDirectoryMember,
    PerSingleUser,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpeningOrder {
    TrialThenChoose,
    FreeThenChoose,
    TrialThenAutoFree,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrialLength {
    SevenDays,
    FifteenDays,
    OneMonth,
    FortyFiveDays,
    TwoMonths,
    ThreeMonths,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromotionMode {
    Marketplace,
    OwnChannel,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum SalesChannel {
    All,
    Marketplace,
    Direct,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Industry {
    Construction,
    Education,
    Finance,
    Healthcare,
    Hospitality,
    Logistics,
    Manufacturing,
    Other,
    PublicSector,
    Retail,
    Services,
    Software,
}

read_enums!(
    ChargeForm,
    ChargingRule,
    OpeningOrder,
    TrialLength,
    PromotionMode,
    SalesChannel,
    Industry
);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct IndustryCase {
        pub title: String,
        pub text: String,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ProductAudience {
        pub industries: Vec<Industry>,
        pub sizes: Vec<OrganizationSize>,
        pub daily_trials: Option<i32>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct FreePlan {
        pub item_code: cynic::Id,
        pub max_seats: Option<i32>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct PlanPeriod {
        pub name: String,
        pub months: Option<i32>,
        pub rounding_off: MinorUnits,
        pub sale_price: Option<MinorUnits>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ProductPlan {
        pub item_code: cynic::Id,
        pub name: String,
        pub min_seats: Option<i32>,
        pub max_seats: Option<i32>,
        pub unit_price: Option<MinorUnits>,
        pub periods: Vec<PlanPeriod>,
        pub sales_channel: SalesChannel,
        pub sizes: Vec<OrganizationSize>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ProductContent {
        pub name: String,
        pub icon_id: Option<cynic::Id>,
        pub summary: String,
        pub description: String,
        pub category: Option<CategoryChoice>,
        pub charge_form: Option<ChargeForm>,
        pub charging_rule: Option<ChargingRule>,
        pub tags: Vec<String>,
        pub screenshot_ids: Vec<cynic::Id>,
        pub cases: Vec<IndustryCase>,
        pub audience: ProductAudience,
        pub contacts: Vec<Person>,
        pub privacy_url: String,
        pub terms_url: String,
        pub trial: Option<TrialLength>,
        pub free_plan: Option<FreePlan>,
        pub opening_order: Option<OpeningOrder>,
        pub plans: Vec<ProductPlan>,
        pub promotion_mode: Option<PromotionMode>,
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct IndustryCaseInput {
    pub title: String,
    pub text: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct ProductAudienceInput {
    pub industries: Vec<Industry>,
    pub sizes: Vec<OrganizationSize>,
    pub daily_trials: Option<i32>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct FreePlanInput {
    pub item_code: Option<cynic::Id>,
    pub max_seats: Option<i32>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct PlanPeriodInput {
    pub name: String,
    pub months: Option<i32>,
    pub rounding_off: MinorUnits,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct ProductPlanInput {
    pub item_code: Option<cynic::Id>,
    pub name: String,
    pub min_seats: Option<i32>,
    pub max_seats: Option<i32>,
    pub unit_price: Option<MinorUnits>,
    pub periods: Vec<PlanPeriodInput>,
    pub sales_channel: SalesChannel,
    pub sizes: Vec<OrganizationSize>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct ProductContentInput {
    pub name: String,
    pub icon_id: Option<cynic::Id>,
    pub summary: String,
    pub description: String,
    pub category_id: Option<cynic::Id>,
    pub charge_form: Option<ChargeForm>,
    pub charging_rule: Option<ChargingRule>,
    pub tags: Vec<String>,
    pub screenshot_ids: Vec<cynic::Id>,
    pub cases: Vec<IndustryCaseInput>,
    pub audience: ProductAudienceInput,
    pub contact_ids: Vec<cynic::Id>,
    pub privacy_url: String,
    pub terms_url: String,
    pub trial: Option<TrialLength>,
    pub free_plan: Option<FreePlanInput>,
    pub opening_order: Option<OpeningOrder>,
    pub plans: Vec<ProductPlanInput>,
    pub promotion_mode: Option<PromotionMode>,
}
