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
        }
    }
}

fn both(zh: String, en: String) -> Text {
    Text::new(zh, en)
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
        DeliveryKind::Rollback => both(
            format!("应用“{application}”的回滚"),
            format!("the rollback of {application}"),
        ),
    }
}
