//! How a partner answers, in figures.

use async_graphql::{Object, SimpleObject};

use super::types::ServiceRequest;
use crate::store::service_request;

/// How quickly the acting partner answers its customers' requests (L25).
pub struct ServiceOverview(pub service_request::Overview);

/// How long something took in the last 30 days, by the clock.
#[derive(SimpleObject)]
pub struct ServiceTimes {
    /// How often it happened.
    count: i32,
    /// Seconds on average; null where it did not happen.
    mean_seconds: Option<i32>,
    /// Seconds in the middle: half took longer; null where it did not happen.
    median_seconds: Option<i32>,
}

impl From<service_request::Times> for ServiceTimes {
    fn from(times: service_request::Times) -> Self {
        // A cast of a float stops at the bounds of the whole number.
        let whole = |seconds: f64| seconds.round() as i32;
        Self {
            count: i32::try_from(times.count).unwrap_or(i32::MAX),
            mean_seconds: times.mean.map(whole),
            median_seconds: times.median.map(whole),
        }
    }
}

#[Object]
impl ServiceOverview {
    /// How many requests wait for an answer.
    async fn open_count(&self) -> i32 {
        i32::try_from(self.0.open).unwrap_or(i32::MAX)
    }

    /// The one of them that waits longest.
    async fn longest_waiting(&self) -> Option<ServiceRequest> {
        self.0.longest_waiting.clone().map(ServiceRequest)
    }

    /// From the opening to the first answer, of requests that were first answered in the last 30 days.
    async fn first_response(&self) -> ServiceTimes {
        self.0.first_response.into()
    }

    /// From the opening to the closing, of requests that were closed in the last 30 days and are closed still.
    async fn closing(&self) -> ServiceTimes {
        self.0.closing.into()
    }
}
