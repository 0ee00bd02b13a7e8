//! Self-tests (自测, L2): a version is delivered into a test organisation, and a checklist is answered there item by item. What is
//! on the list follows from what the version is made of. Passed is every item passed, and stays so: the record is what a submission
//! rests on. Where it is tried is `test_organization`.

use super::component::ComponentKind;
use super::locale::Text;
use super::problem::Problem;
use super::transition::status;
use super::wording;
use super::words::words;

/// Characters of a note.
pub const NOTE_MAX: usize = 1_000;

words! {
    /// Where a self-test stands.
    SelfTestStatus {
        /// The version is on its way into the test organisation, or could not be delivered.
        Sending = "SENDING",
        /// The checklist is being answered.
        Testing = "TESTING",
        /// Every item is answered, and not all of them passed.
        Failed = "FAILED",
        /// Every item passed.
        Passed = "PASSED",
    }
}

words! {
    /// What moves a self-test.
    SelfTestStep {
        /// The version arrived.
        Arrive = "ARRIVE",
        /// An answer leaves items open.
        KeepOpen = "KEEP_OPEN",
        /// An answer was the last one, and something failed.
        Fail = "FAIL",
        /// An answer was the last one, and everything passed.
        Pass = "PASS",
    }
}

words! {
    /// What the viewer can do with a self-test.
    SelfTestAction {
        /// Answer items of the checklist, also again.
        Answer = "ANSWER",
    }
}

words! {
    /// One question of the checklist.
    SelfTestQuestion {
        /// Everything that was to be delivered is there.
        ArrivedComplete = "ARRIVED_COMPLETE",
        /// Every page opens and shows what it should.
        PagesOpen = "PAGES_OPEN",
        /// Records are submitted, changed, found again and deleted.
        RecordsKept = "RECORDS_KEPT",
        /// Automations run, on their time and on what sets them off.
        AutomationsRun = "AUTOMATIONS_RUN",
        /// Connectors answer once they are filled in.
        ConnectorsAnswer = "CONNECTORS_ANSWER",
        /// Data preparations give what reports and pages need.
        DataPrepared = "DATA_PREPARED",
        /// AI assistants answer from the application.
        AssistantsAnswer = "ASSISTANTS_ANSWER",
        /// Everybody sees and does what their role allows, and nothing else.
        RolesRespected = "ROLES_RESPECTED",
        /// The application is accepted, published, enabled, and used by an employee.
        GoesLive = "GOES_LIVE",
        /// Texts are complete and say what is sold.
        TextsComplete = "TEXTS_COMPLETE",
    }
}

impl SelfTestStatus {
    /// SENDING → TESTING ⇄ FAILED, either → PASSED.
    pub const fn after(self, step: SelfTestStep) -> Option<Self> {
        use SelfTestStep as S;
        match (self, step) {
            (Self::Sending, S::Arrive) => Some(Self::Testing),
            (Self::Testing | Self::Failed, S::KeepOpen) => Some(Self::Testing),
            (Self::Testing | Self::Failed, S::Fail) => Some(Self::Failed),
            (Self::Testing | Self::Failed, S::Pass) => Some(Self::Passed),
            (Self::Sending, S::KeepOpen | S::Fail | S::Pass)
            | (Self::Testing | Self::Failed, S::Arrive)
            | (Self::Passed, S::Arrive | S::KeepOpen | S::Fail | S::Pass) => None,
        }
    }

    /// What the partner's people can do with it now.
    pub fn available_actions(self) -> Vec<SelfTestAction> {
        match self {
            Self::Testing | Self::Failed => vec![SelfTestAction::Answer],
            Self::Sending | Self::Passed => Vec::new(),
        }
    }

    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Sending => Text::new("发送中", "On its way"),
            Self::Testing => Text::new("自测中", "Being tested"),
            Self::Failed => Text::new("未通过", "Failed"),
            Self::Passed => Text::new("已通过", "Passed"),
        }
    }
}

status!(SelfTestStatus moved by SelfTestStep);

impl SelfTestStep {
    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Arrive => Text::new("送达", "Deliver"),
            Self::KeepOpen | Self::Fail | Self::Pass => Text::new("填写自测结果", "Answer"),
        }
    }

    /// What the answers make of a self-test: one for each item, nothing where it is open.
    pub fn of(answers: impl IntoIterator<Item = Option<bool>>) -> Self {
        let mut step = Self::Pass;
        for answer in answers {
            match answer {
                None => return Self::KeepOpen,
                Some(false) => step = Self::Fail,
                Some(true) => {}
            }
        }
        step
    }
}

impl SelfTestQuestion {
    /// Whether a version with components of these kinds is asked the question.
    pub fn applies(self, kinds: &[ComponentKind]) -> bool {
        let any = |wanted: &[ComponentKind]| wanted.iter().any(|kind| kinds.contains(kind));
        match self {
            Self::ArrivedComplete | Self::GoesLive | Self::TextsComplete => true,
            Self::PagesOpen => kinds.iter().any(|kind| kind.is_page()),
            Self::RecordsKept => any(&[ComponentKind::FormPage]),
            Self::AutomationsRun => any(&[ComponentKind::Automation]),
            Self::ConnectorsAnswer => any(&[ComponentKind::Connector]),
            Self::DataPrepared => any(&[ComponentKind::DataPreparation]),
            Self::AssistantsAnswer => any(&[ComponentKind::AiAssistant]),
            Self::RolesRespected => any(&[ComponentKind::Role, ComponentKind::Contact]),
        }
    }
}

/// The checklist of a version with components of these kinds, in the order in which it is shown.
pub fn checklist(kinds: &[ComponentKind]) -> Vec<SelfTestQuestion> {
    let asked = |question: &SelfTestQuestion| question.applies(kinds);
    SelfTestQuestion::ALL.iter().copied().filter(asked).collect()
}

/// A note as it is kept; what failed is told.
pub fn note(given: &str, passed: bool) -> Result<String, Problem> {
    let note = wording::paragraphs(given, NOTE_MAX);
    if passed { note } else { wording::required(note) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::transition::Status;

    #[test]
    fn l2_the_whole_grid_of_a_self_test() {
        let grid: Vec<String> = SelfTestStatus::ALL
            .iter()
            .flat_map(|status| SelfTestStep::ALL.iter().map(move |step| (*status, *step)))
            .filter_map(|(status, step)| Some(format!("{status} {step} {}", status.after(step)?)))
            .collect();
        assert_eq!(
            grid,
            [
                "SENDING ARRIVE TESTING",
                "TESTING KEEP_OPEN TESTING",
                "TESTING FAIL FAILED",
                "TESTING PASS PASSED",
                "FAILED KEEP_OPEN TESTING",
                "FAILED FAIL FAILED",
                "FAILED PASS PASSED",
            ]
        );
        assert!(
            SelfTestStatus::Passed.apply(SelfTestStep::Fail).is_err(),
            "a record stays what it is"
        );
    }

    #[test]
    fn l2_passed_is_every_item_passed() {
        assert_eq!(SelfTestStep::of([Some(true), Some(true)]), SelfTestStep::Pass);
        assert_eq!(SelfTestStep::of([Some(true), Some(false)]), SelfTestStep::Fail);
        assert_eq!(SelfTestStep::of([Some(false), None]), SelfTestStep::KeepOpen);
    }

    #[test]
    fn l2_the_checklist_follows_from_what_the_version_is_made_of() {
        use SelfTestQuestion as Q;
        assert_eq!(
            checklist(&[ComponentKind::Dashboard]),
            [Q::ArrivedComplete, Q::GoesLive, Q::TextsComplete]
        );
        assert_eq!(
            checklist(&[ComponentKind::FormPage, ComponentKind::Role]),
            [
                Q::ArrivedComplete,
                Q::PagesOpen,
                Q::RecordsKept,
                Q::RolesRespected,
                Q::GoesLive,
                Q::TextsComplete
            ]
        );
        let all: Vec<_> = ComponentKind::ALL.to_vec();
        assert_eq!(checklist(&all), Q::ALL);
    }

    #[test]
    fn l2_what_failed_is_told() {
        assert_eq!(note(" ", false), Err(Problem::Required));
        assert_eq!(note(" ", true), Ok(String::new()));
        assert_eq!(note(" 打不开 ", false), Ok("打不开".to_owned()));
        assert!(note(&"长".repeat(NOTE_MAX + 1), true).is_err());
    }
}
