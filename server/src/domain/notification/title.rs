//! What a notification says in one line, in both languages; what to do next is `body`.

use super::Notice;
use crate::domain::delivery::DeliveryKind;
use crate::domain::locale::Text;

impl Notice {
    /// What happened, in one line; also the subject of the mail.
    pub fn title(&self) -> Text {
        use Notice as N;
        match self {
            N::PermissionSubmitted { partner } => both(
                format!("“{partner}”申请应用分发权限，等待您审核"),
                format!("{partner} applied for distribution permission"),
            ),
            N::PermissionOverdue { partner } => both(
                format!("“{partner}”的应用分发权限申请已超过审核时限"),
                format!("Overdue: distribution permission of {partner}"),
            ),
            N::PermissionGranted {} => Text::new("应用分发权限已开通", "Your distribution permission was granted"),
            N::PermissionRejected { .. } => Text::new(
                "应用分发权限申请未通过",
                "Your application for distribution permission was rejected",
            ),
            N::PermissionRevoked { .. } => {
                Text::new("应用分发权限已被收回", "Your distribution permission was revoked")
            }
            N::ProjectSubmitted { partner, project } => both(
                format!("项目“{project}”（{partner}）等待您审批"),
                format!("Project “{project}” of {partner} waits for approval"),
            ),
            N::ProjectOverdue { partner, project } => both(
                format!("项目“{project}”（{partner}）已超过审批时限"),
                format!("Overdue: project “{project}” of {partner}"),
            ),
            N::ProjectWithdrawn { partner, project } => both(
                format!("项目“{project}”（{partner}）已撤销"),
                format!("Project “{project}” of {partner} was withdrawn"),
            ),
            N::ProjectApproved { project } => both(
                format!("项目“{project}”审批通过"),
                format!("Project “{project}” was approved"),
            ),
            N::ProjectRejected { project, .. } => both(
                format!("项目“{project}”已驳回"),
                format!("Project “{project}” was rejected"),
            ),
            N::OwnershipTaken { project, person } => both(
                format!("{person} 已接管项目“{project}”"),
                format!("{person} took over project “{project}”"),
            ),
            N::PurchaseMismatched { project, .. } => both(
                format!("其他组织尝试购买项目“{project}”中的应用"),
                format!("Another organisation tried to buy under project “{project}”"),
            ),
            N::ProjectSettled { project, .. } => both(
                format!("项目“{project}”已结项"),
                format!("Project “{project}” was settled"),
            ),
            N::AmendmentSubmitted { partner, project } => both(
                format!("项目“{project}”（{partner}）的变更等待您审批"),
                format!("A change of project “{project}” of {partner} waits for approval"),
            ),
            N::AmendmentOverdue { partner, project } => both(
                format!("项目“{project}”（{partner}）的变更已超过审批时限"),
                format!("Overdue: change of project “{project}” of {partner}"),
            ),
            N::AmendmentApproved { project } => both(
                format!("项目“{project}”的变更审批通过"),
                format!("The change of project “{project}” was approved"),
            ),
            N::AmendmentRejected { project, .. } => both(
                format!("项目“{project}”的变更已驳回"),
                format!("The change of project “{project}” was rejected"),
            ),
            N::OrderCreated {
                customer, application, ..
            } => both(
                format!("“{customer}”购买了应用“{application}”"),
                format!("{customer} bought {application}"),
            ),
            N::DeliverySucceeded {
                delivery,
                customer,
                application,
            } => {
                let what = content(*delivery, application);
                both(
                    format!("{}已发送至“{customer}”", what.zh),
                    format!("Sent to {customer}: {}", what.en),
                )
            }
            N::DeliveryPartlySent {
                delivery,
                customer,
                application,
            } => {
                let what = content(*delivery, application);
                both(
                    format!("{}只部分发送至“{customer}”", what.zh),
                    format!("Sent to {customer} only in part: {}", what.en),
                )
            }
            N::DeliveryFailed {
                delivery,
                customer,
                application,
            } => {
                let what = content(*delivery, application);
                both(
                    format!("{}发送至“{customer}”失败", what.zh),
                    format!("Could not be sent to {customer}: {}", what.en),
                )
            }
            N::ApplicationAccepted {
                customer, application, ..
            } => both(
                format!("“{customer}”已验收应用“{application}”"),
                format!("{customer} accepted {application}"),
            ),
            N::PagesRolledBackByCustomer { customer, application } => both(
                format!("“{customer}”已将应用“{application}”的页面回退"),
                format!("{customer} rolled back the pages of {application}"),
            ),
            N::ImportSucceeded {
                application,
                version,
                dry_run,
            } => match dry_run {
                false => both(
                    format!("应用“{application}”版本 {version} 导入成功"),
                    format!("{application} {version} was imported"),
                ),
                true => both(
                    format!("应用“{application}”版本 {version} 试导入完成"),
                    format!("The trial import of {application} {version} is done"),
                ),
            },
            N::SelfTestReady {
                application, version, ..
            } => both(
                format!("应用“{application}”{version} 已送达体验测试组织，可以开始自测"),
                format!("{application} {version} can be self-tested"),
            ),
            N::SelfTestNotSent {
                application, version, ..
            } => both(
                format!("应用“{application}”{version} 未能送达体验测试组织"),
                format!("{application} {version} could not be sent for its self-test"),
            ),
            N::ProductSubmitted { partner, product } => both(
                format!("商品“{product}”（{partner}）等待您审核"),
                format!("{product} of {partner} waits for review"),
            ),
            N::ProductOverdue { partner, product } => both(
                format!("商品“{product}”（{partner}）已超过审核时限"),
                format!("Overdue: {product} of {partner}"),
            ),
            N::DelistingApplied { partner, product, .. } => both(
                format!("{partner} 申请下架商品“{product}”"),
                format!("{partner} applies to delist {product}"),
            ),
            N::ProductApproved { product } => {
                both(format!("商品“{product}”已审核通过"), format!("{product} was approved"))
            }
            N::ProductRejected { product, .. } => {
                both(format!("商品“{product}”已驳回"), format!("{product} was rejected"))
            }
            N::ProductSentBack { product, .. } => both(
                format!("商品“{product}”被退回修改"),
                format!("{product} was sent back for revision"),
            ),
            N::ProductReadyToList { product } => both(
                format!("商品“{product}”可以上架应用市场了"),
                format!("{product} can be put on the marketplace"),
            ),
            N::ProductHidden { product, .. } => {
                both(format!("商品“{product}”已被隐藏"), format!("{product} was hidden"))
            }
            N::ProductShown { product } => both(
                format!("商品“{product}”已恢复展示"),
                format!("{product} is shown again"),
            ),
            N::ProductDelisted { product, .. } => {
                both(format!("商品“{product}”已下架"), format!("{product} was delisted"))
            }
            N::DelistingRefused { product, .. } => both(
                format!("商品“{product}”的下架申请未通过"),
                format!("{product} stays on the shelves"),
            ),
            N::CoolAppSubmitted { partner, cool_app } => both(
                format!("酷应用“{cool_app}”（{partner}）等待您审核"),
                format!("Cool app {cool_app} of {partner} waits for review"),
            ),
            N::CoolAppOverdue { partner, cool_app } => both(
                format!("酷应用“{cool_app}”（{partner}）已超过审核时限"),
                format!("Overdue: cool app {cool_app} of {partner}"),
            ),
            N::CoolAppApproved { cool_app } => both(
                format!("酷应用“{cool_app}”已审核通过"),
                format!("Cool app {cool_app} was approved"),
            ),
            N::CoolAppRejected {
                cool_app, update: true, ..
            } => both(
                format!("酷应用“{cool_app}”的更新已驳回"),
                format!("The update of cool app {cool_app} was rejected"),
            ),
            N::CoolAppRejected { cool_app, .. } => both(
                format!("酷应用“{cool_app}”已驳回"),
                format!("Cool app {cool_app} was rejected"),
            ),
            N::CoolAppDelisted { cool_app, .. } => both(
                format!("酷应用“{cool_app}”已下架"),
                format!("Cool app {cool_app} was delisted"),
            ),
            N::ImportFailed { file } => both(format!("文件“{file}”导入失败"), format!("{file} could not be imported")),
            N::ApplicationArrived {
                partner, application, ..
            } => both(
                format!("应用“{application}”已送达，等待验收（{partner}）"),
                format!("{application} from {partner} arrived and waits for acceptance"),
            ),
            N::PagesReceived {
                delivery, application, ..
            } => {
                let what = content(*delivery, application);
                both(format!("{}已送达", what.zh), format!("Arrived: {}", what.en))
            }
            N::PagesRolledBackByPartner { partner, application } => both(
                format!("“{partner}”已将应用“{application}”的页面回退"),
                format!("{partner} rolled back the pages of {application}"),
            ),
            N::EditPermissionOpened { application, .. } => both(
                format!("应用“{application}”已开放全部编辑权限"),
                format!("Full edit permission was opened for {application}"),
            ),
            N::EditPermissionClosed { application, .. } => both(
                format!("应用“{application}”已关闭全部编辑权限"),
                format!("Full edit permission was closed for {application}"),
            ),
            N::RolloutWaveFinished {
                product, version, wave, ..
            } => both(
                format!("“{product}”{version} 的第 {wave} 批推送已完成"),
                format!("Wave {wave} of {product} {version} is finished"),
            ),
            N::RolloutFinished { product, version, .. } => both(
                format!("“{product}”{version} 的推送已完成"),
                format!("The rollout of {product} {version} is finished"),
            ),
            N::RolloutFailed {
                product,
                version,
                customer,
            } => both(
                format!("“{product}”{version} 未能推送给“{customer}”"),
                format!("{product} {version} did not reach {customer}"),
            ),
            N::ApplicationUpgraded {
                application, version, ..
            } => both(
                format!("应用“{application}”已更新到 {version}"),
                format!("{application} was updated to {version}"),
            ),
            N::UpgradeFrozen {
                application, version, ..
            } => both(
                format!("应用“{application}”的 {version} 在冻结期结束后到达"),
                format!("{version} of {application} comes once your freeze window is over"),
            ),
            N::PartsSuspended { application, .. } => both(
                format!("组织版本变更后，应用“{application}”的部分功能已停用"),
                format!("Parts of {application} are suspended, since your edition changed"),
            ),
            N::SeatsAlmostTaken { application, .. } => both(
                format!("应用“{application}”的使用人数已达 80%"),
                format!("Four of five seats of {application} are taken"),
            ),
            N::SeatsTaken { application, .. } => both(
                format!("应用“{application}”的使用人数已满"),
                format!("All seats of {application} are taken"),
            ),
            N::ProductOrdered { customer, product, .. } => both(
                format!("“{customer}”订购了“{product}”"),
                format!("{customer} ordered “{product}”"),
            ),
            N::ProductOpened {
                customer,
                product,
                trial: true,
            } => both(
                format!("“{customer}”开始试用“{product}”"),
                format!("{customer} tries “{product}”"),
            ),
            N::ProductOpened { customer, product, .. } => both(
                format!("“{customer}”开通了“{product}”"),
                format!("{customer} opened “{product}”"),
            ),
            N::ProductOrderClosed { customer, product, .. } => both(
                format!("“{customer}”的订单“{product}”已关闭"),
                format!("The order of “{product}” by {customer} was closed"),
            ),
            N::RefundAsked { customer, product, .. } => both(
                format!("“{customer}”申请退款：“{product}”"),
                format!("{customer} wants the money for “{product}” back"),
            ),
            N::RefundFailed { product, .. } => both(
                format!("“{product}”的退款失败"),
                format!("A refund of “{product}” failed"),
            ),
            N::PaymentToReturn { product, .. } => both(
                format!("收到多余的付款：“{product}”"),
                format!("A payment for “{product}” has to go back"),
            ),
            N::CustomerLicenseEnded {
                customer,
                product,
                trial: true,
            } => both(
                format!("“{customer}”对“{product}”的试用已结束"),
                format!("{customer}: the trial of “{product}” is over"),
            ),
            N::CustomerLicenseEnded { customer, product, .. } => both(
                format!("“{customer}”的“{product}”授权已到期"),
                format!("{customer}: the license of “{product}” has ended"),
            ),
            N::CustomerLicenseNotDelivered { customer, product } => both(
                format!("“{product}”未能发送到“{customer}”"),
                format!("“{product}” could not be delivered to {customer}"),
            ),
            N::ProductOrderedForYou { partner, product, .. } => both(
                format!("“{partner}”为您下单了“{product}”"),
                format!("{partner} ordered “{product}” for you"),
            ),
            N::PaymentConfirmed { product, .. } => both(
                format!("“{product}”已付款并开通"),
                format!("“{product}” is paid for and open"),
            ),
            N::OwnOrderClosed { product, .. } => both(
                format!("“{product}”的订单已关闭"),
                format!("Your order of “{product}” was closed"),
            ),
            N::RefundGranted { product, .. } => both(
                format!("“{product}”的订单将退款"),
                format!("Your order of “{product}” is being refunded"),
            ),
            N::RefundDone { product, .. } => both(format!("“{product}”已退款"), format!("“{product}” was refunded")),
            N::LicenseEnding {
                product,
                days,
                trial: true,
            } => both(
                format!("“{product}”的试用将在 {days} 天内结束"),
                format!("The trial of “{product}” ends within {}", in_days(*days)),
            ),
            N::LicenseEnding { product, days, .. } => both(
                format!("“{product}”的授权将在 {days} 天内到期"),
                format!("The license of “{product}” ends within {}", in_days(*days)),
            ),
            N::LicenseEnded { product, trial: true } => both(
                format!("“{product}”的试用已结束"),
                format!("The trial of “{product}” is over"),
            ),
            N::LicenseEnded { product, .. } => both(
                format!("“{product}”的授权已到期"),
                format!("The license of “{product}” has ended"),
            ),
            N::LicenseNotDelivered { product, .. } => both(
                format!("“{product}”未能发送到您的组织"),
                format!("“{product}” could not be delivered to your organisation"),
            ),
            N::ProductRated { product, stars } => both(
                format!("“{product}”收到 {stars} 星评价"),
                format!("“{product}” was rated {stars} of 5"),
            ),
            N::LeadArose {
                customer,
                person,
                product,
                source,
            } => both(
                format!("新商机：{customer}的{person}（{product}，{}）", source.text().zh),
                format!(
                    "New lead: {person} of {customer} ({product}, {})",
                    source.text().en.to_lowercase()
                ),
            ),
            N::LeadTaken { partner, product, .. } => both(
                format!("{partner}正在跟进您对「{product}」的咨询"),
                format!("{partner} is in touch about {product}"),
            ),
            N::RatingAnswered { product } => both(
                format!("服务商回复了您对“{product}”的评价"),
                format!("The partner answered your rating of “{product}”"),
            ),
            N::RatingHidden { product, .. } => both(
                format!("您对“{product}”的评价已被隐藏"),
                format!("Your rating of “{product}” was taken from view"),
            ),
            N::AdminAsked { person, product, .. } | N::AdminAskedByLink { person, product, .. } => both(
                format!("{person} 希望组织开通“{product}”"),
                format!("{person} would like to have “{product}”"),
            ),
            N::MaintenanceRequested {
                partner,
                person,
                application,
                ..
            } => both(
                format!("{person}（{partner}）申请远程维护应用“{application}”"),
                format!("{person} of {partner} asks to maintain {application} remotely"),
            ),
            N::MaintenanceBegun {
                partner,
                person,
                application,
                ..
            } => both(
                format!("{person}（{partner}）开始远程维护应用“{application}”"),
                format!("{person} of {partner} maintains {application} remotely"),
            ),
            N::MaintenanceEnded {
                partner,
                person,
                application,
            } => both(
                format!("{person}（{partner}）已结束对应用“{application}”的远程维护"),
                format!("{person} of {partner} ended remote maintenance of {application}"),
            ),
            N::MaintenanceExpired {
                partner,
                person,
                application,
            } => both(
                format!("{person}（{partner}）对应用“{application}”的远程维护已到期"),
                format!("Remote maintenance of {application} by {person} of {partner} expired"),
            ),
            N::MaintenanceGranted {
                customer, application, ..
            } => both(
                format!("“{customer}”已同意远程维护应用“{application}”"),
                format!("{customer} granted remote maintenance of {application}"),
            ),
            N::MaintenanceRevoked { customer, application } => both(
                format!("“{customer}”已收回应用“{application}”的远程维护"),
                format!("{customer} revoked remote maintenance of {application}"),
            ),
            N::MaintenanceTimedOut { customer, application } => both(
                format!("对“{customer}”应用“{application}”的远程维护已到期"),
                format!("Your remote maintenance of {application} at {customer} expired"),
            ),
            N::ServiceRequested {
                customer,
                request,
                title,
                ..
            } => {
                let kind = request.text();
                both(
                    format!("“{customer}”提交了{}：{title}", kind.zh),
                    format!("{} from {customer}: {title}", kind.en),
                )
            }
            N::ServiceReplied { customer, title, .. } => both(
                format!("“{customer}”回复了服务请求“{title}”"),
                format!("{customer} replied: {title}"),
            ),
            N::ServiceSolved { customer, title, .. } => both(
                format!("“{customer}”已关闭服务请求“{title}”"),
                format!("{customer} closed: {title}"),
            ),
            N::ServiceAnswered { partner, title, .. } => both(
                format!("“{partner}”答复了您的服务请求“{title}”"),
                format!("{partner} answered: {title}"),
            ),
            N::ServiceClosed { partner, title, .. } => both(
                format!("“{partner}”已关闭您的服务请求“{title}”"),
                format!("{partner} closed: {title}"),
            ),
        }
    }
}

fn both(zh: String, en: String) -> Text {
    Text::new(zh, en)
}

/// Days in English.
fn in_days(days: i32) -> String {
    match days {
        1 => "a day".to_owned(),
        days => format!("{days} days"),
    }
}

/// What a delivery sends.
fn content(delivery: DeliveryKind, application: &str) -> Text {
    match delivery {
        DeliveryKind::App => both(format!("应用“{application}”"), application.to_owned()),
        DeliveryKind::NewPages => both(
            format!("应用“{application}”的新增页面"),
            format!("new pages of {application}"),
        ),
        DeliveryKind::OverwritePages => both(
            format!("应用“{application}”的存量页面"),
            format!("changed pages of {application}"),
        ),
        DeliveryKind::CustomComponents => both(
            format!("应用“{application}”的自定义组件"),
            format!("custom components of {application}"),
        ),
        DeliveryKind::Upgrade => both(
            format!("应用“{application}”的更新"),
            format!("the update of {application}"),
        ),
        DeliveryKind::Rollback => both(
            format!("应用“{application}”的回滚"),
            format!("the rollback of {application}"),
        ),
    }
}
