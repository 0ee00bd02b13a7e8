//! What a revision of a product holds, as it is read.

use async_graphql::{Context, ID, Object, Result, SimpleObject};

use crate::domain::product_content::{
    ChargeForm, ChargingRule, Industry, OpeningOrder, ProductContent as Content, ProductPlan as Plan, PromotionMode,
    SalesChannel, TrialLength,
};
use crate::domain::product_form::price_plan;
use crate::domain::project::OrganizationSize;
use crate::graphql::category::Category;
use crate::graphql::file::File;
use crate::graphql::scalars::MinorUnits;
use crate::graphql::session::types::User;

/// The three steps of the wizard as they were typed.
#[derive(Clone, Debug)]
pub struct ProductContent(pub Content);

/// 行业案例: a case of a customer.
#[derive(Clone, Debug, SimpleObject)]
pub struct IndustryCase {
    /// What it is called.
    title: String,
    /// Markdown.
    text: String,
}

/// 商机配置: whom a product is for. An empty list is everybody.
#[derive(Clone, Debug, SimpleObject)]
pub struct ProductAudience {
    /// What the organisations do.
    industries: Vec<Industry>,
    /// How large they are.
    sizes: Vec<OrganizationSize>,
    /// Trials a day at most; null is no cap.
    daily_trials: Option<i32>,
}

/// 免费规格: costs nothing and has no end.
#[derive(Clone, Debug, SimpleObject)]
pub struct FreePlan {
    /// 规格码.
    item_code: ID,
    /// Null is no limit.
    max_seats: Option<i32>,
}

impl FreePlan {
    /// As it is read.
    pub fn new(plan: &crate::domain::product_content::FreePlan) -> Self {
        Self {
            item_code: ID(plan.item_code.to_string()),
            max_seats: plan.max_seats,
        }
    }
}

/// 周期: for how long a plan is bought.
#[derive(Clone, Debug, SimpleObject)]
pub struct PlanPeriod {
    /// What it is called.
    name: String,
    /// Null until it is typed.
    months: Option<i32>,
    /// 抹零, off one seat's price of the period.
    rounding_off: MinorUnits,
    /// One seat's price of the period: unit price × months − rounding-off; null while a number is missing or it cannot be had.
    sale_price: Option<MinorUnits>,
}

/// 规格: one plan. Amounts are CNY.
#[derive(Clone, Debug)]
pub struct ProductPlan(Plan);

#[Object]
impl ProductPlan {
    /// 规格码: made once, the same for ever.
    async fn item_code(&self) -> ID {
        ID(self.0.item_code.to_string())
    }

    /// What it is called.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Null until it is typed.
    async fn min_seats(&self) -> Option<i32> {
        self.0.min_seats
    }

    /// Null until it is typed.
    async fn max_seats(&self) -> Option<i32> {
        self.0.max_seats
    }

    /// One seat, one month; null until it is typed.
    async fn unit_price(&self) -> Option<MinorUnits> {
        self.0.unit_price.map(MinorUnits)
    }

    /// For how long it is bought.
    async fn periods(&self) -> Vec<PlanPeriod> {
        let priced = price_plan(&self.0);
        let counted = self.0.unit_price.is_some();
        let prices = priced.periods.iter().map(|period| priced.sale_price(period).ok());
        let period = |(period, price): (&crate::domain::product_content::PlanPeriod, Option<i64>)| PlanPeriod {
            name: period.name.clone(),
            months: period.months,
            rounding_off: MinorUnits(period.rounding_off),
            sale_price: price.filter(|_| counted && period.months.is_some()).map(MinorUnits),
        };
        self.0.periods.iter().zip(prices).map(period).collect()
    }

    /// 销售渠道.
    async fn sales_channel(&self) -> SalesChannel {
        self.0.sales_channel
    }

    /// Which sizes of organisations may buy it; empty is every size.
    async fn sizes(&self) -> &[OrganizationSize] {
        &self.0.sizes
    }
}

#[Object]
impl ProductContent {
    /// 应用名称.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Uploaded as PRODUCT_ICON; shown by `GET /pictures/{id}`.
    async fn icon_id(&self) -> Option<ID> {
        self.0.icon_id.as_ref().map(|id| ID(id.to_string()))
    }

    /// One line.
    async fn summary(&self) -> &str {
        &self.0.summary
    }

    /// Markdown.
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// 应用分类.
    async fn category(&self, ctx: &Context<'_>) -> Result<Option<Category>> {
        Category::load_if_any(ctx, self.0.category_id.clone()).await
    }

    /// 收费形式.
    async fn charge_form(&self) -> Option<ChargeForm> {
        self.0.charge_form
    }

    /// 收费规则.
    async fn charging_rule(&self) -> Option<ChargingRule> {
        self.0.charging_rule
    }

    /// By which it is found.
    async fn tags(&self) -> &[String] {
        &self.0.tags
    }

    /// Uploaded as PRODUCT_SCREENSHOT; shown by `GET /pictures/{id}`.
    async fn screenshot_ids(&self) -> Vec<ID> {
        self.0.screenshot_ids.iter().map(|id| ID(id.to_string())).collect()
    }

    /// The screenshots with their sizes, as far as they are the partner's.
    async fn screenshots(&self, ctx: &Context<'_>) -> Result<Vec<File>> {
        let ids = self.0.screenshot_ids.clone();
        let found = crate::graphql::loaders::load_many::<crate::graphql::file::Files>(ctx, ids).await?;
        Ok(found.into_iter().map(File).collect())
    }

    /// 行业案例.
    async fn cases(&self) -> Vec<IndustryCase> {
        let case = |case: &crate::domain::product_content::IndustryCase| IndustryCase {
            title: case.title.clone(),
            text: case.text.clone(),
        };
        self.0.cases.iter().map(case).collect()
    }

    /// 商机配置.
    async fn audience(&self) -> ProductAudience {
        let audience = &self.0.audience;
        ProductAudience {
            industries: audience.industries.clone(),
            sizes: audience.sizes.clone(),
            daily_trials: audience.daily_trials,
        }
    }

    /// 服务群配置: whom customers ask before they buy.
    async fn contacts(&self, ctx: &Context<'_>) -> Result<Vec<User>> {
        let ids = self.0.contact_ids.clone();
        let found = crate::graphql::loaders::load_many::<crate::graphql::loaders::Users>(ctx, ids).await?;
        Ok(found.into_iter().map(User).collect())
    }

    /// An https address.
    async fn privacy_url(&self) -> &str {
        &self.0.privacy_url
    }

    /// An https address.
    async fn terms_url(&self) -> &str {
        &self.0.terms_url
    }

    /// 试用天数; null is no trial.
    async fn trial(&self) -> Option<TrialLength> {
        self.0.trial
    }

    /// 免费规格; null is none.
    async fn free_plan(&self) -> Option<FreePlan> {
        self.0.free_plan.as_ref().map(FreePlan::new)
    }

    /// 优先开通顺序.
    async fn opening_order(&self) -> Option<OpeningOrder> {
        self.0.opening_order
    }

    /// 规格.
    async fn plans(&self) -> Vec<ProductPlan> {
        self.0.plans.iter().cloned().map(ProductPlan).collect()
    }

    /// 推广模式.
    async fn promotion_mode(&self) -> Option<PromotionMode> {
        self.0.promotion_mode
    }
}
