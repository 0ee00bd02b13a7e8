//! Teaches the schema the domain's words: each set becomes an enum with its descriptions, and the domain stays free of
//! GraphQL.

use std::borrow::Cow;
use std::sync::LazyLock;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::Field;
use async_graphql::registry::{MetaEnumValue, MetaType, MetaTypeId, Registry};
use async_graphql::resolver_utils::{EnumItem, EnumType, enum_value, parse_enum};
use async_graphql::{
    ContextSelectionSet, InputType, InputValueResult, Name, OutputType, Positioned, ServerResult, Value,
};

/// One enum value for the registry.
fn meta_value(name: &str, doc: &str) -> (String, MetaEnumValue) {
    let value = MetaEnumValue {
        name: name.to_owned(),
        description: Some(doc.trim().to_owned()).filter(|doc| !doc.is_empty()),
        deprecation: Default::default(),
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        directive_invocations: Vec::new(),
    };
    (name.to_owned(), value)
}

/// The registry's entry of an enum.
fn meta_type(name: &str, doc: &str, rust: &'static str, values: IndexMap<String, MetaEnumValue>) -> MetaType {
    MetaType::Enum {
        name: name.to_owned(),
        description: Some(doc.trim().to_owned()).filter(|doc| !doc.is_empty()),
        enum_values: values,
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        rust_typename: Some(rust),
        directive_invocations: Vec::new(),
        requires_scopes: Vec::new(),
    }
}

macro_rules! schema_enum {
    ($type:ty, $name:literal, $doc:expr, $word:expr, $value_doc:expr) => {
        impl EnumType for $type {
            fn items() -> &'static [EnumItem<Self>] {
                static ITEMS: LazyLock<Vec<EnumItem<$type>>> = LazyLock::new(|| {
                    let item = |value: &$type| EnumItem {
                        name: $word(*value),
                        value: *value,
                    };
                    <$type>::ALL.iter().map(item).collect()
                });
                &ITEMS
            }
        }

        impl InputType for $type {
            type RawValueType = Self;

            fn type_name() -> Cow<'static, str> {
                Cow::Borrowed($name)
            }

            fn create_type_info(registry: &mut Registry) -> String {
                registry.create_input_type::<Self, _>(MetaTypeId::Enum, |_| {
                    let values = <$type>::ALL
                        .iter()
                        .map(|value| meta_value($word(*value), $value_doc(*value)));
                    meta_type($name, $doc, std::any::type_name::<Self>(), values.collect())
                })
            }

            fn parse(value: Option<Value>) -> InputValueResult<Self> {
                parse_enum(value.unwrap_or_default())
            }

            fn to_value(&self) -> Value {
                enum_value(*self)
            }

            fn as_raw_value(&self) -> Option<&Self> {
                Some(self)
            }
        }

        impl OutputType for $type {
            fn type_name() -> Cow<'static, str> {
                Cow::Borrowed($name)
            }

            fn create_type_info(registry: &mut Registry) -> String {
                <Self as InputType>::create_type_info(registry)
            }

            async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
                Ok(Value::Enum(Name::new($word(*self))))
            }
        }
    };
}

macro_rules! words_of {
    ($($type:ty = $name:literal),+ $(,)?) => {
        $( schema_enum!($type, $name, <$type>::DOC, |word: $type| word.as_str(), |word: $type| word.doc()); )+
    };
}

use crate::domain::{
    acceptance, agreement, amendment, amount_check, application, approval, binding, component, cool_app,
    cool_app_content, cool_app_installation, delivery, distribution_barrier, distribution_link, group, instance,
    instance_page, lead, license, locale, maintenance, market, message, notification, order, order_event, organization,
    page_change, page_permission, payment, permission, product, product_content, product_form, product_order, project,
    promotion_link, rating, record_filter, rollout, sales, self_test, service_request, settlement, test_organization,
    waiting,
};

words_of!(
    agreement::AgreementKind = "AgreementKind",
    amendment::AmendedField = "AmendedField",
    amendment::AmendmentAction = "AmendmentAction",
    amendment::AmendmentStatus = "AmendmentStatus",
    amount_check::AmountVerdict = "AmountVerdict",
    application::ApplicationAction = "ApplicationAction",
    application::ApplicationOrigin = "ApplicationOrigin",
    application::PackageFormat = "PackageFormat",
    application::PackageImportStatus = "PackageImportStatus",
    application::VersionAction = "VersionAction",
    application::VersionStatus = "VersionStatus",
    approval::ApprovalBox = "ApprovalBox",
    approval::ApprovalKind = "ApprovalKind",
    approval::ApprovalState = "ApprovalState",
    binding::BindingKind = "BindingKind",
    binding::BindingWay = "BindingWay",
    cool_app::CoolAppAction = "CoolAppAction",
    cool_app::CoolAppDecision = "CoolAppDecision",
    cool_app::CoolAppStatus = "CoolAppStatus",
    cool_app_content::CoolAppRole = "CoolAppRole",
    cool_app_content::EntryOpenMode = "EntryOpenMode",
    cool_app_installation::InstallationAction = "InstallationAction",
    cool_app_installation::InstallationStatus = "InstallationStatus",
    delivery::DeliveryAction = "DeliveryAction",
    delivery::DeliveryItemStatus = "DeliveryItemStatus",
    delivery::DeliveryKind = "DeliveryKind",
    delivery::DeliveryStatus = "DeliveryStatus",
    distribution_link::DistributionLinkAction = "DistributionLinkAction",
    distribution_link::DistributionLinkStatus = "DistributionLinkStatus",
    group::GroupAction = "GroupAction",
    group::GroupKind = "GroupKind",
    acceptance::AcceptanceItemKind = "AcceptanceItemKind",
    instance_page::PageAction = "PageAction",
    instance::InstanceAction = "InstanceAction",
    instance::InstanceStatus = "InstanceStatus",
    lead::LeadAction = "LeadAction",
    lead::LeadEventKind = "LeadEventKind",
    lead::LeadSource = "LeadSource",
    lead::LeadStatus = "LeadStatus",
    license::ChargeType = "ChargeType",
    license::LicenseAction = "LicenseAction",
    license::LicenseStatus = "LicenseStatus",
    maintenance::MaintenanceAction = "MaintenanceAction",
    maintenance::MaintenanceDecision = "MaintenanceDecision",
    maintenance::MaintenanceStatus = "MaintenanceStatus",
    notification::NotificationKind = "NotificationKind",
    notification::NotificationTarget = "NotificationTarget",
    notification::NotificationTopic = "NotificationTopic",
    order::OrderAction = "OrderAction",
    order::OrderParty = "OrderParty",
    order::OrderSort = "OrderSort",
    order::SendStatus = "SendStatus",
    order_event::OrderEventKind = "OrderEventKind",
    organization::EditionName = "EditionName",
    organization::OrganizationKind = "OrganizationKind",
    organization::PartnerTier = "PartnerTier",
    organization::Role = "Role",
    page_change::FieldChangeKind = "FieldChangeKind",
    page_change::PageChangeKind = "PageChangeKind",
    page_permission::RecordAction = "RecordAction",
    page_permission::RecordReach = "RecordReach",
    payment::PaymentEventKind = "PaymentEventKind",
    payment::PaymentOutcome = "PaymentOutcome",
    payment::PaymentProvider = "PaymentProvider",
    permission::DistributionPermissionAction = "DistributionPermissionAction",
    permission::DistributionPermissionStatus = "DistributionPermissionStatus",
    permission::PermissionDecision = "PermissionDecision",
    product_order::CloseReason = "CloseReason",
    product_order::ProductOrderAction = "ProductOrderAction",
    product_order::ProductOrderStatus = "ProductOrderStatus",
    product_order::ProductOrderType = "ProductOrderType",
    product_order::RefundBy = "RefundBy",
    product::ProductAction = "ProductAction",
    product::ProductDecision = "ProductDecision",
    product::ProductEventKind = "ProductEventKind",
    product::ProductStatus = "ProductStatus",
    product::ProductTab = "ProductTab",
    product::RevisionStatus = "RevisionStatus",
    market::MarketSort = "MarketSort",
    product_content::ChargeForm = "ChargeForm",
    product_content::ChargingRule = "ChargingRule",
    product_content::Industry = "Industry",
    product_content::OpeningOrder = "OpeningOrder",
    product_content::PromotionMode = "PromotionMode",
    product_content::SalesChannel = "SalesChannel",
    product_content::TrialLength = "TrialLength",
    product_form::ListingStep = "ListingStep",
    promotion_link::PromotionLinkAction = "PromotionLinkAction",
    promotion_link::PromotionLinkStatus = "PromotionLinkStatus",
    project::ContractFileKind = "ContractFileKind",
    project::OrganizationSize = "OrganizationSize",
    project::ProjectAction = "ProjectAction",
    project::ProjectEventKind = "ProjectEventKind",
    project::ProjectStatus = "ProjectStatus",
    project::ReviewDecision = "ReviewDecision",
    record_filter::RecordTest = "RecordTest",
    record_filter::SortDirection = "SortDirection",
    rating::RatingAction = "RatingAction",
    rollout::RolloutAction = "RolloutAction",
    rollout::RolloutStatus = "RolloutStatus",
    rollout::SubscriberAction = "SubscriberAction",
    rollout::SubscriberReason = "SubscriberReason",
    rollout::SubscriberState = "SubscriberState",
    rollout::WaveStatus = "WaveStatus",
    rollout::wave::WaveKind = "WaveKind",
    sales::SalesUnit = "SalesUnit",
    self_test::SelfTestAction = "SelfTestAction",
    self_test::SelfTestQuestion = "SelfTestQuestion",
    self_test::SelfTestStatus = "SelfTestStatus",
    service_request::ServiceMessageKind = "ServiceMessageKind",
    service_request::ServiceRequestAction = "ServiceRequestAction",
    service_request::ServiceRequestKind = "ServiceRequestKind",
    service_request::ServiceRequestStatus = "ServiceRequestStatus",
    settlement::SettlementWarningKind = "SettlementWarningKind",
    test_organization::TestOrganizationAction = "TestOrganizationAction",
    waiting::WaitingKind = "WaitingKind",
);

schema_enum!(
    component::ComponentKind,
    "ComponentKind",
    "The twelve kinds of component that a version is made of.",
    |word: component::ComponentKind| word.as_str(),
    |_| ""
);
schema_enum!(
    component::Feature,
    "Feature",
    "What an edition may entitle an organisation to (D25).",
    |word: component::Feature| word.as_str(),
    |_| ""
);
schema_enum!(
    distribution_barrier::DistributionBarrier,
    "DistributionBarrier",
    "Why an application cannot be distributed (D8).",
    |word: distribution_barrier::DistributionBarrier| word.as_str(),
    |_| ""
);
schema_enum!(
    message::Code,
    "ErrorCode",
    "Stable codes of refusals.",
    |word: message::Code| word.as_str(),
    |word: message::Code| word.text(locale::Locale::En)
);
schema_enum!(
    locale::Locale,
    "Locale",
    "A language of the product.",
    |word: locale::Locale| match word {
        locale::Locale::ZhCn => "ZH_CN",
        locale::Locale::En => "EN",
    },
    |word: locale::Locale| match word {
        locale::Locale::ZhCn => "中文.",
        locale::Locale::En => "English.",
    }
);
