//! Rollouts (版本推送, L17): a new version comes to those who hold a license of a product, in waves. Here is what moves a rollout and its
//! subscribers; who is in which wave is `wave`, when a customer wants no change `freeze_window`, and what one upgrade makes of an
//! application `upgrade`.

pub mod wave;

use serde::{Deserialize, Serialize};

use super::locale::Text;
use super::transition::status;
use super::version_number::VersionNumber;
use super::words::words;

words! {
    /// State of a rollout.
    RolloutStatus {
        /// 推送中: waves begin, subscribers get the version.
        Running = "RUNNING",
        /// 已暂停: what runs is finished, nothing more begins.
        Paused = "PAUSED",
        /// 已停止: for good; who waited does not get it.
        Stopped = "STOPPED",
        /// 已完成: nobody waits any more.
        Finished = "FINISHED",
    }
}

words! {
    /// What moves a rollout.
    RolloutStep {
        /// Begin nothing more.
        Pause = "PAUSE",
        /// Go on.
        Resume = "RESUME",
        /// End it for those who wait.
        Stop = "STOP",
        /// Nobody waits any more.
        Finish = "FINISH",
        /// A subscriber that failed is tried again.
        Reopen = "REOPEN",
    }
}

words! {
    /// What the partner can do with a rollout.
    RolloutAction {
        /// Begin the next wave.
        StartWave = "START_WAVE",
        /// Finish what runs, and begin nothing more.
        Pause = "PAUSE",
        /// Go on where it was paused.
        Resume = "RESUME",
        /// End it for good for everybody who waits.
        Stop = "STOP",
    }
}

words! {
    /// State of one wave.
    WaveStatus {
        /// It has not begun.
        Planned = "PLANNED",
        /// Somebody of it waits or runs.
        Running = "RUNNING",
        /// Nobody of it waits or runs any more.
        Finished = "FINISHED",
        /// The rollout was stopped before.
        Stopped = "STOPPED",
    }
}

words! {
    /// State of one subscriber of a rollout.
    SubscriberState {
        /// Its wave has not begun.
        Planned = "PLANNED",
        /// Its job is due.
        Waiting = "WAITING",
        /// The version is being delivered.
        Running = "RUNNING",
        /// The version is there.
        Done = "DONE",
        /// The version is there, but for what the customer had changed.
        DoneKept = "DONE_KEPT",
        /// A freeze window of the customer's keeps it waiting.
        Frozen = "FROZEN",
        /// It did not arrive; it can be tried again.
        Failed = "FAILED",
        /// It does not get it.
        Skipped = "SKIPPED",
        /// The rollout was stopped before its turn.
        Stopped = "STOPPED",
    }
}

words! {
    /// Why a subscriber waits, does not get the version, or failed.
    SubscriberReason {
        /// Its application has this version.
        SameVersion = "SAME_VERSION",
        /// Its application has a newer version.
        NewerVersion = "NEWER_VERSION",
        /// Its license is over.
        LicenseEnded = "LICENSE_ENDED",
        /// Its application has not arrived, or was removed.
        NoInstance = "NO_INSTANCE",
        /// No wave reaches it.
        InNoWave = "IN_NO_WAVE",
        /// A freeze window of the customer's.
        FreezeWindow = "FREEZE_WINDOW",
        /// Something else is being delivered there; it is tried again a little later.
        DeliveryRunning = "DELIVERY_RUNNING",
        /// The checks of the delivery failed, and nothing was written.
        NotSent = "NOT_SENT",
        /// Some of it could not be written.
        PartlySent = "PARTLY_SENT",
        /// The server tried again and again without getting anywhere.
        GivenUp = "GIVEN_UP",
    }
}

words! {
    /// What the partner can do with one subscriber.
    SubscriberAction {
        /// Try it again from where it failed.
        Retry = "RETRY",
    }
}

impl RolloutStatus {
    /// RUNNING ⇄ PAUSED → STOPPED | FINISHED; FINISHED → RUNNING where a failed subscriber is tried again.
    pub const fn after(self, step: RolloutStep) -> Option<Self> {
        use RolloutStep as S;
        match (self, step) {
            (Self::Running, S::Pause) => Some(Self::Paused),
            (Self::Paused, S::Resume) | (Self::Finished, S::Reopen) => Some(Self::Running),
            (Self::Running | Self::Paused, S::Stop) => Some(Self::Stopped),
            (Self::Running | Self::Paused, S::Finish) => Some(Self::Finished),
            (Self::Running, S::Resume | S::Reopen)
            | (Self::Paused, S::Pause | S::Reopen)
            | (Self::Stopped, S::Pause | S::Resume | S::Stop | S::Finish | S::Reopen)
            | (Self::Finished, S::Pause | S::Resume | S::Stop | S::Finish) => None,
        }
    }

    /// Whether another rollout of the product has to wait for it.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Running | Self::Paused)
    }

    /// What the partner can do now; `planned` says that a wave has not begun.
    pub fn available_actions(self, planned: bool) -> Vec<RolloutAction> {
        let open = |action: &RolloutAction| match action {
            RolloutAction::StartWave => self == Self::Running && planned,
            RolloutAction::Pause => self.after(RolloutStep::Pause).is_some(),
            RolloutAction::Resume => self.after(RolloutStep::Resume).is_some(),
            RolloutAction::Stop => self.after(RolloutStep::Stop).is_some(),
        };
        RolloutAction::ALL.iter().copied().filter(open).collect()
    }

    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Running => Text::new("推送中", "Running"),
            Self::Paused => Text::new("已暂停", "Paused"),
            Self::Stopped => Text::new("已停止", "Stopped"),
            Self::Finished => Text::new("已完成", "Finished"),
        }
    }
}

status!(RolloutStatus moved by RolloutStep);

impl RolloutStep {
    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Pause => Text::new("暂停推送", "Pause"),
            Self::Resume => Text::new("继续推送", "Resume"),
            Self::Stop => Text::new("停止推送", "Stop"),
            Self::Finish => Text::new("完成推送", "Finish"),
            Self::Reopen => Text::new("重新打开", "Reopen"),
        }
    }
}

impl SubscriberAction {
    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Retry => Text::new("重试", "Retry"),
        }
    }
}

impl SubscriberState {
    /// Whether its turn is yet to come, once its wave has begun.
    pub const fn waits(self) -> bool {
        matches!(self, Self::Waiting | Self::Frozen)
    }

    /// What the partner can do with it now. Who failed is tried again, unless the rollout was stopped.
    pub fn available_actions(self, rollout: RolloutStatus) -> Vec<SubscriberAction> {
        match (self, rollout) {
            (Self::Failed, RolloutStatus::Running | RolloutStatus::Paused | RolloutStatus::Finished) => {
                vec![SubscriberAction::Retry]
            }
            _ => Vec::new(),
        }
    }

    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Planned => Text::new("待推送", "Planned"),
            Self::Waiting => Text::new("等待中", "Waiting"),
            Self::Running => Text::new("推送中", "Running"),
            Self::Done => Text::new("已完成", "Done"),
            Self::DoneKept => Text::new("已完成，保留了客户修改", "Done, the customer's changes kept"),
            Self::Frozen => Text::new("客户冻结中", "Frozen by the customer"),
            Self::Failed => Text::new("失败", "Failed"),
            Self::Skipped => Text::new("已跳过", "Skipped"),
            Self::Stopped => Text::new("已停止", "Stopped"),
        }
    }
}

impl SubscriberReason {
    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::SameVersion => Text::new("客户的应用已是该版本", "The application has this version already"),
            Self::NewerVersion => Text::new("客户的应用已是更高版本", "The application has a newer version"),
            Self::LicenseEnded => Text::new("授权已结束", "The license is over"),
            Self::NoInstance => Text::new(
                "应用尚未送达或已被移除",
                "The application has not arrived, or was removed",
            ),
            Self::InNoWave => Text::new("未包含在任何批次中", "No wave reaches it"),
            Self::FreezeWindow => Text::new("客户设置了冻结期", "The customer set a freeze window"),
            Self::DeliveryRunning => Text::new(
                "正在进行其他发送，稍后自动继续",
                "Something else is being delivered; it goes on by itself a little later",
            ),
            Self::NotSent => Text::new("检查未通过，没有写入任何内容", "The checks failed; nothing was written"),
            Self::PartlySent => Text::new("部分内容未能写入", "Some of it could not be written"),
            Self::GivenUp => Text::new(
                "服务器多次尝试后未能完成，请稍后重试",
                "The server could not finish after several attempts; try again later",
            ),
        }
    }
}

/// Why a holder of the product does not get the version; nothing where they do. `installed` is the version of their application.
pub fn held_back(licensed: bool, installed: Option<&str>, version: &str) -> Option<SubscriberReason> {
    if !licensed {
        return Some(SubscriberReason::LicenseEnded);
    }
    let Some(installed) = installed else {
        return Some(SubscriberReason::NoInstance);
    };
    match VersionNumber::compare(installed, version) {
        std::cmp::Ordering::Less => None,
        std::cmp::Ordering::Equal => Some(SubscriberReason::SameVersion),
        std::cmp::Ordering::Greater => Some(SubscriberReason::NewerVersion),
    }
}

/// What stayed as it is in an application because the customer had changed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Kept {
    pub key: String,
    pub name: String,
    /// The customer had removed it; otherwise they had changed it.
    pub removed: bool,
    /// What the customer changed, in words.
    pub changes: Vec<Text>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::transition::Status;

    #[test]
    fn l17_what_is_paused_goes_on_and_what_is_stopped_does_not() {
        let mut grid = String::new();
        for status in RolloutStatus::ALL {
            let moves = RolloutStep::ALL
                .iter()
                .filter_map(|step| Some((step, status.after(*step)?)));
            let moves: Vec<String> = moves.map(|(step, to)| format!("{step} {to}")).collect();
            grid.push_str(&format!("{status}: {}\n", moves.join(", ")));
        }
        assert_eq!(
            grid,
            "RUNNING: PAUSE PAUSED, STOP STOPPED, FINISH FINISHED\n\
             PAUSED: RESUME RUNNING, STOP STOPPED, FINISH FINISHED\n\
             STOPPED: \n\
             FINISHED: REOPEN RUNNING\n"
        );
        assert!(RolloutStatus::Stopped.apply(RolloutStep::Resume).is_err());
    }

    #[test]
    fn l17_only_what_is_older_gets_the_version() {
        let of = |licensed, installed| held_back(licensed, installed, "1.10.0");
        assert_eq!(of(true, Some("1.9.0")), None);
        assert_eq!(of(true, Some("1.10.0")), Some(SubscriberReason::SameVersion));
        assert_eq!(of(true, Some("2.0.0")), Some(SubscriberReason::NewerVersion));
        assert_eq!(of(true, None), Some(SubscriberReason::NoInstance));
        assert_eq!(of(false, Some("1.9.0")), Some(SubscriberReason::LicenseEnded));
    }

    #[test]
    fn l17_only_who_failed_is_tried_again() {
        for state in SubscriberState::ALL {
            let open = !state.available_actions(RolloutStatus::Running).is_empty();
            assert_eq!(open, *state == SubscriberState::Failed, "{state}");
            assert!(state.available_actions(RolloutStatus::Stopped).is_empty(), "{state}");
        }
    }
}
