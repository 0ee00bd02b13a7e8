//! The words for the contract's enumerations, in one place so that the same state reads the same everywhere.

use crate::{
    api::session::{DistributionPermissionStatus, EditionName, Role},
    components::badge::Tone,
    i18n::{Key, texts::status},
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

pub fn permission(permission: DistributionPermissionStatus) -> (Tone, Key) {
    match permission {
        DistributionPermissionStatus::Submitted => (Tone::Active, status::PERMISSION_SUBMITTED),
        DistributionPermissionStatus::Granted => (Tone::Good, status::PERMISSION_GRANTED),
        DistributionPermissionStatus::Rejected => (Tone::Bad, status::PERMISSION_REJECTED),
        DistributionPermissionStatus::Revoked => (Tone::Bad, status::PERMISSION_REVOKED),
    }
}
