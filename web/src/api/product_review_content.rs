//! What a revision of a product holds, as operators read it: the three steps of the wizard (应用详情, 商品参数规格, 推广模式).

use super::{MinorUnits, category::CategoryName, project::OrganizationSize, schema, session::Person};

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
pub enum TrialLength {
    SevenDays,
    FifteenDays,
    OneMonth,
    FortyFiveDays,
    TwoMonths,
    ThreeMonths,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpeningOrder {
    TrialThenAutoFree,
    TrialThenChoose,
    FreeThenChoose,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum SalesChannel {
    Marketplace,
    Direct,
    All,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromotionMode {
    Marketplace,
    OwnChannel,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Industry {
    Manufacturing,
    Retail,
    Software,
    Construction,
    Education,
    Healthcare,
    Finance,
    Logistics,
    Hospitality,
    Services,
    PublicSector,
    Other,
}

read_enums!(
    ChargeForm,
    ChargingRule,
    TrialLength,
    OpeningOrder,
    SalesChannel,
    PromotionMode,
    Industry,
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
    /// The three steps of the wizard as they were typed.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ProductContent {
        pub name: String,
        pub icon_id: Option<cynic::Id>,
        pub summary: String,
        pub description: String,
        pub category: Option<CategoryName>,
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
