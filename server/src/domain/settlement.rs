//! Settling a project (结项, D32): what the creator states, and what they are warned of. That it closes the project is
//! the project's own state machine.

use chrono::NaiveDate;

use super::form_check::FormCheck;
use super::id::FileId;
use super::locale::Text;
use super::money::Money;
use super::problem::Problem;
use super::refusal::Refusal;
use super::wording;
use super::words::words;

const ACCEPTOR_MAX: usize = 60;
const TEXT_MAX: usize = 5_000;
/// Lowest and highest satisfaction.
const SATISFACTION: (i32, i32) = (1, 5);

/// The fields as they were typed.
#[derive(Clone, Debug)]
pub struct SettlementFields {
    pub actual_end_on: NaiveDate,
    /// Minor units and currency code; `None` takes the contract amount.
    pub delivered_amount: Option<(i64, String)>,
    pub acceptance_file_id: Option<String>,
    pub customer_acceptor: String,
    pub open_issues: String,
    pub satisfaction: i32,
    pub remark: String,
    /// The warnings were read.
    pub acknowledge_warnings: bool,
}

/// A settlement that may be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettlementForm {
    pub actual_end_on: NaiveDate,
    pub delivered_amount: Option<Money>,
    pub acceptance_file_id: Option<FileId>,
    pub customer_acceptor: String,
    pub open_issues: String,
    pub satisfaction: i32,
    pub remark: String,
}

/// What a settlement is measured by.
#[derive(Clone, Copy, Debug)]
pub struct Settled<'a> {
    pub start_on: Option<NaiveDate>,
    /// Where the platform is.
    pub today: NaiveDate,
    /// Of the contract.
    pub currency: &'a str,
}

impl SettlementForm {
    /// Cleans the fields and notes everything that is wrong in `check`.
    pub fn clean(fields: &SettlementFields, settled: &Settled<'_>, check: &mut FormCheck) -> SettlementForm {
        let before_start = settled.start_on.is_some_and(|start| fields.actual_end_on < start);
        check.wrong_if(before_start, "actualEndOn", Problem::EndBeforeStart);
        check.wrong_if(fields.actual_end_on > settled.today, "actualEndOn", Problem::InFuture);
        let delivered_amount = check.money("deliveredAmount", fields.delivered_amount.as_ref());
        let negative = delivered_amount.is_some_and(|amount| amount.minor < 0);
        check.wrong_if(negative, "deliveredAmount", Problem::Negative);
        let other = delivered_amount.is_some_and(|amount| amount.currency.as_str() != settled.currency);
        check.wrong_if(other, "deliveredAmount.currency", Problem::OtherCurrency);
        let acceptor = wording::required(wording::line(&fields.customer_acceptor, ACCEPTOR_MAX));
        let (min, max) = SATISFACTION;
        let form = SettlementForm {
            actual_end_on: fields.actual_end_on,
            delivered_amount,
            acceptance_file_id: check.id("acceptanceFileId", fields.acceptance_file_id.as_deref()),
            customer_acceptor: check.take("customerAcceptor", acceptor),
            open_issues: check.paragraphs("openIssues", &fields.open_issues, TEXT_MAX),
            satisfaction: fields.satisfaction,
            remark: check.paragraphs("remark", &fields.remark, TEXT_MAX),
        };
        let out_of_range = !(min..=max).contains(&fields.satisfaction);
        let range = Problem::OutOfRange {
            min: min.into(),
            max: max.into(),
        };
        check.wrong_if(out_of_range, "satisfaction", range);
        form
    }
}

/// What the creator is told before closing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettlementWarning {
    /// An order whose application never arrived.
    NeverDelivered { number: String, application: String },
    /// A remote maintenance that closing the project ends.
    MaintenanceOpen { person: String, application: String },
    /// An amendment that nobody has decided.
    AmendmentOpen { number: i32 },
}

words! {
    /// What a warning before the settlement is about.
    SettlementWarningKind {
        /// An order whose application never arrived.
        NeverDelivered = "NEVER_DELIVERED",
        /// A remote maintenance that closing the project ends.
        MaintenanceOpen = "MAINTENANCE_OPEN",
        /// An amendment that is still in review; the settlement withdraws it.
        AmendmentOpen = "AMENDMENT_OPEN",
    }
}

impl SettlementWarning {
    /// What it is about.
    pub const fn kind(&self) -> SettlementWarningKind {
        match self {
            Self::NeverDelivered { .. } => SettlementWarningKind::NeverDelivered,
            Self::MaintenanceOpen { .. } => SettlementWarningKind::MaintenanceOpen,
            Self::AmendmentOpen { .. } => SettlementWarningKind::AmendmentOpen,
        }
    }

    /// The warning in a person's words.
    pub fn text(&self) -> Text {
        match self {
            Self::NeverDelivered { number, application } => Text::new(
                format!("订单 {number}（{application}）尚未成功发送应用，结项后将不能再发送"),
                format!("Order {number} ({application}) was never delivered; after closing it cannot be sent any more"),
            ),
            Self::MaintenanceOpen { person, application } => Text::new(
                format!("{person} 对“{application}”的远程维护尚未结束，结项后将立即结束"),
                format!("The remote maintenance of “{application}” by {person} is still open; closing ends it"),
            ),
            Self::AmendmentOpen { number } => Text::new(
                format!("第 {number} 次变更仍在审批中，结项后该变更将自动撤销，按当前合同金额结项"),
                format!(
                    "Amendment {number} is still in review; settling withdraws it and uses the current contract amount"
                ),
            ),
        }
    }
}

/// D32: warnings have to be read. Refused with each of them as a detail where there are some and nobody confirmed.
pub fn require_read(warnings: &[SettlementWarning], acknowledged: bool) -> Result<(), Refusal> {
    if warnings.is_empty() || acknowledged {
        return Ok(());
    }
    let refusal = Refusal::invalid("acknowledgeWarnings", Problem::WarningsUnread);
    Err(warnings
        .iter()
        .fold(refusal, |refusal, warning| refusal.detail(warning.text())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields() -> SettlementFields {
        SettlementFields {
            actual_end_on: "2026-12-20".parse().unwrap(),
            delivered_amount: None,
            acceptance_file_id: None,
            customer_acceptor: "周敏".to_owned(),
            open_issues: String::new(),
            satisfaction: 5,
            remark: String::new(),
            acknowledge_warnings: false,
        }
    }

    fn wrong(fields: &SettlementFields) -> Vec<String> {
        let mut check = FormCheck::new("");
        let settled = Settled {
            start_on: "2026-11-21".parse().ok(),
            today: "2026-12-20".parse().unwrap(),
            currency: "CNY",
        };
        SettlementForm::clean(fields, &settled, &mut check);
        check.issues().iter().map(|issue| issue.path.join(".")).collect()
    }

    #[test]
    fn d32_everything_that_is_wrong_is_told_at_once() {
        assert_eq!(wrong(&fields()), Vec::<String>::new());
        let bad = SettlementFields {
            actual_end_on: "2026-11-20".parse().unwrap(),
            delivered_amount: Some((-1, "CNY".to_owned())),
            acceptance_file_id: Some("order_1".to_owned()),
            customer_acceptor: " ".to_owned(),
            satisfaction: 6,
            ..fields()
        };
        let all = [
            "actualEndOn",
            "deliveredAmount",
            "acceptanceFileId",
            "customerAcceptor",
            "satisfaction",
        ];
        assert_eq!(wrong(&bad), all);
        let late = SettlementFields {
            actual_end_on: "2026-12-21".parse().unwrap(),
            delivered_amount: Some((100, "USD".to_owned())),
            ..fields()
        };
        assert_eq!(wrong(&late), ["actualEndOn", "deliveredAmount.currency"]);
        assert_eq!(
            wrong(&SettlementFields {
                satisfaction: 0,
                ..fields()
            }),
            ["satisfaction"]
        );
    }

    #[test]
    fn d32_warnings_have_to_be_read() {
        let warning = SettlementWarning::NeverDelivered {
            number: "A1".to_owned(),
            application: "巡检".to_owned(),
        };
        assert!(require_read(&[], false).is_ok());
        assert!(require_read(std::slice::from_ref(&warning), true).is_ok());
        let refusal = require_read(&[warning], false).unwrap_err();
        assert_eq!(refusal.issues()[0].problem, Problem::WarningsUnread);
        assert!(refusal.details(crate::domain::locale::Locale::ZhCn)[0].contains("A1"));
    }
}
