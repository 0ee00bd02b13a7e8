//! Orders of track B (D11, D15): send states and which actions the order centre offers. Amounts are zero: the contract
//! value is agreed off-platform.

use super::words::words;

words! {
    /// How far something was sent; application and pages have one each (D15).
    SendStatus {
        /// 未发送.
        NotSent = "NOT_SENT",
        /// 发送中.
        Sending = "SENDING",
        /// 成功.
        Succeeded = "SUCCEEDED",
        /// 失败.
        Failed = "FAILED",
        /// 部分成功.
        Partial = "PARTIAL",
    }
}

words! {
    /// What can be done with an order.
    OrderAction {
        /// Send the application.
        SendApplication = "SEND_APPLICATION",
        /// Try a failed or partial delivery again.
        RetryDelivery = "RETRY_DELIVERY",
        /// Send new or changed pages.
        SendPages = "SEND_PAGES",
        /// Send custom components.
        SendComponents = "SEND_COMPONENTS",
        /// Switch the customer's edit permission.
        ToggleEditPermission = "TOGGLE_EDIT_PERMISSION",
        /// Ask for remote maintenance.
        RequestMaintenance = "REQUEST_MAINTENANCE",
    }
}

words! {
    /// On which side of an order the acting organisation stands.
    OrderParty {
        /// It sells.
        Partner = "PARTNER",
        /// It bought.
        Customer = "CUSTOMER",
    }
}

words! {
    /// Order of an order list.
    OrderSort {
        /// Newest first.
        CreatedDesc = "CREATED_DESC",
        /// Oldest first.
        CreatedAsc = "CREATED_ASC",
    }
}

/// What the partner may do with an order whose application is in that state. An order is sent once; what failed is
/// tried again and never makes a second instance (D18).
pub fn available_actions(app: SendStatus, project_active: bool) -> Vec<OrderAction> {
    match app {
        SendStatus::NotSent if project_active => vec![OrderAction::SendApplication],
        SendStatus::Failed | SendStatus::Partial if project_active => vec![OrderAction::RetryDelivery],
        SendStatus::NotSent
        | SendStatus::Failed
        | SendStatus::Partial
        | SendStatus::Sending
        | SendStatus::Succeeded => Vec::new(),
    }
}
