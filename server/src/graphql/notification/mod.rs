//! Notifications in the schema (P9): the list, what the bell shows, and what a person chose about mails.

mod mutation;
mod query;
mod subscription;
mod types;

pub use mutation::NotificationMutation;
pub use query::NotificationQuery;
pub use subscription::NotificationSubscription;
pub use types::Notification;
