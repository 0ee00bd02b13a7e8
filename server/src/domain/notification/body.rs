//! What is to know about an event besides its title, and what the person can do now, in both languages.

use super::Notice;
use crate::domain::delivery::DeliveryKind;
use crate::domain::locale::{Locale, Text};
use crate::domain::message::Code;

impl Notice {
    /// What is to know besides, and what to do now.
    pub fn body(&self) -> Text {
        use Notice as N;
        match self {
            N::PermissionSubmitted { .. }
            | N::ProjectSubmitted { .. }
            | N::AmendmentSubmitted { .. }
            | N::ProductSubmitted { .. }
            | N::CoolAppSubmitted { .. } => Text::new("请在一个工作日内审核", "Please decide within one working day"),
            N::PermissionOverdue { .. }
            | N::ProjectOverdue { .. }
            | N::AmendmentOverdue { .. }
            | N::ProductOverdue { .. }
            | N::CoolAppOverdue { .. } => Text::new(
                "一个工作日的审核时限已过，请尽快处理",
                "The working day for the decision has passed; please decide now",
            ),
            N::PermissionGranted {} => Text::new(
                "现在可以新建项目并分发应用",
                "You can now start projects and distribute applications",
            ),
            N::PermissionRejected { reason } => reasoned(reason, "可以修改后重新申请", "You can apply again"),
            N::PermissionRevoked { reason } => reasoned(
                reason,
                "项目、分发链接和发送已停用，可以重新申请",
                "Projects, links and deliveries are closed; you can apply again",
            ),
            N::ProjectWithdrawn { .. } => Text::new("无需再处理", "There is nothing left to decide"),
            N::ProjectApproved { .. } => Text::new(
                "现在可以获取分发链接并发给客户",
                "Get a distribution link and give it to the customer",
            ),
            N::ProjectRejected {
                amount_mismatch: true, ..
            } => Text::new(
                format!(
                    "{}，可以复制为新项目后重新提交",
                    Code::AmountMismatch.text(Locale::ZhCn)
                ),
                format!(
                    "{}. Copy the project as new to submit it again",
                    Code::AmountMismatch.text(Locale::En)
                ),
            ),
            N::ProjectRejected { reason, .. } => reasoned(
                reason.as_deref().unwrap_or_default(),
                "可以复制为新项目后重新提交",
                "Copy the project as new to submit it again",
            ),
            N::OwnershipTaken { .. } => Text::new(
                "原创建人已离开组织，此后由接管人查看详情和结项",
                "Its creator left the organisation; the new owner sees its detail and settles it",
            ),
            N::PurchaseMismatched { masked_corp_id, .. } => both(
                format!("对方 CorpID：{masked_corp_id}。请核对项目中的客户 CorpID，以及链接是否属于其他项目"),
                format!(
                    "Its CorpID: {masked_corp_id}. Check the customer's CorpID in the project, and whether the link belongs to another one"
                ),
            ),
            N::ProjectSettled { partner, .. } => both(
                format!("由“{partner}”结项。已送达的应用可继续使用"),
                format!("Settled by {partner}. What was delivered goes on working"),
            ),
            N::AmendmentApproved { .. } => Text::new("变更已生效", "It is in force now"),
            N::AmendmentRejected {
                amount_mismatch: true, ..
            } => Text::new(
                format!("{}，项目保持原内容", Code::AmountMismatch.text(Locale::ZhCn)),
                format!("{}. The project stays as it was", Code::AmountMismatch.text(Locale::En)),
            ),
            N::AmendmentRejected { reason, .. } => reasoned(
                reason.as_deref().unwrap_or_default(),
                "项目保持原内容",
                "The project stays as it was",
            ),
            N::OrderCreated { number, .. } => both(
                format!("订单 {number}，等待发送应用"),
                format!("Order {number} waits for the application to be sent"),
            ),
            N::DeliverySucceeded {
                delivery: DeliveryKind::App,
                ..
            } => Text::new("等待客户验收并启用", "The customer accepts and enables it next"),
            N::DeliverySucceeded { .. } => Text::new("全部内容已送达", "Everything has arrived"),
            N::DeliveryPartlySent { .. } | N::DeliveryFailed { .. } => Text::new(
                "请在订单中查看原因并重试",
                "The order shows the reasons; retry from there",
            ),
            N::ApplicationAccepted { version, .. } => {
                both(format!("验收版本 {version}"), format!("Accepted in version {version}"))
            }
            N::PagesRolledBackByCustomer { .. } | N::PagesRolledBackByPartner { .. } => Text::new(
                "页面已恢复到该次发送之前的状态",
                "The pages are as they were before that delivery",
            ),
            N::ImportSucceeded { dry_run: false, .. } => {
                Text::new("发布该版本后即可分发", "Publish the version to distribute it")
            }
            N::ImportSucceeded { dry_run: true, .. } => Text::new("没有保存任何内容", "Nothing was stored"),
            N::SelfTestReady { organization, .. } => both(
                format!("请在“{organization}”中试用，并逐项填写自测清单"),
                format!("Try it in {organization} and answer the checklist item by item"),
            ),
            N::SelfTestNotSent { organization, .. } => both(
                format!("目标：“{organization}”。请查看原因后重试"),
                format!("It was meant for {organization}. Look at the reasons and try again"),
            ),
            N::DelistingApplied { reason, .. } => reasoned(reason, "请处理该申请", "Please decide about it"),
            N::ProductApproved { .. } => Text::new(
                "完成前置任务后即可上架应用市场；自有渠道推广的商品现在即可售卖",
                "Once the tasks before it are done it can be put on the marketplace; its own channel can sell it now",
            ),
            N::ProductRejected { reason, .. } => reasoned(
                reason,
                "请查看各字段旁的意见，修改后重新提交",
                "Look at the remarks beside the fields, change them and submit again",
            ),
            N::ProductSentBack { reason, .. } => reasoned(
                reason,
                "请按照意见修改后重新提交",
                "Change what is noted and submit again",
            ),
            N::ProductReadyToList { .. } => Text::new("前置任务已全部完成", "Every task before it is done"),
            N::ProductHidden { reason, .. } => reasoned(
                reason,
                "客户在应用市场中暂时看不到该商品",
                "Customers do not see it on the marketplace for now",
            ),
            N::ProductShown { .. } => {
                Text::new("客户可以在应用市场中看到该商品", "Customers see it on the marketplace")
            }
            N::ProductDelisted { reason, .. } => reasoned(
                reason,
                "已购买的客户可继续使用，不能续费或升级",
                "Who bought it goes on using it, without renewals and upgrades",
            ),
            N::DelistingRefused { reason, .. } => reasoned(reason, "商品保持原状态", "It stays as it was"),
            N::CoolAppApproved { .. } => Text::new(
                "现在可以在酷应用市场中找到并安装到群",
                "It is on the cool-app market and can be installed into groups",
            ),
            N::CoolAppRejected { reason, update, .. } => match update {
                true => reasoned(
                    reason,
                    "市场仍展示原内容，可以修改后重新提交",
                    "The market shows what it showed; change it and submit again",
                ),
                false => reasoned(
                    reason,
                    "请查看各字段旁的意见，修改后重新提交",
                    "Look at the remarks beside the fields, change them and submit again",
                ),
            },
            N::CoolAppDelisted { reason, .. } => reasoned(
                reason,
                "已安装的群可继续使用，直至卸载",
                "Groups that have it keep it until they uninstall it",
            ),
            N::ImportFailed { .. } => Text::new(
                "没有保存任何内容，请查看原因并修改文件",
                "Nothing was stored; look at the reasons and correct the file",
            ),
            N::ApplicationArrived { version, .. } => both(
                format!("版本 {version}。请打开试用，验收后关闭开发维护，再发布并启用"),
                format!(
                    "Version {version}. Try it, accept it and close development maintenance, then publish and enable it"
                ),
            ),
            N::PagesReceived { partner, .. } => both(format!("由“{partner}”发送"), format!("Sent by {partner}")),
            N::EditPermissionOpened { partner, .. } => both(
                format!("由“{partner}”开放，现在可以编辑应用的全部内容"),
                format!("Opened by {partner}: everything in the application may be edited"),
            ),
            N::EditPermissionClosed { partner, .. } => both(
                format!("由“{partner}”关闭，现在只能编辑应用权限和页面权限"),
                format!("Closed by {partner}: only app and page permissions may be edited"),
            ),
            N::RolloutWaveFinished { done, failed: 0, .. } => both(
                format!("{done} 个客户已收到，可以开始下一批"),
                format!("{done} customers have it; the next wave can begin"),
            ),
            N::RolloutWaveFinished { done, failed, .. } => both(
                format!("{done} 个客户已收到，{failed} 个失败，请先查看原因"),
                format!("{done} customers have it and {failed} failed; see why before the next wave begins"),
            ),
            N::RolloutFinished { done, failed: 0, .. } => {
                both(format!("{done} 个客户已收到"), format!("{done} customers have it"))
            }
            N::RolloutFinished { done, failed, .. } => both(
                format!("{done} 个客户已收到，{failed} 个失败，可以重试"),
                format!("{done} customers have it and {failed} failed; they can be tried again"),
            ),
            N::RolloutFailed { .. } => Text::new(
                "可在版本推送中查看原因并重试",
                "The rollout says why; it can be tried again from there",
            ),
            N::ApplicationUpgraded { partner, kept: 0, .. } => both(
                format!("由“{partner}”推送，数据不受影响"),
                format!("Rolled out by {partner}; your data stays as it is"),
            ),
            N::ApplicationUpgraded { partner, kept, .. } => both(
                format!("由“{partner}”推送，数据不受影响；{kept} 处您修改过的内容保持原样，可在应用中查看"),
                format!(
                    "Rolled out by {partner}; your data stays as it is, and so do {kept} parts that you changed, which the application lists"
                ),
            ),
            N::UpgradeFrozen { partner, .. } => both(
                format!("由“{partner}”推送；需要提前更新时，请移除冻结期"),
                format!("Rolled out by {partner}; remove the window to have it sooner"),
            ),
            N::PartsSuspended { parts, .. } => both(
                format!("已停用：{}。数据保留，升级版本后自动恢复", parts.join("、")),
                format!(
                    "Suspended: {}. Their data stays; with a larger edition they come back by themselves",
                    parts.join(", ")
                ),
            ),
            N::SeatsAlmostTaken { taken, seats, .. } => both(
                format!("共 {seats} 个席位，已使用 {taken} 个，用完后其他人将无法打开应用"),
                format!("{taken} of {seats} are taken; once all are, nobody else can open it"),
            ),
            N::SeatsTaken { seats, .. } => both(
                format!("{seats} 个席位已全部使用，其他人无法打开应用。您可以释放席位，或联系服务商增加人数"),
                format!(
                    "All {seats} are taken and nobody else can open it. Free a seat or ask the service provider for more"
                ),
            ),
            N::ProductOrdered { number, .. } => both(
                format!("订单 {number} 等待付款；收到款项后请在订单中确认"),
                format!("Order {number} awaits its payment; confirm it in the order once it arrived"),
            ),
            N::ProductOpened { .. } => Text::new(
                "应用将自动发送到客户组织，您可以在订单中查看",
                "The application is delivered by itself; the order shows how far it is",
            ),
            N::ProductOrderClosed {
                number, unpaid: true, ..
            } => both(
                format!("订单 {number} 未在期限内付款"),
                format!("Order {number} was not paid in time"),
            ),
            N::ProductOrderClosed { number, .. } => both(
                format!("客户关闭了订单 {number}"),
                format!("The customer gave order {number} up"),
            ),
            N::RefundAsked { number, reason, .. } => reasoned(
                reason,
                &format!("订单 {number} 的服务已停止，请退回款项并确认"),
                &format!("The service of order {number} has ended; send the money back and confirm it"),
            ),
            N::RefundFailed { customer, number, .. } => both(
                format!("订单 {number}（{customer}）：请在支付平台处理退款"),
                format!("Order {number} of {customer}: see to the refund at the payment gateway"),
            ),
            N::PaymentToReturn {
                customer,
                number,
                reference,
                ..
            } => both(
                format!("“{customer}”的订单 {number} 不能再接受该付款（流水号 {reference}），请退回"),
                format!("Order {number} of {customer} cannot take it any more (reference {reference}); send it back"),
            ),
            N::CustomerLicenseEnded { .. } => Text::new(
                "客户的数据已保留，续订后即可继续使用",
                "The customer's data is kept and is there again with the next order",
            ),
            N::CustomerLicenseNotDelivered { .. } => {
                Text::new("请查看失败原因，处理后重试", "See why, mend it and try again")
            }
            N::ProductOrderedForYou { number, .. } => both(
                format!("订单 {number} 等待您付款；不需要时可以关闭"),
                format!("Order {number} awaits your payment; close it if you do not want it"),
            ),
            N::PaymentConfirmed { number, .. } => both(
                format!("订单 {number} 的款项已确认"),
                format!("The payment of order {number} was confirmed"),
            ),
            N::OwnOrderClosed {
                number, unpaid: true, ..
            } => both(
                format!("订单 {number} 未在期限内付款；仍需要时请重新订购"),
                format!("Order {number} was not paid in time; order again if you still want it"),
            ),
            N::OwnOrderClosed { number, .. } => both(
                format!("服务商关闭了订单 {number}"),
                format!("The partner closed order {number}"),
            ),
            N::RefundGranted { number, reason, .. } => reasoned(
                reason,
                &format!("订单 {number} 的服务已停止，款项正在退回"),
                &format!("The service of order {number} has ended, and the money is on its way back"),
            ),
            N::RefundDone { number, .. } => both(
                format!("订单 {number} 的款项已退回"),
                format!("The money of order {number} was sent back"),
            ),
            N::LicenseEnding { trial: true, .. } => Text::new(
                "到期后员工将不能使用，数据会保留；可以购买付费规格继续使用",
                "Afterwards employees cannot use it, and the data is kept; order a plan to go on",
            ),
            N::LicenseEnding { .. } => Text::new(
                "到期后员工将不能使用，数据会保留；续费后有效期顺延",
                "Afterwards employees cannot use it, and the data is kept; a renewal extends the end",
            ),
            N::LicenseEnded { .. } => Text::new(
                "员工暂时不能使用，数据已保留；重新订购后立即恢复",
                "Employees cannot use it at present, and the data is kept; it is open again with the next order",
            ),
            N::LicenseNotDelivered { .. } => Text::new(
                "请查看失败原因；处理后可以重试，服务商也已收到通知",
                "See why; it can be tried again, and the partner was told as well",
            ),
            N::ProductRated { .. } => Text::new("您可以在商品页回复", "You can answer it on the product's page"),
            N::LeadArose { .. } => Text::new(
                "请尽快联系并更新商机状态",
                "Get in touch, and say in the lead how it stands",
            ),
            N::LeadTaken { person, .. } => both(format!("对接人：{person}"), format!("Your contact is {person}")),
            N::RatingAnswered { .. } => Text::new("回复显示在商品页", "The answer stands on the product's page"),
            N::RatingHidden { reason, .. } => reasoned(
                reason,
                "您可以修改后联系平台运营",
                "Change it and ask the platform's operators to look again",
            ),
            N::AdminAsked { note, .. } => match note.as_str() {
                "" => Text::new(
                    "您可以在应用市场查看并开通",
                    "You can look at it and open it on the marketplace",
                ),
                note => both(format!("留言：{note}"), format!("They say: {note}")),
            },
            N::AdminAskedByLink { note, .. } => match note.as_str() {
                "" => Text::new(
                    "您可以打开推广链接查看并开通",
                    "You can look at it and open it by the promotion link",
                ),
                note => both(format!("留言：{note}"), format!("They say: {note}")),
            },
            N::MaintenanceRequested { reason, hours, .. } => both(
                format!("原因：{reason}。时长 {hours} 小时，等待您同意"),
                format!("Reason: {reason}. For {hours} hours, once you grant it"),
            ),
            N::MaintenanceBegun { reason, hours, .. } => both(
                format!("原因：{reason}。最长 {hours} 小时，您可以随时收回"),
                format!("Reason: {reason}. For at most {hours} hours; you can revoke it at any time"),
            ),
            N::MaintenanceEnded { .. } | N::MaintenanceExpired { .. } => Text::new(
                "期间的每次修改都记录在审计日志中",
                "Every change made meanwhile stands in the audit log",
            ),
            N::MaintenanceGranted { hours, .. } => both(
                format!("{hours} 小时内可以进入"),
                format!("You may enter for {hours} hours"),
            ),
            N::MaintenanceRevoked { .. } | N::MaintenanceTimedOut { .. } => {
                Text::new("需要时可以再次申请", "Ask again when you need it")
            }
            N::ServiceRequested { application, .. } | N::ServiceReplied { application, .. } => both(
                format!("应用“{application}”，等待您答复"),
                format!("About {application}; an answer is waited for"),
            ),
            N::ServiceSolved { application, .. } => both(
                format!("应用“{application}”，无需再处理"),
                format!("About {application}; there is nothing left to do"),
            ),
            N::ServiceAnswered { application, .. } => both(
                format!("应用“{application}”。可以继续回复，问题解决后请关闭"),
                format!("About {application}. Reply if something is open, close it once it is solved"),
            ),
            N::ServiceClosed { application, .. } => both(
                format!("应用“{application}”。30 天内回复即可重新打开"),
                format!("About {application}. A reply within 30 days opens it again"),
            ),
        }
    }
}

fn both(zh: String, en: String) -> Text {
    Text::new(zh, en)
}

/// A reason that somebody gave, and what can be done now.
fn reasoned(reason: &str, zh: &str, en: &str) -> Text {
    match reason.trim_end_matches(['。', '.', '；', ';', ' ']) {
        "" => both(zh.to_owned(), en.to_owned()),
        reason => both(format!("原因：{reason}。{zh}"), format!("Reason: {reason}. {en}")),
    }
}
