//! `node(id)`: any object by its id alone, as Relay wants it. The prefix of an id tells its noun; each noun is looked up
//! exactly as its own query does it, so that nobody sees more here than there.

use async_graphql::{Context, ID, Interface, Object, Result};

use super::amendment::Amendment;
use super::application::import::PackageImport;
use super::application::types::Application;
use super::application::version::ApplicationVersion;
use super::audit::AuditEntry;
use super::context::read;
use super::cool_app::CoolAppApplication;
use super::delivery::Delivery;
use super::distribution_link::DistributionLink;
use super::file::File;
use super::group::Group;
use super::instance::AppInstance;
use super::lead::types::Lead;
use super::maintenance::MaintenanceSession;
use super::notification::Notification;
use super::order::Order;
use super::permission::DistributionPermission;
use super::product::Product;
use super::project::Project;
use super::promotion_link::PromotionLink;
use super::record::AppRecord;
use super::rollout::Rollout;
use super::self_test::SelfTest;
use super::service_request::ServiceRequest;
use super::session::types::{Department, Organization, User};
use crate::auth::viewer::Viewer;
use crate::domain::id::{
    AmendmentId, ApplicationId, ApplicationVersionId, AuditEntryId, CoolAppId, DeliveryId, DepartmentId,
    DistributionLinkId, DistributionPermissionId, FileId, GroupId, InstanceId, LeadId, MaintenanceSessionId,
    NotificationId, OrderId, OrganizationId, PackageImportId, ProductId, ProjectId, PromotionLinkId, RecordId,
    RolloutId, SelfTestId, ServiceRequestId, UserId,
};
use crate::services::{
    amendment, application, audit, cool_app, delivery, distribution_link, file, group, instance, lead, maintenance,
    notification, order, package_import, permission, product, project, promotion_link, record, rollout, self_test,
    service_request,
};
use crate::store::conn::Conn;
use crate::store::{self, membership, organization};

/// Anything with an id of its own.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Prefixed id."))]
#[allow(clippy::large_enum_variant, reason = "made once and sent")]
pub enum Node {
    Organization(Organization),
    User(User),
    Department(Department),
    File(File),
    Application(Application),
    ApplicationVersion(ApplicationVersion),
    SelfTest(SelfTest),
    Product(Product),
    PromotionLink(PromotionLink),
    Rollout(Rollout),
    CoolAppApplication(CoolAppApplication),
    Group(Group),
    PackageImport(PackageImport),
    DistributionPermission(DistributionPermission),
    Project(Project),
    Amendment(Amendment),
    DistributionLink(DistributionLink),
    Order(Order),
    Delivery(Delivery),
    AppInstance(AppInstance),
    AppRecord(AppRecord),
    MaintenanceSession(MaintenanceSession),
    ServiceRequest(ServiceRequest),
    Lead(Lead),
    AuditEntry(AuditEntry),
    Notification(Notification),
}

#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// An object by its id; null where it does not exist or is not the viewer's to see.
    async fn node(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Node>> {
        read(ctx, move |conn, viewer| find(conn, viewer, &id)).await
    }
}

type Found = store::Result<Option<Node>>;

/// A look-up of one noun by an id of it.
type LookUp = fn(&mut Conn, &Viewer, &str) -> Found;

/// The nouns by the prefix of their ids.
const NOUNS: [(&str, LookUp); 26] = [
    (OrganizationId::PREFIX, |conn, viewer, id| {
        let own = viewer.organization_id.as_str() == id;
        let found = own.then(|| organization::get(conn, &viewer.organization_id));
        Ok(found.transpose()?.map(|row| Node::Organization(Organization(row))))
    }),
    (UserId::PREFIX, |conn, viewer, id| {
        let own = viewer.user_id.as_str() == id;
        let asked = if own {
            std::slice::from_ref(&viewer.user_id)
        } else {
            &[]
        };
        let found = membership::users_by_ids(conn, asked)?.pop();
        Ok(found.map(|row| Node::User(User(row))))
    }),
    (DepartmentId::PREFIX, |conn, viewer, id| {
        let all = organization::departments(conn, &viewer.member()?)?;
        let found = all.into_iter().find(|row| row.id.as_str() == id);
        Ok(found.map(|row| Node::Department(Department(row))))
    }),
    (FileId::PREFIX, |conn, viewer, id| {
        let look = |id: FileId| file::get(conn, viewer, &id);
        Ok(by_id(id, look)?.map(|row| Node::File(File(row))))
    }),
    (ApplicationId::PREFIX, |conn, viewer, id| {
        let look = |id: ApplicationId| application::get(conn, viewer, &id);
        Ok(by_id(id, look)?.map(|row| Node::Application(Application(row))))
    }),
    (ApplicationVersionId::PREFIX, |conn, viewer, id| {
        let look = |id: ApplicationVersionId| application::get_version(conn, viewer, &id);
        Ok(by_id(id, look)?.map(|row| Node::ApplicationVersion(ApplicationVersion(row))))
    }),
    (SelfTestId::PREFIX, |conn, viewer, id| {
        let look = |id: SelfTestId| self_test::find(conn, viewer, &id);
        Ok(by_id(id, look)?.map(|row| Node::SelfTest(SelfTest(row))))
    }),
    (ProductId::PREFIX, |conn, viewer, id| {
        let look = |id: ProductId| product::find(conn, viewer, &id);
        Ok(by_id(id, look)?.map(|row| Node::Product(Product(row))))
    }),
    (PromotionLinkId::PREFIX, |conn, viewer, id| {
        let look = |id: PromotionLinkId| promotion_link::find(conn, viewer, &id);
        Ok(by_id(id, look)?.map(|row| Node::PromotionLink(PromotionLink(row))))
    }),
    (RolloutId::PREFIX, |conn, viewer, id| {
        let look = |id: RolloutId| rollout::find(conn, viewer, &id);
        Ok(by_id(id, look)?.map(|row| Node::Rollout(Rollout(row))))
    }),
    (CoolAppId::PREFIX, |conn, viewer, id| {
        let look = |id: CoolAppId| cool_app::find(conn, viewer, &id);
        Ok(by_id(id, look)?.map(|row| Node::CoolAppApplication(CoolAppApplication(row))))
    }),
    (GroupId::PREFIX, |conn, viewer, id| {
        let look = |id: GroupId| group::find(conn, viewer, &id);
        Ok(by_id(id, look)?.map(|row| Node::Group(Group(row))))
    }),
    (PackageImportId::PREFIX, |conn, viewer, id| {
        let look = |id: PackageImportId| package_import::get(conn, viewer, &id);
        Ok(by_id(id, look)?.map(|row| Node::PackageImport(PackageImport(row))))
    }),
    (DistributionPermissionId::PREFIX, |conn, viewer, id| {
        let look = |id: DistributionPermissionId| permission::find(conn, viewer, &id);
        Ok(by_id(id, look)?.map(|row| Node::DistributionPermission(DistributionPermission(row))))
    }),
    (ProjectId::PREFIX, |conn, viewer, id| {
        let look = |id: ProjectId| project::find(conn, viewer, &id);
        Ok(by_id(id, look)?.map(|row| Node::Project(Project(row))))
    }),
    (AmendmentId::PREFIX, |conn, viewer, id| {
        let look = |id: AmendmentId| amendment::find(conn, viewer, &id);
        Ok(by_id(id, look)?.map(|row| Node::Amendment(Amendment(row))))
    }),
    (DistributionLinkId::PREFIX, |conn, viewer, id| {
        let look = |id: DistributionLinkId| distribution_link::find(conn, viewer, &id);
        Ok(by_id(id, look)?.map(|(row, project)| Node::DistributionLink(DistributionLink { row, project })))
    }),
    (OrderId::PREFIX, |conn, viewer, id| {
        let look = |id: OrderId| order::get(conn, viewer, &id);
        Ok(by_id(id, look)?.map(|row| Node::Order(Order(row))))
    }),
    (DeliveryId::PREFIX, |conn, viewer, id| {
        let look = |id: DeliveryId| delivery::get(conn, viewer, &id);
        Ok(by_id(id, look)?.map(|row| Node::Delivery(Delivery(row))))
    }),
    (InstanceId::PREFIX, |conn, viewer, id| {
        let look = |id: InstanceId| instance::find(conn, viewer, &id);
        Ok(by_id(id, look)?.map(|row| Node::AppInstance(AppInstance(row))))
    }),
    (RecordId::PREFIX, |conn, viewer, id| {
        let look = |id: RecordId| record::get(conn, viewer, &id);
        Ok(by_id(id, look)?.map(|row| Node::AppRecord(AppRecord(row))))
    }),
    (MaintenanceSessionId::PREFIX, |conn, viewer, id| {
        let look = |id: MaintenanceSessionId| maintenance::find(conn, viewer, &id);
        Ok(by_id(id, look)?.map(|row| Node::MaintenanceSession(MaintenanceSession(row))))
    }),
    (ServiceRequestId::PREFIX, |conn, viewer, id| {
        let look = |id: ServiceRequestId| service_request::find(conn, viewer, &id);
        Ok(by_id(id, look)?.map(|row| Node::ServiceRequest(ServiceRequest(row))))
    }),
    (LeadId::PREFIX, |conn, viewer, id| {
        let look = |id: LeadId| lead::find(conn, viewer, &id);
        Ok(by_id(id, look)?.map(|row| Node::Lead(Lead(row))))
    }),
    (AuditEntryId::PREFIX, |conn, viewer, id| {
        let look = |id: AuditEntryId| audit::get(conn, viewer, &id);
        Ok(by_id(id, look)?.map(|row| Node::AuditEntry(AuditEntry(row))))
    }),
    (NotificationId::PREFIX, |conn, viewer, id| {
        let look = |id: NotificationId| notification::find(conn, viewer, &id);
        Ok(by_id(id, look)?.map(|row| Node::Notification(Notification(row))))
    }),
];

/// What is no id of the noun names nothing.
fn by_id<I: std::str::FromStr, R>(
    text: &str,
    look: impl FnOnce(I) -> store::Result<Option<R>>,
) -> store::Result<Option<R>> {
    text.parse().map_or(Ok(None), look)
}

fn find(conn: &mut Conn, viewer: &Viewer, id: &str) -> Found {
    let noun = NOUNS.iter().find(|(prefix, _)| id.starts_with(prefix));
    let found = noun.map_or(Ok(None), |(_, look_up)| look_up(conn, viewer, id));
    match found {
        // A role that may look up none of them learns no more than that there is nothing.
        Err(store::Error::Refused(_)) => Ok(None),
        other => other,
    }
}
