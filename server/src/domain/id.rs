//! Identities: a typed prefix and a UUIDv7 in Crockford base 32, as text, such as `project_01JD…` (26 characters after
//! the prefix). A wrong prefix is a typed error, never a missing row. Ids grow with time, so lists page by them.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::{ContextV7, Timestamp, Uuid};

/// The digits of a body, in their order.
pub const ALPHABET: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Digits that number the sample rows of a delivery.
pub const BLOCK_DIGITS: usize = 5;
/// Characters after the prefix.
const BODY: usize = 26;

/// A text that is not an id of the wanted noun.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{given:?} is not an id that starts with {prefix:?}")]
pub struct WrongId {
    pub prefix: &'static str,
    pub given: String,
}

/// Makes new ids; those of one source never repeat and never go backwards.
pub struct IdSource {
    context: std::sync::Mutex<ContextV7>,
}

impl Default for IdSource {
    fn default() -> Self {
        Self {
            context: std::sync::Mutex::new(ContextV7::new()),
        }
    }
}

impl IdSource {
    /// The body of a new id for something that happens at `now`.
    pub fn body(&self, now: DateTime<Utc>) -> String {
        let context = self.context.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
        encode(Uuid::new_v7(Timestamp::from_unix(
            &*context,
            seconds,
            now.timestamp_subsec_nanos(),
        )))
    }

    /// A new id of the wanted noun.
    pub fn next<I: From<NewId>>(&self, now: DateTime<Utc>) -> I {
        I::from(NewId(self.body(now)))
    }
}

/// The least body that an id made at that instant or later can have.
pub fn least_body(at: DateTime<Utc>) -> String {
    let milliseconds = u128::try_from(at.timestamp_millis()).unwrap_or(0);
    encode(Uuid::from_u128(milliseconds << 80))
}

/// The body of an id that was just made; typed ids are made from it.
pub struct NewId(String);

fn encode(id: Uuid) -> String {
    let mut bits = id.as_u128();
    let mut text = [0_u8; BODY];
    for place in text.iter_mut().rev() {
        *place = ALPHABET.as_bytes()[(bits & 31) as usize];
        bits >>= 5;
    }
    text.iter().map(|byte| char::from(*byte)).collect()
}

fn decode(body: &str) -> u128 {
    let digit = |byte: u8| ALPHABET.bytes().position(|known| known == byte).unwrap_or_default();
    body.bytes().fold(0, |bits, byte| bits << 5 | digit(byte) as u128)
}

impl RecordId {
    /// Numbers kept apart for the sample rows of one component of a delivery.
    pub const SAMPLE_NUMBERS: u32 = 128;

    /// What the ids of the sample rows that a delivery brings share: always the same, so that links between them can be made
    /// before the rows are there. [`BLOCK_DIGITS`] digits follow, which number them; the time is that of the delivery.
    pub fn sample_block(delivery: &DeliveryId) -> String {
        let instant = decode(&delivery.as_str()[DeliveryId::PREFIX.len()..]) >> 80 << 80;
        let digest = Sha256::digest(format!("sample rows of {delivery}"));
        let chance = digest
            .iter()
            .take(8)
            .fold(0, |bits, byte| bits << 8 | u128::from(*byte));
        // The fields of a UUIDv7: version, no counter, so that what people add at that moment is newer, variant, chance.
        let bits = instant | 7 << 76 | 0b10 << 62 | chance >> 2;
        let mut body = encode(Uuid::from_u128(bits));
        body.truncate(BODY - BLOCK_DIGITS);
        format!("{}{body}", Self::PREFIX)
    }

    /// The id of a sample row that a delivery brings, by the position of its component and its own.
    pub fn of_sample(delivery: &DeliveryId, component: i32, row: u32) -> Self {
        let number = u32::try_from(component).unwrap_or(0) * Self::SAMPLE_NUMBERS + row;
        let digit = |place: usize| {
            let value = number >> (5 * place) & 31;
            char::from(ALPHABET.as_bytes()[value as usize])
        };
        let digits: String = (0..BLOCK_DIGITS).rev().map(digit).collect();
        Self(format!("{}{digits}", Self::sample_block(delivery)))
    }
}

fn well_formed(body: &str) -> bool {
    body.len() == BODY && body.bytes().all(|byte| ALPHABET.as_bytes().contains(&byte))
}

macro_rules! ids {
    ($($(#[doc = $doc:literal])* $name:ident = $prefix:literal,)+) => {
        $(
            $(#[doc = $doc])*
            #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
            #[serde(transparent)]
            pub struct $name(String);

            impl $name {
                /// What every id of this noun starts with.
                pub const PREFIX: &'static str = concat!($prefix, "_");

                /// The whole text.
                pub fn as_str(&self) -> &str {
                    &self.0
                }
            }

            impl From<NewId> for $name {
                fn from(new: NewId) -> Self {
                    Self(format!("{}{}", Self::PREFIX, new.0))
                }
            }

            impl FromStr for $name {
                type Err = WrongId;

                fn from_str(text: &str) -> Result<Self, WrongId> {
                    match text.strip_prefix(Self::PREFIX) {
                        Some(body) if well_formed(body) => Ok(Self(text.to_owned())),
                        _ => Err(WrongId { prefix: Self::PREFIX, given: text.chars().take(64).collect() }),
                    }
                }
            }

            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str(&self.0)
                }
            }
        )+

        /// Calls `$each!` with every id type: the store and the schema teach them their own traits.
        macro_rules! for_each_id {
            ($each:ident) => { $each!($($name),+); };
        }
        pub(crate) use for_each_id;
    };
}

ids! {
    OrganizationId = "organization",
    UserId = "user",
    MembershipId = "membership",
    DepartmentId = "department",
    SessionId = "session",
    AuditEntryId = "audit",
    JobId = "job",
    FileId = "file",
    ApplicationId = "application",
    ApplicationVersionId = "version",
    PackageImportId = "import",
    DistributionPermissionId = "permission",
    AgreementAcceptanceId = "acceptance",
    ProjectId = "project",
    ProjectEventId = "event",
    DistributionLinkId = "link",
    PromotionLinkId = "promotion",
    PurchaseMismatchId = "mismatch",
    AmendmentId = "amendment",
    OrderId = "order",
    OrderEventId = "step",
    DeliveryId = "delivery",
    InstanceId = "instance",
    RecordId = "record",
    NotificationId = "notification",
    MaintenanceSessionId = "maintenance",
    WaiverId = "waiver",
    SelfTestId = "selftest",
    CategoryId = "category",
    PreTaskId = "pretask",
    ProductId = "product",
    ProductRevisionId = "revision",
    ProductEventId = "productevent",
    DelistingDecisionId = "delisting",
    LicenseId = "license",
    RatingId = "rating",
    ProductOrderId = "productorder",
    RolloutId = "rollout",
    FreezeWindowId = "freeze",
    CoolAppId = "coolapp",
    GroupId = "group",
    CoolAppInstallationId = "installation",
    /// 规格码: the code of a plan, made once, the same for ever.
    ItemCode = "item",
    ServiceRequestId = "servicerequest",
    ServiceMessageId = "servicemessage",
    LeadId = "lead",
    LeadEventId = "leadevent",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_sample_rows_are_always_the_same_and_in_order() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).expect("a valid instant");
        let source = IdSource::default();
        let (delivery, other): (DeliveryId, DeliveryId) = (source.next(now), source.next(now));
        let places = (0..2000).flat_map(|component| (0..15).map(move |row| (component, row)));
        let ids: Vec<RecordId> = places
            .map(|(component, row)| RecordId::of_sample(&delivery, component, row))
            .collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(RecordId::of_sample(&delivery, 0, 3), ids[3]);
        assert_ne!(RecordId::of_sample(&other, 0, 3), ids[3]);
        assert_eq!(ids[3].as_str().parse(), Ok(ids[3].clone()));
        let time = |id: &str| id.split('_').nth(1).map(|body| body[..9].to_owned());
        assert_eq!(time(ids[0].as_str()), time(delivery.as_str()));
    }

    #[test]
    fn ids_grow_and_keep_their_prefix() {
        let source = IdSource::default();
        let now = DateTime::from_timestamp(1_800_000_000, 0).expect("a valid instant");
        let made: Vec<ProjectId> = (0..1000).map(|_| source.next(now)).collect();
        assert!(made.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(made[0].as_str().parse::<ProjectId>(), Ok(made[0].clone()));
        assert!(made[0].as_str().parse::<OrderId>().is_err());
        assert!("project_xyz".parse::<ProjectId>().is_err());
    }

    #[test]
    fn the_least_body_of_an_instant_stands_before_those_made_then() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).expect("a valid instant");
        let made = IdSource::default().body(now);
        assert!(least_body(now) < made && least_body(now + chrono::Duration::seconds(1)) > made);
    }
}
