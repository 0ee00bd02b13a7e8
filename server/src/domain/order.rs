//! Orders of track B (D11, D15): send states and which actions the order centre offers. Amounts are zero: the contract
//! value is agreed off-platform.

use super::locale::Text;
use super::refusal::Refusal;
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

impl SendStatus {
    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::NotSent => Text::new("未发送", "Not sent"),
            Self::Sending => Text::new("发送中", "Sending"),
            Self::Succeeded => Text::new("成功", "Succeeded"),
            Self::Failed => Text::new("失败", "Failed"),
            Self::Partial => Text::new("部分成功", "Partly sent"),
        }
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
    /// On which side of a sale the acting organisation stands.
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
        /// By the customer's name, backwards; for the customer by time.
        CustomerDesc = "CUSTOMER_DESC",
        /// By the customer's name; for the customer by time.
        CustomerAsc = "CUSTOMER_ASC",
        /// By the application's name, backwards.
        ApplicationDesc = "APPLICATION_DESC",
        /// By the application's name.
        ApplicationAsc = "APPLICATION_ASC",
    }
}

/// What decides which actions are open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderFacts {
    pub app: SendStatus,
    pub project_active: bool,
    /// The application arrived, and the customer has not removed it.
    pub installed: bool,
    /// A partner admin; a developer sends and switches no permission.
    pub admin: bool,
    /// A delivery of any kind is under way (D18).
    pub sending: bool,
    /// A send of the application has begun to write an instance.
    pub begun: bool,
}

impl OrderFacts {
    /// Whether the partner may do it now. An order is sent once; what failed is tried again and never makes a second
    /// instance (D18), and is sent anew where nothing was written. What concerns the arrived application is open only after 成功
    /// (D15); its edit permission also once the project is settled, since the application goes on working.
    pub const fn may(self, action: OrderAction) -> bool {
        match action {
            OrderAction::SendApplication => {
                let nothing_written = matches!(self.app, SendStatus::Failed) && !self.begun;
                self.may_send() && (matches!(self.app, SendStatus::NotSent) || nothing_written)
            }
            OrderAction::RetryDelivery => {
                self.may_send() && matches!(self.app, SendStatus::Failed | SendStatus::Partial)
            }
            OrderAction::SendPages | OrderAction::SendComponents => {
                self.may_send() && self.installed && matches!(self.app, SendStatus::Succeeded)
            }
            OrderAction::ToggleEditPermission => {
                self.admin && self.installed && matches!(self.app, SendStatus::Succeeded)
            }
            OrderAction::RequestMaintenance => {
                self.project_active && self.installed && matches!(self.app, SendStatus::Succeeded)
            }
        }
    }

    /// One delivery at a time, under an active project.
    const fn may_send(self) -> bool {
        self.project_active && !self.sending
    }

    /// Everything that the partner may do now.
    pub fn available_actions(self) -> Vec<OrderAction> {
        OrderAction::ALL
            .iter()
            .copied()
            .filter(|action| self.may(*action))
            .collect()
    }
}

/// Why the edit permission cannot be switched, in words.
pub fn edit_permission_barrier(app: SendStatus) -> Refusal {
    Refusal::transition(app.as_str(), OrderAction::ToggleEditPermission.as_str())
        .in_words(app.text(), Text::new("切换编辑权限", "Switch the edit permission"))
        .advise(Text::new(
            "应用发送成功且客户未移除应用时，才能切换编辑权限",
            "The edit permission can be switched once the application was sent with success, as long as the customer keeps it",
        ))
}

/// Why remote maintenance cannot be asked for, in words.
pub fn maintenance_barrier(app: SendStatus) -> Refusal {
    Refusal::transition(app.as_str(), OrderAction::RequestMaintenance.as_str()).advise(Text::new(
        "应用发送成功且客户未移除应用后，才能申请远程维护",
        "Maintenance can be asked for once the application was sent with success, and until the customer removes it",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d15_what_concerns_the_arrived_application_is_open_only_after_success() {
        use OrderAction as A;
        let open = |app, project_active, installed, admin| {
            let facts = OrderFacts {
                app,
                project_active,
                installed,
                admin,
                sending: false,
                begun: true,
            };
            facts.available_actions()
        };
        assert_eq!(open(SendStatus::NotSent, true, false, true), [A::SendApplication]);
        assert_eq!(open(SendStatus::NotSent, false, false, true), []);
        assert_eq!(open(SendStatus::Sending, true, false, true), []);
        for failed in [SendStatus::Failed, SendStatus::Partial] {
            assert_eq!(open(failed, true, false, true), [A::RetryDelivery]);
            assert_eq!(open(failed, false, false, true), []);
        }
        let follows = [A::SendPages, A::SendComponents, A::RequestMaintenance];
        let and_toggle = [
            A::SendPages,
            A::SendComponents,
            A::ToggleEditPermission,
            A::RequestMaintenance,
        ];
        assert_eq!(open(SendStatus::Succeeded, true, true, true), and_toggle);
        assert_eq!(
            open(SendStatus::Succeeded, true, true, false),
            follows,
            "PD switches nothing"
        );
        assert_eq!(
            open(SendStatus::Succeeded, false, true, true),
            [A::ToggleEditPermission],
            "settled"
        );
        assert_eq!(open(SendStatus::Succeeded, true, false, true), [], "removed");
    }

    #[test]
    fn d18_what_failed_before_anything_was_written_is_sent_anew() {
        let open = |app, begun| {
            let facts = OrderFacts {
                app,
                project_active: true,
                installed: false,
                admin: true,
                sending: false,
                begun,
            };
            facts.may(OrderAction::SendApplication)
        };
        assert!(open(SendStatus::Failed, false) && open(SendStatus::NotSent, false));
        assert!(!open(SendStatus::Failed, true) && !open(SendStatus::Partial, true));
    }

    #[test]
    fn d18_nothing_is_sent_while_something_is() {
        for app in SendStatus::ALL {
            let facts = OrderFacts {
                app: *app,
                project_active: true,
                installed: true,
                admin: false,
                sending: true,
                begun: true,
            };
            let sends = |action: &OrderAction| !matches!(action, OrderAction::RequestMaintenance);
            assert!(!facts.available_actions().iter().any(sends), "{app}");
        }
    }
}
