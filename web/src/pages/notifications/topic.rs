//! The topics in words.

use crate::{
    api::notification::NotificationTopic,
    i18n::{Key, texts::inbox},
};

/// What the topic is called.
pub fn name(topic: NotificationTopic) -> Key {
    match topic {
        NotificationTopic::Reviews => inbox::TOPIC_REVIEWS,
        NotificationTopic::Projects => inbox::TOPIC_PROJECTS,
        NotificationTopic::Orders => inbox::TOPIC_ORDERS,
        NotificationTopic::Imports => inbox::TOPIC_IMPORTS,
        NotificationTopic::Apps => inbox::TOPIC_APPS,
        NotificationTopic::Maintenance => inbox::TOPIC_MAINTENANCE,
        NotificationTopic::Products => inbox::TOPIC_PRODUCTS,
        NotificationTopic::Service => inbox::TOPIC_SERVICE,
    }
}

/// What belongs to it.
pub fn hint(topic: NotificationTopic) -> Key {
    match topic {
        NotificationTopic::Reviews => inbox::TOPIC_REVIEWS_HINT,
        NotificationTopic::Projects => inbox::TOPIC_PROJECTS_HINT,
        NotificationTopic::Orders => inbox::TOPIC_ORDERS_HINT,
        NotificationTopic::Imports => inbox::TOPIC_IMPORTS_HINT,
        NotificationTopic::Apps => inbox::TOPIC_APPS_HINT,
        NotificationTopic::Maintenance => inbox::TOPIC_MAINTENANCE_HINT,
        NotificationTopic::Products => inbox::TOPIC_PRODUCTS_HINT,
        NotificationTopic::Service => inbox::TOPIC_SERVICE_HINT,
    }
}

/// The field of its choice.
pub fn field(topic: NotificationTopic) -> &'static str {
    match topic {
        NotificationTopic::Reviews => "reviews",
        NotificationTopic::Projects => "projects",
        NotificationTopic::Orders => "orders",
        NotificationTopic::Imports => "imports",
        NotificationTopic::Apps => "apps",
        NotificationTopic::Maintenance => "maintenance",
        NotificationTopic::Products => "products",
        NotificationTopic::Service => "service",
    }
}
