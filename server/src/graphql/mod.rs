//! The API: what a document may ask for, and what each request carries. A resolver parses, calls one service, wraps;
//! relations go through `loaders`. Nothing of HTTP is known here.

pub mod agreement;
pub mod amendment;
pub mod application;
pub mod approval;
pub mod audit;
pub mod authenticator;
pub mod binding;
pub mod calendar_day;
pub mod category;
pub mod connection;
pub mod context;
pub mod cool_app;
pub mod delivery;
pub mod distribution_link;
pub mod edition;
pub mod enums;
pub mod error;
pub mod fault;
pub mod file;
pub mod freeze_window;
pub mod given_id;
pub mod group;
pub mod instance;
pub mod lead;
pub mod license;
pub mod limits;
pub mod loaders;
pub mod maintenance;
pub mod markdown;
pub mod market;
pub mod membership;
pub mod node;
pub mod notification;
pub mod order;
pub mod page_setting;
pub mod partner_portal;
pub mod payee_account;
pub mod permission;
pub mod product;
pub mod product_order;
pub mod progress;
pub mod project;
pub mod promotion;
pub mod promotion_link;
pub mod purchase;
pub mod rating;
pub mod record;
pub mod request;
pub mod rollout;
pub mod sales;
pub mod scalars;
pub mod seat;
pub mod self_test;
pub mod service_request;
pub mod session;
pub mod test_organization;
pub mod waiting;

use async_graphql::{MergedObject, MergedSubscription, Schema};

/// Every query, by noun.
#[derive(Default, MergedObject)]
pub struct Query(
    session::SessionQuery,
    agreement::AgreementQuery,
    permission::PermissionQuery,
    application::ApplicationQuery,
    test_organization::TestOrganizationQuery,
    self_test::SelfTestQuery,
    calendar_day::CalendarDayQuery,
    category::CategoryQuery,
    payee_account::PayeeAccountQuery,
    product::ProductQuery,
    rating::RatingQuery,
    lead::LeadQuery,
    license::LicenseQuery,
    product_order::ProductOrderQuery,
    sales::SalesQuery,
    rollout::RolloutQuery,
    freeze_window::FreezeWindowQuery,
    market::MarketQuery,
    promotion_link::PromotionLinkQuery,
    promotion::PromotionQuery,
    cool_app::CoolAppQuery,
    cool_app::CoolAppMarketQuery,
    group::GroupQuery,
    project::ProjectQuery,
    amendment::AmendmentQuery,
    purchase::PurchaseQuery,
    order::OrderQuery,
    delivery::DeliveryQuery,
    instance::InstanceQuery,
    maintenance::MaintenanceQuery,
    service_request::ServiceRequestQuery,
    edition::EditionQuery,
    markdown::MarkdownQuery,
    audit::AuditQuery,
    notification::NotificationQuery,
    waiting::WaitingQuery,
    approval::ApprovalQuery,
    node::NodeQuery,
);

/// Every mutation, by noun.
#[derive(Default, MergedObject)]
pub struct Mutation(
    session::SessionMutation,
    membership::MembershipMutation,
    permission::PermissionMutation,
    application::ApplicationMutation,
    partner_portal::PartnerPortalMutation,
    test_organization::TestOrganizationMutation,
    self_test::SelfTestMutation,
    calendar_day::CalendarDayMutation,
    category::CategoryMutation,
    payee_account::PayeeAccountMutation,
    product::ProductMutation,
    product::ProductReviewMutation,
    market::MarketMutation,
    promotion_link::PromotionLinkMutation,
    promotion::PromotionMutation,
    rating::RatingMutation,
    lead::LeadMutation,
    license::LicenseMutation,
    product_order::ProductOrderMutation,
    rollout::RolloutMutation,
    freeze_window::FreezeWindowMutation,
    cool_app::CoolAppMutation,
    group::GroupMutation,
    group::InstallationMutation,
    project::ProjectMutation,
    amendment::AmendmentMutation,
    distribution_link::DistributionLinkMutation,
    purchase::PurchaseMutation,
    order::OrderMutation,
    delivery::DeliveryMutation,
    instance::InstanceMutation,
    binding::BindingMutation,
    maintenance::MaintenanceMutation,
    service_request::ServiceRequestMutation,
    record::RecordMutation,
    record::RecordImportMutation,
    page_setting::PageSettingMutation,
    seat::SeatMutation,
    edition::EditionMutation,
    notification::NotificationMutation,
);

/// Every subscription, by noun.
#[derive(Default, MergedSubscription)]
pub struct Subscription(
    application::ApplicationSubscription,
    delivery::DeliverySubscription,
    maintenance::MaintenanceSubscription,
    notification::NotificationSubscription,
    rollout::RolloutSubscription,
    seat::SeatSubscription,
    service_request::ServiceRequestSubscription,
);

/// The schema of the product.
pub type AppSchema = Schema<Query, Mutation, Subscription>;

/// Makes the schema. Requests bring everything else with them, see `authenticator`.
pub fn schema() -> AppSchema {
    Schema::build(Query::default(), Mutation::default(), Subscription::default())
        .register_output_type::<error::UserError>()
        .finish()
}

/// The schema as text, sorted, as `schema.graphql` holds it.
pub fn sdl() -> String {
    let options = async_graphql::SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items();
    schema().sdl_with_options(options)
}
