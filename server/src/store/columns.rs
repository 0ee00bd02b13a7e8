//! Teaches Diesel our words, ids and instants: TEXT and TIMESTAMP columns on both databases. Domain types stay free of Diesel.

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, Queryable};
use diesel::expression::AsExpression;
use diesel::internal::derives::as_expression::Bound;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::{Nullable, SingleValue, Text};

/// What Diesel wants of any value of ours besides reading and writing it.
macro_rules! column_value {
    ($name:ty: $sql:ty) => {
        impl<DB: Backend> ToSql<Nullable<$sql>, DB> for $name
        where
            $name: ToSql<$sql, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                <Self as ToSql<$sql, DB>>::to_sql(self, out)
            }
        }

        impl<DB: Backend, ST: SingleValue> Queryable<ST, DB> for $name
        where
            Self: FromSql<ST, DB>,
        {
            type Row = Self;

            fn build(row: Self) -> deserialize::Result<Self> {
                Ok(row)
            }
        }

        impl AsExpression<$sql> for $name {
            type Expression = Bound<$sql, Self>;

            fn as_expression(self) -> Self::Expression {
                Bound::new(self)
            }
        }

        impl<'a> AsExpression<$sql> for &'a $name {
            type Expression = Bound<$sql, &'a $name>;

            fn as_expression(self) -> Self::Expression {
                Bound::new(self)
            }
        }

        impl AsExpression<Nullable<$sql>> for $name {
            type Expression = Bound<Nullable<$sql>, Self>;

            fn as_expression(self) -> Self::Expression {
                Bound::new(self)
            }
        }

        impl<'a> AsExpression<Nullable<$sql>> for &'a $name {
            type Expression = Bound<Nullable<$sql>, &'a $name>;

            fn as_expression(self) -> Self::Expression {
                Bound::new(self)
            }
        }
    };
}

macro_rules! text_columns {
    ($($name:ty),+ $(,)?) => {
        $(
            impl<DB: Backend> ToSql<Text, DB> for $name
            where
                str: ToSql<Text, DB>,
            {
                fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                    <str as ToSql<Text, DB>>::to_sql(self.as_str(), out)
                }
            }

            impl<DB: Backend> FromSql<Text, DB> for $name
            where
                String: FromSql<Text, DB>,
            {
                fn from_sql(raw: DB::RawValue<'_>) -> deserialize::Result<Self> {
                    Ok(String::from_sql(raw)?.parse()?)
                }
            }

            column_value!($name: Text);
        )+
    };
}

/// Instants are TIMESTAMP columns in UTC.
mod instants {
    use chrono::NaiveDateTime;
    use diesel::sql_types::Timestamp;

    use super::*;
    use crate::domain::instant::Instant;

    impl<DB: Backend> ToSql<Timestamp, DB> for Instant
    where
        NaiveDateTime: ToSql<Timestamp, DB>,
    {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
            <NaiveDateTime as ToSql<Timestamp, DB>>::to_sql(self.naive(), out)
        }
    }

    impl<DB: Backend> FromSql<Timestamp, DB> for Instant
    where
        NaiveDateTime: FromSql<Timestamp, DB>,
    {
        fn from_sql(raw: DB::RawValue<'_>) -> deserialize::Result<Self> {
            NaiveDateTime::from_sql(raw).map(Self::from)
        }
    }

    column_value!(Instant: Timestamp);
}

mod ids {
    use super::*;
    use crate::domain::id::*;

    for_each_id!(text_columns);
}

mod words {
    use super::*;
    use crate::domain::agreement::AgreementKind;
    use crate::domain::amendment::AmendmentStatus;
    use crate::domain::amount_check::AmountVerdict;
    use crate::domain::application::{
        ApplicationOrigin, ImportStage, PackageFormat, PackageImportStatus, VersionStatus,
    };
    use crate::domain::approval::{ApprovalKind, ApprovalState};
    use crate::domain::component::{ComponentKind, Feature};
    use crate::domain::cool_app::{CoolAppCode, CoolAppDecision, CoolAppStatus};
    use crate::domain::cool_app_content::EntryOpenMode;
    use crate::domain::cool_app_installation::InstallationStatus;
    use crate::domain::delivery::{DeliveryItemStatus, DeliveryKind, DeliveryStatus};
    use crate::domain::file::{FilePurpose, MediaType};
    use crate::domain::group::GroupKind;
    use crate::domain::instance::{ComponentState, InstanceStatus};
    use crate::domain::job::JobStatus;
    use crate::domain::lead::{LeadEventKind, LeadSource, LeadStatus};
    use crate::domain::license::{ChargeType, LicenseStatus};
    use crate::domain::locale::Locale;
    use crate::domain::maintenance::MaintenanceStatus;
    use crate::domain::notification::{NotificationKind, NotificationTopic};
    use crate::domain::order::{OrderParty, SendStatus};
    use crate::domain::order_event::OrderEventKind;
    use crate::domain::organization::{EditionName, PartnerTier};
    use crate::domain::payment::{PaymentEventKind, PaymentOutcome, PaymentProvider};
    use crate::domain::permission::DistributionPermissionStatus;
    use crate::domain::product::{ProductDecision, ProductEventKind, ProductStatus, ProductTab, RevisionStatus};
    use crate::domain::product_content::{ChargeForm, Industry, PromotionMode};
    use crate::domain::product_order::{CloseReason, ProductOrderStatus, ProductOrderType, RefundBy};
    use crate::domain::project::{
        ContractFileKind, OrganizationSize, ProjectDecisionCode, ProjectEventKind, ProjectStatus,
    };
    use crate::domain::rollout::wave::WaveKind;
    use crate::domain::rollout::{RolloutStatus, SubscriberReason, SubscriberState, WaveStatus};
    use crate::domain::self_test::{SelfTestQuestion, SelfTestStatus};
    use crate::domain::service_request::{ServiceMessageKind, ServiceRequestKind, ServiceRequestStatus};

    text_columns!(
        AgreementKind,
        AmendmentStatus,
        AmountVerdict,
        ApplicationOrigin,
        ApprovalKind,
        ApprovalState,
        ChargeForm,
        ChargeType,
        CloseReason,
        ComponentKind,
        ComponentState,
        ContractFileKind,
        CoolAppCode,
        CoolAppDecision,
        CoolAppStatus,
        DeliveryItemStatus,
        DeliveryKind,
        DeliveryStatus,
        DistributionPermissionStatus,
        EditionName,
        EntryOpenMode,
        Feature,
        FilePurpose,
        GroupKind,
        ImportStage,
        Industry,
        InstallationStatus,
        InstanceStatus,
        JobStatus,
        LeadEventKind,
        LeadSource,
        LeadStatus,
        LicenseStatus,
        Locale,
        MaintenanceStatus,
        MediaType,
        OrderEventKind,
        OrderParty,
        NotificationKind,
        NotificationTopic,
        OrganizationSize,
        PackageFormat,
        PackageImportStatus,
        PartnerTier,
        PaymentEventKind,
        PaymentOutcome,
        PaymentProvider,
        ProductDecision,
        ProductEventKind,
        ProductOrderStatus,
        ProductOrderType,
        ProductStatus,
        ProductTab,
        ProjectDecisionCode,
        ProjectEventKind,
        ProjectStatus,
        PromotionMode,
        RefundBy,
        RevisionStatus,
        RolloutStatus,
        SelfTestQuestion,
        SelfTestStatus,
        SendStatus,
        ServiceMessageKind,
        ServiceRequestKind,
        ServiceRequestStatus,
        SubscriberReason,
        SubscriberState,
        VersionStatus,
        WaveKind,
        WaveStatus,
    );
}
