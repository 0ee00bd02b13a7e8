//! Batched look-ups around projects: one query for all the projects of a page. Whoever hands out a project has decided
//! that the viewer may see it; what only some may see of it is asked for by the resolvers that are open to them.

use crate::domain::id::{DistributionLinkId, ProjectId};
use crate::domain::settlement::SettlementWarning;
use crate::graphql::loaders::{Batch, insert_one};
use crate::store::amendment::{self, Amendment};
use crate::store::amount_check::{self, AmountCheck};
use crate::store::conn::Conn;
use crate::store::distribution_link::{self, DistributionLink};
use crate::store::project::{self, ProjectEvent};
use crate::store::purchase_mismatch::{self, PurchaseMismatch};
use crate::store::settlement::{self, Settlement};
use crate::store::{Result, Store, grouped, organization};

/// Most attempts of others that are shown per project, and counted together for the projects of one look.
const MOST_MISMATCHES: i64 = 100;

/// Declares a batch over one store function.
macro_rules! batch {
    ($(#[doc = $doc:literal])* $name:ident: $key:ty => $row:ty, |$conn:ident, $keys:ident| $load:expr) => {
        $(#[doc = $doc])*
        pub struct $name;

        impl Batch for $name {
            type Key = $key;
            type Row = $row;

            fn load($conn: &mut Conn, $keys: &[$key]) -> Result<Vec<($key, $row)>> {
                $load
            }
        }
    };
}

batch! {
    /// How many links a project has.
    LinkCounts: ProjectId => i64, |conn, keys| distribution_link::counts(conn, keys)
}
batch! {
    /// How many orders a project has.
    OrderCounts: ProjectId => i64, |conn, keys| project::order_counts(conn, keys)
}
batch! {
    /// How many orders came through a link.
    LinkOrderCounts: DistributionLinkId => i64, |conn, keys| distribution_link::order_counts(conn, keys)
}
batch! {
    /// Links of a project, newest first.
    Links: ProjectId => Vec<DistributionLink>, |conn, keys| {
        let rows = distribution_link::of_projects(conn, keys)?;
        Ok(grouped(rows.into_iter().map(|row| (row.project_id.clone(), row))).into_iter().collect())
    }
}
batch! {
    /// Steps of a project, oldest first.
    Timelines: ProjectId => Vec<ProjectEvent>, |conn, keys| {
        let rows = project::events(conn, keys)?;
        Ok(grouped(rows.into_iter().map(|row| (row.project_id.clone(), row))).into_iter().collect())
    }
}
batch! {
    /// Attempts to buy from the wrong organisation, newest first.
    Mismatches: ProjectId => Vec<PurchaseMismatch>, |conn, keys| {
        let rows = purchase_mismatch::of_projects(conn, keys, MOST_MISMATCHES)?;
        Ok(grouped(rows.into_iter().map(|row| (row.project_id.clone(), row))).into_iter().collect())
    }
}
batch! {
    /// What the creator is warned of before settling.
    Warnings: ProjectId => Vec<SettlementWarning>, |conn, keys| Ok(grouped(settlement::warnings(conn, keys)?).into_iter().collect())
}
batch! {
    /// Amendments of a project, newest first.
    AmendmentsOf: ProjectId => Vec<Amendment>, |conn, keys| {
        let rows = amendment::of_projects(conn, keys)?;
        Ok(grouped(rows.into_iter().map(|row| (row.project_id.clone(), row))).into_iter().collect())
    }
}
batch! {
    /// The number of the amendment that is open.
    OpenAmendments: ProjectId => i32, |conn, keys| amendment::open_numbers(conn, keys)
}
batch! {
    /// Settlements.
    Settlements: ProjectId => Settlement, |conn, keys| {
        let rows = settlement::of_projects(conn, keys)?;
        Ok(rows.into_iter().map(|row| (row.project_id.clone(), row)).collect())
    }
}
batch! {
    /// Amount checks.
    AmountChecks: ProjectId => AmountCheck, |conn, keys| {
        let rows = amount_check::of_projects(conn, keys)?;
        Ok(rows.into_iter().map(|row| (row.project_id.clone(), row)).collect())
    }
}
batch! {
    /// CorpIDs that belong to an organisation of the platform.
    KnownCorpIds: String => (), |conn, keys| {
        let known = organization::known_corp_ids(conn, keys)?;
        Ok(known.into_iter().map(|corp_id| (corp_id, ())).collect())
    }
}

batch! {
    /// Projects whose creator is still a member of the partner (D5).
    PresentCreators: ProjectId => (), |conn, keys| {
        let present = project::with_present_creator(conn, keys)?;
        Ok(present.into_iter().map(|id| (id, ())).collect())
    }
}

/// Puts the loaders into a request's data.
pub fn insert(data: &mut async_graphql::Data, store: &Store) {
    insert_one::<LinkCounts>(data, store);
    insert_one::<OrderCounts>(data, store);
    insert_one::<LinkOrderCounts>(data, store);
    insert_one::<Links>(data, store);
    insert_one::<Timelines>(data, store);
    insert_one::<Mismatches>(data, store);
    insert_one::<Warnings>(data, store);
    insert_one::<AmendmentsOf>(data, store);
    insert_one::<OpenAmendments>(data, store);
    insert_one::<Settlements>(data, store);
    insert_one::<AmountChecks>(data, store);
    insert_one::<KnownCorpIds>(data, store);
    insert_one::<PresentCreators>(data, store);
}
