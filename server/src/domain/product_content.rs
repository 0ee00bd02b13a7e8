//! What a revision of a product holds: the three steps of the wizard as they were typed (应用详情, 商品参数规格, 推广模式). A draft may be
//! as incomplete as its writer likes; whether it can be handed in is `product_form`'s matter. Stored as JSON, field by field.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::form_check::FormCheck;
use super::id::{CategoryId, FileId, ItemCode, UserId};
use super::message::Code;
use super::problem::Problem;
use super::project::OrganizationSize;
use super::refusal::Issue;
use super::words::words;

words! {
    /// 收费形式: what a product costs at all. Never changes once it was handed in.
    ChargeForm {
        /// 免费使用.
        Free = "FREE",
        /// 开通付费.
        Paid = "PAID",
    }
}

words! {
    /// 收费规则: what is counted. Only PER_SEAT is accepted; never changes once it was handed in.
    ChargingRule {
        /// 按使用人数收费.
        PerSeat = "PER_SEAT",
        /// 按企业通讯录人数收费: refused at present.
        PerDirectoryMember = "PER_DIRECTORY_MEMBER",
        /// 按单个使用人数收费: refused at present.
        PerSingleUser = "PER_SINGLE_USER",
    }
}

words! {
    /// 试用天数: how long a product may be tried.
    TrialLength {
        /// 7 天.
        SevenDays = "SEVEN_DAYS",
        /// 15 天.
        FifteenDays = "FIFTEEN_DAYS",
        /// 1 个月.
        OneMonth = "ONE_MONTH",
        /// 45 天.
        FortyFiveDays = "FORTY_FIVE_DAYS",
        /// 2 个月.
        TwoMonths = "TWO_MONTHS",
        /// 3 个月.
        ThreeMonths = "THREE_MONTHS",
    }
}

words! {
    /// 优先开通顺序: what opens a product, and what follows.
    OpeningOrder {
        /// 优先试用，到期自动转免费: refused at present.
        TrialThenAutoFree = "TRIAL_THEN_AUTO_FREE",
        /// 优先试用，到期自行选择.
        TrialThenChoose = "TRIAL_THEN_CHOOSE",
        /// 优先免费，自行选择.
        FreeThenChoose = "FREE_THEN_CHOOSE",
    }
}

words! {
    /// 销售渠道: where a plan is sold.
    SalesChannel {
        /// 应用中心.
        Marketplace = "MARKETPLACE",
        /// The partner orders for the customer; hidden from customers.
        Direct = "DIRECT",
        /// Both.
        All = "ALL",
    }
}

words! {
    /// 推广模式: where a product is found.
    PromotionMode {
        /// 应用市场推广: on the marketplace once it is listed.
        Marketplace = "MARKETPLACE",
        /// 自有渠道推广: through promotion links only.
        OwnChannel = "OWN_CHANNEL",
    }
}

words! {
    /// What an organisation does.
    Industry {
        /// 制造业.
        Manufacturing = "MANUFACTURING",
        /// 零售与电商.
        Retail = "RETAIL",
        /// 互联网与软件.
        Software = "SOFTWARE",
        /// 建筑与房地产.
        Construction = "CONSTRUCTION",
        /// 教育.
        Education = "EDUCATION",
        /// 医疗健康.
        Healthcare = "HEALTHCARE",
        /// 金融.
        Finance = "FINANCE",
        /// 物流运输.
        Logistics = "LOGISTICS",
        /// 餐饮与酒店.
        Hospitality = "HOSPITALITY",
        /// 专业服务.
        Services = "SERVICES",
        /// 政府与公共服务.
        PublicSector = "PUBLIC_SECTOR",
        /// 其他.
        Other = "OTHER",
    }
}

/// A case of a customer (行业案例).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct IndustryCase {
    pub title: String,
    /// Markdown.
    pub text: String,
}

/// 商机配置: whom a product is for. An empty list is everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Audience {
    pub industries: Vec<Industry>,
    pub sizes: Vec<OrganizationSize>,
    /// Trials a day at most; nothing is no cap.
    pub daily_trials: Option<i32>,
}

/// 免费规格: costs nothing and has no end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FreePlan {
    pub item_code: ItemCode,
    /// Nothing is no limit.
    pub max_seats: Option<i32>,
}

/// 周期: for how long a plan is bought.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PlanPeriod {
    pub name: String,
    pub months: Option<i32>,
    /// 抹零, of one seat's price of the period, in minor units.
    pub rounding_off: i64,
}

/// 规格: one plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProductPlan {
    pub item_code: ItemCode,
    pub name: String,
    pub min_seats: Option<i32>,
    pub max_seats: Option<i32>,
    /// One seat, one month, in minor units.
    pub unit_price: Option<i64>,
    pub periods: Vec<PlanPeriod>,
    pub sales_channel: SalesChannel,
    /// Which sizes of organisations may buy it; empty is every size.
    pub sizes: Vec<OrganizationSize>,
}

/// What a revision holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ProductContent {
    pub name: String,
    pub icon_id: Option<FileId>,
    pub summary: String,
    /// Markdown.
    pub description: String,
    pub category_id: Option<CategoryId>,
    pub charge_form: Option<ChargeForm>,
    pub charging_rule: Option<ChargingRule>,
    pub tags: Vec<String>,
    pub screenshot_ids: Vec<FileId>,
    pub cases: Vec<IndustryCase>,
    pub audience: Audience,
    pub contact_ids: Vec<UserId>,
    pub privacy_url: String,
    pub terms_url: String,
    pub trial: Option<TrialLength>,
    pub free_plan: Option<FreePlan>,
    pub opening_order: Option<OpeningOrder>,
    pub plans: Vec<ProductPlan>,
    pub promotion_mode: Option<PromotionMode>,
}

/// Characters of any one line of a draft, and of its long texts: more than any check admits, so that what was typed stays.
const LINE_STORED: usize = 1_000;
const TEXT_STORED: usize = 50_000;
/// Entries of any list of a draft.
pub const ENTRIES_STORED: usize = 50;

impl ProductContent {
    /// Whether it is paid for, in which case the second step counts.
    pub fn is_paid(&self) -> bool {
        self.charge_form == Some(ChargeForm::Paid)
    }

    /// The name as it is shown: one line.
    pub fn title(&self) -> String {
        self.name.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Every item code in it.
    pub fn item_codes(&self) -> impl Iterator<Item = &ItemCode> {
        let free = self.free_plan.iter().map(|plan| &plan.item_code);
        self.plans.iter().map(|plan| &plan.item_code).chain(free)
    }

    /// The draft as it is stored, and what keeps even a draft from being stored: a text or a list without end, or one that hides
    /// characters. Everything else waits for the report. Nothing is trimmed away under the writer's hands.
    pub fn unstorable(&self) -> Vec<Issue> {
        let mut check = FormCheck::new("content.");
        for (field, text) in [
            ("name", &self.name),
            ("summary", &self.summary),
            ("privacyUrl", &self.privacy_url),
            ("termsUrl", &self.terms_url),
        ] {
            check.line(field, text, LINE_STORED);
        }
        check.paragraphs("description", &self.description, TEXT_STORED);
        for (field, entries) in [
            ("tags", self.tags.len()),
            ("screenshotIds", self.screenshot_ids.len()),
            ("cases", self.cases.len()),
            ("contactIds", self.contact_ids.len()),
            ("plans", self.plans.len()),
            ("audience.industries", self.audience.industries.len()),
            ("audience.sizes", self.audience.sizes.len()),
        ] {
            let max = ENTRIES_STORED;
            check.wrong_if(entries > max, field, Problem::TooMany { max });
        }
        for (at, tag) in self.tags.iter().enumerate().take(ENTRIES_STORED) {
            check.line(&format!("tags.{at}"), tag, LINE_STORED);
        }
        for (at, case) in self.cases.iter().enumerate().take(ENTRIES_STORED) {
            check.line(&format!("cases.{at}.title"), &case.title, LINE_STORED);
            check.paragraphs(&format!("cases.{at}.text"), &case.text, TEXT_STORED);
        }
        for (at, plan) in self.plans.iter().enumerate().take(ENTRIES_STORED) {
            check.line(&format!("plans.{at}.name"), &plan.name, LINE_STORED);
            let max = ENTRIES_STORED;
            check.wrong_if(
                plan.periods.len() > max,
                &format!("plans.{at}.periods"),
                Problem::TooMany { max },
            );
            for (place, period) in plan.periods.iter().enumerate().take(ENTRIES_STORED) {
                check.line(&format!("plans.{at}.periods.{place}.name"), &period.name, LINE_STORED);
            }
        }
        check.issues()
    }

    /// What may never change once a product was handed in, and did.
    pub fn immutable_changes(&self, submitted: &ProductContent) -> Vec<Issue> {
        let changed = [
            ("chargeForm", self.charge_form != submitted.charge_form),
            ("chargingRule", self.charging_rule != submitted.charging_rule),
        ];
        let issue =
            |(field, _): (&str, bool)| Issue::new(&format!("content.{field}"), Problem::Refused(Code::ImmutableField));
        changed.into_iter().filter(|(_, changed)| *changed).map(issue).collect()
    }

    /// Gives an item code of its own to every plan whose code is none of `known`, or stands a second time: a code is made once
    /// and never chosen.
    pub fn with_codes(mut self, known: &HashSet<ItemCode>, mut make: impl FnMut() -> ItemCode) -> ProductContent {
        let mut seen = HashSet::new();
        let mut settle = |code: &mut ItemCode| {
            if !known.contains(code) || !seen.insert(code.clone()) {
                *code = make();
                seen.insert(code.clone());
            }
        };
        if let Some(free) = &mut self.free_plan {
            settle(&mut free.item_code);
        }
        for plan in &mut self.plans {
            settle(&mut plan.item_code);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::IdSource;

    fn code(source: &IdSource) -> ItemCode {
        source.next(chrono::DateTime::UNIX_EPOCH)
    }

    fn plan(item_code: ItemCode) -> ProductPlan {
        ProductPlan {
            item_code,
            name: "小".to_owned(),
            min_seats: None,
            max_seats: None,
            unit_price: None,
            periods: Vec::new(),
            sales_channel: SalesChannel::All,
            sizes: Vec::new(),
        }
    }

    #[test]
    fn l4_an_item_code_is_made_once_and_never_chosen() {
        let ids = IdSource::default();
        let (known, invented) = (code(&ids), code(&ids));
        let content = ProductContent {
            plans: vec![plan(known.clone()), plan(invented.clone()), plan(known.clone())],
            free_plan: Some(FreePlan {
                item_code: invented.clone(),
                max_seats: None,
            }),
            ..ProductContent::default()
        };
        let kept = content.with_codes(&HashSet::from([known.clone()]), || code(&ids));
        assert_eq!(kept.plans[0].item_code, known);
        let all: HashSet<_> = kept.item_codes().cloned().collect();
        assert_eq!(all.len(), 4, "every plan has one of its own");
        assert!(!all.contains(&invented));
    }

    #[test]
    fn l5_a_draft_keeps_what_is_wrong_with_it_and_refuses_what_has_no_end() {
        let mut content = ProductContent {
            name: "一".repeat(60),
            tags: vec!["长".repeat(30); 12],
            ..ProductContent::default()
        };
        assert_eq!(content.unstorable(), []);
        content.name = "一".repeat(LINE_STORED + 1);
        content.tags = vec![String::new(); ENTRIES_STORED + 1];
        let paths: Vec<_> = content.unstorable().iter().map(|issue| issue.path.join(".")).collect();
        assert_eq!(paths, ["content.name", "content.tags"]);
    }

    #[test]
    fn l5_what_it_costs_at_all_never_changes_once_it_was_handed_in() {
        let submitted = ProductContent {
            charge_form: Some(ChargeForm::Paid),
            charging_rule: Some(ChargingRule::PerSeat),
            ..ProductContent::default()
        };
        let changed = ProductContent {
            charge_form: Some(ChargeForm::Free),
            ..submitted.clone()
        };
        let paths: Vec<_> = changed
            .immutable_changes(&submitted)
            .iter()
            .map(|it| it.path.join("."))
            .collect();
        assert_eq!(paths, ["content.chargeForm"]);
        assert_eq!(submitted.immutable_changes(&submitted), []);
    }
}
