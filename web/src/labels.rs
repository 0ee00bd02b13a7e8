//! The words for the contract's enumerations, in one place so that the same state reads the same everywhere.

pub mod buying;
pub mod cool_app;
pub mod product;
pub mod product_review;

use leptos::prelude::*;

use crate::{
    api::{
        amendment::{AmendedField, AmendmentStatus},
        application::{ApplicationOrigin, ComponentKind, DistributionBarrier, VersionStatus},
        binding::BindingKind,
        delivery::{DeliveryItemStatus, DeliveryKind, DeliveryStatus, Feature},
        instance::InstanceStatus,
        link::DistributionLinkStatus,
        maintenance::MaintenanceStatus,
        order::SendStatus,
        project::{AmountVerdict, ContractFileKind, OrganizationSize, ProjectEventKind, ProjectStatus},
        promotion::PromotionLinkStatus,
        review::PartnerTier,
        self_test::SelfTestStatus,
        service_request::{ServiceRequestKind, ServiceRequestStatus},
        session::{DistributionPermissionStatus, EditionName, Role},
    },
    components::badge::{Tone, badge},
    i18n::{
        Key,
        texts::{
            checklist, customer, maintenance as maintenance_texts, operator, portal, self_test as self_test_texts,
            service as service_texts, status,
        },
    },
};

pub fn role(role: Role) -> Key {
    match role {
        Role::PartnerAdmin => status::ROLE_PARTNER_ADMIN,
        Role::PartnerDeveloper => status::ROLE_PARTNER_DEVELOPER,
        Role::CategoryOperator => status::ROLE_CATEGORY_OPERATOR,
        Role::OpenPlatformOperator => status::ROLE_OPEN_PLATFORM_OPERATOR,
        Role::InternalReviewer => status::ROLE_INTERNAL_REVIEWER,
        Role::Superadmin => status::ROLE_SUPERADMIN,
        Role::CustomerAdmin => status::ROLE_CUSTOMER_ADMIN,
        Role::CustomerEmployee => status::ROLE_CUSTOMER_EMPLOYEE,
    }
}

pub fn edition(edition: EditionName) -> Key {
    match edition {
        EditionName::Free => status::EDITION_FREE,
        EditionName::Lite => status::EDITION_LITE,
        EditionName::Professional => status::EDITION_PROFESSIONAL,
        EditionName::Exclusive => status::EDITION_EXCLUSIVE,
    }
}

pub fn tier(tier: PartnerTier) -> (Tone, Key) {
    match tier {
        PartnerTier::None => (Tone::Neutral, operator::TIER_NONE),
        PartnerTier::Partner => (Tone::Active, operator::TIER_PARTNER),
        PartnerTier::Advanced => (Tone::Good, operator::TIER_ADVANCED),
    }
}

pub fn permission(permission: DistributionPermissionStatus) -> (Tone, Key) {
    match permission {
        DistributionPermissionStatus::Submitted => (Tone::Active, status::PERMISSION_SUBMITTED),
        DistributionPermissionStatus::Granted => (Tone::Good, status::PERMISSION_GRANTED),
        DistributionPermissionStatus::Rejected => (Tone::Bad, status::PERMISSION_REJECTED),
        DistributionPermissionStatus::Revoked => (Tone::Bad, status::PERMISSION_REVOKED),
    }
}

pub fn origin(origin: ApplicationOrigin) -> (Tone, Key) {
    match origin {
        ApplicationOrigin::Own => (Tone::Neutral, status::ORIGIN_OWN),
        ApplicationOrigin::Premium => (Tone::Attention, status::ORIGIN_PREMIUM),
        ApplicationOrigin::Distributed => (Tone::Attention, status::ORIGIN_DISTRIBUTED),
    }
}

pub fn version(version: VersionStatus) -> (Tone, Key) {
    match version {
        VersionStatus::Unpublished => (Tone::Neutral, status::VERSION_UNPUBLISHED),
        VersionStatus::Published => (Tone::Good, status::VERSION_PUBLISHED),
    }
}

pub fn self_test(status: SelfTestStatus) -> (Tone, Key) {
    match status {
        SelfTestStatus::Sending => (Tone::Active, self_test_texts::STATUS_SENDING),
        SelfTestStatus::Testing => (Tone::Attention, self_test_texts::STATUS_TESTING),
        SelfTestStatus::Failed => (Tone::Bad, self_test_texts::STATUS_FAILED),
        SelfTestStatus::Passed => (Tone::Good, self_test_texts::STATUS_PASSED),
    }
}

pub fn component(kind: ComponentKind) -> Key {
    match kind {
        ComponentKind::FormPage => status::COMPONENT_FORM_PAGE,
        ComponentKind::CustomPage => status::COMPONENT_CUSTOM_PAGE,
        ComponentKind::Portal => status::COMPONENT_PORTAL,
        ComponentKind::AiAssistant => status::COMPONENT_AI_ASSISTANT,
        ComponentKind::DataPreparation => status::COMPONENT_DATA_PREPARATION,
        ComponentKind::Role => status::COMPONENT_ROLE,
        ComponentKind::Contact => status::COMPONENT_CONTACT,
        ComponentKind::Automation => status::COMPONENT_AUTOMATION,
        ComponentKind::Connector => status::COMPONENT_CONNECTOR,
        ComponentKind::CustomComponent => status::COMPONENT_CUSTOM_COMPONENT,
        ComponentKind::CoolApp => status::COMPONENT_COOL_APP,
        ComponentKind::Dashboard => status::COMPONENT_DASHBOARD,
    }
}

/// Why an application cannot be distributed (D8).
pub fn barrier(barrier: DistributionBarrier) -> Key {
    match barrier {
        DistributionBarrier::PremiumApplication => status::BARRIER_PREMIUM,
        DistributionBarrier::Redistribution => status::BARRIER_REDISTRIBUTION,
        DistributionBarrier::NothingPublished => status::BARRIER_NOTHING_PUBLISHED,
    }
}

pub fn project(project: ProjectStatus) -> (Tone, Key) {
    match project {
        ProjectStatus::Draft => (Tone::Neutral, status::PROJECT_DRAFT),
        ProjectStatus::InReview => (Tone::Active, status::PROJECT_IN_REVIEW),
        ProjectStatus::Active => (Tone::Good, status::PROJECT_ACTIVE),
        ProjectStatus::Rejected => (Tone::Bad, status::PROJECT_REJECTED),
        ProjectStatus::Withdrawn => (Tone::Neutral, status::PROJECT_WITHDRAWN),
        ProjectStatus::Closed => (Tone::Neutral, status::PROJECT_CLOSED),
    }
}

pub fn amendment(amendment: AmendmentStatus) -> (Tone, Key) {
    match amendment {
        AmendmentStatus::InReview => (Tone::Active, status::AMENDMENT_IN_REVIEW),
        AmendmentStatus::Approved => (Tone::Good, status::AMENDMENT_APPROVED),
        AmendmentStatus::Rejected => (Tone::Bad, status::AMENDMENT_REJECTED),
        AmendmentStatus::Withdrawn => (Tone::Neutral, status::AMENDMENT_WITHDRAWN),
    }
}

pub fn amended_field(field: AmendedField) -> Key {
    match field {
        AmendedField::Amount => portal::CONTRACT_AMOUNT,
        AmendedField::EndOn => portal::END_ON,
        AmendedField::Description => portal::PROJECT_DESCRIPTION,
    }
}

pub fn project_event(kind: ProjectEventKind) -> Key {
    match kind {
        ProjectEventKind::Created => status::EVENT_CREATED,
        ProjectEventKind::Submitted => status::EVENT_SUBMITTED,
        ProjectEventKind::Withdrawn => status::EVENT_WITHDRAWN,
        ProjectEventKind::Approved => status::EVENT_APPROVED,
        ProjectEventKind::Rejected => status::EVENT_REJECTED,
        ProjectEventKind::LinkCreated => status::EVENT_LINK_CREATED,
        ProjectEventKind::LinkRevoked => status::EVENT_LINK_REVOKED,
        ProjectEventKind::Ordered => status::EVENT_ORDERED,
        ProjectEventKind::PurchaseMismatch => status::EVENT_PURCHASE_MISMATCH,
        ProjectEventKind::Delivered => status::EVENT_DELIVERED,
        ProjectEventKind::Settled => status::EVENT_SETTLED,
        ProjectEventKind::OwnershipTaken => status::EVENT_OWNERSHIP_TAKEN,
        ProjectEventKind::AmendmentProposed => status::EVENT_AMENDMENT_PROPOSED,
        ProjectEventKind::AmendmentApproved => status::EVENT_AMENDMENT_APPROVED,
        ProjectEventKind::AmendmentRejected => status::EVENT_AMENDMENT_REJECTED,
        ProjectEventKind::AmendmentWithdrawn => status::EVENT_AMENDMENT_WITHDRAWN,
    }
}

pub fn contract_kind(kind: ContractFileKind) -> Key {
    match kind {
        ContractFileKind::Contract => status::CONTRACT_CONTRACT,
        ContractFileKind::Quotation => status::CONTRACT_QUOTATION,
    }
}

/// Every size with its code in the contract, smallest first.
pub const SIZES: [(OrganizationSize, &str, Key); 5] = [
    (OrganizationSize::UpTo20, "UP_TO_20", status::SIZE_UP_TO_20),
    (OrganizationSize::UpTo100, "UP_TO_100", status::SIZE_UP_TO_100),
    (OrganizationSize::UpTo500, "UP_TO_500", status::SIZE_UP_TO_500),
    (OrganizationSize::UpTo1000, "UP_TO_1000", status::SIZE_UP_TO_1000),
    (OrganizationSize::Over1000, "OVER_1000", status::SIZE_OVER_1000),
];

pub fn verdict(verdict: AmountVerdict) -> (Tone, Key) {
    match verdict {
        AmountVerdict::Match => (Tone::Good, status::VERDICT_MATCH),
        AmountVerdict::Mismatch => (Tone::Attention, status::VERDICT_MISMATCH),
        AmountVerdict::Unreadable => (Tone::Neutral, status::VERDICT_UNREADABLE),
        AmountVerdict::Pending => (Tone::Active, status::VERDICT_PENDING),
    }
}

pub fn link(link: DistributionLinkStatus) -> (Tone, Key) {
    match link {
        DistributionLinkStatus::Open => (Tone::Good, status::LINK_OPEN),
        DistributionLinkStatus::Expired => (Tone::Neutral, status::LINK_EXPIRED),
        DistributionLinkStatus::Revoked => (Tone::Neutral, status::LINK_REVOKED),
        DistributionLinkStatus::ProjectClosed => (Tone::Neutral, status::LINK_PROJECT_CLOSED),
    }
}

pub fn promotion(link: PromotionLinkStatus) -> (Tone, Key) {
    match link {
        PromotionLinkStatus::Open => (Tone::Good, status::PROMOTION_OPEN),
        PromotionLinkStatus::NotYetValid => (Tone::Attention, status::PROMOTION_NOT_YET_VALID),
        PromotionLinkStatus::Expired => (Tone::Neutral, status::PROMOTION_EXPIRED),
        PromotionLinkStatus::Disabled => (Tone::Neutral, status::PROMOTION_DISABLED),
        PromotionLinkStatus::NotSold => (Tone::Bad, status::PROMOTION_NOT_SOLD),
    }
}

pub fn send(send: SendStatus) -> (Tone, Key) {
    match send {
        SendStatus::NotSent => (Tone::Neutral, status::SEND_NOT_SENT),
        SendStatus::Sending => (Tone::Active, status::SEND_SENDING),
        SendStatus::Succeeded => (Tone::Good, status::SEND_SUCCEEDED),
        SendStatus::Failed => (Tone::Bad, status::SEND_FAILED),
        SendStatus::Partial => (Tone::Attention, status::SEND_PARTIAL),
    }
}

pub fn delivery(delivery: DeliveryStatus) -> (Tone, Key) {
    match delivery {
        DeliveryStatus::Queued => (Tone::Active, status::DELIVERY_QUEUED),
        DeliveryStatus::Preflight => (Tone::Active, status::DELIVERY_PREFLIGHT),
        DeliveryStatus::Sending => (Tone::Active, status::DELIVERY_SENDING),
        DeliveryStatus::Succeeded => (Tone::Good, status::DELIVERY_SUCCEEDED),
        DeliveryStatus::Partial => (Tone::Attention, status::DELIVERY_PARTIAL),
        DeliveryStatus::Failed => (Tone::Bad, status::DELIVERY_FAILED),
        DeliveryStatus::Cancelled => (Tone::Neutral, status::DELIVERY_CANCELLED),
    }
}

pub fn delivery_kind(kind: DeliveryKind) -> Key {
    match kind {
        DeliveryKind::App => status::KIND_APP,
        DeliveryKind::NewPages => status::KIND_NEW_PAGES,
        DeliveryKind::OverwritePages => status::KIND_OVERWRITE_PAGES,
        DeliveryKind::CustomComponents => status::KIND_CUSTOM_COMPONENTS,
        DeliveryKind::Rollback => status::KIND_ROLLBACK,
        DeliveryKind::Upgrade => status::KIND_UPGRADE,
    }
}

pub fn instance(instance: InstanceStatus) -> (Tone, Key) {
    match instance {
        InstanceStatus::DevMaintenance => (Tone::Attention, customer::STATUS_MAINTENANCE),
        InstanceStatus::Ready => (Tone::Active, customer::STATUS_READY),
        InstanceStatus::Enabled => (Tone::Good, customer::STATUS_ENABLED),
        InstanceStatus::Disabled => (Tone::Neutral, customer::STATUS_DISABLED),
        InstanceStatus::Removed => (Tone::Neutral, customer::STATUS_REMOVED),
    }
}

pub fn maintenance(maintenance: MaintenanceStatus) -> (Tone, Key) {
    match maintenance {
        MaintenanceStatus::Requested => (Tone::Attention, maintenance_texts::REQUESTED),
        MaintenanceStatus::Granted => (Tone::Good, maintenance_texts::GRANTED),
        MaintenanceStatus::Active => (Tone::Active, maintenance_texts::ACTIVE),
        MaintenanceStatus::Ended => (Tone::Neutral, maintenance_texts::ENDED),
        MaintenanceStatus::Expired => (Tone::Neutral, maintenance_texts::EXPIRED),
        MaintenanceStatus::Revoked => (Tone::Bad, maintenance_texts::REVOKED),
        MaintenanceStatus::Declined => (Tone::Bad, maintenance_texts::DECLINED),
        MaintenanceStatus::Withdrawn => (Tone::Neutral, maintenance_texts::WITHDRAWN),
    }
}

pub fn service_request(request: ServiceRequestStatus) -> (Tone, Key) {
    match request {
        ServiceRequestStatus::Open => (Tone::Attention, service_texts::OPEN),
        ServiceRequestStatus::Answered => (Tone::Good, service_texts::ANSWERED),
        ServiceRequestStatus::Closed => (Tone::Neutral, service_texts::CLOSED),
    }
}

pub fn service_kind(kind: ServiceRequestKind) -> Key {
    match kind {
        ServiceRequestKind::Question => service_texts::QUESTION,
        ServiceRequestKind::Fault => service_texts::FAULT,
        ServiceRequestKind::Change => service_texts::CHANGE,
    }
}

pub fn item(item: DeliveryItemStatus) -> (Tone, Key) {
    match item {
        DeliveryItemStatus::Queued => (Tone::Neutral, status::ITEM_QUEUED),
        DeliveryItemStatus::Done => (Tone::Good, status::ITEM_DONE),
        DeliveryItemStatus::Skipped => (Tone::Neutral, status::ITEM_SKIPPED),
        DeliveryItemStatus::Failed => (Tone::Bad, status::ITEM_FAILED),
    }
}

pub fn binding(kind: BindingKind) -> Key {
    match kind {
        BindingKind::ConnectorSecrets => checklist::KIND_CONNECTOR_SECRETS,
        BindingKind::ConnectorCode => checklist::KIND_CONNECTOR_CODE,
        BindingKind::ConnectorReplacement => checklist::KIND_CONNECTOR_REPLACEMENT,
        BindingKind::RoleMembers => checklist::KIND_ROLE_MEMBERS,
        BindingKind::ContactMembers => checklist::KIND_CONTACT_MEMBERS,
        BindingKind::Assistant => checklist::KIND_ASSISTANT,
        BindingKind::DataPreparation => checklist::KIND_DATA_PREPARATION,
        BindingKind::Automation => checklist::KIND_AUTOMATION,
    }
}

pub fn feature(feature: Feature) -> Key {
    match feature {
        Feature::PagesPerApp => status::FEATURE_PAGES_PER_APP,
        Feature::CustomPages => status::FEATURE_CUSTOM_PAGES,
        Feature::HttpConnectors => status::FEATURE_HTTP_CONNECTORS,
        Feature::DataPreparations => status::FEATURE_DATA_PREPARATIONS,
        Feature::CrossAppForms => status::FEATURE_CROSS_APP_FORMS,
        Feature::PublicDomain => status::FEATURE_PUBLIC_DOMAIN,
    }
}

/// A state as its badge.
pub fn state_badge(state: (Tone, Key)) -> AnyView {
    badge(state.0, state.1)
}
