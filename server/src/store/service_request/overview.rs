//! How a partner answers: what waits now, and how long the first answers and the closings of the last days took. Each figure is one
//! statement over one index, however many requests there are.

use diesel::prelude::*;
use diesel::sql_types::{Double, Nullable};

use super::{ServiceRequest, count_waiting, waiting};
use crate::auth::viewer::PartnerScope;
use crate::domain::instant::Instant;
use crate::store::Result;
use crate::store::conn::Conn;
use crate::store::schema::service_requests;

/// The figures of one partner.
#[derive(Clone, Debug)]
pub struct Overview {
    /// Requests that wait for an answer.
    pub open: i64,
    /// The one of them that waits longest.
    pub longest_waiting: Option<ServiceRequest>,
    pub first_response: Times,
    pub closing: Times,
}

/// How long something took, in seconds; nothing where it never happened.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Times {
    pub count: i64,
    pub mean: Option<f64>,
    /// As many took longer as took less.
    pub median: Option<f64>,
}

/// How long what happened at `$at` took, by `$seconds`: a count with the mean, then the one or two in the middle.
macro_rules! times {
    ($conn:expr, $scope:expr, $since:expr, $at:ident, $seconds:ident) => {{
        let rows = service_requests::table
            .filter(service_requests::partner_id.eq(&$scope.organization_id))
            .filter(service_requests::$at.ge($since));
        let mean = diesel::dsl::sql::<Nullable<Double>>(concat!(
            "AVG(CAST(service_requests.",
            stringify!($seconds),
            " AS DOUBLE PRECISION))"
        ));
        let (count, mean): (i64, Option<f64>) = rows.select((diesel::dsl::count_star(), mean)).first($conn)?;
        let middle: Vec<Option<i64>> = rows
            .select(service_requests::$seconds)
            .order(service_requests::$seconds.asc())
            .offset((count - 1).max(0) / 2)
            .limit(2 - count % 2)
            .load($conn)?;
        Times {
            count,
            mean,
            median: average(&middle),
        }
    }};
}

/// Reads the figures; times are of what happened at `since` or later.
pub fn overview(conn: &mut Conn, scope: &PartnerScope, since: Instant) -> Result<Overview> {
    Ok(Overview {
        open: count_waiting(conn, scope)?,
        longest_waiting: waiting(conn, scope, 1)?.pop(),
        first_response: times!(conn, scope, since, first_response_at, first_response_seconds),
        closing: times!(conn, scope, since, closed_at, closing_seconds),
    })
}

/// The mean of the middle values.
fn average(middle: &[Option<i64>]) -> Option<f64> {
    let sum: i64 = middle.iter().flatten().sum();
    (!middle.is_empty()).then(|| sum as f64 / middle.len() as f64)
}
