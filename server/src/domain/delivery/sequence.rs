//! What holds between the deliveries of one order (D16, D18): only the latest is tried again, and overwrites are taken back
//! from the latest to the first. The states of one delivery stand in the parent.

use super::{DeliveryAction, DeliveryKind, DeliveryStatus, DeliveryStep};
use crate::domain::locale::Text;
use crate::domain::message::Code;
use crate::domain::order::OrderParty;
use crate::domain::refusal::Refusal;
use crate::domain::transition::Status;

/// A delivery as the rules between deliveries look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    pub kind: DeliveryKind,
    pub status: DeliveryStatus,
    /// Items that arrived.
    pub done: i32,
    /// Whether a rollback took it back.
    pub rolled_back: bool,
}

impl Attempt {
    /// An overwrite whose pages stand in the instance.
    const fn stands(self) -> bool {
        matches!(self.kind, DeliveryKind::OverwritePages) && self.done > 0 && !self.rolled_back
    }

    /// Whether it may be tried again, seen from the deliveries that were begun after it. Its items would otherwise be
    /// written over what came later.
    pub fn retry(self, later: &[Attempt]) -> Result<DeliveryStatus, Refusal> {
        if self.status.is_active() || later.iter().any(|it| it.status.is_active()) {
            return Err(Refusal::rule(Code::DeliveryInProgress));
        }
        let status = self.status.apply(DeliveryStep::Retry)?;
        match later.is_empty() {
            true => Ok(status),
            false => Err(refused(self, DeliveryAction::Retry).advise(Text::new(
                "此后已有新的发送，请在订单中重新发送需要的内容",
                "Something was sent after it; send what is needed anew from the order",
            ))),
        }
    }

    /// D16: whether it may be taken back, seen from the deliveries that were begun after it.
    pub fn roll_back(self, later: &[Attempt]) -> Result<(), Refusal> {
        if self.kind != DeliveryKind::OverwritePages {
            return Err(refused(self, DeliveryAction::RollBack).advise(Text::new(
                "只有“存量页面”的发送可以回滚",
                "Only an overwrite of pages can be rolled back",
            )));
        }
        if self.status.is_active() || later.iter().any(|it| it.status.is_active()) {
            return Err(Refusal::rule(Code::DeliveryInProgress));
        }
        if self.rolled_back {
            return Err(refused(self, DeliveryAction::RollBack).advise(Text::new(
                "该次发送已经回滚，不能再次回滚",
                "It was rolled back already and cannot be rolled back again",
            )));
        }
        if self.done == 0 {
            return Err(refused(self, DeliveryAction::RollBack).advise(Text::new(
                "该次发送没有覆盖任何页面，无需回滚",
                "It replaced no page, so there is nothing to roll back",
            )));
        }
        if later.iter().any(|it| it.stands()) {
            return Err(refused(self, DeliveryAction::RollBack).advise(Text::new(
                "请先回滚此后的存量页面发送",
                "Roll back the later overwrite first",
            )));
        }
        Ok(())
    }

    /// What a side of the order may do with it now. The customer watches, takes an overwrite back, and looks after the
    /// rollbacks.
    pub fn available_actions(self, later: &[Attempt], side: OrderParty) -> Vec<DeliveryAction> {
        // Upgrades are their rollout's to begin again and to stop.
        let looked_after =
            self.kind != DeliveryKind::Upgrade && (side == OrderParty::Partner || self.kind == DeliveryKind::Rollback);
        let open = |action: &DeliveryAction| match action {
            DeliveryAction::Retry => looked_after && self.retry(later).is_ok(),
            DeliveryAction::Cancel => looked_after && self.status.after(DeliveryStep::Cancel).is_some(),
            DeliveryAction::RollBack => self.roll_back(later).is_ok(),
        };
        DeliveryAction::ALL.iter().copied().filter(open).collect()
    }
}

fn refused(attempt: Attempt, action: DeliveryAction) -> Refusal {
    Refusal::transition(attempt.status.as_str(), action.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempt(kind: DeliveryKind, status: DeliveryStatus) -> Attempt {
        Attempt {
            kind,
            status,
            done: 1,
            rolled_back: false,
        }
    }

    /// The whole grid of a single delivery: what the partner and what the customer may do with it.
    #[test]
    fn d16_d18_what_each_side_may_do_by_kind_and_status() {
        let mut grid = String::new();
        for kind in DeliveryKind::ALL {
            for status in DeliveryStatus::ALL {
                let of = |side| attempt(*kind, *status).available_actions(&[], side);
                let words = |side| of(side).iter().map(|it| it.as_str()).collect::<Vec<_>>().join(" ");
                let (partner, customer) = (words(OrderParty::Partner), words(OrderParty::Customer));
                grid.push_str(&format!("{kind} {status}: {partner} | {customer}\n"));
            }
        }
        assert_eq!(grid, GRID);
    }

    const GRID: &str = "\
APP QUEUED: CANCEL | 
APP PREFLIGHT: CANCEL | 
APP SENDING: CANCEL | 
APP SUCCEEDED:  | 
APP PARTIAL: RETRY | 
APP FAILED: RETRY | 
APP CANCELLED: RETRY | 
NEW_PAGES QUEUED: CANCEL | 
NEW_PAGES PREFLIGHT: CANCEL | 
NEW_PAGES SENDING: CANCEL | 
NEW_PAGES SUCCEEDED:  | 
NEW_PAGES PARTIAL: RETRY | 
NEW_PAGES FAILED: RETRY | 
NEW_PAGES CANCELLED: RETRY | 
OVERWRITE_PAGES QUEUED: CANCEL | 
OVERWRITE_PAGES PREFLIGHT: CANCEL | 
OVERWRITE_PAGES SENDING: CANCEL | 
OVERWRITE_PAGES SUCCEEDED: ROLL_BACK | ROLL_BACK
OVERWRITE_PAGES PARTIAL: RETRY ROLL_BACK | ROLL_BACK
OVERWRITE_PAGES FAILED: RETRY ROLL_BACK | ROLL_BACK
OVERWRITE_PAGES CANCELLED: RETRY ROLL_BACK | ROLL_BACK
CUSTOM_COMPONENTS QUEUED: CANCEL | 
CUSTOM_COMPONENTS PREFLIGHT: CANCEL | 
CUSTOM_COMPONENTS SENDING: CANCEL | 
CUSTOM_COMPONENTS SUCCEEDED:  | 
CUSTOM_COMPONENTS PARTIAL: RETRY | 
CUSTOM_COMPONENTS FAILED: RETRY | 
CUSTOM_COMPONENTS CANCELLED: RETRY | 
ROLLBACK QUEUED: CANCEL | CANCEL
ROLLBACK PREFLIGHT: CANCEL | CANCEL
ROLLBACK SENDING: CANCEL | CANCEL
ROLLBACK SUCCEEDED:  | 
ROLLBACK PARTIAL: RETRY | RETRY
ROLLBACK FAILED: RETRY | RETRY
ROLLBACK CANCELLED: RETRY | RETRY
UPGRADE QUEUED:  | 
UPGRADE PREFLIGHT:  | 
UPGRADE SENDING:  | 
UPGRADE SUCCEEDED:  | 
UPGRADE PARTIAL:  | 
UPGRADE FAILED:  | 
UPGRADE CANCELLED:  | 
";

    #[test]
    fn d16_overwrites_are_taken_back_from_the_latest_to_the_first() {
        let sent = attempt(DeliveryKind::OverwritePages, DeliveryStatus::Succeeded);
        let taken_back = Attempt {
            rolled_back: true,
            ..sent
        };
        let empty = Attempt { done: 0, ..sent };
        let new_pages = attempt(DeliveryKind::NewPages, DeliveryStatus::Succeeded);
        assert!(sent.roll_back(&[new_pages, empty, taken_back]).is_ok());
        assert!(sent.roll_back(&[sent]).is_err());
        assert!(taken_back.roll_back(&[]).is_err());
        assert!(empty.roll_back(&[]).is_err());
        let running = attempt(DeliveryKind::CustomComponents, DeliveryStatus::Sending);
        let refused = sent.roll_back(&[running]).map_err(|it| it.code());
        assert_eq!(refused, Err(Code::DeliveryInProgress));
    }

    #[test]
    fn d18_what_was_overtaken_is_not_tried_again() {
        let partly = attempt(DeliveryKind::NewPages, DeliveryStatus::Partial);
        assert_eq!(partly.retry(&[]), Ok(DeliveryStatus::Queued));
        let later = attempt(DeliveryKind::CustomComponents, DeliveryStatus::Succeeded);
        assert!(partly.retry(&[later]).is_err());
    }
}
