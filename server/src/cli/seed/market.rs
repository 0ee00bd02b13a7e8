//! What else is on the marketplace of the demo: small products of several partners, in several categories, free and paid, so that it can
//! be searched and narrowed. The one with a long story is `product`'s.

use anyhow::Context;
use serde_json::{Value, json};

use super::actor::Somebody;
use super::catalogue_line::form_package;
use super::picture::{self, Colour};
use super::stall::Stall;

/// The partners, in the order of `people`, and what their test organisations are called.
const STALLS: [&str; 3] = ["星云体验测试组织", "青藤体验测试组织", "云栈体验测试组织"];

/// Who is paid for what costs something (L3); the first partner's account is on file already.
const PAYEES: [Option<&str>; 3] = [None, Some("青藤科技有限公司"), Some("云栈数据有限公司")];

/// What opens a product of the list.
enum Charge {
    Free,
    /// Unit price in minor units; a trial of a fortnight.
    Trial(u32),
    /// Unit price in minor units; a free plan for so many.
    FreePlan(u32, u32),
}

struct Goods {
    partner: usize,
    name: &'static str,
    /// By its Chinese name.
    category: &'static str,
    summary: &'static str,
    description: &'static str,
    tags: &'static [&'static str],
    industries: &'static [&'static str],
    charge: Charge,
    /// What each version changed, the first first.
    versions: &'static [&'static str],
}

const FIRST: &[&str] = &["首个版本。"];

const GOODS: [Goods; 8] = [
    Goods {
        partner: 0,
        name: "会议室预订",
        category: "人事行政",
        summary: "看得见的空闲时段，一步订好会议室，到点自动释放",
        description: "## 怎么用\n\n选时段、选会议室、填主题，三步订好；超过十分钟无人签到自动释放。\n\n- 按楼层与容量筛选\n- 周期会议一次订完\n- 设备报修直接转行政\n",
        tags: &["会议室", "行政"],
        industries: &[],
        charge: Charge::Free,
        versions: FIRST,
    },
    Goods {
        partner: 1,
        name: "请假审批",
        category: "人事行政",
        summary: "年假、调休、外出一张单，余额自动算，审批不漏人",
        description: "## 解决什么问题\n\n余额靠问、审批靠催、考勤靠补。请假审批把规则写进表单：余额不足提交不了，审批人不在自动转交。\n\n## 主要功能\n\n- 十种假期规则，按工龄自动发放\n- 多级审批与会签，代理人自动接手\n- 与考勤核对，月底一键导出\n\n> 支持按部门设置不同的审批流程。\n",
        tags: &["审批", "考勤", "请假"],
        industries: &[],
        charge: Charge::Trial(600),
        versions: &[
            "首个版本：年假、事假、病假与两级审批。",
            "新增调休与外出；审批人请假时自动转交代理人。",
            "新增按工龄发放年假；导出表格增加部门列。",
            "审批列表按紧急程度排序；修复跨月请假天数的计算。",
        ],
    },
    Goods {
        partner: 1,
        name: "项目周报",
        category: "项目协同",
        summary: "五分钟写完周报，风险自动汇总给负责人",
        description: "每周五提醒填写，负责人看到的是汇总：进展、风险、需要的支持。\n\n- 模板可改\n- 逾期未填自动提醒\n- 历史周报可检索\n",
        tags: &["周报", "项目"],
        industries: &["SOFTWARE", "SERVICES"],
        charge: Charge::Free,
        versions: FIRST,
    },
    Goods {
        partner: 1,
        name: "任务看板",
        category: "项目协同",
        summary: "拖一拖就更新进度，谁在做什么一眼看清",
        description: "## 主要功能\n\n- 看板、列表、日历三种视图\n- 截止日期与依赖提醒\n- 工时登记，按项目汇总\n",
        tags: &["看板", "项目", "工时"],
        industries: &[],
        charge: Charge::FreePlan(1_500, 5),
        versions: FIRST,
    },
    Goods {
        partner: 2,
        name: "销售看板",
        category: "数据分析",
        summary: "业绩、回款、漏斗实时上屏，晨会不再做表",
        description: "接上订单与回款，三张看板直接可用：业绩达成、回款进度、商机漏斗。\n\n- 按区域、产品、人员下钻\n- 大屏与手机同一份数据\n",
        tags: &["看板", "销售", "报表"],
        industries: &["RETAIL", "MANUFACTURING"],
        charge: Charge::Trial(2_900),
        versions: FIRST,
    },
    Goods {
        partner: 2,
        name: "库存预警",
        category: "采购与供应链",
        summary: "低于安全库存自动提醒，补货单一键生成并送审批",
        description: "- 安全库存按历史用量计算\n- 临期、呆滞物料每周汇总\n- 补货建议直接转采购审批\n",
        tags: &["库存", "采购", "审批"],
        industries: &["MANUFACTURING", "RETAIL", "LOGISTICS"],
        charge: Charge::Trial(1_200),
        versions: FIRST,
    },
    Goods {
        partner: 2,
        name: "门店巡店",
        category: "客户管理",
        summary: "拍照打分、整改闭环，督导一天多巡两家店",
        description: "检查项按业态配置，拍照即打分；不合格项自动派给店长整改，复查通过才关闭。\n",
        tags: &["巡店", "门店", "整改"],
        industries: &["RETAIL", "HOSPITALITY"],
        charge: Charge::FreePlan(1_900, 3),
        versions: FIRST,
    },
    Goods {
        partner: 2,
        name: "Helpdesk 服务台",
        category: "客户管理",
        summary: "One queue for questions, faults and changes, with response times in sight",
        description: "## What it does\n\n- Requests from chat, mail and forms in one queue\n- Response and resolution times per customer\n- Answers become articles\n\n中英文界面，适合服务海外客户的团队。\n",
        tags: &["helpdesk", "CRM", "工单"],
        industries: &[],
        charge: Charge::Free,
        versions: FIRST,
    },
];

/// Who takes part: the partners, and the operators of the first categories and of the others.
pub struct Stage<'a> {
    pub partners: [&'a Somebody; 3],
    pub operator: &'a Somebody,
    pub other_operator: &'a Somebody,
}

/// Imports and publishes what the first partner lists later, so that it is the oldest of its applications.
pub async fn begin(partner: &Somebody) -> anyhow::Result<Value> {
    let stall = Stall {
        partner,
        operator: partner,
    };
    applied(&stall, &GOODS[0]).await
}

/// Lists everything; `begun` is the application that was imported before.
pub async fn tell(stage: &Stage<'_>, begun: &Value) -> anyhow::Result<()> {
    let document = "{ categories { id nameZh operators { id } } }";
    let categories = stage.operator.ask(document, json!({})).await?;
    let me = stage.operator.ask("{ viewer { user { id } } }", json!({})).await?["viewer"]["user"]["id"].take();
    for (partner, holder) in stage.partners.into_iter().zip(PAYEES) {
        let Some(holder) = holder else { continue };
        let input = json!({ "holder": holder, "bank": "招商银行上海分行", "number": "6222 0212 9876 5432" });
        let on = "... on PayeeAccount { numberEnd }";
        partner
            .act("setPayeeAccount", "SetPayeeAccountInput", input, on)
            .await?;
    }
    for (at, goods) in GOODS.iter().enumerate() {
        let mut all = categories["categories"].as_array().into_iter().flatten();
        let category = all.find(|it| it["nameZh"] == goods.category).context("a category")?;
        let mut operators = category["operators"].as_array().into_iter().flatten();
        let stall = Stall {
            partner: stage.partners[goods.partner],
            operator: match operators.any(|it| it["id"] == me) {
                true => stage.operator,
                false => stage.other_operator,
            },
        };
        stall.have_test_organization(STALLS[goods.partner]).await?;
        let application = match at {
            0 => begun.clone(),
            _ => applied(&stall, goods).await?,
        };
        let contact = stall.contact().await?;
        let mut content = goods.content(&category["id"], &contact);
        let colour = colour_of(goods.category);
        let shared = stall
            .pictures(picture::icon(colour)?, picture::page(colour, 9)?)
            .await?;
        shared.stand_in(&mut content);
        let listed = stall.list(&application, Value::Null, content).await;
        listed.with_context(|| format!("{} could not be listed", goods.name))?;
    }
    Ok(())
}

/// Its application with every version published; its id.
async fn applied(stall: &Stall<'_>, goods: &Goods) -> anyhow::Result<Value> {
    let mut application = None;
    for (minor, change) in goods.versions.iter().enumerate() {
        let package = form_package(goods.name, goods.summary, &format!("1.{minor}.0"));
        let (id, version) = stall.import(&package, application.as_ref()).await?;
        let input = json!({ "versionId": version["id"], "description": change });
        let on = "... on ApplicationVersion { id }";
        stall
            .partner
            .act("describeVersion", "DescribeVersionInput", input, on)
            .await?;
        stall.publish(&version["id"]).await?;
        application = Some(id);
    }
    application.context("it has a version")
}

impl Goods {
    /// What the wizard holds, without pictures.
    fn content(&self, category: &Value, contact: &Value) -> Value {
        let mut content = json!({
            "name": self.name, "summary": self.summary, "description": self.description, "categoryId": category,
            "chargeForm": "FREE", "chargingRule": "PER_SEAT", "tags": self.tags, "contactIds": [contact],
            "audience": { "industries": self.industries },
            "privacyUrl": "https://partner.example.com/privacy", "termsUrl": "https://partner.example.com/terms",
            "promotionMode": "MARKETPLACE",
        });
        let price = match self.charge {
            Charge::Free => return content,
            Charge::Trial(price) => {
                content["trial"] = json!("FIFTEEN_DAYS");
                content["openingOrder"] = json!("TRIAL_THEN_CHOOSE");
                price
            }
            Charge::FreePlan(price, seats) => {
                content["freePlan"] = json!({ "maxSeats": seats });
                content["openingOrder"] = json!("FREE_THEN_CHOOSE");
                price
            }
        };
        content["chargeForm"] = json!("PAID");
        content["plans"] = json!([
            { "name": "团队版", "minSeats": 1, "maxSeats": 20, "unitPrice": price.to_string(),
              "periods": [{ "name": "一个月", "months": 1 }, { "name": "一年", "months": 12, "roundingOff": price.to_string() }] },
            { "name": "企业版", "minSeats": 21, "maxSeats": 500, "unitPrice": (price * 4 / 5).to_string(),
              "periods": [{ "name": "一年", "months": 12 }, { "name": "两年", "months": 24, "roundingOff": price.to_string() }] },
        ]);
        content
    }
}

/// The colour in which the products of a category are drawn.
fn colour_of(category: &str) -> Colour {
    match category {
        "人事行政" => [124, 77, 189],
        "项目协同" => [14, 116, 144],
        "数据分析" => [180, 83, 9],
        "采购与供应链" => [21, 128, 61],
        _ => [37, 99, 205],
    }
}
