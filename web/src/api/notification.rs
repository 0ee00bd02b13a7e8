//! Notifications of the signed-in person in the organisation that they act for, live and as a list, and their choice of mails.

use super::{
    DateTime, Problem,
    live::{Live, Update, subscribe},
    operation::{Plain, bare},
    page::PageInfo,
    schema,
    select::Select,
    transport,
};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotificationTarget {
    PermissionReview,
    ProjectReview,
    AmendmentReview,
    Permission,
    Project,
    Order,
    SelfTest,
    Import,
    AppInstance,
    Purchases,
    Product,
    Rollout,
    CoolApp,
    CoolAppReview,
    ProductReview,
    ServiceDesk,
    ServiceRequest,
    ProductOrder,
    OwnOrder,
    License,
    CustomerLicense,
    MarketProduct,
    Lead,
    OwnLead,
    Promotion,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotificationTopic {
    Reviews,
    Projects,
    Orders,
    Imports,
    Apps,
    Maintenance,
    Products,
    Service,
}

read_enums!(NotificationTarget, NotificationTopic);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Notification {
        pub id: cynic::Id,
        pub topic: NotificationTopic,
        pub title: String,
        pub body: String,
        pub target: NotificationTarget,
        pub object_id: String,
        pub created_at: DateTime,
        pub read_at: Option<DateTime>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "NotificationConnection")]
    pub struct NotificationPage {
        pub nodes: Vec<Notification>,
        pub page_info: PageInfo,
        pub total_count: i32,
    }
}

read! {
    /// The newest one: by its id the bell knows that something came.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Notification")]
    pub struct Newest {
        pub id: cynic::Id,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Inbox {
        pub unread_count: i32,
        pub newest: Option<Newest>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct NotificationPreference {
        pub topic: NotificationTopic,
        pub email: bool,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct NotificationPreferences {
        pub mails_are_sent: bool,
        pub topics: Vec<NotificationPreference>,
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct MarkNotificationReadInput {
    pub id: cynic::Id,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct MarkAllNotificationsReadInput {
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub up_to: Option<cynic::Id>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SetNotificationPreferenceInput {
    pub topic: NotificationTopic,
    pub email: bool,
}

crate::pages!(NotificationPage of Notification);

operation! { $ Query:
    notifications(
        first = first: Option<i32>, after = after: Option<String>, last = last: Option<i32>, before = before: Option<String>,
        unread = unread: Option<bool>
    ) => NotificationPage
}
operation! { $ Mutation: mark_notification_read(input = input: MarkNotificationReadInput) -> MarkNotificationReadResult / Notification }
operation! { $ Mutation: mark_all_notifications_read(input = input: MarkAllNotificationsReadInput) -> MarkAllNotificationsReadResult / Inbox }
operation! { $ Mutation: set_notification_preference(input = input: SetNotificationPreferenceInput) -> SetNotificationPreferenceResult / NotificationPreference }

/// What the bell shows, now and whenever it changes.
pub fn received(handle: impl Fn(Update<Inbox>) + 'static) -> Live {
    #[derive(cynic::QueryFragment)]
    #[cynic(no_deserialize)]
    #[allow(dead_code)]
    struct Subscription {
        notification_received: Inbox,
    }
    subscribe::<Plain<Inbox>>(bare("subscription", "notification_received", Inbox::select), handle)
}

/// What the bell shows now.
pub async fn inbox() -> Result<Inbox, Problem> {
    #[derive(cynic::QueryFragment)]
    #[cynic(no_deserialize)]
    #[allow(dead_code)]
    struct Query {
        inbox: Inbox,
    }
    transport::ask::<Plain<Inbox>>(bare("query", "inbox", Inbox::select), true).await
}

/// What the person chose about mails.
pub async fn preferences() -> Result<NotificationPreferences, Problem> {
    #[derive(cynic::QueryFragment)]
    #[cynic(no_deserialize)]
    #[allow(dead_code)]
    struct Query {
        notification_preferences: NotificationPreferences,
    }
    let body = bare("query", "notification_preferences", NotificationPreferences::select);
    transport::ask::<Plain<NotificationPreferences>>(body, true).await
}
